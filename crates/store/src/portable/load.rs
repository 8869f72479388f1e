//! In: one transaction, into a base which holds nothing.

use std::collections::HashMap;

use tokio::sync::mpsc;
use uuid::Uuid;

use super::{LinePiece, NOT_EMPTY, Piece, RecordPiece, instant};
use crate::digest::{Short, short};
use crate::list::Numbers;
use crate::{Error, MasterKey, Result, Scope, Store, Target, Vault};

/// The text of a record to be found by full-text search, by its kind and body: the store knows no kind.
pub type WordsOf = fn(kind: &str, body: &str) -> Option<String>;

/// Pages of pieces; an error ends the loading, and nothing is written.
pub(crate) type Pages = mpsc::Receiver<Result<Vec<Piece>>>;

/// What both engines need to know of the pieces met so far.
pub(crate) struct Loading {
    /// Digests of first versions: a record keeps that of its own.
    origins: HashMap<Uuid, Short>,
    words: WordsOf,
    vault: Vault,
    /// Order number of the last line, and how many times it went back: several nodes wrote at once.
    line: i64,
    pub(crate) rounds: i64,
}

/// A record ready to be written.
pub(crate) struct Ready {
    pub(crate) origin: Short,
    pub(crate) digest: Short,
    pub(crate) words: Option<String>,
    pub(crate) numbers: Numbers,
}

impl Loading {
    /// What is computed of a present version; former ones leave their origin.
    pub(crate) fn present(&mut self, piece: &RecordPiece) -> Result<Ready> {
        let digest = short(piece.body.as_bytes());
        let origin = if piece.version == 1 {
            digest
        } else {
            let known = self.origins.remove(&piece.id);
            known.ok_or_else(|| Error::Refused(format!("the first version of a record is missing ({})", piece.kind)))?
        };
        let scope = Scope {
            establishment: piece.establishment,
            person: piece.person,
            at: piece.at.map(instant).transpose()?,
            lane: piece.lane.clone(),
            lane2: piece.lane2.clone(),
        };
        let words = (self.words)(&piece.kind, &piece.body).map(|text| crate::query::index_words(&piece.kind, &text, &scope));
        Ok(Ready { origin, digest, words, numbers: Numbers::of(&piece.kind, &scope) })
    }

    /// Remembers the origin a former version gives.
    pub(crate) fn former(&mut self, piece: &RecordPiece) {
        if piece.version == 1 {
            self.origins.insert(piece.id, short(piece.body.as_bytes()));
        }
    }

    /// Seals a document under the key of this base.
    pub(crate) fn seal(&self, bytes: &[u8]) -> Result<crate::SealedBlob> {
        self.vault.seal(bytes)
    }

    /// Counts the rounds of the journal's order numbers; gives the one of this line.
    pub(crate) fn round(&mut self, line: &LinePiece) -> i64 {
        if line.n <= self.line {
            self.rounds += 1;
        }
        self.line = line.n;
        self.rounds
    }
}

/// Loads pieces into an empty base: all of them, or nothing.
///
/// # Errors
/// `Refused` when the base holds something, or the pieces do not fit together; what the pages say.
pub async fn load(target: &Target, key: MasterKey, words: WordsOf, pages: mpsc::Receiver<Result<Vec<Piece>>>) -> Result<()> {
    // Tables, migrations and the print of the key, as for any base; nobody else is on it then.
    let opened = Store::open(target, key).await?;
    let health = opened.health().await?;
    if health.seq != 0 || health.journal != 0 {
        return Err(Error::Refused(NOT_EMPTY.into()));
    }
    let vault = opened.into_vault()?;
    let loading = Loading { origins: HashMap::new(), words, vault, line: i64::MIN, rounds: 1 };
    match target {
        Target::Sqlite(path) => {
            let path = path.clone();
            let work = tokio::task::spawn_blocking(move || crate::sqlite::portable::load(&path, loading, pages));
            work.await.map_err(|error| Error::Backend(error.to_string()))?
        }
        Target::Postgres(url) => crate::postgres::portable::load(url, loading, pages).await,
    }
}
