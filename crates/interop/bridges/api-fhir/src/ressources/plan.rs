//! The care plan as a `CarePlan`: what is planned, stopped acts included. It holds no goal: no `Goal` is given.

use fhir_r4::{DateRange, Object, concept_text};
use jiff::Timestamp;
use jiff::civil::Date;
use plan_de_soins::{Moment, Plan, Rythme, SoinPrevu};
use platform::store::Stored;

use super::{Fiche, Indice, debut, vers_patient};

/// The rhythm in words: « matin et soir » is better read than rebuilt from a `Timing`.
fn rythme(soin: &SoinPrevu) -> String {
    let moments = soin.recurrence.moments.iter().copied().map(Moment::libelle).collect::<Vec<_>>().join(", ");
    let jours = match &soin.recurrence.rythme {
        Rythme::SiBesoin => "si besoin",
        Rythme::Quotidien => "tous les jours",
        _ => "certains jours",
    };
    if moments.is_empty() { jours.to_owned() } else { format!("{jours} : {moments}") }
}

fn activite(soin: &SoinPrevu, now: Timestamp, aujourd_hui: Date) -> Object {
    let statut = match (&soin.arret, soin.en_cours(now, aujourd_hui)) {
        (Some(_), false) => "stopped",
        (None, false) => "completed",
        _ if aujourd_hui < soin.du => "scheduled",
        _ => "in-progress",
    };
    let detail = Object::new()
        .with("code", concept_text(&soin.libelle))
        .with("status", statut)
        .with("statusReason", soin.arret.as_ref().map(|arret| concept_text(&arret.motif)))
        .with("scheduledString", rythme(soin))
        .with("description", soin.consigne.as_str());
    Object::new().with("detail", detail)
}

/// The plan as a resource, as it is at this instant.
pub(crate) fn plan(lu: &Stored<Plan>, now: Timestamp, aujourd_hui: Date) -> Fiche {
    let id = lu.id.to_string();
    let activites: Vec<Object> = lu.lignes.iter().map(|soin| activite(soin, now, aujourd_hui)).collect();
    let auteur = lu.signe.as_ref().map(|signe| Object::new().with("display", signe.complet()));
    let debut_le = lu.lignes.iter().map(|soin| soin.du).min();
    let corps = debut("CarePlan", &id, lu.version, lu.recorded, &[])
        .with("status", "active")
        .with("intent", "plan")
        .with("title", "Plan de soins")
        .with("subject", vers_patient(lu.usager))
        .with("period", Object::new().with("start", debut_le))
        .with("author", auteur)
        .with("activity", activites);
    let indices = vec![
        ("_id", Indice::Jeton("", id.clone())),
        ("status", Indice::Jeton("", "active".to_owned())),
        ("date", Indice::Dates(DateRange::period(lu.recorded, None))),
    ];
    Fiche { genre: "CarePlan", id, version: lu.version, maj: lu.recorded, rang: lu.recorded, corps, indices }
}
