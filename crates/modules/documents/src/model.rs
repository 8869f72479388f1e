//! A document of a record, and a file as it was received.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{EtablissementId, UsagerId};
use platform::store::BlobId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a document came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origine {
    /// Put there by somebody of the house.
    Depose,
    /// Received from outside.
    Recu,
    /// Made and signed here from the record, to leave it.
    Produit,
}

/// Which families of data may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Famille {
    /// Letters, results, reports: medical secrecy.
    Medical,
    /// Contracts, attestations, identity: the rest.
    Courant,
}

/// Taken over from the record another establishment holds, when the person moved (F013).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprise {
    /// Name of that establishment, or of the software it came from.
    pub de: String,
    /// When.
    pub le: Timestamp,
    /// The document there.
    pub source: String,
}

impl Reprise {
    /// « repris de EHPAD Les Genêts, le 3 déc. 2026 ».
    pub fn mention(&self) -> String {
        let jour = kernel::dates::jour_local(self.le, &kernel::clock::fuseau_par_defaut());
        format!("repris de {}, le {}", self.de, kernel::dates::date_courte(jour))
    }
}

/// A document of a person's record. Never changed: a new one replaces it, or it is annulled with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Title, as the list shows it.
    pub titre: String,
    /// Kind: a code of `data/types.toml` (LOINC or national code of JDV_J66/J07).
    pub type_code: String,
    /// The day it is about; the day it came when it says none.
    pub date_document: Date,
    /// No date of its own is known: neither the file nor who put it there said one.
    #[serde(default)]
    pub sans_date: bool,
    /// Who wrote it: name, profession, place, as known.
    #[serde(default)]
    pub auteur: String,
    /// How it came.
    pub origine: Origine,
    /// The file, encrypted; its address is the SHA-256 of its bytes.
    pub blob: BlobId,
    /// Media type recognised from the bytes, never the one declared.
    pub mime: String,
    /// Name of the file, made showable.
    pub nom_fichier: String,
    /// Size in bytes.
    pub taille: u64,
    /// Who may read it.
    pub famille: Famille,
    /// When it was put in the record.
    pub classe_le: Timestamp,
    /// Name of who put it there.
    pub classe_par: String,
    /// Identifier given by its author's software (CDA `id`: `root^extension`), for replays.
    #[serde(default)]
    pub identifiant: Option<String>,
    /// The document it replaces.
    #[serde(default)]
    pub remplace: Option<Uuid>,
    /// The document which replaced it.
    #[serde(default)]
    pub remplace_par: Option<Uuid>,
    /// The reception it came from.
    #[serde(default)]
    pub reception: Option<Uuid>,
    /// Annulled, with the reason; stays readable.
    #[serde(default)]
    pub annule: Option<String>,
    /// Where it was taken over from, if it was.
    #[serde(default)]
    pub repris: Option<Reprise>,
    /// Which version it is of what is signed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serie: Option<Serie>,
}

/// A version among those of one document signed here (CDA R2: `setId` and `versionNumber`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serie {
    /// All its versions.
    pub ensemble: Uuid,
    /// From 1.
    pub version: u32,
}

impl Serie {
    /// The uniqueness key of a version: two signatures at the same instant never bear the same number.
    pub fn clef(&self) -> String {
        format!("document/{}/v{}", self.ensemble, self.version)
    }
}

impl Document {
    /// Id of the document which one of another record becomes in this one.
    pub fn id_de_reprise(usager: UsagerId, source: &str) -> Uuid {
        kernel::id::derived(usager.0, &format!("documents/reprise/{source}"))
    }

    /// The version it is, if it was signed here: one taken over from another record keeps its number and reserves none.
    pub fn serie_propre(&self) -> Option<Serie> {
        self.serie.filter(|_| self.repris.is_none())
    }

    /// True if it is the current one: neither annulled nor replaced.
    pub fn est_courant(&self) -> bool {
        self.annule.is_none() && self.remplace_par.is_none()
    }
}

/// A document read under the medical family of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentMedical(pub Document);

/// A document read under the family of documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentCourant(pub Document);
