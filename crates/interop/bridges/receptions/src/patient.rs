//! The person a message of an interface is about (PID), for strict matching.

use documents::{PatientLu, borner};
use hl7v2::{InsKind, Message, Patient, Sex, Timestamp};

/// The person of a message; none when it has no readable PID.
pub(crate) fn lire(message: &Message) -> Option<PatientLu> {
    let patient = Patient::of(message).ok()?;
    let naissance = patient.birth_name();
    let plein = |texte: &Option<String>| texte.as_deref().map(borner).filter(|texte| !texte.is_empty());
    let nom = naissance.or(patient.names.first());
    let premier = nom.and_then(|nom| plein(&nom.given));
    Some(PatientLu {
        ins: ins(&patient),
        nom_naissance: naissance.and_then(|nom| plein(&nom.family)),
        prenoms: naissance.and_then(|nom| plein(&nom.given_list)).or_else(|| premier.clone()),
        premier_prenom: premier.clone(),
        nom_affiche: [nom.and_then(|nom| plein(&nom.family)), premier].into_iter().flatten().collect::<Vec<_>>().join(" "),
        sexe: patient.sex.map(sexe),
        naissance: patient.birth.as_ref().map(date),
        lieu: patient.birth_place_code().map(str::to_owned),
    })
}

fn ins(patient: &Patient) -> Vec<(String, String)> {
    let national = |identifiant: &hl7v2::Identifier| {
        let oid = identifiant.authority.as_ref()?.oid()?;
        InsKind::from_oid(oid).map(|_| (oid.to_owned(), identifiant.value.clone()))
    };
    let mut lues: Vec<(String, String)> = patient.identifiers.iter().filter_map(national).collect();
    lues.dedup();
    lues
}

fn sexe(sexe: Sex) -> String {
    match sexe {
        Sex::Female => "F",
        Sex::Male => "M",
        _ => "I",
    }
    .to_owned()
}

fn date(instant: &Timestamp) -> String {
    format!("{:04}-{:02}-{:02}", instant.year, instant.month.unwrap_or(0), instant.day.unwrap_or(0))
}
