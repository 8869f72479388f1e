//! Breaking the glass: a health professional opens a record outside their perimeter, for a reason, for a time.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use store::{Entity, Scope};

/// How long a broken glass stays open (requirements §10: short duration, 60 minutes).
pub const DUREE_BRIS_MINUTES: i64 = 60;

/// A record opened by exception; reviewed within the week by somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrisDeGlace {
    /// Who.
    pub compte: CompteId,
    /// Name at the time.
    pub nom: String,
    /// Whose record.
    pub usager: UsagerId,
    /// Where the person stays.
    pub etablissement: EtablissementId,
    /// Reason chosen in the list.
    pub motif: String,
    /// Free precision.
    #[serde(default)]
    pub precision: String,
    /// Since.
    pub ouvert_le: Timestamp,
    /// Until.
    pub expire_le: Timestamp,
    /// Review: by whom, when, and what was concluded.
    #[serde(default)]
    pub revue: Option<Revue>,
}

/// The weekly review of a broken glass, never by its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revue {
    /// By whom.
    pub par: CompteId,
    /// When.
    pub le: Timestamp,
    /// Justified or not.
    pub justifie: bool,
    /// Words of the reviewer.
    pub commentaire: String,
}

impl BrisDeGlace {
    /// The list of an account's broken glasses.
    pub fn lane_compte(compte: CompteId) -> String {
        format!("bris/{compte}")
    }

    /// The list of those which wait for a review in an establishment; the review takes them off it.
    pub fn lane_revue(etablissement: EtablissementId) -> String {
        format!("bris-a-revoir/{etablissement}")
    }

    /// The list of those reviewed.
    pub(super) fn lane_relus(etablissement: EtablissementId) -> String {
        format!("bris-relus/{etablissement}")
    }
}

impl Entity for BrisDeGlace {
    const KIND: &'static str = "bris_de_glace";

    fn scope(&self) -> Scope {
        let revue = if self.revue.is_none() { Self::lane_revue } else { Self::lane_relus };
        Scope::of(self.etablissement)
            .person(self.usager)
            .at(self.ouvert_le)
            .lane(Self::lane_compte(self.compte))
            .lane2(revue(self.etablissement))
    }
}
