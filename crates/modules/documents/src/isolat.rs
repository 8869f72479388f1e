//! Reading an unknown file in another process: whatever it does, the server goes on (INV-33).
//!
//! The server re-executes itself with a hidden word; the child reads the bytes on its standard input, writes what they
//! say (JSON) and the files they hold on its standard output, and knows nothing else: empty environment, no argument, no file. Limits are set by a tiny shell
//! before the child starts: address space and processor time. Where no child can be started (no `sh`, no executable),
//! the same reader runs in a thread of the server: its own limits on size, depth and count still hold, which is told once.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdout, Command};

use crate::analyse::Apercu;
use crate::contenu::{Contenu, PARTIES_MAX, Partie, RolePartie, lire};

/// The hidden word of the command line which makes the process a reader of one file.
pub const SOUS_COMMANDE: &str = "analyser-fichier";
/// Address space of the child, in kilobytes: the executable itself, a file of 50 MiB, its text and its tree.
const MEMOIRE_KO: u32 = 786_432;
/// Processor time of the child, in seconds (INV-33 asks for two; the shell counts whole seconds).
const PROCESSEUR_S: u32 = 2;
/// Patience of the server, whatever the child does.
const PATIENCE: Duration = Duration::from_secs(20);
/// Largest description accepted.
const REPONSE_MAX: u64 = 1024 * 1024;
/// Most bytes of the files a file holds, together (80 MiB).
const PARTIES_OCTETS_MAX: u64 = 80 * 1024 * 1024;
/// Largest file received by any channel (50 MiB).
pub const FICHIER_MAX: usize = 50 * 1024 * 1024;

static LECTEUR: OnceLock<(PathBuf, Option<&'static str>)> = OnceLock::new();

/// Names the executable which reads files, and the hidden word it expects; the first call wins.
///
/// The product calls it at start with its own path and [`SOUS_COMMANDE`].
pub fn installer_lecteur(executable: PathBuf, mot: Option<&'static str>) {
    let _ = LECTEUR.set((executable, mot));
}

/// What precedes the bytes of the files held, in the answer of the child.
#[derive(Debug, Serialize, Deserialize)]
struct Reponse {
    apercu: Apercu,
    parties: Vec<PartieDite>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PartieDite {
    nom: String,
    role: RolePartie,
    taille: u64,
    annonce: Option<Apercu>,
}

/// The child: reads one file on the standard input, writes what it says and holds on the standard output.
///
/// # Errors
/// When the standard streams fail: the parent then tells the file could not be read.
pub fn enfant() -> std::io::Result<()> {
    let mut octets = Vec::new();
    std::io::stdin().lock().take(FICHIER_MAX as u64 + 1).read_to_end(&mut octets)?;
    let contenu = lire(&octets);
    let dite = |partie: &Partie| PartieDite {
        nom: partie.nom.clone(),
        role: partie.role,
        taille: partie.octets.len() as u64,
        annonce: partie.annonce.clone(),
    };
    let reponse = Reponse { apercu: contenu.apercu, parties: contenu.parties.iter().map(dite).collect() };
    let json = serde_json::to_vec(&reponse).map_err(std::io::Error::other)?;
    let mut sortie = std::io::stdout().lock();
    sortie.write_all(&(json.len() as u64).to_le_bytes())?;
    sortie.write_all(&json)?;
    for partie in &contenu.parties {
        sortie.write_all(&partie.octets)?;
    }
    sortie.flush()
}

/// Reads a file in a child; any failure of the child is a refusal with its code, never an error of the server.
pub async fn analyser_isole(octets: &[u8]) -> Contenu {
    let Some((executable, mot)) = LECTEUR.get() else { return sur_place(octets).await };
    let limites = format!("ulimit -v {MEMOIRE_KO} && ulimit -t {PROCESSEUR_S} && exec \"$0\" \"$@\"");
    let mut commande = Command::new("/bin/sh");
    commande.arg("-c").arg(limites).arg(executable).args(mot).env_clear().current_dir("/");
    commande.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let Ok(mut enfant) = commande.spawn() else { return sur_place(octets).await };
    match tokio::time::timeout(PATIENCE, dialoguer(&mut enfant, octets)).await {
        Ok(Some(contenu)) => contenu,
        Ok(None) => Apercu::refuse(octets, "lecture_interrompue", "the reader of files stopped before its end").into(),
        Err(_) => Apercu::refuse(octets, "lecture_trop_longue", "the reader of files did not answer in time").into(),
    }
}

async fn dialoguer(enfant: &mut tokio::process::Child, octets: &[u8]) -> Option<Contenu> {
    let mut entree = enfant.stdin.take()?;
    let mut sortie = enfant.stdout.take()?;
    // A child which dies early closes its input: what it answered, if anything, decides.
    let ecrire = async move {
        let _ = entree.write_all(octets).await;
        let _ = entree.shutdown().await;
    };
    let ((), lu) = tokio::join!(ecrire, recevoir(&mut sortie));
    let contenu = lu?;
    enfant.wait().await.ok()?.success().then_some(contenu)
}

/// Reads the answer of the child; none when it is not whole or passes the limits.
async fn recevoir(sortie: &mut ChildStdout) -> Option<Contenu> {
    let taille = sortie.read_u64_le().await.ok().filter(|taille| *taille <= REPONSE_MAX)?;
    let mut json = vec![0; usize::try_from(taille).ok()?];
    sortie.read_exact(&mut json).await.ok()?;
    let reponse: Reponse = serde_json::from_slice(&json).ok()?;
    let total: u64 = reponse.parties.iter().map(|partie| partie.taille).fold(0, u64::saturating_add);
    if total > PARTIES_OCTETS_MAX || reponse.parties.len() > PARTIES_MAX {
        return None;
    }
    let mut parties = Vec::new();
    for dite in reponse.parties {
        let mut octets = vec![0; usize::try_from(dite.taille).ok()?];
        sortie.read_exact(&mut octets).await.ok()?;
        parties.push(Partie { nom: dite.nom, octets, role: dite.role, annonce: dite.annonce });
    }
    Some(Contenu { apercu: reponse.apercu, parties, tableaux: Vec::new() })
}

async fn sur_place(octets: &[u8]) -> Contenu {
    static DIT: OnceLock<()> = OnceLock::new();
    if DIT.set(()).is_ok() {
        tracing::warn!("received files are read in the server's own process: no separate reader could be started");
    }
    let copie = octets.to_vec();
    match tokio::task::spawn_blocking(move || lire(&copie)).await {
        Ok(contenu) => contenu,
        Err(_) => Apercu::refuse(octets, "lecture_interrompue", "the reader of files stopped before its end").into(),
    }
}
