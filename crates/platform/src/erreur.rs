//! What a handler may answer besides a page: three kinds of failure, each with its own door.

use kernel::id::UsagerId;

use crate::acces::{DroitInfo, MotifRefus};

/// Result of anything a handler calls.
pub type Resultat<T> = Result<T, Erreur>;

/// A refusal by the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refus {
    /// Why.
    pub motif: MotifRefus,
    /// The right which was missing.
    pub droit: DroitInfo,
    /// About whom.
    pub usager: Option<UsagerId>,
}

/// Why a request does not end with its page.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    /// The policy said no; journalled.
    #[error("refused: {0:?}")]
    Refus(Refus),
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    NonConnecte,
    /// The account holds no role in any establishment at this time.
    #[error("no establishment for this account")]
    SansEtablissement,
    /// Nothing at this address, or nothing the person may know of.
    #[error("not found")]
    Introuvable,
    /// What was sent cannot be understood; the sentence is shown.
    #[error("bad request: {0}")]
    Demande(String),
    /// The record was merged into another: pages go there, writings do not follow by themselves (INV-12).
    #[error("merged")]
    Fusionne {
        /// The record asked for.
        ancien: UsagerId,
        /// The record kept.
        garde: UsagerId,
    },
    /// Somebody else wrote the same thing meanwhile.
    #[error("conflict")]
    Conflit,
    /// The key (login, bed, INS…) is already taken.
    #[error("{0} is taken")]
    DejaPris(String),
    /// Too many attempts; seconds to wait.
    #[error("too many attempts")]
    Patience(u64),
    /// No space left: reading goes on, writing waits.
    #[error("disk full")]
    Plein,
    /// Ours: logged once, neutral page.
    #[error("failure: {0}")]
    Panne(String),
}

impl From<store::Error> for Erreur {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict { .. } | store::Error::Duplicate(_) => Self::Conflit,
            store::Error::ClaimTaken { key, .. } => Self::DejaPris(key),
            store::Error::Full => Self::Plein,
            other => Self::Panne(other.to_string()),
        }
    }
}

impl From<std::convert::Infallible> for Erreur {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
