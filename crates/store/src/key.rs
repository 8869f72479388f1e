//! The master key of a base, and the print by which the base knows it again.
//!
//! Documents sealed by one key are lost to another: the key is compared before anything is written, and one is made
//! for a base that is new only.

use std::path::PathBuf;

use crate::blob::{self, PRINT_LEN};
use crate::{BlobId, Error, Result, Vault};

/// Documents tried with the key of a base which holds no print yet: one damaged document must not refuse the right key.
pub(crate) const SAMPLE: i64 = 32;

/// The master key, as whoever opens a base holds it.
#[derive(Debug)]
pub enum MasterKey {
    /// In this file. It is made there when the base is new, and never otherwise.
    File(PathBuf),
    /// In this file, which must be there even for a new base.
    Kept(PathBuf),
    /// In memory.
    Held(Box<Vault>),
}

impl From<Vault> for MasterKey {
    fn from(vault: Vault) -> Self {
        Self::Held(Box::new(vault))
    }
}

/// What a base says of its key before it is opened.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The print of its key.
    pub(crate) print: Option<Vec<u8>>,
    /// True once it holds a record, a line of journal or a document.
    pub(crate) in_use: bool,
    /// Some documents, when it has no print.
    pub(crate) sample: Vec<(BlobId, Vec<u8>)>,
}

impl MasterKey {
    /// The same, for a base which is only read: no key is made.
    pub(crate) fn kept(self) -> Self {
        match self {
            Self::File(file) => Self::Kept(file),
            other => other,
        }
    }

    /// The vault of a base, once the base knows the key.
    pub(crate) fn vault_of(self, base: &Known) -> Result<Vault> {
        let new = base.print.is_none() && !base.in_use;
        let (file, key) = match self {
            Self::Held(vault) => return if base.knows(&vault) { Ok(*vault) } else { Err(Error::OtherKey(None)) },
            Self::File(file) if new => (file.clone(), Some(blob::secret_file(&file)?)),
            Self::File(file) | Self::Kept(file) => (file.clone(), blob::read_secret(&file)?),
        };
        let Some(key) = key else { return Err(Error::NoKey(file)) };
        let vault = Vault::with_key(&key)?;
        if base.knows(&vault) { Ok(vault) } else { Err(Error::OtherKey(Some(file))) }
    }
}

impl Known {
    /// Whether this is the key of the base, as far as it can tell.
    fn knows(&self, vault: &Vault) -> bool {
        match &self.print {
            Some(print) => print.as_slice() == vault.print(),
            None => self.sample.is_empty() || self.sample.iter().any(|(id, sealed)| vault.open_blob(id, sealed).is_ok()),
        }
    }
}

/// A print as it is kept: refused when it is not one.
pub(crate) fn read_print(bytes: Vec<u8>) -> Result<Vec<u8>> {
    if bytes.len() == PRINT_LEN { Ok(bytes) } else { Err(Error::Refused("the print of the master key is damaged".into())) }
}
