//! The block of the synthesis: diseases, treatments told first, level of care.

use maud::html;
use platform::acces::{Acces, Categorie, DossierOuvert};
use platform::dossier::{ConsulterDossier, Fragment};
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::liste::Fiche;
use ui::puces::{Etat, Puce, puces};

use crate::{Element, Nature};

/// The block as the platform asks for it.
pub(crate) fn fragment<'a>(_: &'a Acces<ConsulterDossier>, dossier: &'a DossierOuvert<ConsulterDossier>) -> Fragment<'a> {
    Box::pin(async move {
        if !dossier.peut_lire(Categorie::Medical) {
            return Ok(None);
        }
        let elements = crate::elements(dossier).await?;
        let consignes = crate::consignes(dossier).await?;
        let base = format!("/residents/{}/medical", dossier.usager());
        let noms =
            |nature| liste(elements.iter().map(|lu| &lu.value).filter(|un: &&Element| un.nature == nature && un.en_vigueur()));
        let risques: Vec<Puce> = elements
            .iter()
            .filter(|un| un.a_risque && un.en_vigueur())
            .map(|un| Puce::new(Etat::Danger, un.libelle.clone()).lien(base.clone()))
            .collect();
        let niveau = consignes.as_ref().and_then(|lues| lues.niveau).map_or("non décidé", crate::NiveauSoins::libelle);
        let fiche = [Nature::Pathologie, Nature::Antecedent, Nature::Intervention]
            .into_iter()
            .map(|nature| (nature.titre(), noms(nature)))
            .filter(|(_, noms)| !noms.is_empty())
            .fold(Fiche::new(), |fiche, (titre, noms)| fiche.ligne(titre, noms))
            .ligne("Niveau de soins", niveau);
        let pied = html! { (Bouton::lien("Tout voir", base.clone()).petit().discret().precision("le dossier médical")) };
        let corps = html! { @if !risques.is_empty() { (puces(&risques)) } (fiche) };
        Ok(Some(Bloc::new("Dossier médical", corps).icone(Icone::Stethoscope).pied(pied).render()))
    })
}

fn liste<'a>(elements: impl Iterator<Item = &'a Element>) -> String {
    let noms: Vec<String> = elements
        .map(|un| match un.debut {
            Some(debut) => format!("{} ({})", un.libelle, debut.annee()),
            None => un.libelle.clone(),
        })
        .collect();
    noms.join(", ")
}
