//! A person's session on a device: the key that proves her acts.

use jiff::Timestamp;
use kernel::id::{CompteId, PosteId};
use kernel::uuid::Uuid;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};

use crate::sceau::tirer;
use crate::{CleMaitre, Erreur, Operation, Protege};

/// A session opened by an online login on a device.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionTerrain {
    /// Its id.
    pub id: Uuid,
    /// The device.
    pub poste: PosteId,
    /// The person.
    pub compte: CompteId,
    /// Opened at.
    pub ouverte_a: Timestamp,
    /// After this it opens nothing any more.
    pub expire_a: Timestamp,
    /// Closed at (end of shift, account disabled).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fermee_a: Option<Timestamp>,
    cle: Protege,
}

/// What a session is worth for an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validite {
    /// The act was entered while the session was open.
    EnCours,
    /// Entered after its end or closing: accepted since it happened, marked for review.
    ApresFermeture,
}

impl SessionTerrain {
    /// Opens a session with a fresh key.
    pub fn ouvrir(
        id: Uuid,
        poste: PosteId,
        compte: CompteId,
        (ouverte_a, expire_a): (Timestamp, Timestamp),
        maitre: &CleMaitre,
        hasard: &dyn SecureRandom,
    ) -> Result<Self, Erreur> {
        let cle = maitre.proteger(&tirer(hasard)?, &usage(id), hasard)?;
        Ok(Self { id, poste, compte, ouverte_a, expire_a, fermee_a: None, cle })
    }

    /// The HMAC key of the session, 32 bytes.
    pub fn cle(&self, maitre: &CleMaitre) -> Result<Vec<u8>, Erreur> {
        maitre.ouvrir(&self.cle, &usage(self.id))
    }

    /// Whether it may open something now (a page, a snapshot, a cookie).
    pub fn vivante(&self, maintenant: Timestamp) -> bool {
        maintenant < self.expire_a && self.fermee_a.is_none()
    }

    /// Whether the operation names this session, its person and its device.
    pub fn est_celle_de(&self, operation: &Operation) -> bool {
        operation.session == self.id && operation.auteur == self.compte && operation.poste == self.poste
    }

    /// What the session is worth for an act entered at `saisi_a` (the server's hour).
    pub fn validite(&self, saisi_a: Timestamp) -> Validite {
        let fin = self.fermee_a.map_or(self.expire_a, |fermee| fermee.min(self.expire_a));
        if saisi_a <= fin { Validite::EnCours } else { Validite::ApresFermeture }
    }
}

fn usage(id: Uuid) -> String {
    format!("terrain|session|{id}")
}
