//! The act which signs a document: made, sealed, kept in the record with its version.

use documents::{Document, Lu, Origine, Serie, TypeDocument};
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
/// How many times a signature gives way to others of the same document before it says so.
const ESSAIS: usize = 32;

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
/// Signed already under this id, it stays as it is. Signed by somebody else at the same instant, it is written again as the version
/// after theirs: within a set, a version number is given once (CDA R2, `ClinicalDocument/versionNumber`).
///
/// # Errors
/// `Demande`: what the document lacks, in French; `Conflit` when others never stop signing; whatever the store says.
pub(crate) async fn verser<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    qui: (Uuid, &Auteur),
    a_signer: &ASigner<'_>,
) -> Resultat<u32> {
    let ensemble = kernel::id::derived(dossier.usager().0, &format!("{}-cda", a_signer.clef));
    let mut au_moins = 1;
    for _ in 0..ESSAIS {
        if let Some(deja) = documents::document_de(dossier, qui.0).await? {
            return Ok(deja.serie.map_or(1, |serie| serie.version));
        }
        let dernier = dernier(dossier, ensemble).await?;
        let suivante = dernier.as_ref().map_or(1, |(_, version)| version + 1);
        let serie = Serie { ensemble, version: suivante.max(au_moins) };
        match signer_version(acces, dossier, qui, (a_signer, serie, dernier)).await {
            Err(Erreur::Conflit) => {}
            // Taken by one which may not be readable here: the next number is tried, never the same one for ever.
            Err(Erreur::DejaPris(clef)) if clef == serie.clef() => au_moins = serie.version + 1,
            autre => return autre.map(|()| serie.version),
        }
    }
    Err(Erreur::Conflit)
}

async fn signer_version<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    (id, auteur): (Uuid, &Auteur),
    (a_signer, serie, ancien): (&ASigner<'_>, Serie, Option<(Lu, u32)>),
) -> Resultat<()> {
    let version = serie.version;
    let reference = Reference {
        id,
        ensemble: serie.ensemble,
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
        serie: Some(serie),
    };
    let mut acte = dossier.acte(a_signer.verbe).detail("version", version).detail("type", a_signer.type_code.as_str());
    acte.keep(acces.sceller(&octets)?);
    documents::produire(&mut acte, id, document, ancien.map(|(lu, _)| lu))?;
    dossier.commit(acte).await
}

/// The last version of this set signed here, annulled or not: a number is never given again.
async fn dernier<D: Droit>(dossier: &DossierOuvert<D>, ensemble: Uuid) -> Resultat<Option<(Lu, u32)>> {
    let versions = documents::documents_de(dossier).await?.into_iter().filter_map(|lu| {
        let serie = lu.serie_propre().filter(|serie| serie.ensemble == ensemble)?;
        Some((lu, serie.version))
    });
    Ok(versions.max_by_key(|(_, version)| *version))
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
