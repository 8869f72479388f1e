//! The reader's own process: bounded, and any failure of it is a refusal.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use documents::{Nature, analyser, analyser_isole, installer_lecteur};

use crate::monde::{PDF, cda};

fn installer() {
    installer_lecteur(env!("CARGO_BIN_EXE_analyser-fichier").into(), None);
}

#[tokio::test]
async fn the_child_says_what_the_reader_says() {
    installer();
    for octets in [PDF.to_vec(), cda("1.2.3", "DOMINIQUE", "Texte é."), b"n'importe quoi".to_vec(), Vec::new()] {
        assert_eq!(analyser_isole(&octets).await.apercu, analyser(&octets));
    }
}

#[tokio::test]
async fn fifty_mebibytes_of_markup_end_quickly_in_a_refusal() {
    installer();
    let mut bombe = b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\">".to_vec();
    while bombe.len() < 49 << 20 {
        bombe.extend_from_slice(b"<a><b/></a>");
    }
    let depart = Instant::now();
    let apercu = analyser_isole(&bombe).await.apercu;
    assert_eq!(apercu.nature, Nature::Cda);
    assert!(apercu.refus.is_some());
    assert!(depart.elapsed().as_secs() < 20, "{:?}", depart.elapsed());
}

/// A child given these bytes after this length; `bornes` sets limits of its own before it starts.
fn enfant(bornes: &str, longueur: u64, octets: &[u8]) -> std::process::Output {
    let mut enfant = Command::new("/bin/sh")
        .args(["-c", &format!("{bornes} exec \"$0\""), env!("CARGO_BIN_EXE_analyser-fichier")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh");
    let mut entree = enfant.stdin.take().expect("stdin");
    let _ = entree.write_all(&longueur.to_le_bytes());
    let _ = entree.write_all(octets);
    drop(entree);
    enfant.wait_with_output().expect("output")
}

#[test]
fn the_child_dies_alone_beyond_its_memory() {
    let octets = vec![b'x'; 40 << 20];
    assert!(enfant("", octets.len() as u64, &octets).status.success(), "within its memory it answers");
    let sortie = enfant("ulimit -v 30000;", octets.len() as u64, &octets);
    assert!(!sortie.status.success() && sortie.stdout.is_empty());
}

#[test]
fn the_child_takes_no_more_than_the_largest_file_nor_less_than_announced() {
    let trop = enfant("", documents::FICHIER_MAX as u64 + 1, b"%PDF-1.4");
    assert!(!trop.status.success() && trop.stdout.is_empty());
    let coupe = enfant("", 100, b"%PDF-1.4");
    assert!(!coupe.status.success() && coupe.stdout.is_empty());
}

#[test]
fn the_child_bounds_its_own_memory_and_time_before_it_reads() {
    let mut enfant =
        Command::new(env!("CARGO_BIN_EXE_analyser-fichier")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("child");
    let limites = || std::fs::read_to_string(format!("/proc/{}/limits", enfant.id())).expect("limits");
    let valeur = |nom: &str| {
        let limites = limites();
        let ligne = limites.lines().find_map(|ligne| ligne.strip_prefix(nom)).expect("a limit").to_owned();
        ligne.split_whitespace().next().expect("a value").to_owned()
    };
    let depart = Instant::now();
    while valeur("Max data size") != documents::MEMOIRE_OCTETS.to_string() && depart.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(valeur("Max address space"), (256 << 20).to_string());
    assert_eq!(valeur("Max data size"), (256 << 20).to_string());
    assert_eq!(valeur("Max cpu time"), "2");
    assert_eq!(valeur("Max core file size"), "0");
    enfant.kill().expect("killed");
    enfant.wait().expect("ended");
}
