//! `/mouvements`: what happened in the house; `/mouvements/plan`: the map of the beds.

use std::collections::HashMap;

use jiff::ToSpan;
use kernel::id::UsagerId;
use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;
use usagers::Usager;
use uuid::Uuid;

use crate::model::{Mouvement, NatureMouvement, Sejour};
use crate::places::Parc;
use crate::records::lane_mouvements;
use crate::rights::LireResidents;
use crate::views::mouvements::{self as vue, Ecran, Plan};

/// Filters of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    /// Code of a nature; empty: all.
    #[serde(default)]
    pub nature: String,
    /// First day; empty: thirty days ago.
    #[serde(default)]
    pub du: String,
    /// Last day; empty: today.
    #[serde(default)]
    pub au: String,
}

const JOURS: i64 = 30;
const LIGNES_MAX: u32 = 500;

/// The movements of the house, newest first.
pub(crate) async fn mouvements(acces: Acces<LireResidents>, Parametres(mut filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let fuseau = &acces.services().fuseau;
    let aujourd_hui = kernel::dates::jour_local(acces.now(), fuseau);
    let avant = aujourd_hui.checked_sub(JOURS.days()).unwrap_or(aujourd_hui);
    let du = kernel::dates::lire_date(&filtre.du).unwrap_or(avant);
    let au = kernel::dates::lire_date(&filtre.au).unwrap_or(aujourd_hui);
    (filtre.du, filtre.au) = (du.to_string(), au.to_string());
    let debut = kernel::dates::instant_local(du.at(0, 0, 0, 0), fuseau);
    let fin = kernel::dates::instant_local(au.tomorrow().unwrap_or(au).at(0, 0, 0, 0), fuseau);
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let lane = lane_mouvements(etablissement);
    let mut mouvements: Vec<Stored<Mouvement>> =
        perimetre.liste(&Query::lane(&lane).since(debut).until(fin).newest_first().limit(LIGNES_MAX)).await?;
    let nature = NatureMouvement::TOUS.iter().find(|(_, code, _)| *code == filtre.nature).map(|(nature, ..)| *nature);
    mouvements.retain(|mouvement| nature.is_none_or(|nature| nature == mouvement.nature));
    let mut ids: Vec<Uuid> = mouvements.iter().map(|mouvement| mouvement.usager.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let usagers: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
    let usagers: HashMap<UsagerId, Usager> = usagers.into_iter().map(|usager| (usager.value.id, usager.value)).collect();
    let ecran = Ecran {
        filtre: &filtre,
        mouvements: &mouvements,
        usagers: &usagers,
        motifs: acces.peut::<crate::rights::LireAdmissions>(),
        fuseau,
    };
    let contenu = vue::liste(&ecran, &crate::annuaire::tirage(&acces, "Mouvements", "/mouvements"));
    Ok(Answer::html(page(&acces, "Mouvements", "/mouvements").contenu(contenu).render()))
}

/// The map of the beds by unit, with the occupancy drawn.
pub(crate) async fn plan(acces: Acces<LireResidents>) -> Resultat<Answer> {
    let parc = Parc::lire(&acces).await?;
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let occupants: Vec<&Stored<Sejour>> =
        parc.chambres.iter().flat_map(|chambre| &chambre.lits).filter_map(|lit| parc.occupant(lit.id)).collect();
    let ids: Vec<Uuid> = occupants.iter().map(|sejour| sejour.usager.0).collect();
    let usagers: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
    let usagers: HashMap<UsagerId, Usager> = usagers.into_iter().map(|usager| (usager.value.id, usager.value)).collect();
    let plan = Plan { parc: &parc, usagers: &usagers, fuseau: &acces.services().fuseau };
    let contenu = vue::plan_des_lits(&plan, &crate::annuaire::tirage(&acces, "Plan des lits", "/mouvements/plan"));
    Ok(Answer::html(page(&acces, "Plan des lits", "/mouvements/plan").contenu(contenu).render()))
}
