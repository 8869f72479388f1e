//! Lines of the journal which are written and have no place in its tree yet: on PostgreSQL a transaction older than theirs,
//! of any database of the server, may still write a line before them.

use std::time::Duration;

use jiff::Timestamp;

use crate::journal::{LineRow, Shown};
use crate::store::Back;
use crate::verify::{Told, each_from, remember};
use crate::{Result, Store};

/// A transaction as short as those of the product ends meanwhile: two seconds.
const WAITS: u32 = 8;
const WAIT: Duration = Duration::from_millis(250);

/// Lines which wait for their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub lines: u64,
    /// What they wait for; `None` when it was not found, as when it ended meanwhile.
    pub behind: Option<Older>,
}

/// The oldest transaction in progress on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// Who holds it.
    pub holder: Holder,
    /// Since when; the server shows it to few logins.
    pub since: Option<Timestamp>,
    /// On which database of the server.
    pub database: Option<String>,
    /// Signed in as.
    pub login: Option<String>,
}

/// Who holds a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A session, by its process number.
    Session(i32),
    /// Nobody any more: it was prepared (two-phase commit) under this name, and neither committed nor given up.
    Prepared(String),
}

impl Store {
    /// Journal lines in the order of the Merkle tree, from a place on.
    pub(crate) async fn journal_shown(&self, from: (i64, i64), limit: i64, shown: Shown) -> Result<Vec<LineRow>> {
        match &*self.back {
            Back::Sqlite(lite) => lite.read(move |db| crate::sqlite::read::journal_from(db, from.1, limit)).await,
            Back::Postgres(post) => post.journal_from(from, limit, shown).await,
        }
    }
}

/// True when the lines from a place on go on waiting for an older transaction; one which ends soon is waited for.
pub(crate) async fn held(store: &Store, place: (i64, i64)) -> Result<bool> {
    let Back::Postgres(post) = &*store.back else { return Ok(false) };
    let Some(newest) = post.newest_line(place).await? else { return Ok(false) };
    for _ in 0..WAITS {
        if newest < post.horizon().await? {
            return Ok(false);
        }
        tokio::time::sleep(WAIT).await;
    }
    Ok(newest >= post.horizon().await?)
}

/// Reads the lines which wait from a place on, and what they wait for.
pub(crate) async fn waiting(store: &Store, place: (i64, i64), told: &mut Told) -> Result<Option<Waiting>> {
    let Back::Postgres(post) = &*store.back else { return Ok(None) };
    let mut lines = 0;
    each_from(store, place, Shown::Committed, |line| {
        remember(&line.detail, told);
        lines += 1;
    })
    .await?;
    Ok(if lines == 0 { None } else { Some(Waiting { lines, behind: post.older().await? }) })
}
