//! The act which signs: the document is made, sealed, and kept in the record with its version.

use documents::{Document, Famille, Origine};
use kernel::id::UsagerId;
use platform::prelude::*;
use platform::store::BlobId;
use professionnels::Professionnel;
use urgences::recueillir;

use crate::SignerDlu;
use crate::dlu::dlu_cda;
use crate::entete::{Auteur, Reference};

const TYPE_DLU: &str = "74207-2";

/// Signs the DLU as it stands and keeps it; the one signed before is replaced.
pub(crate) async fn signer(acces: Acces<SignerDlu>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let dlu = recueillir(&acces, &dossier).await?;
    let ancien = dernier(&dossier).await?;
    let version = ancien.as_ref().map_or(1, |(_, version)| version + 1);
    let id = acces.nouvel_id();
    let reference = Reference {
        id,
        ensemble: kernel::id::derived(usager.0, "dlu-cda"),
        version,
        remplace: ancien.as_ref().map(|(lu, version)| (lu.id, *version)),
        le: acces.now(),
    };
    let auteur = auteur(&acces).await?;
    let fait = dlu_cda(&dlu, &auteur, &reference, &acces.services().fuseau)
        .map_err(|erreur| Erreur::Demande(format!("Le DLU ne peut pas être signé : {}", phrase(&erreur))))?;
    let document = Document {
        usager,
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
        classe_par: auteur.nom,
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
    Ok(Answer::vers(format!("/residents/{usager}/documents/{id}"))
        .dit(format!("DLU signé, version {version}, versé au dossier.")))
}

/// The last DLU signed here which holds, with its version.
async fn dernier(dossier: &DossierOuvert<SignerDlu>) -> Resultat<Option<(documents::Lu, u32)>> {
    let mut signes = documents::documents_de(dossier).await?;
    signes.retain(|lu| lu.type_code == TYPE_DLU && lu.origine == Origine::Produit && lu.est_courant());
    let Some(lu) = signes.into_iter().max_by_key(|lu| lu.classe_le) else { return Ok(None) };
    let version = lu.nom_fichier.trim_start_matches("dlu-v").trim_end_matches(".xml").parse().unwrap_or(1);
    Ok(Some((lu, version)))
}

/// Who signs, with the national number of the professional behind the account.
async fn auteur(acces: &Acces<SignerDlu>) -> Resultat<Auteur> {
    let acteur = &acces.contexte().acteur;
    let profil = acteur.profils(acces.now()).first().map(|code| (*code).to_owned()).unwrap_or_default();
    let rpps = acces.soi::<Professionnel>().await?.and_then(|lu| lu.value.rpps.map(|rpps| rpps.to_string()));
    Ok(Auteur { compte: acteur.compte.0, nom: acteur.nom.clone(), profil, rpps })
}

fn phrase(erreur: &cisis::CisisError) -> String {
    match erreur.code() {
        "no_patient_identifier" | "missing_trait" => "l'identité de la personne est incomplète.".into(),
        "invalid_identifier" => "le numéro FINESS de la maison ou le numéro du signataire est faux.".into(),
        "ins_key" => "la clé de l'INS est fausse.".into(),
        "missing_part" => "il manque l'identité de la personne.".into(),
        _ => format!("{erreur}."),
    }
}
