//! A write is data: puts, journal lines and outbox messages that become true together.

use jiff::Timestamp;
use uuid::Uuid;

use crate::blob::SealedBlob;
use crate::digest::{Short, hex, short};
use crate::journal::Line;
use crate::list::Numbers;
use crate::{Entity, Error, Result, Scope, Signal, Stored, entity};

/// One version of one record to be written.
#[derive(Debug, Clone)]
pub struct Put {
    pub(crate) id: Uuid,
    pub(crate) kind: &'static str,
    /// The version which was read; 0 to create.
    pub(crate) expected: i64,
    pub(crate) scope: Scope,
    /// Of the lists it is on.
    pub(crate) numbers: Numbers,
    pub(crate) author: Uuid,
    pub(crate) recorded: Timestamp,
    pub(crate) body: String,
    /// Of the body alone: a replay is recognised by it.
    pub(crate) digest: Short,
    pub(crate) claims: Vec<String>,
    /// Keys the version which was read holds: freed before the new ones are taken.
    pub(crate) released: Vec<String>,
    /// Lists the version which was read is on and this one is not: they moved too.
    pub(crate) left: Vec<String>,
    pub(crate) words: Option<String>,
}

impl Put {
    fn new<E: Entity>(id: Uuid, expected: i64, author: Uuid, at: Timestamp, value: &E) -> Result<Self> {
        let body = serde_json::to_string(value).map_err(|error| Error::Backend(error.to_string()))?;
        let digest = short(body.as_bytes());
        let scope = value.scope();
        let numbers = Numbers::of(E::KIND, &scope);
        let words = value.text().map(|text| crate::query::index_words(E::KIND, &text, &scope));
        Ok(Self {
            id,
            kind: E::KIND,
            expected,
            scope,
            numbers,
            author,
            recorded: at,
            body,
            digest,
            claims: value.claims(),
            released: Vec::new(),
            left: Vec::new(),
            words,
        })
    }

    /// What it moves, the lists the record leaves included.
    pub(crate) fn signal(&self) -> Signal {
        Signal {
            kind: self.kind.to_owned(),
            id: self.id,
            establishment: self.scope.establishment,
            person: self.scope.person,
            lanes: self.scope.lists().into_iter().chain(self.left.iter().cloned()).collect(),
        }
    }

    /// Kind, id, new version and digest of the whole row, as the journal line names it.
    pub(crate) fn reference(&self) -> String {
        let version = self.expected + 1;
        let digest = entity::row_digest(self.kind, self.id, version, &self.scope, self.author, self.recorded, &self.body);
        format!("{}/{}/{version}/{}", self.kind, self.id.simple(), hex(&digest))
    }
}

/// Stands for the kind in the reference of a document: `blob/sha256`.
pub(crate) const BLOB: &str = "blob";

/// Something to be sent or done after the commit, at least once, by the worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What handles it.
    pub topic: String,
    /// Stable key: a second message with the same key changes nothing.
    pub key: String,
    /// What the handler needs, JSON.
    pub payload: String,
}

/// The system's own bookkeeping, outside of any record.
#[derive(Debug, Clone)]
pub(crate) enum Chore {
    OutboxDone { n: i64, at: Timestamp },
    OutboxRetry { n: i64, due: Timestamp, error: String },
    Checkpoint(crate::Checkpoint),
}

/// Everything that must become true together.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    pub(crate) puts: Vec<Put>,
    pub(crate) lines: Vec<Line>,
    pub(crate) messages: Vec<Message>,
    pub(crate) blobs: Vec<SealedBlob>,
    pub(crate) chores: Vec<Chore>,
    /// May wait a moment for others of its queue, to share their flush.
    pub(crate) patient: bool,
}

impl Batch {
    /// A batch told by this journal line: no commit without one.
    pub fn told_by(line: Line) -> Self {
        Self { lines: vec![line], ..Self::default() }
    }

    /// Puts the journal line which tells the whole batch, naming every record and document it writes.
    #[must_use]
    pub fn with_line(mut self, mut line: Line) -> Self {
        line.objects.extend(self.puts.iter().map(Put::reference));
        line.objects.extend(self.blobs.iter().map(|blob| format!("{BLOB}/{}", blob.id.0)));
        self.lines.insert(0, line);
        self
    }

    /// Creates a record. Sent twice with the same content, it counts once.
    pub fn create<E: Entity>(&mut self, id: impl Into<Uuid>, author: Uuid, at: Timestamp, value: &E) -> Result<()> {
        self.put(Put::new(id.into(), 0, author, at, value)?);
        Ok(())
    }

    /// Writes the next version of a record; the former stays in its history.
    pub fn update<E: Entity>(&mut self, old: &Stored<E>, author: Uuid, at: Timestamp, value: &E) -> Result<()> {
        let mut put = Put::new(old.id, old.version, author, at, value)?;
        put.released = old.value.claims();
        put.left = old.value.scope().lists().into_iter().filter(|list| !put.scope.is_on(list)).collect();
        self.put(put);
        Ok(())
    }

    fn put(&mut self, put: Put) {
        if let Some(line) = self.lines.first_mut() {
            line.objects.push(put.reference());
        }
        self.puts.push(put);
    }

    /// Adds a journal line; the first one names all the batch writes.
    pub fn line(&mut self, line: Line) {
        if self.lines.is_empty() {
            *self = std::mem::take(self).with_line(line);
        } else {
            self.lines.push(line);
        }
    }

    /// Sends a message to the worker once the batch is durable.
    pub fn send(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// Keeps a document with the batch.
    pub fn keep(&mut self, blob: SealedBlob) {
        if let Some(line) = self.lines.first_mut() {
            line.objects.push(format!("{BLOB}/{}", blob.id.0));
        }
        self.blobs.push(blob);
    }

    /// One of many sent together: nobody looks at a screen until the last of them is written, so it may wait a moment for the
    /// others and share their flush.
    #[must_use]
    pub fn patient(self) -> Self {
        Self { patient: true, ..self }
    }

    /// Number of rows the batch writes, journal included.
    pub fn weight(&self) -> usize {
        self.puts.len() + self.lines.len() + self.messages.len() + self.blobs.len()
    }

    /// True when nothing but journal lines is written.
    pub fn is_reading(&self) -> bool {
        self.puts.is_empty() && self.messages.is_empty() && self.blobs.is_empty()
    }
}
