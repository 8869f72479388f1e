//! Reads what comes in, whatever carries it: mails, packages of documents, messages of interfaces.
//!
//! [`installer`] gives the reader to `documents`, which calls it in a process of its own: it is pure, bounded by the limits
//! of each codec, and never fails.

mod colis;
mod courriel;
mod message;

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
        documents::Nature::Inconnue if courriel::ressemble(octets) => courriel::lire(octets),
        _ => apercu.into(),
    }
}

/// A refusal of a codec, by its stable code after the name of what carries the documents.
fn refus(nature: documents::Nature, mime: &str, code: String, detail: &str) -> Contenu {
    Apercu { refus: Some(code), detail: Some(documents::borner(detail)), ..Apercu::vide(nature, mime) }.into()
}
