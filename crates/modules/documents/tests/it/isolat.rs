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

#[test]
fn the_child_dies_alone_beyond_its_memory() {
    let script = "ulimit -v 20000 && exec \"$0\"";
    let mut enfant = Command::new("/bin/sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_analyser-fichier")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh");
    let mut entree = enfant.stdin.take().expect("stdin");
    let _ = entree.write_all(&vec![b'x'; 40 << 20]);
    drop(entree);
    let sortie = enfant.wait_with_output().expect("output");
    assert!(!sortie.status.success() && sortie.stdout.is_empty());
}
