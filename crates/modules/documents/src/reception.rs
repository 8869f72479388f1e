//! A file received from outside: kept before it is understood, then filed, queued or refused, never lost.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UsagerId};
use platform::store::BlobId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::analyse::Apercu;
use crate::contenu::Suite;
use crate::courrier::{AccuseRendu, Courrier};

/// Through which channel a file came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canal {
    /// Code of the channel: `fichier`, `page`, `mssante`, `mllp`, `fhir`.
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
    /// A mail without any document: somebody reads it.
    Courriel,
    /// Data of another software, and no document: somebody reads them.
    Donnees,
    /// A receipt of nothing sent from here.
    AccuseInconnu,
    /// Its sender asks that a document be taken away.
    DemandeRetrait,
    /// A movement which could not be noted by itself.
    Mouvement,
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
        /// What exactly, in words, when a code does not say it.
        #[serde(default)]
        dit: Option<String>,
    },
    /// Known whose; somebody else does what it asks for.
    Confiee {
        /// What.
        suite: Suite,
        /// Whose.
        #[serde(default)]
        usager: Option<UsagerId>,
    },
    /// It held files: each is a reception of its own.
    Ouverte {
        /// How many.
        parties: u32,
    },
    /// A readable copy of a document received beside it.
    Jointe,
    /// Receipts of what was sent from here.
    Rattachee {
        /// What they are about.
        envois: Vec<(UsagerId, Uuid)>,
    },
    /// What it announced was noted.
    Appliquee {
        /// Whose.
        usager: UsagerId,
        /// What was done, in words.
        dit: String,
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
    /// The reception which held it, when it came inside another file.
    #[serde(default)]
    pub dans: Option<Uuid>,
    /// How many files it stood inside of.
    #[serde(default)]
    pub profondeur: u8,
    /// What the file which held it says of it.
    #[serde(default)]
    pub annonce: Option<Apercu>,
    /// What was understood of it.
    #[serde(default)]
    pub apercu: Option<Apercu>,
    /// The mailbox it came to, when it came by mail.
    #[serde(default)]
    pub courrier: Option<Courrier>,
    /// The receipt its sender asked for.
    #[serde(default)]
    pub accuse: Option<AccuseRendu>,
    /// True once a message asks for it to be read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub annoncee: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub etat: EtatReception,
}

impl Attente {
    /// Every reason, in the order of the queue.
    pub const TOUTES: [Self; 13] = [
        Self::IdentiteIncertaine,
        Self::Ressemblance,
        Self::PersonneInconnue,
        Self::SansIdentite,
        Self::MemeIdentifiant,
        Self::Mouvement,
        Self::DemandeRetrait,
        Self::Courriel,
        Self::Donnees,
        Self::AccuseInconnu,
        Self::Illisible,
        Self::FormatInconnu,
        Self::NonAnalysee,
    ];

    /// Stable code of the filter.
    pub fn code(self) -> &'static str {
        match self {
            Self::IdentiteIncertaine => "identite_incertaine",
            Self::Ressemblance => "ressemblance",
            Self::PersonneInconnue => "personne_inconnue",
            Self::SansIdentite => "sans_identite",
            Self::MemeIdentifiant => "meme_identifiant",
            Self::Illisible => "illisible",
            Self::FormatInconnu => "format_inconnu",
            Self::NonAnalysee => "non_analysee",
            Self::Courriel => "courriel",
            Self::Donnees => "donnees",
            Self::AccuseInconnu => "accuse_inconnu",
            Self::DemandeRetrait => "demande_retrait",
            Self::Mouvement => "mouvement",
        }
    }

    /// Its word on the queue.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::IdentiteIncertaine => "identité à vérifier",
            Self::Ressemblance => "plusieurs dossiers possibles",
            Self::PersonneInconnue => "personne inconnue",
            Self::SansIdentite => "sans identité",
            Self::MemeIdentifiant => "déjà reçu, contenu différent",
            Self::Illisible => "illisible",
            Self::FormatInconnu => "format non pris en charge",
            Self::NonAnalysee => "lecture en cours",
            Self::Courriel => "message à lire",
            Self::Donnees => "données à lire",
            Self::AccuseInconnu => "accusé d'un envoi inconnu",
            Self::DemandeRetrait => "retrait demandé",
            Self::Mouvement => "mouvement à vérifier",
        }
    }

    /// What happened and what to do.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::IdentiteIncertaine => {
                "Un dossier porte le même INS, mais son identité n'est pas qualifiée ou un trait diffère. Comparez, puis classez."
            }
            Self::Ressemblance => "Des dossiers ressemblent à l'identité du document. Comparez les traits avant de classer.",
            Self::PersonneInconnue => {
                "Aucun dossier ne correspond à l'identité du document. Cherchez la personne ou rejetez le document."
            }
            Self::SansIdentite => "Le fichier ne dit pas à qui il appartient. Ouvrez-le, puis choisissez la personne.",
            Self::MemeIdentifiant => {
                "Un document portant le même identifiant a déjà été reçu avec un autre contenu. Comparez les deux avant de classer."
            }
            Self::Illisible => "Le fichier est gardé mais n'a pas pu être lu.",
            Self::FormatInconnu => {
                "Ce format n'est pas lu par Grappe (PDF, image, CDA, courriel, colis XDM ou message HL7). Le fichier est gardé."
            }
            Self::NonAnalysee => "Le fichier est gardé et sera lu dans les deux minutes.",
            Self::Courriel => "Ce courriel ne contient aucun document. Lisez-le, puis classez-le ou rejetez-le.",
            Self::Donnees => {
                "Ce fichier contient des données d'un autre logiciel, et aucun document. Lisez-les, puis classez-les dans un dossier ou rejetez-les."
            }
            Self::AccuseInconnu => "Cet accusé parle d'un envoi que Grappe ne connaît pas. Lisez-le, puis rejetez-le.",
            Self::DemandeRetrait => {
                "L'expéditeur demande de retirer un document envoyé auparavant. Rien n'a été retiré : annulez le document dans le dossier s'il y a lieu."
            }
            Self::Mouvement => "Ce que l'hôpital annonce n'a pas pu être noté sans vous.",
        }
    }
}

impl Attente {
    /// True if reading the same bytes again may end otherwise: another release reads more, a movement waited for another.
    pub fn relisible(self) -> bool {
        matches!(self, Self::NonAnalysee | Self::Illisible | Self::FormatInconnu | Self::Mouvement | Self::AccuseInconnu)
    }
}

impl EtatReception {
    /// Why somebody must look, if anybody must.
    pub fn attente(&self) -> Option<Attente> {
        match self {
            Self::Recue | Self::Confiee { .. } => Some(Attente::NonAnalysee),
            Self::EnAttente { raison, .. } => Some(*raison),
            _ => None,
        }
    }
}

impl Reception {
    /// True if who asks may see it: what came to the mailbox of a person or a profession is theirs until it is filed.
    pub fn visible(&self, contexte: &platform::acces::Contexte) -> bool {
        let reserve = self.courrier.as_ref().map(|courrier| &courrier.reserve);
        reserve.is_none_or(|reserve| reserve.ouvre(contexte, self.canal.etablissement))
    }
}
