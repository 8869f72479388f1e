//! `/residents`: list, cards, room grid, photo wall.

use platform::prelude::*;

use crate::annuaire::{Ligne, lignes, unites};
use crate::pages::filtre::{ETATS, Filtre};
use crate::rights::LireResidents;
use crate::views::residents::{Ecran, Vue, dessiner};

/// The residents of the units worked on.
pub(crate) async fn residents(acces: Acces<LireResidents>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &filtre.unites(&acces)).await?;
    let toutes = lignes(&acces, &perimetre).await?;
    let comptes = ETATS.map(|(code, _, etat)| (code, toutes.iter().filter(|ligne| ligne.etat() == etat).count()));
    let gardees: Vec<Ligne> = toutes.into_iter().filter(|ligne| filtre.garde(ligne)).collect();
    let vue = Vue::lire(&filtre.vue);
    let chambres = if vue == Vue::Chambres { etablissements::chambres_de(&acces, etablissement).await? } else { Vec::new() };
    let unites = unites(&acces, etablissement);
    let chambres = chambres.into_iter().filter(|chambre| perimetre.couvre(Some(chambre.unite))).collect();
    let mot = etablissements::mot(&acces, etablissement).await?;
    let ecran = Ecran { filtre: &filtre, vue, lignes: &gardees, comptes: &comptes, unites: &unites, chambres, mot };
    Ok(Answer::html(dessiner(&acces, &ecran)))
}
