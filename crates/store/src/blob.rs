//! Documents: encrypted, content-addressed bytes.

use std::fs;
use std::io::Write;
use std::path::Path;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};

use crate::digest::hex;
use crate::{Error, Result};

/// SHA-256 of a document's bytes, in hexadecimal: its address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlobId(pub String);

impl BlobId {
    /// Address of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref()))
    }
}

/// A document ready to be written: encrypted, with its address.
#[derive(Debug, Clone)]
pub struct SealedBlob {
    pub(crate) id: BlobId,
    pub(crate) sealed: Vec<u8>,
}

impl SealedBlob {
    /// Address of the document.
    pub fn id(&self) -> &BlobId {
        &self.id
    }
}

/// Holds the key documents are encrypted with (AES-256-GCM).
pub struct Vault {
    key: LessSafeKey,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::Refused("no randomness available".into()))?;
    Ok(bytes)
}

/// Reads a secret of 32 bytes from a file, creating it with owner-only access when it is absent.
pub fn secret_file(path: &Path) -> Result<[u8; 32]> {
    let failed = |error: std::io::Error| Error::Refused(format!("{}: {error}", path.display()));
    match fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| Error::Refused(format!("{} does not hold a key of 32 bytes", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let secret = random::<32>()?;
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path).map_err(failed)?;
            file.write_all(&secret).map_err(failed)?;
            file.sync_all().map_err(failed)?;
            Ok(secret)
        }
        Err(error) => Err(failed(error)),
    }
}

impl Vault {
    /// Opens the vault whose key is in the file, creating the key at first use.
    pub fn open(key_file: &Path) -> Result<Self> {
        Self::with_key(&secret_file(key_file)?)
    }

    /// A vault with this key.
    pub fn with_key(key: &[u8; 32]) -> Result<Self> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| Error::Refused("unusable vault key".into()))?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// Encrypts bytes under a fresh nonce, bound to their address.
    pub fn seal(&self, bytes: &[u8]) -> Result<SealedBlob> {
        let id = BlobId::of(bytes);
        let sealed = self.encrypt(id.0.as_bytes(), bytes)?;
        Ok(SealedBlob { id, sealed })
    }

    /// Encrypts a secret under a label.
    pub fn encrypt(&self, label: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
        let nonce = random::<NONCE_LEN>()?;
        let mut out = bytes.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(label), &mut out)
            .map_err(|_| Error::Backend("encryption failed".into()))?;
        out.splice(0..0, nonce);
        Ok(out)
    }

    /// Decrypts what [`Self::encrypt`] gave for the same label.
    pub fn decrypt(&self, label: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = || Error::Backend("an encrypted value is damaged or belongs to another key".into());
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or_else(broken)?;
        let mut rest = rest.to_vec();
        let clear =
            self.key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(label), &mut rest).map_err(|_| broken())?;
        Ok(clear.to_vec())
    }

    pub(crate) fn open_blob(&self, id: &BlobId, sealed: &[u8]) -> Result<Vec<u8>> {
        self.decrypt(id.0.as_bytes(), sealed)
    }
}
