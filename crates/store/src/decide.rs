//! Whether a batch may be written, given what stands: the same rules for both back ends.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::batch::Put;
use crate::digest::Short;
use crate::{Batch, Error, Result};

/// What stands about one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) version: i64,
    /// Digest of the body of version 1: recognises a replayed creation even after a correction.
    pub(crate) origin: Short,
    /// Digest of the present body.
    pub(crate) digest: Short,
    /// Who wrote the present version.
    pub(crate) author: Uuid,
}

impl Head {
    /// True if the present version is the one this put would write.
    fn is_written_by(&self, put: &Put) -> bool {
        self.version == put.expected + 1 && self.digest == put.digest && self.author == put.author
    }
}

/// What to do with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Write it.
    Write,
    /// It was written already: only say so.
    Replay,
}

/// Heads and claims a group of batches touches, kept up to date while the group is decided.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    pub(crate) heads: HashMap<Uuid, Head>,
    pub(crate) claims: HashMap<String, Uuid>,
}

impl Standing {
    /// Decides a batch and, when it is to be written, counts it as written.
    pub(crate) fn decide(&mut self, batch: &Batch) -> Result<Verdict> {
        if self.is_replay(batch)? {
            return Ok(Verdict::Replay);
        }
        let mut written = HashSet::with_capacity(batch.puts.len());
        for put in &batch.puts {
            if !written.insert(put.id) {
                return Err(Error::Refused(format!("record {} is written twice in one batch", put.id)));
            }
            let current = self.heads.get(&put.id).map_or(0, |head| head.version);
            if current != put.expected {
                return Err(Error::Conflict { id: put.id, current });
            }
        }
        self.check_claims(batch)?;
        self.count(batch);
        Ok(Verdict::Write)
    }

    /// A replay adds nothing: each creation is known by its first content, each update is the present version or,
    /// beside a known creation, has been followed by others.
    fn is_replay(&self, batch: &Batch) -> Result<bool> {
        let creates = batch.puts.iter().any(|put| put.expected == 0);
        let mut known = !batch.puts.is_empty();
        for put in &batch.puts {
            known &= match self.heads.get(&put.id) {
                Some(head) if put.expected > 0 => head.is_written_by(put) || (creates && head.version > put.expected),
                Some(head) if head.origin == put.digest => true,
                Some(_) => return Err(Error::Duplicate(put.id)),
                None => false,
            };
        }
        Ok(known)
    }

    /// A key may pass from one record to another of the same batch.
    fn check_claims(&self, batch: &Batch) -> Result<()> {
        let updated: HashSet<Uuid> = batch.puts.iter().filter(|put| put.expected > 0).map(|put| put.id).collect();
        let mut taken: HashMap<&str, Uuid> = HashMap::new();
        for put in &batch.puts {
            for key in &put.claims {
                let here = taken.insert(key, put.id);
                let there = self.claims.get(key).copied().filter(|holder| !updated.contains(holder));
                if let Some(holder) = here.or(there).filter(|holder| *holder != put.id) {
                    return Err(Error::ClaimTaken { key: key.clone(), holder });
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, batch: &Batch) {
        for put in &batch.puts {
            let origin = self.heads.get(&put.id).map_or(put.digest, |head| head.origin);
            let head = Head { version: put.expected + 1, origin, digest: put.digest, author: put.author };
            self.heads.insert(put.id, head);
            if put.expected > 0 {
                self.claims.retain(|_, holder| *holder != put.id);
            }
        }
        for put in &batch.puts {
            self.claims.extend(put.claims.iter().map(|key| (key.clone(), put.id)));
        }
    }
}

/// True if the batch touches a record the group has already touched.
pub(crate) fn overlaps(touched: &HashSet<Uuid>, batch: &Batch) -> bool {
    batch.puts.iter().any(|put| touched.contains(&put.id))
}
