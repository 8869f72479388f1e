//! The act which signs a document: made, sealed, kept in the record with its version.

use documents::{Document, Lu, Origine, TypeDocument};
use jiff::civil::Date;
use platform::prelude::*;
use platform::store::BlobId;
use urgences::recueillir;
use uuid::Uuid;

use crate::dlu::dlu_cda;
use crate::entete::{Auteur, Reference};

/// Kind of a DLU (JDV_J07).
pub(crate) const TYPE_DLU: &str = "74207-2";
/// What its versions are known by.
const CLEF_DLU: &str = "dlu";

/// Writes the bytes of a document under a reference, or says in French what it lacks.
pub(crate) type Ecrire<'a> = &'a (dyn Fn(&Reference) -> Result<Vec<u8>, String> + Sync);

/// A document about to be signed.
pub(crate) struct ASigner<'a> {
    /// What its versions are known by within the record: `dlu`, `fludt-20261121`. One more version replaces the last one.
    pub(crate) clef: String,
    /// Title, without its version.
    pub(crate) titre: String,
    /// Kind, in the list of documents.
    pub(crate) type_code: String,
    /// The day it is about.
    pub(crate) jour: Date,
    /// Verb of the journal line.
    pub(crate) verbe: &'static str,
    /// Its bytes.
    pub(crate) ecrire: Ecrire<'a>,
}

/// Signs the DLU as it stands and keeps it under this id; the one signed before is replaced. Gives its version.
///
/// Signed already under this id, it stays as it is.
///
/// # Errors
/// `Demande`: what the document lacks, in French; whatever the store says.
pub(crate) async fn signer_dlu<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>, qui: (Uuid, &Auteur)) -> Resultat<u32> {
    let dlu = recueillir(acces, dossier).await?;
    let (auteur, fuseau) = (qui.1, &acces.services().fuseau);
    let ecrire = |reference: &Reference| {
        dlu_cda(&dlu, auteur, reference, fuseau)
            .map(|fait| fait.bytes)
            .map_err(|erreur| format!("Le DLU ne peut pas être signé : {}", phrase(&erreur)))
    };
    let a_signer = ASigner {
        clef: CLEF_DLU.into(),
        titre: "Document de liaison d'urgence".into(),
        type_code: TYPE_DLU.into(),
        jour: dlu.jour,
        verbe: "dlu.signe",
        ecrire: &ecrire,
    };
    verser(acces, dossier, qui, &a_signer).await
}

/// Signs a document and keeps it under this id; the version signed before is replaced. Gives its version.
///
/// Signed already under this id, it stays as it is.
///
/// # Errors
/// `Demande`: what the document lacks, in French; whatever the store says.
pub(crate) async fn verser<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    (id, auteur): (Uuid, &Auteur),
    a_signer: &ASigner<'_>,
) -> Resultat<u32> {
    if let Some(deja) = documents::document_de(dossier, id).await? {
        return Ok(version_de(&a_signer.clef, &deja).unwrap_or(1));
    }
    let ancien = dernier(dossier, &a_signer.clef).await?;
    let version = ancien.as_ref().map_or(1, |(_, version)| version + 1);
    let reference = Reference {
        id,
        ensemble: kernel::id::derived(dossier.usager().0, &format!("{}-cda", a_signer.clef)),
        version,
        remplace: ancien.as_ref().map(|(lu, version)| (lu.id, *version)),
        le: acces.now(),
    };
    let octets = (a_signer.ecrire)(&reference).map_err(Erreur::Demande)?;
    let document = Document {
        usager: dossier.usager(),
        etablissement: dossier.etablissement().ok_or(Erreur::Introuvable)?,
        titre: format!("{}, version {version}", a_signer.titre),
        type_code: a_signer.type_code.clone(),
        date_document: a_signer.jour,
        auteur: auteur.nom.clone(),
        origine: Origine::Produit,
        blob: BlobId::of(&octets),
        mime: "application/xml".into(),
        nom_fichier: format!("{}-v{version}.xml", a_signer.clef),
        taille: u64::try_from(octets.len()).unwrap_or(u64::MAX),
        famille: TypeDocument::famille_de(&a_signer.type_code),
        classe_le: acces.now(),
        classe_par: auteur.nom.clone(),
        identifiant: Some(format!("2.25.{}", id.as_u128())),
        remplace: ancien.as_ref().map(|(lu, _)| lu.id),
        remplace_par: None,
        sans_date: false,
        reception: None,
        annule: None,
        repris: None,
    };
    let mut acte = dossier.acte(a_signer.verbe).detail("version", version).detail("type", a_signer.type_code.as_str());
    acte.keep(acces.sceller(&octets)?);
    documents::produire(&mut acte, id, document, ancien.map(|(lu, _)| lu))?;
    dossier.commit(acte).await?;
    Ok(version)
}

/// The last document of these versions signed here which holds.
async fn dernier<D: Droit>(dossier: &DossierOuvert<D>, clef: &str) -> Resultat<Option<(Lu, u32)>> {
    let signes = documents::documents_de(dossier).await?;
    let versions = signes.into_iter().filter(|lu| lu.origine == Origine::Produit && lu.est_courant()).filter_map(|lu| {
        let version = version_de(clef, &lu)?;
        Some((lu, version))
    });
    Ok(versions.max_by_key(|(lu, version)| (*version, lu.classe_le)))
}

/// The version of a document of these, from its file name.
fn version_de(clef: &str, lu: &Lu) -> Option<u32> {
    lu.nom_fichier.strip_prefix(clef)?.strip_prefix("-v")?.strip_suffix(".xml")?.parse().ok()
}

/// Why a document cannot be written, in French.
pub(crate) fn phrase(erreur: &cisis::CisisError) -> String {
    match erreur.code() {
        "no_patient_identifier" | "missing_trait" => "l'identité de la personne est incomplète.".into(),
        "invalid_identifier" => "le numéro FINESS de la maison ou le numéro du signataire est faux.".into(),
        "ins_key" => "la clé de l'INS est fausse.".into(),
        "missing_part" => "il manque l'identité de la personne.".into(),
        "backwards" => "une fin est avant son début.".into(),
        _ => format!("{erreur}."),
    }
}
