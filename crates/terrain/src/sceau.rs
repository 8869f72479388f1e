//! Secrets at rest, under the master key of the server.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};

use crate::Erreur;

/// The key which protects every secret of the protocol in the database. The caller reads it from its own file.
pub struct CleMaitre {
    cle: LessSafeKey,
}

impl core::fmt::Debug for CleMaitre {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("CleMaitre(…)")
    }
}

/// A secret encrypted by the master key: 12 bytes of nonce then the sealed bytes, base64url. May be stored as it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Protege(String);

impl core::fmt::Debug for Protege {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Protege(…)")
    }
}

impl CleMaitre {
    /// Takes the 32 bytes of the master key file.
    pub fn new(octets: &[u8; 32]) -> Result<Self, Erreur> {
        let cle = UnboundKey::new(&AES_256_GCM, octets).map_err(|_| Erreur::Primitive)?;
        Ok(Self { cle: LessSafeKey::new(cle) })
    }

    /// Encrypts a secret. `usage` says what it is (« poste|… »): a secret moved to another place does not open.
    pub fn proteger(&self, secret: &[u8], usage: &str, hasard: &dyn SecureRandom) -> Result<Protege, Erreur> {
        let mut nonce = [0u8; NONCE_LEN];
        hasard.fill(&mut nonce).map_err(|_| Erreur::Primitive)?;
        let mut corps = secret.to_vec();
        self.cle
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(usage.as_bytes()), &mut corps)
            .map_err(|_| Erreur::Primitive)?;
        let mut tout = nonce.to_vec();
        tout.extend_from_slice(&corps);
        Ok(Protege(B64.encode(tout)))
    }

    /// Decrypts a secret kept for the same `usage`.
    pub fn ouvrir(&self, protege: &Protege, usage: &str) -> Result<Vec<u8>, Erreur> {
        let tout = B64.decode(&protege.0).map_err(|_| Erreur::Altere)?;
        let (nonce, corps) = tout.split_at_checked(NONCE_LEN).ok_or(Erreur::Altere)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Erreur::Altere)?;
        let mut corps = corps.to_vec();
        let clair = self.cle.open_in_place(nonce, Aad::from(usage.as_bytes()), &mut corps).map_err(|_| Erreur::Altere)?;
        Ok(clair.to_vec())
    }
}

struct Taille32;

impl KeyType for Taille32 {
    fn len(&self) -> usize {
        32
    }
}

/// HKDF-SHA-256 to 32 bytes.
pub(crate) fn deriver(secret: &[u8], sel: &[u8], info: &[u8]) -> Result<[u8; 32], Erreur> {
    let mut sortie = [0u8; 32];
    Salt::new(HKDF_SHA256, sel)
        .extract(secret)
        .expand(&[info], Taille32)
        .and_then(|okm| okm.fill(&mut sortie))
        .map_err(|_| Erreur::Primitive)?;
    Ok(sortie)
}

/// 32 random bytes.
pub(crate) fn tirer(hasard: &dyn SecureRandom) -> Result<[u8; 32], Erreur> {
    let mut octets = [0u8; 32];
    hasard.fill(&mut octets).map_err(|_| Erreur::Primitive)?;
    Ok(octets)
}
