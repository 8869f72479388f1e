//! `/dlu/lectures`: who outside read the DLU of the residents of the house.

use jiff::{SignedDuration, Timestamp};
use platform::acces::LectureDlu;
use platform::prelude::*;
use platform::web::page;

use crate::avis::{avis, depuis_instant};
use crate::rights::VoirLectures;
use crate::views::maison as vue;

/// How far the page looks back.
const PERIODE: SignedDuration = SignedDuration::from_hours(31 * 24);

/// The readings of the last month.
pub(crate) async fn liste(acces: Acces<VoirLectures>) -> Resultat<Answer> {
    let perimetre = acces.ouvrir_perimetre(acces.etablissement()?, &[]).await?;
    let depuis = acces.now().saturating_sub(PERIODE).unwrap_or(Timestamp::UNIX_EPOCH);
    let lectures: Vec<Stored<LectureDlu>> = depuis_instant(&perimetre, depuis).await?;
    let ids: Vec<uuid::Uuid> = lectures.iter().map(|lue| lue.usager.0).collect();
    let personnes: Vec<Stored<usagers::Usager>> = perimetre.lire(&ids).await?;
    let nom = |lue: &LectureDlu| personnes.iter().find(|une| une.value.id == lue.usager).map(|une| une.nom_complet());
    let contenu = vue::page(&lectures, &acces.services().fuseau, nom);
    Ok(Answer::html(page(&acces, "Lectures de DLU", "/dlu/lectures").contenu(contenu).render()))
}

/// The notice of the home page, asked again each time a DLU is read.
pub(crate) async fn relire(acces: Acces<VoirLectures>) -> Resultat<Answer> {
    Ok(Answer::html(avis(&acces, acces.etablissement()?).await?))
}
