//! `/residents/{usager}/export-dui`: the record as a file another software reads, kept, sent.

use documents::{Document, Famille, Origine, documents_de};
use etablissements::Etablissement;
use kernel::id::UsagerId;
use maud::html;
use platform::prelude::*;
use platform::store::BlobId;
use uuid::Uuid;

use crate::ExporterDui;
use crate::composer::{Compose, TYPE_EXPORT, composer};
use crate::envoi::{Demande, Envoi, EtatEnvoi, TOPIC, reglages};
use crate::views::sortant as vue;

type Dossier = DossierOuvert<ExporterDui>;

async fn compose(acces: &Acces<ExporterDui>, dossier: &Dossier, id: Uuid) -> Resultat<Compose> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let maison = acces.lire::<Etablissement>(etablissement).await?.ok_or(Erreur::Introuvable)?;
    composer(dossier, &maison, id, &acces.services().fuseau).await
}

/// What the file will hold, and the exports made before.
pub(crate) async fn page(acces: Acces<ExporterDui>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let id = acces.nouvel_id();
    let pret = match compose(&acces, &dossier, id).await {
        Ok(pret) => Ok(pret),
        Err(Erreur::Demande(phrase)) => Err(phrase),
        Err(autre) => return Err(autre),
    };
    let envois = dossier.liste::<Envoi>(|query| query.newest_first().limit(50)).await?;
    let mut exports = documents_de(&dossier).await?;
    exports.retain(|lu| lu.type_code == TYPE_EXPORT && lu.origine == Origine::Produit);
    let ecran = vue::Ecran {
        usager,
        id,
        pret: pret.as_ref(),
        exports: &exports,
        envois: &envois,
        destinataire: reglages().adresse.is_some(),
        fuseau: &acces.services().fuseau,
    };
    let actuel = format!("/residents/{usager}/documents");
    let (page, onglets) = platform::dossier::page(&acces, &dossier, "Exporter vers un autre logiciel", &actuel).await?;
    Ok(Answer::html(page.contenu(html! { (onglets) (vue::page(&ecran)) }).render()))
}

/// Makes the file and keeps it as a document; sends it when asked.
pub(crate) async fn exporter(acces: Acces<ExporterDui>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let id: Uuid =
        champs.lire("id").ok_or_else(|| Erreur::Demande("Ce formulaire est incomplet. Ouvrez-le de nouveau.".into()))?;
    let retour = format!("/residents/{usager}/export-dui");
    if documents::document_de(&dossier, id).await?.is_some() {
        return Ok(Answer::vers(retour).dit("Export versé au dossier."));
    }
    let pret = compose(&acces, &dossier, id).await?;
    let transfert = pret.transfert;
    let ecriture = tokio::task::spawn_blocking(move || tddui::write(&transfert));
    let octets = ecriture.await.map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    let octets = octets.map_err(|erreur| Erreur::Demande(format!("Le dossier ne peut pas être exporté ({erreur}).")))?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let jour = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    let par = acces.contexte().acteur.nom.clone();
    let document = Document {
        usager,
        etablissement,
        titre: format!("Export du dossier (TDDUI) du {}", kernel::dates::date_courte(jour)),
        type_code: TYPE_EXPORT.into(),
        date_document: jour,
        auteur: par.clone(),
        origine: Origine::Produit,
        blob: BlobId::of(&octets),
        mime: "application/fhir+json".into(),
        nom_fichier: format!("dossier-{jour}.json"),
        taille: octets.len() as u64,
        // It holds the medical documents: read under their secrecy.
        famille: Famille::Medical,
        classe_le: acces.now(),
        classe_par: par.clone(),
        identifiant: Some(format!("urn:uuid:{id}")),
        remplace: None,
        remplace_par: None,
        sans_date: false,
        reception: None,
        annule: None,
        repris: None,
        serie: None,
    };
    let envoyer = champs.texte("geste") == "envoyer";
    let mut acte = dossier.acte("export_dui.fait").detail("envoye", envoyer);
    acte.keep(acces.sceller(&octets)?);
    documents::produire(&mut acte, id, document, None)?;
    if envoyer {
        let envoi = Envoi { usager, etablissement, document: id, le: acces.now(), par, etat: EtatEnvoi::EnCours };
        acte.create(Envoi::id(id), &envoi);
        acte.send(TOPIC, format!("dui/{id}"), &Demande { usager, document: id });
    }
    dossier.commit(acte).await?;
    let suite = if envoyer {
        "Export versé au dossier ; l'envoi part dans la minute."
    } else {
        "Export versé au dossier : téléchargez-le dans ses documents."
    };
    Ok(Answer::vers(retour).dit(suite))
}
