//! The whole base as pieces, out of one engine and into an empty base of either.
//!
//! Every version of every record, every line of the journal at its place, its signed heads, the messages and the documents: what
//! comes out again after going in is the same, and the journal verifies.

mod export;
mod load;
mod reading;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::journal::{LineRow, Nature};
use crate::{BlobId, Checkpoint, Error, Result, Row, Scope};

pub use export::export;
pub(crate) use load::{Loading, Pages};
pub use load::{WordsOf, load};

/// Why a load is refused before it begins.
pub const NOT_EMPTY: &str = "the base is not empty";

/// One thing of a base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A former version of a record.
    Former(RecordPiece),
    /// The present version of a record.
    Present(RecordPiece),
    /// A uniqueness key and the record which holds it.
    Claim(ClaimPiece),
    /// A line of the journal, in the order of its tree.
    Line(LinePiece),
    /// A signed head of the journal.
    Head(HeadPiece),
    /// A message of the outbox, handled or not: a handled one keeps its key taken.
    Message(MessagePiece),
    /// A document in clear.
    Blob(BlobId, Vec<u8>),
}

/// A version of a record: its plain columns, and its body as the exact text which was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordPiece {
    /// Identifier.
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// 1 for the first.
    pub version: i64,
    /// Order number.
    pub seq: i64,
    /// Establishment.
    pub establishment: Uuid,
    /// Person.
    pub person: Option<Uuid>,
    /// When what it tells happened, microseconds since 1970.
    pub at: Option<i64>,
    /// First list.
    pub lane: Option<String>,
    /// Second list.
    pub lane2: Option<String>,
    /// Author.
    pub author: Uuid,
    /// When it was recorded, microseconds since 1970.
    pub recorded: i64,
    /// JSON, as it was written.
    pub body: String,
}

/// A uniqueness key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimPiece {
    /// The key.
    pub key: String,
    /// Who holds it.
    pub id: Uuid,
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinePiece {
    /// Order number: part of what the tree is made of.
    pub n: i64,
    /// When, microseconds since 1970.
    pub at: i64,
    /// What it tells.
    pub nature: Nature,
    /// The right used or the act.
    pub verb: String,
    /// The account.
    pub account: Uuid,
    /// Where.
    pub establishment: Option<Uuid>,
    /// About whom.
    pub person: Option<Uuid>,
    /// JSON, as it was written.
    pub detail: String,
}

/// A signed head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadPiece {
    /// Lines it covers.
    pub size: u64,
    /// Transaction of the last of them, in the base it was signed in.
    pub last_xid: i64,
    /// Order number of the last of them.
    pub last_n: i64,
    /// Root of the tree.
    pub root: [u8; 32],
    /// When, microseconds since 1970.
    pub at: i64,
    /// The signed note.
    pub note: String,
}

/// A message of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessagePiece {
    /// Order number.
    pub n: i64,
    /// What handles it.
    pub topic: String,
    /// Stable key.
    pub key: String,
    /// JSON for the handler.
    pub payload: String,
    /// Not before, microseconds since 1970.
    pub due: i64,
    /// Failed attempts.
    pub attempts: i32,
    /// When it was handled.
    pub done: Option<i64>,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

/// An instant from microseconds; `Refused` outside of time.
fn instant(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| Error::Refused(error.to_string()))
}

impl From<Row> for RecordPiece {
    fn from(row: Row) -> Self {
        let Scope { establishment, person, at, lane, lane2 } = row.scope;
        Self {
            id: row.id,
            kind: row.kind,
            version: row.version,
            seq: row.seq,
            establishment,
            person,
            at: at.map(Timestamp::as_microsecond),
            lane,
            lane2,
            author: row.author,
            recorded: row.recorded.as_microsecond(),
            body: row.body,
        }
    }
}

impl TryFrom<LineRow> for LinePiece {
    type Error = Error;

    /// A line whose nature is unknown was altered: its text is lost, and so is its place in the tree.
    fn try_from(row: LineRow) -> Result<Self> {
        if row.nature == Nature::Inconnue {
            return Err(Error::Refused(format!("line {} of the journal was altered", row.n)));
        }
        Ok(Self {
            n: row.n,
            at: row.at.as_microsecond(),
            nature: row.nature,
            verb: row.verb,
            account: row.account,
            establishment: row.establishment,
            person: row.person,
            detail: row.detail,
        })
    }
}

impl From<Checkpoint> for HeadPiece {
    fn from(head: Checkpoint) -> Self {
        let Checkpoint { size, last_xid, last_n, root, at, note } = head;
        Self { size, last_xid, last_n, root, at: at.as_microsecond(), note }
    }
}
