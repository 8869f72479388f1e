//! Reads a PDF back with `pdftotext` (poppler-utils), an independent reader.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

/// The text of each page; `None` on a machine without poppler-utils, where the test says nothing.
///
/// # Panics
/// When `CI=true` and the tool is missing: a build that proves nothing must not be green.
pub(crate) fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let essai = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut enfant = match essai {
        Ok(enfant) => enfant,
        Err(e) if e.kind() == ErrorKind::NotFound => {
            let ci = std::env::var("CI").is_ok_and(|v| v == "true");
            assert!(!ci, "pdftotext is missing: apt-get install poppler-utils");
            return None;
        }
        Err(e) => panic!("pdftotext: {e}"),
    };
    let mut entree = enfant.stdin.take().expect("piped");
    let octets = pdf.to_vec();
    let ecrivain = std::thread::spawn(move || entree.write_all(&octets));
    let sortie = enfant.wait_with_output().expect("pdftotext runs");
    ecrivain.join().expect("writer").expect("pdftotext reads its input");
    let plaintes = String::from_utf8_lossy(&sortie.stderr);
    assert!(sortie.status.success() && plaintes.is_empty(), "pdftotext complains: {plaintes}");
    let texte = String::from_utf8(sortie.stdout).expect("utf-8");
    Some(texte.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
}

/// `texte` with every run of spaces, of any kind, as one plain space.
pub(crate) fn plat(texte: &str) -> String {
    texte.split(|c: char| c.is_whitespace() || c == '\u{202f}').filter(|m| !m.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `texte` without any space.
pub(crate) fn serre(texte: &str) -> String {
    plat(texte).replace(' ', "")
}

/// How many times `motif` occurs in the bytes of a file.
pub(crate) fn compter(octets: &[u8], motif: &[u8]) -> usize {
    octets.windows(motif.len()).filter(|f| *f == motif).count()
}
