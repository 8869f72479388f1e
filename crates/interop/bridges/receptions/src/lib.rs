//! Reads what comes in, whatever carries it: mails, packages of documents, messages of interfaces, resources.
//!
//! [`installer`] gives the reader to `documents`, which calls it in a process of its own: it is pure, bounded by the limits
//! of each codec, and never fails.

mod annonce;
mod colis;
mod courriel;
mod fhir;
mod message;
mod titre;

use documents::{Apercu, Contenu, analyser};

/// Installs the reader of received files.
pub fn installer() {
    documents::installer_analyse(lire);
}

/// Reads any bytes: what they say of themselves and the files they hold.
pub fn lire(octets: &[u8]) -> Contenu {
    if message::ressemble(octets) {
        return message::lire(octets);
    }
    let apercu = analyser(octets);
    match apercu.nature {
        documents::Nature::Zip => colis::lire(octets, apercu),
        documents::Nature::Inconnue if fhir::ressemble(octets) => fhir::lire(octets),
        documents::Nature::Inconnue if courriel::ressemble(octets) => courriel::lire(octets),
        documents::Nature::Inconnue | documents::Nature::Xml => texte_brut(apercu, octets).into(),
        _ => apercu.into(),
    }
}

/// Longest text shown of a file of an unknown kind, in characters.
const TEXTE_MAX: usize = 4_000;

/// The words of a file of an unknown kind, when it is nothing but text: somebody may read what no reader knows.
fn texte_brut(apercu: Apercu, octets: &[u8]) -> Apercu {
    let ecrit = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let texte = std::str::from_utf8(octets).ok().filter(|texte| texte.chars().all(ecrit) && !texte.trim().is_empty());
    Apercu { texte: texte.map(|texte| texte.chars().take(TEXTE_MAX).collect()), ..apercu }
}

/// A refusal of a codec, by its stable code after the name of what carries the documents.
fn refus(nature: documents::Nature, mime: &str, code: String, detail: &str) -> Contenu {
    Apercu { refus: Some(code), detail: Some(documents::borner(detail)), ..Apercu::vide(nature, mime) }.into()
}
