//! Functions to HTML.

pub(crate) mod entrant;
pub(crate) mod sortant;

use maud::html;
use platform::acces::{Acces, Categorie, DossierOuvert};
use platform::dossier::{ConsulterDossier, Fragment};
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;

/// The block of the synthesis: the way out, for those who manage files.
pub(crate) fn bloc<'a>(_: &'a Acces<ConsulterDossier>, dossier: &'a DossierOuvert<ConsulterDossier>) -> Fragment<'a> {
    Box::pin(async move {
        if !dossier.peut_ecrire(Categorie::Administratif) {
            return Ok(None);
        }
        let adresse = format!("/residents/{}/export-dui", dossier.usager());
        let corps = html! { p class="secondaire" { "Le dossier dans un fichier qu'un autre logiciel sait lire (TDDUI)." } };
        let pied = html! { (Bouton::lien("Exporter", adresse).petit().discret().precision("le dossier vers un autre logiciel")) };
        Ok(Some(Bloc::new("Autre logiciel", corps).icone(Icone::Upload).pied(pied).render()))
    })
}
