//! Our own secure mailboxes: of a house, of its software, of a role, of a person (MSSanté: ORG, APP, ORG, PER).

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId};
use platform::acces::{Acteur, Habilitation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whose mailbox it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GenreMessagerie {
    /// The house's own.
    Etablissement,
    /// This software's, for what leaves by itself.
    Application,
    /// A role of the house: coordinating physician, night nurse, secretariat.
    Role,
    /// One person's.
    Personne,
}

impl GenreMessagerie {
    /// Every kind: value, code, words.
    pub const TOUS: [(Self, &'static str, &'static str); 4] = [
        (Self::Etablissement, "etablissement", "De l'établissement"),
        (Self::Application, "application", "De l'application"),
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
    /// The professions which send from it and read it before filing, for that of a role.
    #[serde(default)]
    pub profils: Vec<String>,
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
    /// Why the last reading failed and what to do, in French; none when it did not.
    #[serde(default)]
    pub panne: Option<String>,
    /// What the operator or the system said of it, for who repairs; never a line which holds an address.
    #[serde(default)]
    pub panne_dite: Option<String>,
    /// Since when it fails.
    #[serde(default)]
    pub en_panne_depuis: Option<Timestamp>,
}

impl Messagerie {
    /// True if who asks may send from it: that of a person is theirs only, that of a role is of its professions in the house.
    pub fn ouverte_a(&self, acteur: &Acteur, now: Timestamp) -> bool {
        let ici = |role: &Habilitation| role.etablissement.is_none() || role.etablissement == Some(self.etablissement);
        self.active
            && match self.genre {
                GenreMessagerie::Personne => self.titulaire == Some(acteur.compte),
                GenreMessagerie::Role if self.profils.is_empty() => true,
                GenreMessagerie::Role => acteur.actives(now).any(|role| ici(role) && self.profils.contains(&role.profil)),
                GenreMessagerie::Etablissement | GenreMessagerie::Application => true,
            }
    }

    /// True for that of a house or its software, which sends what nobody in particular does.
    pub fn est_commune(&self) -> bool {
        matches!(self.genre, GenreMessagerie::Etablissement | GenreMessagerie::Application)
    }

    /// Id of the state of its reading.
    pub fn releve_id(id: Uuid) -> Uuid {
        kernel::id::derived(id, "releve")
    }
}
