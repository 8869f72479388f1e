//! FHIR R4 resources received as files: documents published in them are opened, everything else is read by a person.
//!
//! A whole record (TDDUI, a transaction with its person) has its own door, `transfert-dui`: reached by mail, it is readable here
//! and somebody puts it there.

mod elements;
mod identite;
mod lisible;
mod mots;
mod publies;
mod valeurs;

use documents::{Apercu, Contenu, Nature, Suite, borner};
use serde_json::Value;

/// Media type of FHIR JSON.
const MIME: &str = documents::MIME_FHIR;
/// How far a resource names itself.
const DEBUT: usize = 4_096;

/// True for what claims to be a FHIR resource.
pub(crate) fn ressemble(octets: &[u8]) -> bool {
    let debut = String::from_utf8_lossy(octets.get(..octets.len().min(DEBUT)).unwrap_or_default());
    debut.trim_start_matches('\u{feff}').trim_start().starts_with('{') && debut.contains("\"resourceType\"")
}

/// Reads a resource; nested beyond 128 levels or not JSON, it is refused by name.
pub(crate) fn lire(octets: &[u8]) -> Contenu {
    let octets = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets);
    let valeur: Value = match serde_json::from_slice(octets) {
        Ok(valeur) => valeur,
        Err(erreur) => return crate::refus(Nature::Fhir, MIME, "fhir_not_json".to_owned(), &erreur.to_string()),
    };
    let apercu = Apercu {
        titre: Some(borner(&lisible::titre(&valeur))),
        patient: identite::patient(&valeur),
        suite: Some(Suite::Ressource),
        ..Apercu::vide(Nature::Fhir, MIME)
    };
    let tableaux = lisible::tableaux(&valeur);
    match publies::parties(octets, &valeur, &apercu) {
        Ok(parties) if !parties.is_empty() => Contenu { apercu: Apercu { suite: None, ..apercu }, parties, tableaux },
        // A list of references to documents elsewhere is data: somebody reads it.
        _ => Contenu { apercu, parties: Vec::new(), tableaux },
    }
}
