//! Encrypted pieces (files) kept with records: sealed before the act which names them, read back through the gate.

use store::{BlobId, SealedBlob, WaitingMessage};

use super::{Acces, Droit};
use crate::erreur::Resultat;

impl<D: Droit> Acces<D> {
    /// Messages the worker has not handled yet, those which failed most first: topics, dates and errors, nothing of a person.
    pub async fn messages_en_attente(&self, limite: i64) -> Resultat<Vec<WaitingMessage>> {
        Ok(self.services().store.outbox_waiting(limite).await?)
    }

    /// A message of the worker is tried now instead of later; the caller journals who asked.
    pub async fn relancer_message(&self, message: &WaitingMessage) -> Resultat<()> {
        let erreur = message.error.as_deref().unwrap_or_default();
        Ok(self.services().store.outbox_retry(message.n, self.now(), erreur).await?)
    }

    /// Encrypts bytes so that an act can keep them (`Acte::keep`); nothing is written yet.
    pub fn sceller(&self, octets: &[u8]) -> Resultat<SealedBlob> {
        Ok(self.services().store.seal_blob(octets)?)
    }

    /// The bytes of a piece named by a record without any person (a reception); `None` when it was never kept.
    ///
    /// The caller read that record through this access: an address is a digest, never guessed.
    pub async fn piece(&self, id: &BlobId) -> Resultat<Option<Vec<u8>>> {
        Ok(self.services().store.blob(id).await?)
    }
}
