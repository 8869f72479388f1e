//! What each tablet already holds, so that only what changed is sent. Forgotten at restart: the tablet then reads everything again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::id::UniteId;
use uuid::Uuid;

/// Sessions remembered at most.
const MOST: usize = 5_000;

/// What one session was given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Donne {
    /// Cursor given with it.
    pub(crate) curseur: String,
    /// Units it covered.
    pub(crate) unites: Vec<UniteId>,
    /// Digest of each record, by key.
    pub(crate) cles: HashMap<String, u64>,
    /// How often each resident's record had moved when it was read.
    pub(crate) tetes: HashMap<Uuid, u64>,
}

/// What sessions were given.
#[derive(Debug, Default)]
pub(crate) struct Empreintes(Mutex<HashMap<Uuid, Donne>>);

impl Empreintes {
    /// What the session holds, if it holds exactly what `curseur` says.
    pub(crate) fn connue(&self, session: Uuid, curseur: &str, unites: &[UniteId]) -> Option<Donne> {
        let toutes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        toutes.get(&session).filter(|d| d.curseur == curseur && d.unites == unites).cloned()
    }

    pub(crate) fn noter(&self, session: Uuid, donne: Donne) {
        let mut toutes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if toutes.len() >= MOST {
            toutes.clear();
        }
        toutes.insert(session, donne);
    }

    pub(crate) fn oublier(&self, session: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&session);
    }
}

/// FNV-1a, 64 bits: recognises the same text, protects nothing.
pub(crate) fn empreinte(texte: &str) -> u64 {
    texte.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, octet| (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3))
}
