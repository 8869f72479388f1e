//! One versioned record store over two back ends, SQLite and PostgreSQL.
//!
//! A write is data: a [`Batch`] of puts, each with the version it was read at, with its journal
//! lines and its outbox messages. Everything of a batch becomes true together and durably, or
//! nothing does. Concurrent batches share one flush (group commit).
//!
//! This crate alone names a database driver or holds SQL.

mod batch;
mod blob;
mod cached;
mod decide;
mod digest;
mod doubt;
mod entity;
mod error;
mod feed;
mod journal;
mod key;
mod lately;
mod leader;
mod list;
mod merkle;
mod peek;
mod portable;
mod postgres;
mod query;
mod question;
mod seal;
mod settling;
mod sqlite;
mod store;
mod verify;
mod waiting;
mod writer;

pub use batch::{Batch, Message, Put};
pub use blob::{BlobId, SealedBlob, Vault, secret_file};
pub use entity::{Entity, Place, Row, Scope, Stored};
pub use error::{Error, Result};
pub use feed::{Signal, Signals, person_lane};
pub use journal::{JournalFilter, Line, LineRow, Nature};
pub use key::MasterKey;
pub use leader::Leadership;
pub use merkle::{Hash, Tree, leaf_hash};
pub use peek::{first_verb, hold};
pub use portable::{ClaimPiece, HeadPiece, LinePiece, MessagePiece, NOT_EMPTY, Piece, RecordPiece, WordsOf, export, load};
pub use query::{By, Query, Reach, SearchHit, SearchQuery};
pub use seal::{Checkpoint, Signer, Tampering, Verification, verify_signature};
pub use settling::{Holder, Older, Waiting};
pub use store::{Health, READINGS, Receipt, Sealer, Store, Target};
pub use verify::verify;
pub use waiting::{OutboxItem, WaitingMessage};
