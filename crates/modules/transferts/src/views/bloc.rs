//! The block of the synthesis: a transfer in progress, or the way to propose one.

use maud::html;
use platform::acces::{Acces, Categorie, DossierOuvert};
use platform::dossier::{ConsulterDossier, Fragment};
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;

use super::depart::{phrase, puce};
use crate::model::Transfert;

/// The block as the platform asks for it: for those who may propose a transfer.
pub(crate) fn fragment<'a>(acces: &'a Acces<ConsulterDossier>, dossier: &'a DossierOuvert<ConsulterDossier>) -> Fragment<'a> {
    Box::pin(async move {
        let en_cours = dossier.lien().is_some_and(|lien| lien.etat.en_cours());
        if !dossier.peut_ecrire(Categorie::Administratif) {
            return Ok(None);
        }
        let transferts = dossier.liste::<Transfert>(|query| query.newest_first().limit(1)).await?;
        let dernier = transferts.first();
        if !en_cours && dernier.is_none() {
            return Ok(None);
        }
        let base = format!("/residents/{}/transfert", dossier.usager());
        let corps = html! {
            @match dernier {
                Some(lu) => p { (puce(&lu.etat)) " " (phrase(lu, &acces.services().fuseau)) },
                None => p class="secondaire" { "Vers un autre établissement de la grappe, sans nouvelle saisie." },
            }
        };
        let libelle = if dernier.is_some_and(|lu| lu.en_cours()) || !en_cours { "Suivre" } else { "Proposer un transfert" };
        let pied = html! { (Bouton::lien(libelle, base).petit().discret()) };
        Ok(Some(Bloc::new("Transfert", corps).icone(Icone::ArrowLeftRight).pied(pied).render()))
    })
}
