//! What matters to the person: habits, wishes, story. Written by anybody of the team, signed.

use kernel::id::{EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Habits and what matters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contenu {
    /// Her own words: « Je veux ma radio et mon châle. »
    #[serde(default)]
    pub parole: String,
    /// What she likes and does not: waking, washing, meals, sleep.
    #[serde(default)]
    pub habitudes: Vec<String>,
    /// Who she was and is: trade, family, places.
    #[serde(default)]
    pub histoire: String,
    /// What to know before caring: hearing aid, glasses, skin.
    #[serde(default)]
    pub a_savoir: Vec<String>,
}

impl Contenu {
    /// True when nothing was written yet.
    pub fn est_vide(&self) -> bool {
        self.parole.is_empty() && self.habitudes.is_empty() && self.histoire.is_empty() && self.a_savoir.is_empty()
    }
}

/// Habits and what matters to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habitudes {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// What was written.
    #[serde(flatten)]
    pub contenu: Contenu,
}

impl Habitudes {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "habitudes")
    }
}
