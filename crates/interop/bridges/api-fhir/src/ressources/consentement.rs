//! Oppositions of the person as `Consent` (art. L.1110-4 CSP): to whom, for which families of data.

use fhir_r4::{Object, coding, concept_text};
use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::acces::{CibleOpposition, Opposition};

use super::systemes as s;
use super::{Fiche, Indice, debut, id_de_partie, vers_patient};

/// The opposition; `vise` names whom it is against, `version` is that of the gate's line about the person.
pub(crate) fn opposition(usager: UsagerId, opposition: &Opposition, vise: &str, version: i64, maj: Timestamp) -> Fiche {
    let cle = serde_json::to_string(opposition).unwrap_or_default();
    let id = id_de_partie(usager, &format!("opposition/{cle}"));
    let un = |systeme: &str, code: &str| Object::new().with("coding", vec![coding(systeme, code, "")]);
    let role = concept_text(match opposition.cible {
        CibleOpposition::Profil(_) => "Profession",
        CibleOpposition::Compte(_) => "Professionnel",
        CibleOpposition::Etablissement(_) => "Établissement",
    });
    let acteur = Object::new().with("role", role).with("reference", Object::new().with("display", vise));
    let familles: Vec<Object> = opposition.categories.iter().map(|famille| concept_text(famille.libelle())).collect();
    let mesure = Object::new().with("type", "deny").with("actor", vec![acteur]).with("code", familles);
    let corps = debut("Consent", &id, version, maj, &[])
        .with("status", "active")
        .with("scope", un("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"))
        .with("category", vec![un(s::V3_ACT, "INFA").with("text", "Opposition au partage d'informations")])
        .with("patient", vers_patient(usager))
        .with("policyRule", un(s::V3_ACT, "OPTOUT"))
        .with("provision", mesure);
    let indices = vec![("_id", Indice::Jeton("", id.clone())), ("status", Indice::Jeton("", "active".to_owned()))];
    Fiche { genre: "Consent", id, version, maj, rang: maj, corps, indices }
}
