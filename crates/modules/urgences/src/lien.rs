//! A reading link: who holds it and knows the person's year of birth reads the DLU, for 48 hours (ux.md W8, F017, F136).
//!
//! The secret is in the address alone; the base keeps its SHA-256. Five wrong years close the link.

use jiff::{SignedDuration, Timestamp};
use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A link is read for so long.
pub const VALIDITE: SignedDuration = SignedDuration::from_hours(48);
/// Wrong years before it closes.
pub(crate) const ESSAIS: u8 = 5;

/// A link given for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lien {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Given at.
    pub donne_le: Timestamp,
    /// By whom, as they sign.
    pub donne_par: String,
    /// Read until.
    pub expire_le: Timestamp,
    /// Wrong years so far.
    #[serde(default)]
    pub essais: u8,
    /// The last request which changed the link: two of the same instant are two, not one sent twice.
    #[serde(default)]
    pub dernier: Option<Uuid>,
    /// When it was read.
    #[serde(default)]
    pub lectures: Vec<Timestamp>,
    /// Closed before its end, by whom.
    #[serde(default)]
    pub revoque_par: Option<String>,
}

impl Lien {
    /// The id a secret leads to: nothing of the secret can be found again from it.
    pub(crate) fn id(secret: &str) -> Uuid {
        kernel::id::derived(Uuid::nil(), &format!("dlu-lien/{secret}"))
    }

    /// True if it may still be read.
    pub fn ouvert(&self, now: Timestamp) -> bool {
        now < self.expire_le && self.revoque_par.is_none() && self.essais < ESSAIS
    }
}

impl Entity for Lien {
    const KIND: &'static str = "lien_dlu";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.donne_le)
    }
}

impl Ecrit for Lien {
    const CATEGORIE: Categorie = Categorie::Urgence;
}
