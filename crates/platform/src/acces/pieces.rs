//! Encrypted pieces (files) kept with records: sealed before the act which names them, read back through the gate.

use store::{BlobId, SealedBlob};

use super::{Acces, Droit};
use crate::erreur::Resultat;

impl<D: Droit> Acces<D> {
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
