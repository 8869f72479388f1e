//! What hospitals owe the houses: the documents expected since each recent departure.

use demo::Recit;
use jiff::Timestamp;
use liaisons::{ATTENDUS, Attendu, EtatAttendu};
use uuid::Uuid;

use crate::ids::{etablissement_id, usager_id};
use crate::personnes::etablissement_de;
use crate::semeur::{ErreurSemis, Semeur};

/// Older departures are settled (days).
const SUIVIS: i64 = 45;
/// A letter of discharge is the last to come.
const DERNIERE: &str = "lettre";

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit) -> Result<(), ErreurSemis> {
    semeur.annoncer("documents attendus");
    let now = recit.calendrier.maintenant();
    for (rang, resident) in recit.residents.iter().enumerate() {
        let departs = resident.absences.iter().filter(|absence| absence.motif.starts_with("hospitalisation"));
        for depart in departs.filter(|depart| now.duration_since(depart.debut).as_hours() < SUIVIS * 24) {
            let mouvement = kernel::id::derived(usager_id(rang).0, &format!("depart/{}", depart.debut));
            for (sorte, ..) in ATTENDUS {
                let attendu = Attendu {
                    usager: usager_id(rang),
                    etablissement: etablissement_id(etablissement_de(resident)),
                    sorte: sorte.into(),
                    hopital: "CHU de Val-Brumeux".into(),
                    parti_le: depart.debut,
                    revenu_le: depart.fin,
                    relances: Vec::new(),
                    proposes: Vec::new(),
                    etat: etat((rang, sorte), depart.fin, now),
                };
                semeur.poser(Attendu::id(mouvement, sorte), Uuid::nil(), depart.debut, &attendu).await?;
            }
        }
    }
    Ok(())
}

/// Soon after a return everything is there but the letter, which comes within ten days, save for a few which have to be asked for.
fn etat((rang, sorte): (usize, &str), revenu_le: Option<Timestamp>, now: Timestamp) -> EtatAttendu {
    let oubliee = sorte == DERNIERE && rang % 6 == 0;
    let delai = if sorte == DERNIERE { 240 } else { 24 };
    match revenu_le {
        Some(le) if !oubliee && now.duration_since(le).as_hours() > delai => EtatAttendu::Recu { document: None, le },
        _ => EtatAttendu::Attendu,
    }
}
