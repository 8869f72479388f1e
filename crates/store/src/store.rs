//! The store: reads within a reach, commits batches, tells what changed.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::batch::Chore;
use crate::blob::{BlobId, SealedBlob, Vault};
use crate::cached::Source;
use crate::decide::Verdict;
use crate::journal::Shown;
use crate::key::MasterKey;
use crate::lately::Lately;
use crate::leader::Leadership;
use crate::list::Version;
use crate::merkle::Tree;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::{
    Batch, Checkpoint, Entity, Error, JournalFilter, LineRow, OutboxItem, Place, Query, Reach, Result, Row, SearchQuery, Signals,
    Signer, Stored, WaitingMessage, cached, writer,
};

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An embedded database in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL database.
    Postgres(String),
}

impl FromStr for Target {
    type Err = Error;

    /// Reads `sqlite:PATH` or `postgres://…`.
    fn from_str(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Ok(Self::Sqlite(PathBuf::from(path.trim_start_matches("//"))));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(Error::Refused(format!("unknown database URL {url:?}: expected sqlite:PATH or postgres://…")))
    }
}

#[derive(Debug)]
pub(crate) enum Back {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// The versioned record store.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) back: Arc<Back>,
    signals: Arc<Signals>,
    pub(crate) vault: Arc<Vault>,
}

/// A commit on its way to the disk.
#[derive(Debug)]
pub struct Receipt(oneshot::Receiver<Result<Verdict>>);

impl Receipt {
    /// Waits until the batch is durable, or says why it is refused.
    pub async fn durable(self) -> Result<()> {
        writer::answer(self.0).await.map(drop)
    }
}

/// The state of the store, for `/etat`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// Last place in the change feed.
    pub seq: i64,
    /// Last journal line.
    pub journal: i64,
    /// Messages waiting for the worker.
    pub waiting: i64,
}

/// Where each reading of records is told, one event a question: a test counts them, nobody reads a clock.
pub const READINGS: &str = "store::readings";

macro_rules! read {
    ($self:ident, sqlite |$db:ident| $lite:expr, postgres |$pg:ident| $post:expr) => {
        match &*$self.back {
            Back::Sqlite(lite) => lite.read(move |$db| $lite).await,
            Back::Postgres($pg) => $post.await,
        }
    };
}

impl Store {
    /// Opens the store, creating or upgrading its tables.
    ///
    /// The key is compared with the print the base holds of it before anything is written: [`Error::NoKey`] and
    /// [`Error::OtherKey`] leave base and folder as they were. A new base gets a print of its key.
    pub async fn open(target: &Target, key: impl Into<MasterKey>) -> Result<Self> {
        let signals = Arc::new(Signals::default());
        let (back, vault) = match target {
            Target::Sqlite(path) => {
                let (lite, vault) = Sqlite::open(path, Arc::clone(&signals), key.into())?;
                (Back::Sqlite(lite), vault)
            }
            Target::Postgres(url) => {
                let (post, vault) = Postgres::open(url, Arc::clone(&signals), key.into()).await?;
                (Back::Postgres(post), vault)
            }
        };
        Ok(Self { back: Arc::new(back), signals, vault: Arc::new(vault) })
    }

    /// Opens an empty store about to receive very many records at once: on SQLite its lists are indexed at the next opening,
    /// and read slowly until then.
    pub async fn open_to_fill(target: &Target, key: impl Into<MasterKey>) -> Result<Self> {
        let Target::Sqlite(path) = target else { return Self::open(target, key).await };
        let signals = Arc::new(Signals::default());
        let (lite, vault) = Sqlite::open_to_fill(path, Arc::clone(&signals), key.into())?;
        Ok(Self { back: Arc::new(Back::Sqlite(lite)), signals, vault: Arc::new(vault) })
    }

    /// Opens the store to read it only, without changing its tables, even while a program runs on it.
    ///
    /// On SQLite each reading is a transaction of its own on the shared log: it sees what is committed, stops no writer,
    /// and keeps the log from being folded only for the length of one page. A commit is refused.
    pub async fn open_reading(target: &Target, key: impl Into<MasterKey>) -> Result<Self> {
        let key = key.into().kept();
        let Target::Sqlite(path) = target else { return Self::open(target, key).await };
        let (lite, vault) = Sqlite::open_reading(path, key)?;
        Ok(Self { back: Arc::new(Back::Sqlite(lite)), signals: Arc::default(), vault: Arc::new(vault) })
    }

    /// What changes, for live screens.
    pub fn signals(&self) -> &Signals {
        &self.signals
    }

    /// Writes a batch and waits until it is durable. A replay of a written batch succeeds.
    pub async fn commit(&self, batch: Batch) -> Result<()> {
        self.submit(batch).await?.durable().await
    }

    /// Hands a batch over; the receipt tells when it is durable.
    ///
    /// Refuses a batch which writes without a journal line.
    pub async fn submit(&self, batch: Batch) -> Result<Receipt> {
        if batch.lines.is_empty() && !batch.is_reading() {
            return Err(Error::Refused("a batch which writes must be told by a journal line".into()));
        }
        let queue = match &*self.back {
            Back::Sqlite(lite) => &lite.queue,
            Back::Postgres(post) => &post.queue,
        };
        writer::submit(queue, batch).await.map(Receipt)
    }

    /// Reads one record, if it exists within the reach.
    pub async fn get<E: Entity>(&self, reach: &Reach, id: impl Into<Uuid>) -> Result<Option<Stored<E>>> {
        Ok(self.get_many(reach, &[id.into()]).await?.pop())
    }

    /// Reads several records of a kind, in the order asked; those which do not exist are left out.
    pub async fn get_many<E: Entity>(&self, reach: &Reach, ids: &[Uuid]) -> Result<Vec<Stored<E>>> {
        tracing::trace!(target: READINGS, kind = E::KIND);
        match &*self.back {
            Back::Sqlite(lite) => cached::records(lite, ids, reach).await,
            Back::Postgres(post) => cached::records(post, ids, reach).await,
        }
    }

    /// Reads a list.
    pub async fn list<E: Entity>(&self, reach: &Reach, query: &Query<'_>) -> Result<Vec<Stored<E>>> {
        tracing::trace!(target: READINGS, kind = E::KIND);
        match &*self.back {
            Back::Sqlite(lite) => cached::list(lite, query, reach).await,
            Back::Postgres(post) => cached::list(post, query, reach).await,
        }
    }

    /// Every version of a record, oldest first.
    pub async fn history<E: Entity>(&self, reach: &Reach, id: impl Into<Uuid>) -> Result<Vec<Stored<E>>> {
        tracing::trace!(target: READINGS, kind = E::KIND);
        let id = id.into();
        let rows = read!(
            self,
            sqlite | db | crate::sqlite::read::history(db, E::KIND, id),
            postgres | pg | pg.history(E::KIND, id, reach)
        )?;
        parse(rows, reach)
    }

    /// Full-text search, newest first: every word must be found.
    pub async fn search<E: Entity>(&self, reach: &Reach, search: &SearchQuery<'_>) -> Result<Vec<Stored<E>>> {
        tracing::trace!(target: READINGS, kind = E::KIND);
        let rows = match &*self.back {
            Back::Sqlite(lite) => {
                let (text, lanes, reach) = (search.text.to_owned(), search.lanes.to_vec(), reach.clone());
                let (person, before, limit) = (search.person, search.before, search.limit);
                lite.read(move |db| {
                    let search = SearchQuery { kind: E::KIND, text: &text, lanes: &lanes, person, before, limit };
                    crate::sqlite::read::search(db, &search, &reach)
                })
                .await?
            }
            Back::Postgres(post) => post.search(&SearchQuery { kind: E::KIND, ..search.clone() }, reach).await?,
        };
        parse(rows, reach)
    }

    /// Current rows of the change feed after a place, in order: exports, projections, other nodes.
    ///
    /// Nothing is ever skipped, whatever the nodes write meanwhile; a record written several times is given once,
    /// at its last place.
    pub async fn changes(&self, since: Place, limit: i64) -> Result<Vec<Row>> {
        read!(self, sqlite | db | crate::sqlite::read::changes(db, since.seq, limit), postgres | pg | pg.changes(since, limit))
    }

    /// Journal lines, newest first.
    pub async fn journal(&self, filter: JournalFilter) -> Result<Vec<LineRow>> {
        read!(self, sqlite | db | crate::sqlite::read::journal(db, &filter), postgres | pg | pg.journal(&filter))
    }

    /// Encrypts a document, to be kept by a batch.
    pub fn seal_blob(&self, bytes: &[u8]) -> Result<SealedBlob> {
        self.vault.seal(bytes)
    }

    /// The vault, for secrets other than documents.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Reads a document.
    pub async fn blob(&self, id: &BlobId) -> Result<Option<Vec<u8>>> {
        let wanted = id.clone();
        let sealed = read!(self, sqlite | db | crate::sqlite::read::blob(db, &wanted), postgres | pg | pg.blob(id))?;
        sealed.map(|sealed| self.vault.open_blob(id, &sealed)).transpose()
    }

    /// Messages due, oldest first.
    pub async fn outbox(&self, due: Timestamp, limit: i64) -> Result<Vec<OutboxItem>> {
        self.outbox_besides(due, limit, Vec::new()).await
    }

    /// Messages due of other topics than these, oldest first: one topic with much to do hides no other.
    pub async fn outbox_besides(&self, due: Timestamp, limit: i64, busy: Vec<String>) -> Result<Vec<OutboxItem>> {
        read!(
            self,
            sqlite | db | crate::sqlite::read::outbox(db, due, limit, &busy),
            postgres | pg | pg.outbox(due, limit, &busy)
        )
    }

    /// Messages not handled yet, those which failed most first.
    pub async fn outbox_waiting(&self, limit: i64) -> Result<Vec<WaitingMessage>> {
        let rows =
            read!(self, sqlite | db | crate::sqlite::read::outbox_waiting(db, limit), postgres | pg | pg.outbox_waiting(limit))?;
        Ok(rows.into_iter().map(WaitingMessage::from).collect())
    }

    /// Marks a message as handled.
    pub async fn outbox_done(&self, n: i64, at: Timestamp) -> Result<()> {
        self.chore(Chore::OutboxDone { n, at }).await
    }

    /// Puts a message back for a later attempt.
    pub async fn outbox_retry(&self, n: i64, due: Timestamp, error: &str) -> Result<()> {
        self.chore(Chore::OutboxRetry { n, due, error: error.to_owned() }).await
    }

    async fn chore(&self, chore: Chore) -> Result<()> {
        self.commit(Batch { chores: vec![chore], ..Batch::default() }).await
    }

    /// The state of the store.
    pub async fn health(&self) -> Result<Health> {
        let (seq, journal, waiting) = read!(self, sqlite | db | crate::sqlite::read::counts(db), postgres | pg | pg.counts())?;
        let engine = match &*self.back {
            Back::Sqlite(_) => "sqlite",
            Back::Postgres(_) => "postgres",
        };
        Ok(Health { engine, seq, journal, waiting })
    }

    /// True while readings are kept in memory: on SQLite always, unless another program writes; on PostgreSQL while this
    /// node is alone on the base.
    pub fn keeps_readings(&self) -> bool {
        let lately = match &*self.back {
            Back::Sqlite(lite) => lite.lately(),
            Back::Postgres(post) => post.lately(),
        };
        lately.is_some_and(Lately::is_open)
    }

    /// Stands for the work one node does for all: messages, heads of the journal, scheduled work. `None` when another
    /// node does it. With the embedded database there is one node.
    pub async fn lead(&self) -> Result<Option<Leadership>> {
        match &*self.back {
            Back::Sqlite(_) => Ok(Some(Leadership::alone())),
            Back::Postgres(post) => Ok(post.lead().await?.map(Leadership::held)),
        }
    }

    /// The last signed heads of the journal, newest first.
    pub async fn checkpoints(&self, limit: i64) -> Result<Vec<Checkpoint>> {
        read!(self, sqlite | db | crate::sqlite::read::checkpoints(db, limit), postgres | pg | pg.checkpoints(limit))
    }

    /// Journal lines in the order of the Merkle tree, from a place on.
    pub(crate) async fn journal_from(&self, from: (i64, i64), limit: i64) -> Result<Vec<LineRow>> {
        self.journal_shown(from, limit, Shown::Settled).await
    }

    /// Former or present versions of all records, in the order of their ids, whatever else their columns say.
    pub(crate) async fn versions_after(&self, former: bool, last: Option<(Uuid, i64)>, limit: i64) -> Result<Vec<Version>> {
        read!(
            self,
            sqlite | db | crate::sqlite::read::versions_after(db, former, last, limit),
            postgres | pg | pg.versions_after(former, last, limit)
        )
    }

    /// Documents as they are kept, in the order of their addresses.
    pub(crate) async fn blobs_after(&self, last: &str, limit: i64) -> Result<Vec<(BlobId, Vec<u8>)>> {
        let after = last.to_owned();
        read!(
            self,
            sqlite | db | crate::sqlite::read::blobs_after(db, &after, limit),
            postgres | pg | pg.blobs_after(last, limit)
        )
    }

    /// Appends to the tree what the journal gained since, signs and keeps its head.
    ///
    /// Gives nothing when the journal has not moved. The caller copies the note outside.
    pub async fn checkpoint(&self, signer: &Signer, sealer: &mut Sealer, at: Timestamp) -> Result<Option<Checkpoint>> {
        while let Some(from) = sealer.next {
            let lines = self.journal_from(from, 5_000).await?;
            let Some(newest) = lines.last() else { break };
            sealer.last = (newest.xid, newest.n);
            sealer.next = crate::verify::after(newest);
            for line in &lines {
                sealer.tree.push(crate::leaf_hash(&line.canonical()));
            }
        }
        if sealer.tree.size() == sealer.sealed {
            return Ok(None);
        }
        let checkpoint = signer.sign(&sealer.tree, sealer.last, at);
        self.chore(Chore::Checkpoint(checkpoint.clone())).await?;
        sealer.sealed = sealer.tree.size();
        Ok(Some(checkpoint))
    }
}

/// The journal's Merkle tree as far as it was read.
#[derive(Debug)]
pub struct Sealer {
    tree: Tree,
    last: (i64, i64),
    /// Where to read on.
    next: Option<(i64, i64)>,
    /// Lines covered by the last checkpoint which is durable.
    sealed: u64,
}

impl Default for Sealer {
    fn default() -> Self {
        Self { tree: Tree::default(), last: (0, 0), next: Some((0, i64::MIN)), sealed: 0 }
    }
}

pub(crate) fn parse<E: Entity>(rows: Vec<Row>, reach: &Reach) -> Result<Vec<Stored<E>>> {
    rows.into_iter().filter(|row| reach.covers(row.scope.establishment)).map(Row::parse).collect()
}
