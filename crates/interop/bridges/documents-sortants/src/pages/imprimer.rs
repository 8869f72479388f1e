//! A clinical document of the record on paper.

use kernel::id::UsagerId;
use maud::html;
use platform::dossier::{ConsulterDossier, Fragment};
use platform::prelude::*;
use ui::Icone;
use ui::boutons::Bouton;
use uuid::Uuid;

use documents::LireDocuments;

use crate::lisible;

const CDA: &str = "application/xml";

/// The readable PDF/A of a clinical document: what a recipient without software reads.
pub(crate) async fn pdf(acces: Acces<LireDocuments>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = documents::document_de(&dossier, id).await?.filter(|lu| lu.mime == CDA).ok_or(Erreur::Introuvable)?;
    let octets = dossier.document(&lu.blob).await?.ok_or(Erreur::Introuvable)?;
    let edite_le = kernel::dates::date_heure(lu.classe_le, &acces.services().fuseau);
    let instant = lu.classe_le;
    let dessin = move || {
        let document = cda_r2::parse(&octets, &cda_r2::Limits::default()).ok()?;
        lisible::copie(&document, &edite_le, instant)
    };
    let fait = tokio::task::spawn_blocking(dessin).await.map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    let pdf =
        fait.ok_or_else(|| Erreur::Demande("Ce document ne peut pas être imprimé : téléchargez le fichier d'origine.".into()))?;
    Ok(Answer::fichier(pdf, "application/pdf", &lu.nom_fichier.replace(".xml", ".pdf"), true))
}

/// On the page of a clinical document: how to print it.
pub(crate) fn sur_document(dossier: &DossierOuvert<ConsulterDossier>, id: Uuid) -> Fragment<'_> {
    Box::pin(async move {
        let lu = documents::document_de(dossier, id).await?.filter(|lu| lu.mime == CDA);
        Ok(lu.map(|lu| {
            let adresse = format!("/residents/{}/documents/{}/pdf", lu.usager, lu.id);
            html! { p { (Bouton::lien("Version imprimable (PDF)", adresse).icone(Icone::Printer)) } }
        }))
    })
}
