//! Reading an unknown file in another process: whatever it does, the server goes on (INV-33).
//!
//! The server re-executes itself with a hidden word; the child bounds itself before it reads a byte (`enfant.rs`), takes the
//! file on its standard input, writes what it says (JSON) and the files it holds on its standard output, and knows nothing
//! else: no argument, no file, an environment of one word to its allocator. Where no child can be started, the same reader runs in a thread of the
//! server: its own limits on size, depth and count still hold, which is told once.

use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdout, Command};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::analyse::Apercu;
use crate::contenu::{Contenu, PARTIES_MAX, Partie, lire};
use crate::enfant::{Mesure, Reponse};

/// The hidden word of the command line which makes the process a reader of one file.
pub const SOUS_COMMANDE: &str = "analyser-fichier";
/// Patience of the server, whatever the child does.
const PATIENCE: Duration = Duration::from_secs(20);
/// Largest description accepted.
const REPONSE_MAX: u64 = 1024 * 1024;
/// Most bytes of the files a file holds, together (80 MiB).
const PARTIES_OCTETS_MAX: u64 = 80 * 1024 * 1024;
/// Largest file received by any channel (50 MiB).
pub const FICHIER_MAX: usize = 50 * 1024 * 1024;
/// Files read at once by the whole process, whatever the channels: each may cost what one child may.
pub(crate) const DE_FRONT: u32 = 4;
/// A file larger than this is read alone: it and what it holds stand in the memory of the server (4 MiB).
const LOURD: u64 = 4 * 1024 * 1024;
/// The product's allocator (mimalloc) reserves a gibibyte of address space before anything runs: more than a child may have.
const SANS_RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "0");
/// Signal of a process whose processor time is over (POSIX).
const SIGXCPU: i32 = 24;
/// Signals of a process which found no more memory: it gave up, or its stack had no room (POSIX).
const SANS_MEMOIRE: [i32; 3] = [6, 9, 11];

static PLACES: Semaphore = Semaphore::const_new(DE_FRONT as usize);
static LECTEUR: OnceLock<(PathBuf, Option<&'static str>)> = OnceLock::new();

/// Names the executable which reads files, and the hidden word it expects; the first call wins.
///
/// The product calls it at start with its own path and [`SOUS_COMMANDE`].
pub fn installer_lecteur(executable: PathBuf, mot: Option<&'static str>) {
    let _ = LECTEUR.set((executable, mot));
}

/// The turn of a file of this size: memory and processors are bounded whatever the number of senders.
pub(crate) async fn attendre_son_tour(taille: u64) -> Option<SemaphorePermit<'static>> {
    PLACES.acquire_many(if taille > LOURD { DE_FRONT } else { 1 }).await.ok()
}

/// Reads a file in a child; any failure of the child is a refusal with its code, never an error of the server.
pub async fn analyser_isole(octets: &[u8]) -> Contenu {
    let Some((executable, mot)) = LECTEUR.get() else { return sur_place(octets).await };
    let mut commande = Command::new(executable);
    commande.args(mot).env_clear().env(SANS_RESERVE.0, SANS_RESERVE.1).current_dir("/");
    commande.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let Ok(mut enfant) = commande.spawn() else { return sur_place(octets).await };
    match tokio::time::timeout(PATIENCE, dialoguer(&mut enfant, octets)).await {
        Ok(Ok((contenu, mesure))) => {
            noter("read", octets.len(), Some(mesure));
            contenu
        }
        Ok(Err(fin)) => {
            let (code, detail) = pourquoi(fin);
            noter(code, octets.len(), None);
            tracing::info!(?fin, code, "the reader of a received file did not end well");
            Apercu::refuse(octets, code, detail).into()
        }
        Err(_) => {
            noter("late", octets.len(), None);
            Apercu::refuse(octets, "lecture_trop_longue", "the reader of files did not answer in time").into()
        }
    }
}

/// Tells the technical log what a reading cost; nothing of the file.
fn noter(issue: &str, taille: usize, mesure: Option<Mesure>) {
    let tous = getrusage(UsageWho::RUSAGE_CHILDREN).map(|usage| usage.user_time() + usage.system_time());
    let tous = tous.map_or(0, |temps| temps.tv_sec() * 1_000_000 + temps.tv_usec());
    let Mesure { processeur_us, memoire_kio } = mesure.unwrap_or_default();
    tracing::debug!(issue, taille, processeur_us, memoire_kio, tous_us = tous, "a received file was read apart");
}

/// The code of a reading which did not end.
fn pourquoi(fin: Option<ExitStatus>) -> (&'static str, &'static str) {
    match fin.and_then(|fin| fin.signal()) {
        Some(SIGXCPU) => ("lecture_trop_longue", "the reader of files used its processor time"),
        Some(signal) if SANS_MEMOIRE.contains(&signal) => ("lecture_trop_lourde", "the reader of files had no more memory"),
        _ => ("lecture_interrompue", "the reader of files stopped before its end"),
    }
}

/// Gives the file to the child and takes its answer; how it ended when that is not whole.
async fn dialoguer(enfant: &mut tokio::process::Child, octets: &[u8]) -> Result<(Contenu, Mesure), Option<ExitStatus>> {
    let (Some(mut entree), Some(mut sortie)) = (enfant.stdin.take(), enfant.stdout.take()) else { return Err(None) };
    // A child which dies early closes its input: what it answered, if anything, decides.
    let ecrire = async move {
        let _ = entree.write_u64_le(octets.len() as u64).await;
        let _ = entree.write_all(octets).await;
        let _ = entree.shutdown().await;
    };
    let ((), lu) = tokio::join!(ecrire, recevoir(&mut sortie));
    drop(sortie);
    let fin = enfant.wait().await.ok();
    match lu {
        Some(lu) if fin.is_some_and(|fin| fin.success()) => Ok(lu),
        _ => Err(fin),
    }
}

/// Reads the answer of the child; none when it is not whole or passes the limits.
async fn recevoir(sortie: &mut ChildStdout) -> Option<(Contenu, Mesure)> {
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
    Some((Contenu { apercu: reponse.apercu, parties, tableaux: Vec::new() }, reponse.mesure))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How a process ends which does this to itself.
    fn fin(ordre: &str) -> Option<ExitStatus> {
        std::process::Command::new("/bin/sh").args(["-c", ordre]).status().ok()
    }

    #[test]
    fn the_signal_of_a_reader_says_what_it_lacked() {
        for (ordre, code) in [
            ("kill -XCPU $$", "lecture_trop_longue"),
            ("kill -ABRT $$", "lecture_trop_lourde"),
            ("kill -SEGV $$", "lecture_trop_lourde"),
            ("kill -KILL $$", "lecture_trop_lourde"),
            ("exit 3", "lecture_interrompue"),
            ("exit 0", "lecture_interrompue"),
        ] {
            assert_eq!(pourquoi(fin(ordre)).0, code, "{ordre}");
            assert_ne!(crate::phrase_erreur(code), crate::phrase_erreur("un-code-inconnu"));
        }
        assert_eq!(pourquoi(None).0, "lecture_interrompue");
    }

    #[tokio::test]
    async fn a_heavy_file_waits_for_the_others_and_is_read_alone() {
        let petites: Vec<_> = [attendre_son_tour(1).await, attendre_son_tour(LOURD).await].into_iter().collect();
        let lourde = tokio::time::timeout(Duration::from_millis(50), attendre_son_tour(LOURD + 1)).await;
        assert!(lourde.is_err(), "two small ones are being read");
        drop(petites);
        let lourde = attendre_son_tour(LOURD + 1).await;
        assert!(lourde.is_some());
        assert!(tokio::time::timeout(Duration::from_millis(50), attendre_son_tour(1)).await.is_err(), "it is read alone");
    }
}
