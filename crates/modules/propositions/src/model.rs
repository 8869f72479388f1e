//! A proposed line and what became of it; the reading of a document.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ligne::Ligne;

/// The document a line comes from, as it is named beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The document of the record.
    pub document: Uuid,
    /// Its title.
    pub titre: String,
    /// Who wrote it.
    #[serde(default)]
    pub auteur: String,
    /// The day it is about.
    pub date: Date,
}

impl Source {
    /// « Lettre de sortie, 18 nov. 2026, Dr ESSAI (CHU) ».
    pub fn phrase(&self) -> String {
        let date = kernel::dates::date_courte(self.date);
        if self.auteur.is_empty() {
            format!("{}, {date}", self.titre)
        } else {
            format!("{}, {date}, {}", self.titre, self.auteur)
        }
    }
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum Etat {
    /// Somebody must look at it.
    Proposee,
    /// The record says it already: found when the document was read, or said by a person.
    Connue {
        /// The medical entry which says it, when there is one.
        #[serde(default)]
        entree: Option<Uuid>,
        /// Who said so; empty when the reading found it.
        #[serde(default)]
        par: String,
    },
    /// A person took it into the record.
    Acceptee {
        /// The entry of the record it made or ended.
        #[serde(default)]
        entree: Option<Uuid>,
        /// Who.
        par: String,
        /// When.
        le: Timestamp,
    },
    /// A person left it out.
    Ecartee {
        /// Why, when it was said.
        #[serde(default)]
        motif: String,
        /// Who.
        par: String,
        /// When.
        le: Timestamp,
    },
    /// Its document was replaced before anybody looked at it.
    Retiree {
        /// The document which replaces.
        par_document: Uuid,
        /// When.
        le: Timestamp,
    },
}

/// A line of a received document, proposed for the record of a person (F139, « Retour d'hôpital »).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposition {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Where it comes from.
    pub source: Source,
    /// The line.
    pub ligne: Ligne,
    /// When it was read.
    pub proposee_le: Timestamp,
    /// What became of it.
    #[serde(flatten)]
    pub etat: Etat,
}

impl Proposition {
    /// Id of a line of a document: reading the document again proposes nothing new.
    pub fn id(document: Uuid, repere: &str) -> Uuid {
        kernel::id::derived(document, &format!("proposition/{repere}"))
    }

    /// True while somebody must look at it.
    pub fn attend(&self) -> bool {
        self.etat == Etat::Proposee
    }

    /// True while a person may still take it or leave it.
    pub fn ouverte(&self) -> bool {
        matches!(self.etat, Etat::Proposee | Etat::Connue { .. })
    }
}

/// Somebody read the document itself, where its lines could not all be read by the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vue {
    /// Who.
    pub par: String,
    /// When.
    pub le: Timestamp,
}

/// What the reading of a document gave: one a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lecture {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// The document.
    pub source: Source,
    /// When it was read.
    pub lue_le: Timestamp,
    /// How many lines were proposed.
    pub lignes: usize,
    /// How many statements could not be read: the document must be.
    #[serde(default)]
    pub non_lues: usize,
    /// Why nothing could be read of it, as a stable code; `None` when it was read.
    #[serde(default)]
    pub echec: Option<String>,
    /// The document which replaces it.
    #[serde(default)]
    pub remplacee_par: Option<Uuid>,
    /// Somebody read the document itself.
    #[serde(default)]
    pub vue: Option<Vue>,
}

impl Lecture {
    /// The record's id for a document.
    pub fn id(document: Uuid) -> Uuid {
        kernel::id::derived(document, "lecture")
    }

    /// True while somebody must read the document itself.
    pub fn a_lire(&self) -> bool {
        (self.non_lues > 0 || self.echec.is_some()) && self.vue.is_none() && self.remplacee_par.is_none()
    }

    /// « 2 lignes du document n'ont pas pu être lues : lisez-le. »; nothing when everything was read.
    pub fn avertissement(&self) -> Option<String> {
        if self.echec.is_some() {
            return Some("Les lignes de ce document n'ont pas pu être lues : lisez-le.".to_owned());
        }
        match self.non_lues {
            0 => None,
            1 => Some("1 ligne du document n'a pas pu être lue : lisez-le.".to_owned()),
            n => Some(format!("{n} lignes du document n'ont pas pu être lues : lisez-le.")),
        }
    }
}
