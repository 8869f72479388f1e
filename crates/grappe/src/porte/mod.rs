//! The control door: a Unix socket beside the embedded database, served by the process which holds its lock, so that
//! the commands of the operator work while the service runs. On PostgreSQL each command opens the database itself.
//!
//! Bytes cross it both ways: files are read and binders are written by the command, with the rights and in the folders
//! of whoever runs it, which the service may not reach.

mod client;
mod guichet;
mod serveur;
mod trame;
mod travaux;

use std::path::{Path, PathBuf};

use store::Target;

pub(crate) use guichet::Guichet;
pub use serveur::Porte;
pub(crate) use travaux::Recu;

/// Where the door of a database is; none on PostgreSQL.
pub(crate) fn adresse(target: &Target) -> Option<PathBuf> {
    match target {
        Target::Sqlite(base) => Some(base.with_extension("porte")),
        Target::Postgres(_) => None,
    }
}

/// Longest path the system takes for a socket, its final zero left out (`sun_path`, unix(7)).
const CHEMIN_MAX: usize = 100;

/// A path the system accepts for a socket: a longer one is reached through its folder, held open meanwhile.
struct Chemin {
    court: PathBuf,
    _dossier: Option<std::fs::File>,
}

impl Chemin {
    fn vers(porte: &Path) -> std::io::Result<Self> {
        if porte.as_os_str().len() <= CHEMIN_MAX {
            return Ok(Self { court: porte.to_owned(), _dossier: None });
        }
        let parent = porte.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let dossier = std::fs::File::open(parent)?;
        let numero = std::os::fd::AsRawFd::as_raw_fd(&dossier);
        let nom = porte.file_name().unwrap_or_default();
        Ok(Self { court: Path::new("/proc/self/fd").join(numero.to_string()).join(nom), _dossier: Some(dossier) })
    }
}
