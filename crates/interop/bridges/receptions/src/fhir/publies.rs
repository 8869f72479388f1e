//! The documents a resource carries: IHE MHD ITI-65 and ITI-105 as PDSm profiles them, or the bytes of a `Binary`.

use documents::{Apercu, Nature, Partie, RolePartie, borner};
use fhir_r4::publish::{PublishError, Published, Sent, binary, simplified, transaction};
use serde_json::Value;

/// The documents, in their order; none when the resource publishes nothing.
pub(super) fn parties(octets: &[u8], valeur: &Value, enveloppe: &Apercu) -> Result<Vec<Partie>, PublishError> {
    let publies = match valeur.get("resourceType").and_then(Value::as_str) {
        Some("DocumentReference") => vec![simplified(octets)?],
        Some("Binary") => vec![binary(octets)?],
        Some("Bundle") => transaction(octets)?.into_iter().filter_map(document).collect(),
        _ => Vec::new(),
    };
    Ok(publies.into_iter().enumerate().map(|(rang, publie)| partie(rang, publie, enveloppe)).collect())
}

fn document(envoye: Sent) -> Option<Published> {
    match envoye {
        Sent::Document(publie) => Some(*publie),
        Sent::Binary | Sent::List => None,
    }
}

fn partie(rang: usize, publie: Published, enveloppe: &Apercu) -> Partie {
    let metadonnees: Value = serde_json::from_str(&publie.metadata).unwrap_or_default();
    let annonce = Apercu {
        titre: Some(borner(&publie.title)).filter(|titre| !titre.is_empty()),
        type_code: metadonnees.pointer("/type/coding/0/code").and_then(Value::as_str).map(borner),
        type_libelle: metadonnees.pointer("/type/coding/0/display").and_then(Value::as_str).map(borner),
        date: metadonnees.get("date").and_then(Value::as_str).and_then(|date| date.get(..10)?.parse().ok()),
        identifiant: publie.identifier.as_deref().map(borner),
        patient: super::identite::patient(&metadonnees).or_else(|| enveloppe.patient.clone()),
        ..Apercu::vide(Nature::Inconnue, super::MIME)
    };
    let extension = publie.extension().unwrap_or(".bin");
    let nom = annonce.titre.clone().unwrap_or_else(|| format!("document-{}", rang + 1));
    Partie { nom: format!("{nom}{extension}"), octets: publie.bytes, role: RolePartie::Piece, annonce: Some(annonce) }
}
