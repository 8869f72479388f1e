//! `/residents/{usager}/medical`: the medical file, its entries, the instructions for an emergency.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::prelude::*;
use uuid::Uuid;

use crate::acts;
use crate::forms::{lire_consignes, lire_element, lire_fin, saisie_consignes, saisie_element};
use crate::records::{consignes as lues, elements};
use crate::rights::{EcrireMedical, LireMedical};
use crate::views::{self, Formulaire};
use crate::{Consignes, Element, Nature};

/// Which family a new entry belongs to.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Famille {
    #[serde(default = "premiere")]
    nature: String,
}

fn premiere() -> String {
    Nature::Pathologie.code().to_owned()
}

/// A page of a record: shell, banner, tabs, then the content.
async fn cadre<D: Droit, R: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<R>, contenu: Markup) -> Resultat<Markup> {
    let actuel = format!("/residents/{}/medical", dossier.usager());
    let (page, onglets) = platform::dossier::page(acces, dossier, "Dossier médical", &actuel).await?;
    Ok(page.contenu(html! { (onglets) (contenu) }).render())
}

fn version(champs: &Champs) -> i64 {
    champs.lire("version").unwrap_or(0)
}

/// The file.
pub(crate) async fn dossier(acces: Acces<LireMedical>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (elements, consignes) = (elements(&dossier).await?, lues(&dossier).await?);
    let peut = dossier.peut_ecrire(Categorie::Medical);
    let vue = views::fichier::page(usager, &elements, consignes.as_ref().map(|lues| &lues.value), peut);
    Ok(Answer::html(cadre(&acces, &dossier, vue).await?))
}

/// The form of a new entry of a family.
pub(crate) async fn nouveau(
    acces: Acces<EcrireMedical>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(famille): Parametres<Famille>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let nature = Nature::lire(&famille.nature).ok_or(Erreur::Introuvable)?;
    let vide = Champs::depuis(&[("nature", nature.code())]);
    let formulaire = Formulaire { usager, id: acces.nouvel_id(), nature, champs: &vide, erreurs: &Erreurs::default() };
    Ok(Answer::html(cadre(&acces, &dossier, views::element::formulaire(&formulaire)).await?))
}

async fn un<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid) -> Resultat<Option<Stored<Element>>> {
    dossier.lire::<Element>(id).await
}

/// An entry, its history, and the form for those who may correct it.
pub(crate) async fn element(acces: Acces<LireMedical>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = un(&dossier, id).await?.ok_or(Erreur::Introuvable)?;
    montrer(&acces, &dossier, &lu, &saisie_element(&lu, lu.version), &Erreurs::default()).await.map(Answer::html)
}

async fn montrer<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    lu: &Stored<Element>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let mut passe = Vec::new();
    for version in dossier.versions::<Element>(lu.id).await? {
        let auteur = acces.auteur(version.author).await?;
        passe.push((version, auteur));
    }
    let peut = dossier.peut_ecrire(Categorie::Medical);
    let usager = dossier.usager();
    let formulaire = Formulaire { usager, id: lu.id, nature: lu.nature, champs, erreurs };
    let vue = views::element::page(&formulaire, lu, &passe, &acces.services().fuseau, peut);
    cadre(acces, dossier, vue).await
}

/// Writes an entry: a new one, or a correction.
pub(crate) async fn ecrire(
    acces: Acces<EcrireMedical>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let lu = un(&dossier, id).await?;
    let nature = lu.as_ref().map(|lu| lu.nature).or_else(|| Nature::lire(champs.texte("nature"))).ok_or(Erreur::Introuvable)?;
    let quand = (acces.now(), kernel::dates::jour_local(acces.now(), &acces.services().fuseau));
    let element = match lire_element(&champs, nature, (usager, etablissement), quand) {
        Ok(element) => element,
        Err(erreurs) => {
            let Some(lu) = lu else {
                let formulaire = Formulaire { usager, id, nature, champs: &champs, erreurs: &erreurs };
                return Ok(Answer::a_corriger(cadre(&acces, &dossier, views::element::formulaire(&formulaire)).await?));
            };
            return montrer(&acces, &dossier, &lu, &champs, &erreurs).await.map(Answer::a_corriger);
        }
    };
    acts::ecrire(&dossier, (id, lu), element, version(&champs)).await?;
    Ok(Answer::vers(format!("/residents/{usager}/medical")).dit(format!("{} : enregistré.", nature.libelle())))
}

/// Ends an entry, annuls it, or takes that back.
pub(crate) async fn finir(
    acces: Acces<EcrireMedical>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = un(&dossier, id).await?.ok_or(Erreur::Introuvable)?;
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    match lire_fin(&champs, aujourd_hui) {
        Ok(fin) => {
            acts::finir(&dossier, &lu, fin, version(&champs)).await?;
            Ok(Answer::vers(format!("/residents/{usager}/medical"))
                .dit("Enregistré. Rien n'est effacé : l'historique garde tout."))
        }
        Err(erreurs) => montrer(&acces, &dossier, &lu, &saisie_element(&lu, lu.version), &erreurs).await.map(Answer::a_corriger),
    }
}

/// The instructions for an emergency.
pub(crate) async fn consignes(acces: Acces<LireMedical>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lues = lues(&dossier).await?;
    let champs = saisie_consignes(lues.as_ref().map(|lues| &lues.value), lues.as_ref().map_or(0, |lues| lues.version));
    montrer_consignes(&acces, &dossier, lues, &champs, &Erreurs::default()).await.map(Answer::html)
}

async fn montrer_consignes<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    lues: Option<Stored<Consignes>>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let ecrites = match &lues {
        Some(lues) => Some((acces.auteur(lues.author).await?, lues.recorded)),
        None => None,
    };
    let peut = dossier.peut_ecrire(Categorie::Medical);
    let lues = lues.as_ref().map(|lues| &lues.value);
    let vue = views::consignes::page(dossier.usager(), (lues, ecrites), (champs, erreurs), &acces.services().fuseau, peut);
    cadre(acces, dossier, vue).await
}

/// Writes the instructions for an emergency.
pub(crate) async fn ecrire_consignes(
    acces: Acces<EcrireMedical>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let lues = lues(&dossier).await?;
    match lire_consignes(&champs, usager, etablissement) {
        Err(erreurs) => montrer_consignes(&acces, &dossier, lues, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(nouvelles) => {
            acts::ecrire_consignes(&dossier, lues, &nouvelles, version(&champs)).await?;
            Ok(Answer::vers(format!("/residents/{usager}/medical")).dit("Consignes enregistrées."))
        }
    }
}
