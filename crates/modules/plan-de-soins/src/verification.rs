//! What two people, or a person and the plan, say differently: raised until somebody decides (INV-06, ux.md §4.5).

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cle::Cle;

/// Why it was raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NatureEcart {
    /// Two people, two different outcomes of one time.
    IssuesDifferentes,
    /// The act was stopped, or is not in the plan at that time.
    HorsPlan,
    /// The person was away or in hospital.
    PersonneAbsente,
}

impl NatureEcart {
    /// Its words on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::IssuesDifferentes => "Deux saisies différentes pour le même soin",
            Self::HorsPlan => "Soin tracé alors qu'il n'était plus au plan",
            Self::PersonneAbsente => "Soin tracé pendant une absence",
        }
    }
}

/// One of the facts compared, as it was when it was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaitCompare {
    /// The validation.
    pub validation: Uuid,
    /// Outcome, in words with its reason.
    pub issue: String,
    /// When it was done.
    pub fait_le: Timestamp,
    /// When it was entered.
    pub saisi_le: Timestamp,
    /// Whose account.
    pub compte: CompteId,
    /// Who, in words.
    pub par: String,
}

/// What somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Decision {
    /// This validation counts; the others are annulled with the reason.
    Retenir {
        /// The one which counts.
        validation: Uuid,
    },
    /// Each tells a part of the truth: all are kept.
    GarderTout,
    /// None happened: all are annulled.
    ToutAnnuler,
}

/// A decision taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fermeture {
    /// What.
    pub decision: Decision,
    /// Why.
    pub motif: String,
    /// By whom.
    pub par: String,
    /// When.
    pub le: Timestamp,
}

/// Facts side by side, a proposed decision, then the one taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AVerifier {
    /// Whose.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit.
    #[serde(default)]
    pub unite: Option<UniteId>,
    /// Why it was raised.
    pub nature: NatureEcart,
    /// The planned act.
    pub soin: Uuid,
    /// Its words.
    pub libelle: String,
    /// Which time.
    pub occurrence: Cle,
    /// The facts.
    pub faits: Vec<FaitCompare>,
    /// The decision proposed.
    pub proposition: Decision,
    /// Why it is proposed, and what is known besides: « arrêté à 08:20 par Nadia R. ».
    #[serde(default)]
    pub contexte: String,
    /// Raised.
    pub leve_le: Timestamp,
    /// Closed.
    #[serde(default)]
    pub ferme: Option<Fermeture>,
}

impl AVerifier {
    /// The record's id, made from the validation which raised it: a repeated sending raises nothing more.
    pub fn id(validation: Uuid) -> Uuid {
        kernel::id::derived(validation, "a-verifier")
    }

    /// True if this account wrote one of the facts.
    pub fn concerne(&self, compte: CompteId) -> bool {
        self.faits.iter().any(|fait| fait.compte == compte)
    }
}
