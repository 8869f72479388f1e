//! What the handlers share.

use std::sync::{Arc, OnceLock};

use axum::Router;
use ring::rand::SystemRandom;
use terrain::{CleMaitre, Conversions, Erreur};

use crate::empreintes::Empreintes;

/// Version of every act in this first release; a later one is declared with its conversions.
const PREMIERE: u32 = 1;

/// Secrets, randomness, and the pages a tablet copies.
pub struct Etat {
    pub(crate) maitre: CleMaitre,
    pub(crate) hasard: SystemRandom,
    pub(crate) conversions: Conversions,
    pub(crate) empreintes: Empreintes,
    /// The pages of the modules, answered inside the process.
    pub(crate) interieur: OnceLock<Router>,
}

impl std::fmt::Debug for Etat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Etat(…)")
    }
}

impl Etat {
    /// Starts with the 32 bytes of the master key of tablets, and the acts this release understands.
    ///
    /// # Errors
    /// When the key cannot be used.
    pub fn new(cle: &[u8; 32], actes: impl IntoIterator<Item = &'static str>) -> Result<Arc<Self>, Erreur> {
        let conversions = actes.into_iter().fold(Conversions::default(), |connues, acte| connues.declarer(acte, PREMIERE));
        Ok(Arc::new(Self {
            maitre: CleMaitre::new(cle)?,
            hasard: SystemRandom::new(),
            conversions,
            empreintes: Empreintes::default(),
            interieur: OnceLock::new(),
        }))
    }
}
