//! The child which reads one received file: bounded by itself before the first byte (INV-33).
//!
//! The limits are the kernel's: address space, so memory whatever asks for it, and processor time. A child beyond them is
//! killed; the server tells it by the signal.

use std::io::{Error, ErrorKind, Read, Result, Write};

use nix::sys::resource::{Resource, UsageWho, getrlimit, getrusage, setrlimit};
use serde::{Deserialize, Serialize};

use crate::analyse::Apercu;
use crate::contenu::{Partie, RolePartie, lire};
use crate::isolat::FICHIER_MAX;

/// Address space of a child, executable and libraries included (256 MiB, INV-33).
pub const MEMOIRE_OCTETS: u64 = 256 * 1024 * 1024;
/// Processor time of a child, in seconds (INV-33).
pub const PROCESSEUR_S: u64 = 2;

/// What a reading cost, as the child itself knows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mesure {
    /// Processor time, in microseconds.
    pub(crate) processeur_us: i64,
    /// Most memory it held, in KiB.
    pub(crate) memoire_kio: u64,
}

/// What precedes the bytes of the files held, in the answer of the child.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reponse {
    pub(crate) apercu: Apercu,
    pub(crate) parties: Vec<PartieDite>,
    pub(crate) mesure: Mesure,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PartieDite {
    pub(crate) nom: String,
    pub(crate) role: RolePartie,
    pub(crate) taille: u64,
    pub(crate) annonce: Option<Apercu>,
}

/// The child: reads one file on the standard input, writes what it says and holds on the standard output.
///
/// The input is the length of the file (eight bytes, little-endian) and its bytes.
///
/// # Errors
/// When the limits cannot be set, or the standard streams fail: the parent then tells the file could not be read.
pub fn enfant() -> Result<()> {
    borner()?;
    let octets = recevoir(&mut std::io::stdin().lock())?;
    let contenu = lire(&octets);
    let dite = |partie: &Partie| PartieDite {
        nom: partie.nom.clone(),
        role: partie.role,
        taille: partie.octets.len() as u64,
        annonce: partie.annonce.clone(),
    };
    let parties = contenu.parties.iter().map(dite).collect();
    let json = serde_json::to_vec(&Reponse { apercu: contenu.apercu, parties, mesure: mesurer() }).map_err(Error::other)?;
    let mut sortie = std::io::stdout().lock();
    sortie.write_all(&(json.len() as u64).to_le_bytes())?;
    sortie.write_all(&json)?;
    for partie in &contenu.parties {
        sortie.write_all(&partie.octets)?;
    }
    sortie.flush()
}

/// Soft limits kill by a signal which says why; the hard one comes a second later, if that signal did nothing.
fn borner() -> Result<()> {
    limiter(Resource::RLIMIT_CORE, 0, 0)?;
    limiter(Resource::RLIMIT_CPU, PROCESSEUR_S, PROCESSEUR_S + 1)?;
    limiter(Resource::RLIMIT_AS, MEMOIRE_OCTETS, MEMOIRE_OCTETS)?;
    // What an allocator reserved before this line is not refused when it is used: it is counted here.
    limiter(Resource::RLIMIT_DATA, MEMOIRE_OCTETS, MEMOIRE_OCTETS)
}

/// Sets a limit, or leaves the stricter one the operator gave to the service.
fn limiter(quoi: Resource, souple: u64, dure: u64) -> Result<()> {
    let (deja, plafond) = getrlimit(quoi)?;
    setrlimit(quoi, souple.min(deja), dure.min(plafond))?;
    Ok(())
}

/// The bytes of the file, in exactly the memory they need.
fn recevoir(entree: &mut impl Read) -> Result<Vec<u8>> {
    let mut longueur = [0; 8];
    entree.read_exact(&mut longueur)?;
    let longueur = usize::try_from(u64::from_le_bytes(longueur)).map_err(|_| ErrorKind::InvalidData)?;
    if longueur > FICHIER_MAX {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut octets = vec![0; longueur];
    entree.read_exact(&mut octets)?;
    Ok(octets)
}

/// What was used so far. The kernel's own highest memory counts that of the parent before the child began: `/proc` does not.
fn mesurer() -> Mesure {
    let usage = getrusage(UsageWho::RUSAGE_SELF).map(|usage| usage.user_time() + usage.system_time());
    let statut = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let haut = statut.lines().find_map(|ligne| ligne.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
    Mesure {
        processeur_us: usage.map_or(0, |temps| temps.tv_sec() * 1_000_000 + temps.tv_usec()),
        memoire_kio: haut.unwrap_or_default(),
    }
}
