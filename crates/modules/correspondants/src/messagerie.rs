//! Our own secure mailboxes: of a house, of a role, of a person (MSSanté: ORG, APP, PER).

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whose mailbox it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GenreMessagerie {
    /// The house's own.
    Etablissement,
    /// A role of the house: coordinating physician, night nurse.
    Role,
    /// One person's.
    Personne,
}

impl GenreMessagerie {
    /// Every kind: value, code, words.
    pub const TOUS: [(Self, &'static str, &'static str); 3] = [
        (Self::Etablissement, "etablissement", "De l'établissement"),
        (Self::Role, "role", "D'une fonction"),
        (Self::Personne, "personne", "D'une personne"),
    ];

    /// Its words.
    pub fn libelle(self) -> &'static str {
        Self::TOUS.iter().find(|(genre, ..)| *genre == self).map_or("", |(_, _, mots)| mots)
    }
}

/// A mailbox of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messagerie {
    /// Its address.
    pub adresse: String,
    /// Name shown to who receives.
    pub nom: String,
    /// Whose.
    pub genre: GenreMessagerie,
    /// The house it serves.
    pub etablissement: EtablissementId,
    /// The person's account, for a personal one.
    #[serde(default)]
    pub titulaire: Option<CompteId>,
    /// False once it is neither read nor used.
    pub active: bool,
}

/// Where the reading of a mailbox stands; a record of its own, written by the worker only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleveMessagerie {
    /// Numbering of the folder and last message read (RFC 3501 UIDVALIDITY, UID).
    #[serde(default)]
    pub repere: Option<(u32, u32)>,
    /// Last time the operator answered.
    #[serde(default)]
    pub vue_le: Option<Timestamp>,
    /// Last message taken.
    #[serde(default)]
    pub dernier_message_le: Option<Timestamp>,
    /// Messages taken since the beginning.
    #[serde(default)]
    pub pris: u64,
    /// Why the last reading failed, in French; none when it did not.
    #[serde(default)]
    pub panne: Option<String>,
    /// Since when it fails.
    #[serde(default)]
    pub en_panne_depuis: Option<Timestamp>,
}

impl Messagerie {
    /// Id of the state of its reading.
    pub fn releve_id(id: Uuid) -> Uuid {
        kernel::id::derived(id, "releve")
    }
}
