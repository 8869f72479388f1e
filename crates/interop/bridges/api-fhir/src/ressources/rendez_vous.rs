//! Appointments in hospital, as hospitals announce them, as `Appointment` (FHIR R4; the French profile of shared diaries, which
//! asks a diary, is not claimed).

use fhir_r4::{DateRange, Object, concept_text};
use hospitalisations::{Annoncee, RendezVous};
use kernel::id::UsagerId;

use super::{Fiche, Indice, debut, id_de_partie, vers_patient};

/// `appointmentstatus` of what was said last. One without a time is « proposed »: R4 lets no other wait for its dates (app-3).
fn statut(rendez_vous: &RendezVous) -> &'static str {
    match rendez_vous.etat {
        Annoncee::Annule => "cancelled",
        _ if rendez_vous.debut.is_none() && rendez_vous.etat.est_sans_suite() => "cancelled",
        _ if rendez_vous.debut.is_none() => "proposed",
        Annoncee::Supprime => "entered-in-error",
        Annoncee::Manque => "noshow",
        Annoncee::Pris | Annoncee::Modifie | Annoncee::Deplace => "booked",
    }
}

/// The appointment; `nature` is false for who may read neither the service nor the reason (an oncology ward says a disease).
pub(crate) fn rendez_vous(usager: UsagerId, lu: &RendezVous, nature: bool) -> Fiche {
    let numero = lu.numeros.first().cloned().unwrap_or_default();
    let id = id_de_partie(usager, &format!("rendez-vous/{}/{numero}", lu.hopital.cle));
    let statut = statut(lu);
    let present = |acteur: Object| Object::new().with("actor", acteur).with("status", "accepted");
    let numeros: Vec<Object> = lu.numeros.iter().map(|numero| Object::new().with("value", numero.as_str())).collect();
    let dit = |texte: &Option<String>| texte.iter().filter(|_| nature).map(|mots| concept_text(mots)).collect::<Vec<_>>();
    let mut corps = debut("Appointment", &id, 1, lu.annoncee_le, &[])
        .with("identifier", numeros)
        .with("status", statut)
        .with("serviceType", dit(&lu.service))
        .with("reasonCode", dit(&lu.motif));
    // An end which was not said is the beginning: both or neither (app-2), and the words say so.
    if let Some(debut) = lu.debut {
        corps = corps.with("start", debut).with("end", lu.fin.unwrap_or(debut));
    }
    let mut mots: Vec<String> = lu.lieu.iter().map(|lieu| format!("Lieu : {lieu}.")).collect();
    if lu.debut.is_some() && lu.fin.is_none() {
        mots.push("L'hôpital n'a pas dit la fin.".to_owned());
    }
    if !mots.is_empty() {
        corps = corps.with("comment", mots.join(" "));
    }
    let hopital = Object::new().with("display", lu.hopital.nom.as_str());
    let corps = corps.with("participant", vec![present(vers_patient(usager)), present(hopital)]);
    let mut indices = vec![("_id", Indice::Jeton("", id.clone())), ("status", Indice::Jeton("", statut.to_owned()))];
    indices.extend(lu.debut.map(|debut| ("date", Indice::Dates(DateRange::period(debut, lu.fin.or(Some(debut)))))));
    let rang = lu.debut.unwrap_or(lu.annoncee_le);
    Fiche { genre: "Appointment", id, version: 1, maj: lu.annoncee_le, rang, corps, indices }
}
