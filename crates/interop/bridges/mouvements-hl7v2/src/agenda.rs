//! Appointments (SIU, HL7 chapter 10; no French profile is public) as announcements; pure.

use hl7v2::{Appointment, Code, EntityId, Location, Professional, ResourceKind, SiuEvent};
use hospitalisations::{AnnonceRendezVous, Annoncee};
use jiff::{SignedDuration, Timestamp};

use crate::envoi::Envoi;
use crate::temps::{instant, propre};

/// What the message announces of an appointment; `None` for slots of a diary, which are nobody's.
///
/// When the sender says no hour of its own (MSH-7), the hour of the appointment stands for it.
pub fn rendez_vous(lu: &Appointment, envoi: &Envoi<'_>) -> Option<AnnonceRendezVous> {
    let dite = dite(lu)?;
    let lire = |lu: Option<&hl7v2::Timestamp>| lu.and_then(|lu| instant(lu, envoi.fuseau));
    let debut = lire(lu.start.as_ref()).or_else(|| lu.resources.iter().find_map(|une| lire(une.start.as_ref())));
    let fin = lire(lu.end.as_ref()).or_else(|| Some(debut? + duree(lu)?));
    let numeros = [("agenda", lu.filler.as_ref()), ("demande", lu.placer.as_ref())];
    Some(AnnonceRendezVous {
        annoncee_le: envoi.envoye_le.or(debut).unwrap_or(Timestamp::UNIX_EPOCH),
        dite,
        hopital: envoi.hopital.clone(),
        numeros: numeros.into_iter().filter_map(|(qui, id)| numero(qui, id?)).collect(),
        debut,
        fin,
        lieu: lieu(lu),
        service: service(lu),
        avec: avec(lu),
        motif: lu.reason.as_ref().and_then(mots),
        source: None,
    })
}

fn dite(lu: &Appointment) -> Option<Annoncee> {
    use SiuEvent as E;
    match lu.event {
        E::S12 => Some(Annoncee::Pris),
        E::S13 => Some(Annoncee::Deplace),
        E::S14 | E::S18 | E::S19 | E::S20 | E::S21 | E::S22 => Some(Annoncee::Modifie),
        E::S15 | E::S16 => Some(Annoncee::Annule),
        E::S17 => Some(Annoncee::Supprime),
        E::S26 => Some(Annoncee::Manque),
        E::S23 | E::S24 => None,
    }
}

/// A number with who gave it: the two parties may use the same numbers.
fn numero(qui: &str, id: &EntityId) -> Option<String> {
    let parties = [Some(&id.id), id.namespace.as_ref(), id.universal_id.as_ref()];
    let texte = propre(&parties.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("^"))?;
    Some(format!("{qui}/{texte}"))
}

/// SCH-9 and SCH-10: minutes unless hours or seconds are said; beyond a day it is no appointment.
fn duree(lu: &Appointment) -> Option<SignedDuration> {
    let nombre: i64 = lu.duration.as_deref()?.parse().ok()?;
    let unite = lu.duration_unit.as_ref().and_then(|code| code.id.as_deref()).unwrap_or("min").to_lowercase();
    let secondes = match unite.as_str() {
        "s" | "sec" => nombre,
        "h" | "hr" => nombre.checked_mul(3600)?,
        _ => nombre.checked_mul(60)?,
    };
    (1..=86_400).contains(&secondes).then(|| SignedDuration::from_secs(secondes))
}

fn mots(code: &Code) -> Option<String> {
    code.label().and_then(propre)
}

/// What is booked (AIS, else SCH-8), then the ward (PV1-10 or PV1-3).
fn service(lu: &Appointment) -> Option<String> {
    let reserve = lu.resources.iter().find_map(|une| match &une.kind {
        ResourceKind::Service(code) => mots(code.as_ref()?),
        _ => None,
    });
    let visite = lu.visit.as_ref();
    reserve
        .or_else(|| lu.kind.as_ref().and_then(mots))
        .or_else(|| visite.and_then(|visite| visite.service.as_deref()).and_then(propre))
        .or_else(|| visite.and_then(|visite| visite.location.as_ref()).and_then(|lieu| propre(lieu.unit.as_deref()?)))
}

fn en_mots(lieu: &Location) -> Option<String> {
    let chambre = lieu.room.as_ref().map(|chambre| format!("salle {chambre}"));
    let batiment = lieu.building.as_ref().map(|batiment| format!("bâtiment {batiment}"));
    let etage = lieu.floor.as_ref().map(|etage| format!("étage {etage}"));
    let nom = lieu.description.clone().or_else(|| lieu.unit.clone());
    let parties: Vec<String> = [nom, batiment, etage, chambre].into_iter().flatten().collect();
    propre(&parties.join(", "))
}

fn lieu(lu: &Appointment) -> Option<String> {
    lu.resources.iter().find_map(|une| match &une.kind {
        ResourceKind::Places(lieux, _) => lieux.iter().find_map(en_mots),
        _ => None,
    })
}

fn nom(qui: &Professional) -> Option<String> {
    let parties = [qui.prefix.as_deref(), qui.given.as_deref(), qui.family.as_deref()];
    propre(&parties.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn avec(lu: &Appointment) -> Option<String> {
    lu.resources.iter().find_map(|une| match &une.kind {
        ResourceKind::Persons(qui, _) => qui.iter().find_map(nom),
        _ => None,
    })
}
