//! Documents sent and received by MSSanté: packages made, mails submitted, mailboxes read, receipts handed to who follows.
//!
//! The transport runs in the worker only, with the certificate of the structure; nothing leaves inside a page request.

mod accuser;
mod colis;
mod expedier;
mod metadonnees;
mod pannes;
mod reglages;
mod relever;

use std::sync::Arc;

use platform::worker::Worker;

pub use accuser::repondre;
pub use colis::{Piece, composer};
pub use expedier::expedier;
pub use metadonnees::entree;
pub use reglages::{Fichiers, FichiersBoite, Reglages};
pub use relever::relever;

/// Sends what waits and reads the mailboxes, as the settings say; without settings, what waits keeps waiting and says so.
pub fn planifier(worker: &mut Worker, reglages: Option<Reglages>) {
    let reglages = reglages.map(Arc::new);
    let envoi = reglages.clone();
    worker.on(liaisons::TOPIC_ENVOI, move |services, message| {
        let reglages = envoi.clone();
        async move { expedier(&services, &message, reglages.as_deref()).await }
    });
    let accuses = reglages.clone();
    worker.on(documents::TOPIC_REGLEE, move |services, message| {
        let reglages = accuses.clone();
        async move { repondre(&services, &message, reglages.as_deref()).await }
    });
    if let Some(reglages) = reglages {
        worker.continually(move |services| {
            let reglages = Arc::clone(&reglages);
            async move { relever(services, reglages).await }
        });
    }
}
