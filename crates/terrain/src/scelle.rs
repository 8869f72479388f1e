//! The sealed operation, as a tablet keeps and sends it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use kernel::id::PosteId;
use kernel::uuid::Uuid;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

use crate::sceau::deriver;
use crate::{ClePrivee, Erreur, OperationOuverte};

/// Largest sealed content accepted (bytes of base64url): a long transmission is a few kilobytes.
const TAILLE_MAX: usize = 128 * 1024;

/// An operation sealed to the establishment's public key. Only what the server must know before opening is in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scelle {
    /// Id made on the tablet, the idempotency key.
    pub id: Uuid,
    /// The tablet which made it.
    pub poste: PosteId,
    /// Its number on this tablet, from 1, without gap.
    pub seq: u64,
    /// Name of the public key used.
    pub kid: String,
    /// Ephemeral public point, uncompressed, base64url.
    pub epk: String,
    /// AES-GCM nonce, 12 bytes, base64url.
    pub iv: String,
    /// AES-256-GCM of the operation's JSON, base64url.
    pub ct: String,
}

impl Scelle {
    /// Opens the seal and checks that what is inside is what is announced outside.
    ///
    /// # Errors
    /// [`Erreur::Altere`] when the bytes do not open, [`Erreur::Illisible`] when they are not the announced operation.
    pub fn ouvrir(&self, cle: &ClePrivee) -> Result<OperationOuverte, Erreur> {
        let ouverte = OperationOuverte::lire(&self.dechiffrer(cle)?)?;
        let op = &ouverte.operation;
        if op.id != self.id || op.poste != self.poste || op.seq != self.seq {
            return Err(Erreur::Illisible);
        }
        Ok(ouverte)
    }

    fn dechiffrer(&self, cle: &ClePrivee) -> Result<Vec<u8>, Erreur> {
        if self.ct.len() > TAILLE_MAX {
            return Err(Erreur::Illisible);
        }
        let epk = B64.decode(&self.epk).map_err(|_| Erreur::Altere)?;
        let publique = p256::PublicKey::from_sec1_bytes(&epk).map_err(|_| Erreur::Altere)?;
        let commun = p256::ecdh::diffie_hellman(cle.secret.to_nonzero_scalar(), publique.as_affine());
        let sel = [epk.as_slice(), cle.point.as_slice()].concat();
        let aes = deriver(commun.raw_secret_bytes().as_slice(), &sel, b"grappe terrain scelle 1")?;
        let aes = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &aes).map_err(|_| Erreur::Primitive)?);
        let iv = B64.decode(&self.iv).map_err(|_| Erreur::Altere)?;
        let nonce = Nonce::try_assume_unique_for_key(&iv).map_err(|_| Erreur::Altere)?;
        let lien = format!("grappe-terrain|1|{}|{}|{}|{}", self.id, self.poste, self.seq, self.kid);
        let mut corps = B64.decode(&self.ct).map_err(|_| Erreur::Altere)?;
        let clair = aes.open_in_place(nonce, Aad::from(lien.as_bytes()), &mut corps).map_err(|_| Erreur::Altere)?;
        Ok(clair.to_vec())
    }
}
