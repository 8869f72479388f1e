//! `/dlu`: what every DLU of the house lacks, so that the night does not find out.

use maud::Markup;
use platform::prelude::*;
use platform::web::page;
use sejours::residents_nommes;
use serde::Deserialize;

use crate::completude::manques;
use crate::dlu::recueillir_rapide;
use crate::rights::SuivreDlu;
use crate::views::completude::{self as vue, Ligne};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filtre {
    /// Only those which lack this.
    #[serde(default)]
    pub manque: String,
}

/// The list, the least complete first.
pub(crate) async fn liste(acces: Acces<SuivreDlu>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let perimetre = acces.ouvrir_perimetre(acces.etablissement()?, &[]).await?;
    let residents = residents_nommes(&perimetre).await?;
    let dlus = recueillir_rapide(&acces, &perimetre, residents).await?;
    let mut lignes: Vec<Ligne> = dlus.iter().map(|dlu| Ligne { dlu, manques: manques(dlu) }).collect();
    let toutes = lignes.len();
    let completes = lignes.iter().filter(|ligne| ligne.manques.is_empty()).count();
    lignes.retain(|ligne| filtre.manque.is_empty() || ligne.manques.iter().any(|manque| manque.quoi == filtre.manque));
    lignes.sort_by_key(|ligne| std::cmp::Reverse(ligne.manques.len()));
    let contenu: Markup = vue::page(&lignes, (completes, toutes), &filtre.manque);
    Ok(Answer::html(page(&acces, "DLU à compléter", "/dlu").contenu(contenu).render()))
}
