//! Signed heads of the journal, and the verifier who holds one of them.
//!
//! A checkpoint is a signed note in the format of C2SP `tlog-checkpoint`: origin, size, root, then a
//! signature line (Ed25519). Copied outside, one checkpoint is enough to detect any later edit,
//! removal, insertion, reordering, truncation or return to an older database.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::blob::secret_file;
use crate::merkle::{Hash, Tree};
use crate::settling::Waiting;
use crate::{Error, Result};

/// A signed head of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Number of lines it covers.
    pub size: u64,
    /// Transaction number of the last line covered (PostgreSQL; else 0).
    pub last_xid: i64,
    /// Order number of the last line covered.
    pub last_n: i64,
    /// Merkle root over these lines.
    pub root: Hash,
    /// When it was signed.
    pub at: Timestamp,
    /// The signed note, as kept outside.
    pub note: String,
}

/// Signs checkpoints with the installation's Ed25519 key.
pub struct Signer {
    key: Ed25519KeyPair,
    origin: String,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.origin)
    }
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

impl Signer {
    /// Opens the signer whose seed is in the file, creating it at first use; writes the public key beside it.
    pub fn open(seed_file: &Path, origin: &str) -> Result<Self> {
        let seed = secret_file(seed_file)?;
        let key = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| Error::Refused("unusable signing key".into()))?;
        let signer = Self { key, origin: origin.to_owned() };
        let public = seed_file.with_extension("pub");
        if !public.exists() {
            fs::write(&public, signer.public_key()).map_err(|error| Error::Refused(error.to_string()))?;
        }
        Ok(signer)
    }

    /// The public key, base64.
    pub fn public_key(&self) -> String {
        base64(self.key.public_key().as_ref())
    }

    /// Signs the head of a tree.
    pub fn sign(&self, tree: &Tree, last: (i64, i64), at: Timestamp) -> Checkpoint {
        let root = tree.root();
        let text = format!("{}\n{}\n{}\n{} {} {at}\n", self.origin, tree.size(), base64(&root), last.0, last.1);
        let signature = base64(self.key.sign(text.as_bytes()).as_ref());
        let note = format!("{text}\n\u{2014} {} {signature}\n", self.origin);
        Checkpoint { size: tree.size(), last_xid: last.0, last_n: last.1, root, at, note }
    }
}

/// Reads a signed note and checks its signature with a public key (base64).
pub fn verify_signature(note: &str, public_key: &str) -> Result<Checkpoint> {
    let bad = |what: &str| Error::Refused(format!("this checkpoint is not valid: {what}"));
    let (text, signature) = note.split_once("\n\n").ok_or_else(|| bad("no signature"))?;
    let text = format!("{text}\n");
    let signature = signature.trim().rsplit(' ').next().and_then(unbase64).ok_or_else(|| bad("unreadable signature"))?;
    let key = unbase64(public_key.trim()).ok_or_else(|| bad("unreadable public key"))?;
    UnparsedPublicKey::new(&ED25519, key)
        .verify(text.as_bytes(), &signature)
        .map_err(|_| bad("the signature does not match the public key"))?;
    let mut lines = text.lines().skip(1);
    let size = lines.next().and_then(|line| line.parse().ok()).ok_or_else(|| bad("no size"))?;
    let root = lines.next().and_then(unbase64).and_then(|root| root.try_into().ok()).ok_or_else(|| bad("no root"))?;
    let mut last = lines.next().unwrap_or_default().split(' ');
    let mut number = || last.next().and_then(|text| text.parse::<i64>().ok());
    let (last_xid, last_n) = (number().ok_or_else(|| bad("no last line"))?, number().ok_or_else(|| bad("no last line"))?);
    let at = last.next().and_then(|text| text.parse().ok()).ok_or_else(|| bad("no date"))?;
    Ok(Checkpoint { size, last_xid, last_n, root, at, note: note.to_owned() })
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Lines read at their place in the tree.
    pub lines: u64,
    /// Lines written which have no place yet, so that no head covers them.
    pub waiting: Option<Waiting>,
    /// Checkpoints compared.
    pub checkpoints: u64,
    /// Versions of records, former ones included, compared with the digest told by the journal.
    pub records: u64,
    /// Documents opened and compared with their address.
    pub documents: u64,
    /// What does not agree; empty when all is well.
    pub tamperings: Vec<Tampering>,
}

/// A disagreement between the journal, its checkpoints and the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tampering {
    /// The lines up to a checkpoint do not give its root: a line was edited, removed, inserted or moved.
    Root {
        /// Lines covered by the checkpoint.
        size: u64,
    },
    /// The journal is shorter than a checkpoint: it was truncated, or the database is an older one.
    Truncated {
        /// Lines covered by the checkpoint.
        expected: u64,
        /// Lines found.
        found: u64,
    },
    /// A record is not what the journal says was written, or no line tells of it.
    Record {
        /// `kind/id/version`.
        reference: String,
    },
    /// A version of a record the journal tells of is no longer there.
    Missing {
        /// `kind/id/version`.
        reference: String,
    },
    /// A document is damaged, replaced or no longer there.
    Document {
        /// Its address.
        id: String,
    },
    /// A checkpoint of the database is not signed by the installation's key, or does not say what it shows.
    Signature {
        /// Lines it pretends to cover.
        size: u64,
    },
    /// A checkpoint kept outside is no longer in the database.
    Unsealed {
        /// Lines it covers.
        size: u64,
    },
}
