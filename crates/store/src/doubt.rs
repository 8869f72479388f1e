//! A verification reads a database which goes on being written: what it met and did not expect is looked at again
//! before being called a tampering.

use std::time::Duration;

use uuid::Uuid;

use crate::digest::Short;
use crate::verify::{Told, after, reference, remember};
use crate::{Result, Row, Store, Tampering};

const PAGE: i64 = 5_000;
/// A document's line may wait for an older transaction; it is waited for a second at most.
const WAITS: u32 = 4;
/// Looks at the readable horizon while another transaction writes.
const HORIZON_WAITS: u32 = 40;
const WAIT: Duration = Duration::from_millis(250);

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
    xid: i64,
}

impl From<&Row> for Unknown {
    fn from(row: &Row) -> Self {
        Self { id: row.id, version: row.version, kind: row.kind.clone(), digest: row.digest(), xid: row.xid }
    }
}

/// Reads the lines which came since, and gives the place after them.
async fn read_on(store: &Store, mut place: (i64, i64), late: &mut Told) -> Result<(i64, i64)> {
    loop {
        let lines = store.journal_from(place, PAGE).await?;
        let Some(next) = lines.last().and_then(after) else { return Ok(place) };
        place = next;
        for line in &lines {
            remember(&line.detail, late);
        }
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
    /// Lines are readable once no older transaction writes: waits for those of the versions in doubt, ten seconds at most.
    async fn wait_for_lines(&self, store: &Store) -> Result<()> {
        let Some(newest) = self.unknown.iter().map(|un| un.xid).max() else { return Ok(()) };
        for _ in 0..HORIZON_WAITS {
            if newest < store.horizon().await? {
                break;
            }
            tokio::time::sleep(WAIT).await;
        }
        Ok(())
    }

    /// Keeps as tamperings what the lines written since, and the present state, do not explain.
    pub(crate) async fn settle(mut self, store: &Store, place: (i64, i64), tamperings: &mut Vec<Tampering>) -> Result<()> {
        if self.unknown.is_empty() && self.missing.is_empty() && self.documents.is_empty() {
            return Ok(());
        }
        self.wait_for_lines(store).await?;
        let mut late = Told::default();
        let mut place = read_on(store, place, &mut late).await?;
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
        for _ in 0..WAITS {
            self.documents.retain(|id| !late.documents.contains(id));
            if self.documents.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(WAIT).await;
            place = read_on(store, place, &mut late).await?;
        }
        self.documents.retain(|id| !late.documents.contains(id));
        tamperings.extend(self.documents.into_iter().map(|id| Tampering::Document { id }));
        Ok(())
    }
}
