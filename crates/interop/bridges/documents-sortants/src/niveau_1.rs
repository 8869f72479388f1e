//! A PDF or an image of the record as a clinical document of level 1: what a package carries when no content model exists
//! (CI-SIS N1). An image stands on a page of PDF/A-1.

use std::sync::Arc;

use cisis::{Level1, System, Term};
use documents::{Lu, TypeDocument};
use edition::{Bloc, Doc, Entete, Figure};
use kernel::id::UsagerId;
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::worker::automate;
use urgences::{Dlu, recueillir};

use crate::SignerDlu;
use crate::entete::{Auteur, Reference, entete};
use crate::signer::phrase;

/// Kinds of images a page is made of.
pub const IMAGES: [&str; 2] = ["image/png", "image/jpeg"];

/// The clinical document around a PDF or an image, whose author is who put it in the record; the same document makes the same
/// bytes.
///
/// # Errors
/// Whatever the store says; the inner error is a sentence in French: what the header lacks.
pub async fn niveau_1(services: &Arc<Services>, usager: UsagerId, lu: &Lu, octets: Vec<u8>) -> Resultat<Result<Vec<u8>, String>> {
    let acces: Acces<SignerDlu> = automate(services, "Envoi de documents").await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let dlu = recueillir(&acces, &dossier).await?;
    let pdf = if IMAGES.contains(&lu.mime.as_str()) {
        match papier(feuille(lu, &dlu, octets, services)).await? {
            Some(pdf) => pdf,
            None => return Ok(Err("cette image ne peut pas être mise en page : déposez-la en PDF".to_owned())),
        }
    } else {
        octets
    };
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

/// The page an image stands on, with whose it is.
fn feuille(lu: &Lu, dlu: &Dlu, image: Vec<u8>, services: &Services) -> Doc {
    let figure = Figure { image, texte_alternatif: lu.titre.clone(), legende: lu.nom_fichier.clone(), largeur_mm: LARGEUR_MM };
    Doc {
        titre: lu.titre.clone(),
        sous_titre: TypeDocument::libelle_de(&lu.type_code).to_owned(),
        entete: Entete { etablissement: dlu.etablissement.nom.as_str().to_owned(), unite: String::new() },
        confidentialite: "Secret professionnel.".into(),
        edite_le: kernel::dates::date_heure(lu.classe_le, &services.fuseau),
        instant: lu.classe_le,
        edite_par: lu.classe_par.clone(),
        document_de_travail: false,
        repere: urgences::document::repere(dlu),
        blocs: vec![Bloc::Figure(figure)],
        ..Doc::default()
    }
}

/// Width of an image on its page.
const LARGEUR_MM: u16 = 170;

/// The file of a page; none when its image cannot be drawn.
async fn papier(doc: Doc) -> Resultat<Option<Vec<u8>>> {
    let dessin = tokio::task::spawn_blocking(move || edition::pdf(&doc).ok()).await;
    dessin.map_err(|erreur| Erreur::Panne(erreur.to_string()))
}

/// The kind of a document as a term of JDV_J07: LOINC codes are digits and a dash, national ones words.
pub(crate) fn genre(code: &str) -> Result<Term, cisis::CisisError> {
    let loinc = code.bytes().all(|octet| octet.is_ascii_digit() || octet == b'-');
    let system = if loinc { System::Loinc } else { System::DocumentType };
    Term::new(system, code, Some(TypeDocument::libelle_de(code)))
}
