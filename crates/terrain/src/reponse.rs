//! What the server answers to a batch.

use jiff::Timestamp;
use kernel::uuid::Uuid;
use serde::{Deserialize, Serialize};

use crate::{ClePublique, Scelle};

/// Fate of one operation. Only the first four take it out of the tablet's outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatReponse {
    /// Recorded.
    Appliquee,
    /// Already recorded by a former sending.
    Deja,
    /// Recorded, and shown to people because it disagrees with something.
    Conflit,
    /// Kept for its author to look at again.
    Refusee,
    /// Not now: the tablet sends it again.
    PlusTard,
}

/// The answer to one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reponse {
    /// The operation.
    pub id: Uuid,
    /// Its fate.
    pub etat: EtatReponse,
    /// A French sentence for its author.
    #[serde(default)]
    pub message: Option<String>,
    /// A page of the application to look at.
    #[serde(default)]
    pub voir: Option<String>,
}

impl Reponse {
    /// An answer without message.
    pub const fn simple(id: Uuid, etat: EtatReponse) -> Self {
        Self { id, etat, message: None, voir: None }
    }
}

/// Body of `POST /api/terrain/operations`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lot {
    /// Version of the envelope.
    #[serde(default = "un")]
    pub v: u32,
    /// At most [`Lot::MAX`] sealed operations, in order.
    pub operations: Vec<Scelle>,
}

const fn un() -> u32 {
    1
}

impl Lot {
    /// Operations accepted in one batch.
    pub const MAX: usize = 50;
}

/// Answer to a batch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LotRepondu {
    /// One answer per operation understood.
    pub reponses: Vec<Reponse>,
    /// The server's hour.
    pub maintenant: Timestamp,
    /// The key to seal to from now on.
    pub cle_publique: ClePublique,
}
