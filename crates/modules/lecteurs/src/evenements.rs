//! What a granted reading tells the house, outside of the request.

use kernel::id::UsagerId;
use platform::erreur::Erreur;
use platform::worker::Worker;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Topic of the message sent when a reader of another organisation opens a DLU.
pub const TOPIC_DLU_LU: &str = "lecteurs.dlu_lu";

/// A DLU was opened from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DluLu {
    /// Whose.
    pub usager: UsagerId,
    /// The reading.
    pub lecture: Uuid,
    /// Who, of what organisation, why.
    pub qui: String,
}

/// Gives the worker what it does for the module: the emergency in progress says who read.
pub fn planifier(worker: &mut Worker) {
    worker.on(TOPIC_DLU_LU, |services, item| async move {
        let lu: DluLu = serde_json::from_str(&item.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
        urgences::noter_lecture(&services, lu.usager, lu.lecture, &lu.qui).await
    });
}
