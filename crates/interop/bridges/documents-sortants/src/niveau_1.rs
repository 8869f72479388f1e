//! A PDF of the record as a clinical document of level 1: what a package carries when no content model exists (CI-SIS N1).

use std::sync::Arc;

use cisis::{Level1, System, Term};
use documents::{Lu, TypeDocument};
use kernel::id::UsagerId;
use platform::Services;
use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::worker::automate;
use urgences::recueillir;

use crate::SignerDlu;
use crate::entete::{Auteur, Reference, entete};
use crate::signer::phrase;

/// The clinical document around a PDF, whose author is who put it in the record; the same document makes the same bytes.
///
/// # Errors
/// Whatever the store says; the inner error is a sentence in French: what the header lacks.
pub async fn niveau_1(services: &Arc<Services>, usager: UsagerId, lu: &Lu, pdf: Vec<u8>) -> Resultat<Result<Vec<u8>, String>> {
    let acces: Acces<SignerDlu> = automate(services, "Envoi de documents").await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let dlu = recueillir(&acces, &dossier).await?;
    let auteur = Auteur {
        compte: kernel::id::derived(dlu.etablissement.id.0, &lu.classe_par),
        nom: lu.classe_par.clone(),
        profil: String::new(),
        rpps: None,
    };
    let reference = Reference {
        id: kernel::id::derived(lu.id, "niveau-1"),
        ensemble: kernel::id::derived(lu.id, "niveau-1-ensemble"),
        version: 1,
        remplace: None,
        le: lu.classe_le,
    };
    let ecrit = genre(&lu.type_code).and_then(|kind| {
        let mut header = entete(&dlu, &auteur, &reference, &services.fuseau)?;
        header.title = Some(lu.titre.clone());
        Level1 { kind, act: None, pdf }.write(&header)
    });
    Ok(ecrit
        .map(|document| document.bytes)
        .map_err(|erreur| format!("un PDF ne peut pas être mis en colis, {}", phrase(&erreur).trim_end_matches('.'))))
}

/// The kind of a document as a term of JDV_J07: LOINC codes are digits and a dash, national ones words.
fn genre(code: &str) -> Result<Term, cisis::CisisError> {
    let loinc = code.bytes().all(|octet| octet.is_ascii_digit() || octet == b'-');
    let system = if loinc { System::Loinc } else { System::DocumentType };
    Term::new(system, code, Some(TypeDocument::libelle_de(code)))
}
