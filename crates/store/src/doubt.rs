//! A verification reads a database which goes on being written: what it met and did not expect is looked at again
//! before being called a tampering.

use uuid::Uuid;

use crate::digest::Short;
use crate::journal::Shown;
use crate::verify::{Told, each_from, reference, remember};
use crate::{Result, Row, Store, Tampering};

/// What does not agree at first sight.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// Versions no line read so far tells of: perhaps written meanwhile.
    pub(crate) unknown: Vec<Unknown>,
    /// Versions told of and not met: perhaps moved to the history meanwhile.
    pub(crate) missing: Vec<((Uuid, i64), (Short, String))>,
    /// Sound documents no line read so far tells of.
    pub(crate) documents: Vec<String>,
}

/// A version of a record met without its line.
#[derive(Debug)]
pub(crate) struct Unknown {
    id: Uuid,
    version: i64,
    kind: String,
    digest: Short,
}

impl From<&Row> for Unknown {
    fn from(row: &Row) -> Self {
        Self { id: row.id, version: row.version, kind: row.kind.clone(), digest: row.digest() }
    }
}

async fn is_there(store: &Store, id: Uuid, version: i64, digest: Short, kind: &str) -> Result<bool> {
    for former in [false, true] {
        let found = store.versions_after(former, Some((id, version - 1)), 1).await?;
        if found.iter().any(|found| found.row.id == id && found.row.version == version && found.is_as_told(&digest, kind)) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Doubts {
    /// Keeps as tamperings what the lines written since, and the present state, do not explain.
    ///
    /// A line is there as soon as what it tells is, even when an older transaction keeps it from its place in the tree.
    pub(crate) async fn settle(mut self, store: &Store, place: (i64, i64), tamperings: &mut Vec<Tampering>) -> Result<()> {
        if self.unknown.is_empty() && self.missing.is_empty() && self.documents.is_empty() {
            return Ok(());
        }
        let mut late = Told::default();
        each_from(store, place, Shown::Committed, |line| remember(&line.detail, &mut late)).await?;
        for un in &self.unknown {
            let told =
                late.records.get(&(un.id, un.version)).is_some_and(|(digest, kind)| *digest == un.digest && *kind == un.kind);
            if !told {
                tamperings.push(Tampering::Record { reference: reference(&un.kind, un.id, un.version) });
            }
        }
        let mut missing = Vec::new();
        for ((id, version), (digest, kind)) in self.missing {
            if !is_there(store, id, version, digest, &kind).await? {
                missing.push(reference(&kind, id, version));
            }
        }
        missing.sort();
        tamperings.extend(missing.into_iter().map(|reference| Tampering::Missing { reference }));
        self.documents.retain(|id| !late.documents.contains(id));
        tamperings.extend(self.documents.into_iter().map(|id| Tampering::Document { id }));
        Ok(())
    }
}
