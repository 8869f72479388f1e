//! What the module gives to other screens: the block of the synthesis, fragments of the terrain, what a home page shows.

use jiff::SignedDuration;
use maud::{Markup, html};
use platform::acces::{Acces, Categorie, Contexte, DossierOuvert, Droit, PerimetreOuvert};
use platform::dossier::{ConsulterDossier, Fragment};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};

use crate::cible::Cible;
use crate::lecture::PriseDeConnaissance;
use crate::model::{EtatCible, Importance, Transmission};
use crate::records;
use crate::views::ligne::{Options, ligne};
use crate::views::{Regard, dossier as vues};

/// Days of transmissions kept on a tablet.
const JOURS_TERRAIN: i64 = 14;

/// The targets of a person which are not closed: awaited first, then the most recent.
pub async fn cibles_ouvertes<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<Cible>> {
    let mut cibles: Vec<Stored<Cible>> = dossier.liste(|query| query).await?;
    cibles.retain(|cible: &Stored<Cible>| cible.etat.vivante());
    cibles.sort_by_key(|cible| (cible.etat != EtatCible::Ouverte, std::cmp::Reverse(cible.derniere_le)));
    Ok(cibles.into_iter().map(|cible| cible.value).collect())
}

/// The block « Cibles ouvertes » of the synthesis; nothing for who may not read transmissions.
pub(crate) fn bloc_synthese<'a>(
    acces: &'a Acces<ConsulterDossier>,
    dossier: &'a DossierOuvert<ConsulterDossier>,
) -> Fragment<'a> {
    Box::pin(async move {
        if !dossier.peut_lire(Categorie::Transmissions) {
            return Ok(None);
        }
        let cibles = cibles_ouvertes(dossier).await?;
        let peut_ecrire = dossier.peut_ecrire(Categorie::Transmissions);
        Ok(Some(vues::bloc_cibles(&Regard::de(acces), dossier.usager(), &cibles, peut_ecrire)))
    })
}

/// The last fourteen days of a person, as kept on a tablet: open targets, then the transmissions newest first, without
/// buttons.
pub async fn fragment_terrain<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>) -> Resultat<Markup> {
    let depuis = acces.now() - SignedDuration::from_hours(24 * JOURS_TERRAIN);
    let lues: Vec<Stored<Transmission>> = dossier.liste(|query| query.since(depuis).newest_first()).await?;
    let cibles = cibles_ouvertes(dossier).await?;
    let regard = Regard::de(acces);
    Ok(html! {
        section class="bloc" data-fragment="transmissions" {
            @if lues.is_empty() { p class="vide" { "Pas de transmission depuis " (JOURS_TERRAIN) " jours." } }
            @if !cibles.is_empty() {
                h3 { "Cibles ouvertes" }
                ul class="pile" role="list" {
                    @for cible in &cibles {
                        li data-cible=(cible.fil) data-theme=(cible.theme) { (ui::puces::puces(&[crate::views::puce_theme(&cible.theme), vues::puce_etat(&regard, cible)])) p { (cible.phrase) } }
                    }
                }
            }
            ol class="journal" role="list" { @for lue in &lues { (ligne(&regard, lue, &Options { avec_jour: true, ..Options::default() })) } }
        }
    })
}

/// Alerts of the last three days nobody of this account took note of, in a perimeter, newest first: for home pages.
pub async fn alertes_a_voir<D: Droit>(perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Stored<Transmission>>> {
    let contexte: &Contexte = perimetre.contexte();
    let depuis = contexte.now - SignedDuration::from_hours(72);
    let etablissement = perimetre.etablissement();
    let mut lues: Vec<Stored<Transmission>> = Vec::new();
    match perimetre.unites() {
        None => lues = perimetre.liste(&Query::lane2(&records::lane_etablissement(etablissement)).since(depuis)).await?,
        Some(unites) => {
            for unite in unites {
                lues.extend(perimetre.liste(&Query::lane(&records::lane_fil(etablissement, Some(*unite))).since(depuis)).await?);
            }
        }
    }
    lues.retain(|lue: &Stored<Transmission>| lue.importance == Importance::Alerte && lue.annule.is_none());
    let ids: Vec<uuid::Uuid> = lues.iter().map(|lue| PriseDeConnaissance::id(lue.id, contexte.acteur.compte)).collect();
    let prises: Vec<Stored<PriseDeConnaissance>> = perimetre.lire(&ids).await?;
    lues.retain(|lue| prises.iter().all(|prise| prise.transmission != lue.id));
    lues.sort_by_key(|lue| std::cmp::Reverse(lue.fait_le));
    Ok(lues)
}
