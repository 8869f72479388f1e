//! `/presence`: who is in the house now; `/presence/evacuation`: the sheet one takes when everybody goes out.

use maud::Markup;
use platform::prelude::*;
use platform::web::{etiquette, page};
use serde::Deserialize;

use crate::annuaire::{Ligne, lignes, tirage};
use crate::records::lane_presents;
use crate::rights::LireResidents;
use crate::views::presence::{self as vue, Ecran};

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    /// First letters of a name, or a room.
    #[serde(default)]
    pub q: String,
}

async fn ecran(acces: &Acces<LireResidents>, filtre: &Filtre) -> Resultat<(Vec<Ligne>, String)> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let mut toutes = lignes(acces, &perimetre).await?;
    toutes.retain(|ligne| ligne.reperes.repondent_a(&filtre.q));
    Ok((toutes, lane_presents(etablissement)))
}

fn tableau(acces: &Acces<LireResidents>, filtre: &Filtre, (lignes, lane): &(Vec<Ligne>, String)) -> Resultat<Markup> {
    let unites = acces.services().enseigne.unites(acces.etablissement()?);
    Ok(vue::tableau(&Ecran { q: &filtre.q, lignes, unites: &unites, lane, fuseau: &acces.services().fuseau }))
}

/// The board: present, hospital, away, day care.
pub(crate) async fn presence(acces: Acces<LireResidents>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let lu = ecran(&acces, &filtre).await?;
    let contenu = vue::page(&filtre.q, lu.0.len(), &tableau(&acces, &filtre, &lu)?);
    Ok(Answer::html(page(&acces, "Présence", "/presence").contenu(contenu).render()))
}

/// The board alone, read again when a stay moves.
pub(crate) async fn fragment(acces: Acces<LireResidents>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let lu = ecran(&acces, &filtre).await?;
    let version = etiquette(&acces, std::slice::from_ref(&lu.1));
    Ok(Answer::html(tableau(&acces, &filtre, &lu)?).etag(&version))
}

/// The evacuation sheet: by unit, in walking order, boxes to tick.
pub(crate) async fn evacuation(acces: Acces<LireResidents>) -> Resultat<Answer> {
    let (lignes, _) = ecran(&acces, &Filtre::default()).await?;
    let unites = acces.services().enseigne.unites(acces.etablissement()?);
    let contenu = vue::evacuation(&lignes, &unites, &tirage(&acces, "Liste d'évacuation", "/presence/evacuation"));
    Ok(Answer::html(page(&acces, "Liste d'évacuation", "/presence").contenu(contenu).render()))
}
