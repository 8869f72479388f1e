//! From received documents to proposed lines: CDA and HL7 v2 on one side, the module `propositions` on the other.
//!
//! Only what is structured is read, never the narrative: what a machine cannot say for sure is counted, and a person reads it.

mod cda;
mod dates;
mod message;
mod resultats;
mod traitements;

use std::sync::Arc;

use documents::{Classe, TOPIC_CLASSE};
use platform::Services;
use platform::erreur::{Erreur, Resultat};
use platform::store::OutboxItem;
use platform::worker::Worker;
use propositions::Lu;

/// Listens to documents which enter a record.
pub fn planifier(worker: &mut Worker) {
    worker.on(TOPIC_CLASSE, |services, message| async move { classe(&services, &message).await });
}

/// A document entered a record: its lines are proposed. Whatever its bytes, the message ends: what cannot be read is said on
/// the document.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn classe(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let classe: Classe = serde_json::from_str(&message.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    let Some(octets) = propositions::octets(services, &classe).await? else { return Ok(()) };
    // Away from the requests, and where a panic of a reader is an answer like another.
    let lu = match tokio::task::spawn_blocking(move || lire(&octets)).await {
        Ok(lu) => lu,
        Err(error) => {
            tracing::error!(%error, document = %classe.document, "a document could not be read for its lines");
            Some(Err("lecture_interrompue".to_owned()))
        }
    };
    match lu {
        Some(lu) => propositions::proposer(services, &classe, lu).await,
        // A PDF or an image: nothing structured, but the pending lines of what it replaces are withdrawn all the same.
        None => propositions::proposer(services, &classe, Ok(Lu::default())).await,
    }
}

/// Reads the lines of a file: `None` when nothing in it is structured (PDF, image), an error code when its structure cannot be
/// read. Pure and bounded by the readers' limits.
pub fn lire(octets: &[u8]) -> Option<Result<Lu, String>> {
    if message::ressemble(octets) {
        return Some(message::lire(octets));
    }
    let (nature, _) = documents::Nature::de(octets);
    (nature == documents::Nature::Cda).then(|| cda::lire(octets))
}
