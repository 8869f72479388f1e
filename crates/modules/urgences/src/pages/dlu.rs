//! `/residents/{usager}/dlu`: the document of emergency liaison, on screen and on paper.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::prelude::*;

use crate::completude::manques;
use crate::dlu::{Dlu, recueillir};
use crate::document;
use crate::records::episodes_de;
use crate::rights::LireUrgence;
use crate::views::dlu as vue;

/// The DLU as it stands now, and what it lacks.
pub(crate) async fn dlu(acces: Acces<LireUrgence>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = recueillir(&acces, &dossier).await?;
    let doc = dessiner(&acces, &dossier, &lu, None).await?;
    let corps: Markup = edition::html(&doc);
    let consultation = dossier.consultation();
    let peut = (dossier.peut_ecrire(Categorie::Urgence), dossier.peut_ecrire(Categorie::Medical));
    let vue = vue::page(&lu, &manques(&lu), &corps, peut, &|famille| consultation.peut_lire(famille));
    let (page, onglets) = platform::dossier::page(&acces, &dossier, "DLU", &format!("/residents/{usager}/dlu")).await?;
    Ok(Answer::html(page.contenu(html! { (onglets) (vue) }).render()))
}

/// The same on paper: two pages of PDF/A, without a reading link.
pub(crate) async fn pdf(acces: Acces<LireUrgence>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = recueillir(&acces, &dossier).await?;
    fichier(dessiner(&acces, &dossier, &lu, None).await?, &lu).await
}

/// The PDF of a DLU, shown in the browser.
///
/// # Errors
/// When the page cannot be drawn.
pub async fn fichier(doc: edition::Doc, lu: &Dlu) -> Resultat<Answer> {
    let nom = format!("dlu-{}-{}.pdf", lu.usager.nom_complet().replace([' ', '\''], "-").to_lowercase(), lu.jour);
    let dessin = tokio::task::spawn_blocking(move || edition::pdf(&doc));
    let octets = dessin.await.map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    Ok(Answer::fichier(octets.map_err(|erreur| Erreur::Panne(erreur.to_string()))?, "application/pdf", &nom, true))
}

/// The DLU of a record opened under a right which carries what it is made of, and its document as it stands now.
///
/// # Errors
/// As `recueillir`.
pub async fn document_du_jour<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>) -> Resultat<(Dlu, edition::Doc)> {
    let lu = recueillir(acces, dossier).await?;
    let doc = dessiner(acces, dossier, &lu, None).await?;
    Ok((lu, doc))
}

/// The document of an opened record, with the emergency in progress and a reading link if there is one.
pub(super) async fn dessiner<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    lu: &Dlu,
    lien: Option<&str>,
) -> Resultat<edition::Doc> {
    let episode = episodes_de(dossier).await?.pop().filter(|episode| episode.en_cours(acces.now()));
    Ok(document::dlu(lu, episode.as_ref(), &acces.contexte().acteur.nom, &acces.services().fuseau, lien))
}
