//! A file received from outside: kept before it is understood, then filed, queued or refused, never lost.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UsagerId};
use platform::store::BlobId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::analyse::Apercu;

/// Through which channel a file came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canal {
    /// Code of the channel: `fichier`, `page`, `mssante`, `dossier`.
    pub code: String,
    /// The establishment it was addressed to; absent when the channel serves the whole grappe.
    #[serde(default)]
    pub etablissement: Option<EtablissementId>,
    /// Who sent it, as the channel says: an address is a claim, never a proof.
    #[serde(default)]
    pub emetteur: String,
}

/// Why a received file waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attente {
    /// Neither a PDF, nor an image, nor a clinical document.
    FormatInconnu,
    /// Recognised, but refused by its reader; the code tells why.
    Illisible,
    /// Nothing in the file says whose it is.
    SansIdentite,
    /// It names a person whom no record matches.
    PersonneInconnue,
    /// A record bears the same INS, but it is not qualified or a strict trait differs.
    IdentiteIncertaine,
    /// Records look alike without INS in common: somebody must choose.
    Ressemblance,
    /// The same document was received before with other bytes.
    MemeIdentifiant,
    /// It was being read when the process stopped.
    NonAnalysee,
}

/// Where a reception stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum EtatReception {
    /// Kept; not read yet.
    Recue,
    /// Waits for somebody.
    EnAttente {
        /// Why.
        raison: Attente,
        /// Code of the reader's error, when there is one.
        #[serde(default)]
        code: Option<String>,
    },
    /// In a record.
    Classee {
        /// Whose.
        usager: UsagerId,
        /// The document made of it.
        document: Uuid,
        /// True without anybody's hand: qualified INS and equal strict traits.
        automatique: bool,
        /// Who filed it.
        par: String,
    },
    /// Same bytes or same document as another reception.
    Doublon {
        /// The first one.
        de: Uuid,
    },
    /// Refused by somebody, with the reason; kept.
    Rejetee {
        /// Why.
        motif: String,
        /// Who.
        par: String,
    },
}

/// A file as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// The establishment it stands at; the grappe's id when none was addressed.
    pub lieu: Uuid,
    /// How it came.
    pub canal: Canal,
    /// Name of the file, made showable.
    pub nom: String,
    /// The bytes, encrypted.
    pub blob: BlobId,
    /// Size in bytes.
    pub taille: u64,
    /// When.
    pub recue_le: Timestamp,
    /// What was understood of it.
    #[serde(default)]
    pub apercu: Option<Apercu>,
    /// Where it stands.
    #[serde(flatten)]
    pub etat: EtatReception,
}
