//! The act which signs a DLU: made, sealed, kept in the record with its version.

use documents::{Document, Famille, Lu, Origine};
use platform::prelude::*;
use platform::store::BlobId;
use urgences::recueillir;
use uuid::Uuid;

use crate::SignerDlu;
use crate::dlu::dlu_cda;
use crate::entete::{Auteur, Reference};

const TYPE_DLU: &str = "74207-2";

/// Signs the DLU as it stands and keeps it under this id; the one signed before is replaced. Gives its version.
///
/// Signed already under this id, it stays as it is.
///
/// # Errors
/// `Demande`: what the document lacks, in French; whatever the store says.
pub(crate) async fn signer(
    acces: &Acces<SignerDlu>,
    dossier: &DossierOuvert<SignerDlu>,
    (id, auteur): (Uuid, &Auteur),
) -> Resultat<u32> {
    if let Some(deja) = documents::document_de(dossier, id).await? {
        return Ok(version_de(&deja));
    }
    let dlu = recueillir(acces, dossier).await?;
    let ancien = dernier(dossier).await?;
    let version = ancien.as_ref().map_or(1, |(_, version)| version + 1);
    let reference = Reference {
        id,
        ensemble: kernel::id::derived(dossier.usager().0, "dlu-cda"),
        version,
        remplace: ancien.as_ref().map(|(lu, version)| (lu.id, *version)),
        le: acces.now(),
    };
    let fait = dlu_cda(&dlu, auteur, &reference, &acces.services().fuseau)
        .map_err(|erreur| Erreur::Demande(format!("Le DLU ne peut pas être signé : {}", phrase(&erreur))))?;
    let document = Document {
        usager: dossier.usager(),
        etablissement: dossier.etablissement().ok_or(Erreur::Introuvable)?,
        titre: format!("Document de liaison d'urgence, version {version}"),
        type_code: TYPE_DLU.into(),
        date_document: dlu.jour,
        auteur: auteur.nom.clone(),
        origine: Origine::Produit,
        blob: BlobId::of(&fait.bytes),
        mime: "application/xml".into(),
        nom_fichier: format!("dlu-v{version}.xml"),
        taille: u64::try_from(fait.bytes.len()).unwrap_or(u64::MAX),
        famille: Famille::Medical,
        classe_le: acces.now(),
        classe_par: auteur.nom.clone(),
        identifiant: Some(format!("2.25.{}", id.as_u128())),
        remplace: ancien.as_ref().map(|(lu, _)| lu.id),
        remplace_par: None,
        reception: None,
        annule: None,
        repris: None,
    };
    let mut acte = dossier.acte("dlu.signe").detail("version", version);
    acte.keep(acces.sceller(&fait.bytes)?);
    documents::produire(&mut acte, id, document, ancien.map(|(lu, _)| lu))?;
    dossier.commit(acte).await?;
    Ok(version)
}

/// The last DLU signed here which holds, with its version.
async fn dernier(dossier: &DossierOuvert<SignerDlu>) -> Resultat<Option<(Lu, u32)>> {
    let mut signes = documents::documents_de(dossier).await?;
    signes.retain(|lu| lu.type_code == TYPE_DLU && lu.origine == Origine::Produit && lu.est_courant());
    Ok(signes.into_iter().max_by_key(|lu| lu.classe_le).map(|lu| {
        let version = version_de(&lu);
        (lu, version)
    }))
}

fn version_de(lu: &Lu) -> u32 {
    lu.nom_fichier.trim_start_matches("dlu-v").trim_end_matches(".xml").parse().unwrap_or(1)
}

/// Why a document cannot be written, in French.
pub(crate) fn phrase(erreur: &cisis::CisisError) -> String {
    match erreur.code() {
        "no_patient_identifier" | "missing_trait" => "l'identité de la personne est incomplète.".into(),
        "invalid_identifier" => "le numéro FINESS de la maison ou le numéro du signataire est faux.".into(),
        "ins_key" => "la clé de l'INS est fausse.".into(),
        "missing_part" => "il manque l'identité de la personne.".into(),
        _ => format!("{erreur}."),
    }
}
