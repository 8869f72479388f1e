//! Documents: encrypted, content-addressed bytes.

use std::fs;
use std::io::Write;
use std::path::Path;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
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

/// Bytes of a [`Vault::print`].
pub(crate) const PRINT_LEN: usize = 32;
/// What every print is the HMAC of: changing it makes every base refuse its key.
const PRINTED: &[u8] = b"grappe: print of the master key, 1";

/// Holds the key documents are encrypted with (AES-256-GCM).
pub struct Vault {
    key: LessSafeKey,
    print: [u8; PRINT_LEN],
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
    match read_secret(path)? {
        Some(secret) => Ok(secret),
        None => make_secret(path),
    }
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error {
    move |error| Error::Refused(format!("{}: {error}", path.display()))
}

/// Reads a secret of 32 bytes from a file, if it is there.
pub(crate) fn read_secret(path: &Path) -> Result<Option<[u8; 32]>> {
    match fs::read(path) {
        Ok(bytes) => {
            let wrong = |_| Error::Refused(format!("{} does not hold a key of 32 bytes", path.display()));
            bytes.try_into().map(Some).map_err(wrong)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path)(error)),
    }
}

fn make_secret(path: &Path) -> Result<[u8; 32]> {
    let secret = random::<32>()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed(path))?;
    file.write_all(&secret).map_err(failed(path))?;
    file.sync_all().map_err(failed(path))?;
    // What is sealed by the key outlives a power cut: so must the name of its file.
    #[cfg(unix)]
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    Ok(secret)
}

impl Vault {
    /// A vault with this key.
    pub fn with_key(key: &[u8; 32]) -> Result<Self> {
        let print = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), PRINTED);
        let print = print.as_ref().try_into().map_err(|_| Error::Refused("unusable vault key".into()))?;
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| Error::Refused("unusable vault key".into()))?;
        Ok(Self { key: LessSafeKey::new(key), print })
    }

    /// By what a base knows this key again; nothing of the key can be found from it.
    pub(crate) fn print(&self) -> &[u8] {
        &self.print
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
