//! What full-text search finds, by kind: the store keeps words, not texts, and an import makes them again.

use documents::{DocumentCourant, DocumentMedical};
use store::Entity;
use transmissions::Transmission;

fn texte<E: Entity>(body: &str) -> Option<String> {
    serde_json::from_str::<E>(body).ok()?.text()
}

/// The text of a record to be found, for the kinds which have one.
pub fn mots(kind: &str, body: &str) -> Option<String> {
    match kind {
        Transmission::KIND => texte::<Transmission>(body),
        DocumentMedical::KIND => texte::<DocumentMedical>(body),
        DocumentCourant::KIND => texte::<DocumentCourant>(body),
        _ => None,
    }
}
