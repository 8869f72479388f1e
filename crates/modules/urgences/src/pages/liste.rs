//! `/urgence`: find somebody by room or by name, see the emergencies in progress of the house.

use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::prelude::*;
use platform::web::page;
use sejours::residents_nommes;

use crate::episode::{SILENCE, episodes};
use crate::etape::Etape;
use crate::records::lane_urgences;
use crate::rights::VoirUrgences;
use crate::views::liste::{self as vue, EnCours};

/// Everybody one may open in an emergency, those in progress first.
pub(crate) async fn liste(acces: Acces<VoirUrgences>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let mut residents = residents_nommes(&perimetre).await?;
    residents.sort_by_key(|resident| (resident.sejour.chambre_libelle.is_empty(), resident.sejour.chambre_libelle.clone()));
    let depuis: Timestamp = acces.now().saturating_sub(SILENCE * 2).unwrap_or(Timestamp::UNIX_EPOCH);
    let lane = lane_urgences(etablissement);
    let mut etapes: Vec<Stored<Etape>> = perimetre.liste(&Query::lane(&lane).since(depuis)).await?;
    etapes.sort_by_key(|etape| etape.usager);
    let mut en_cours = Vec::new();
    while let Some(usager) = etapes.last().map(|etape| etape.usager) {
        let debut = etapes.partition_point(|etape| etape.usager < usager);
        let siennes = etapes.split_off(debut);
        let episode = episodes(siennes).pop().filter(|episode| episode.en_cours(acces.now()));
        let resident = residents.iter().find(|resident| resident.id() == usager);
        if let Some((episode, resident)) = episode.zip(resident) {
            en_cours.push(EnCours { resident, debut: episode.debut(), motif: episode.motif() });
        }
    }
    let fuseau = &acces.services().fuseau;
    let contenu = vue::page(&residents, &en_cours, &lane, fuseau, |usager: UsagerId| format!("/residents/{usager}/urgence"));
    Ok(Answer::html(page(&acces, "Urgence", "/urgence").contenu(contenu).render()))
}
