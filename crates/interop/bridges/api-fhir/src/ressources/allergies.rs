//! Allergies in their four states, never blank: the list known, none known, not asked, unavailable.
//!
//! An empty answer could be read « no allergy »: each of the three other states is a resource of its own which says so.

use fhir_r4::{Object, coding, concept_text, extension};
use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::store::Stored;
use usagers::{Alertes, Allergie, Allergies};

use super::systemes as s;
use super::{Fiche, Indice, debut, id_de_partie, vers_patient};

/// Of which person, at which version.
#[derive(Debug, Clone, Copy)]
struct Version {
    usager: UsagerId,
    numero: i64,
    maj: Timestamp,
}

/// The resources of the sheet; without any sheet, the question was not asked.
pub(crate) fn allergies(usager: UsagerId, lues: Option<&Stored<Alertes>>) -> Vec<Fiche> {
    let version = lues.map_or(Version { usager, numero: 0, maj: Timestamp::UNIX_EPOCH }, |lues| Version {
        usager,
        numero: lues.version,
        maj: lues.recorded,
    });
    match lues.map_or(&Allergies::NonRenseignees, |lues| &lues.allergies) {
        Allergies::Connues { liste } => liste.iter().map(|allergie| connue(version, allergie)).collect(),
        Allergies::Aucune { verifie_le } => {
            let codings = vec![coding(s::SNOMED, "716186003", "No known allergy")];
            let code = Object::new().with("coding", codings).with("text", "Aucune allergie connue");
            vec![etat(version, code, "confirmed", Some(*verifie_le))]
        }
        Allergies::NonRenseignees => vec![etat(version, absente("not-asked", "Allergies non renseignées"), "unconfirmed", None)],
        Allergies::Indisponible => {
            vec![etat(version, absente("temp-unknown", "Information sur les allergies indisponible"), "unconfirmed", None)]
        }
    }
}

fn absente(raison: &str, mots: &str) -> Object {
    Object::new().with("extension", vec![extension(s::ABSENCE, "valueCode", raison)]).with("text", mots)
}

fn corps(version: Version, id: &str, verification: &str) -> Object {
    let clinique = Object::new().with("coding", vec![coding(s::ALLERGIE_CLINIQUE, "active", "Active")]);
    let verifiee = Object::new().with("coding", vec![coding(s::ALLERGIE_VERIF, verification, "")]);
    debut("AllergyIntolerance", id, version.numero, version.maj, &[])
        .with("clinicalStatus", clinique)
        .with("verificationStatus", verifiee)
}

fn fiche(version: Version, id: String, corps: Object, verification: &str) -> Fiche {
    let indices = vec![
        ("_id", Indice::Jeton("", id.clone())),
        ("clinical-status", Indice::Jeton(s::ALLERGIE_CLINIQUE, "active".to_owned())),
        ("verification-status", Indice::Jeton(s::ALLERGIE_VERIF, verification.to_owned())),
    ];
    Fiche { genre: "AllergyIntolerance", id, version: version.numero, maj: version.maj, rang: version.maj, corps, indices }
}

fn connue(version: Version, allergie: &Allergie) -> Fiche {
    let id = id_de_partie(version.usager, &format!("allergie/{}/{}", allergie.agent, allergie.reaction));
    let manifestation = if allergie.reaction.is_empty() { "Réaction non précisée" } else { allergie.reaction.as_str() };
    let reaction = Object::new().with("manifestation", vec![concept_text(manifestation)]);
    let corps = corps(version, &id, "confirmed")
        .with("code", concept_text(&allergie.agent))
        .with("patient", vers_patient(version.usager))
        .with("onsetDateTime", allergie.annee.map(|annee| format!("{annee:04}")))
        .with("reaction", vec![reaction]);
    fiche(version, id, corps, "confirmed")
}

fn etat(version: Version, code: Object, verification: &str, verifie_le: Option<jiff::civil::Date>) -> Fiche {
    let id = id_de_partie(version.usager, "allergies");
    let corps = corps(version, &id, verification)
        .with("code", code)
        .with("patient", vers_patient(version.usager))
        .with("recordedDate", verifie_le);
    fiche(version, id, corps, verification)
}
