//! Which records to read.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{Scope, list};

/// The establishments a reader may see records of: no read goes without one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Every establishment: the system's own work only.
    All,
    /// These establishments.
    Only(Vec<Uuid>),
}

impl Reach {
    /// True if records of this establishment may be read.
    pub fn covers(&self, establishment: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.contains(&establishment),
        }
    }
}

/// The list a query reads.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// Records of this first list.
    Lane(&'a str),
    /// Records of this second list.
    Lane2(&'a str),
    /// Records about this person.
    Person(Uuid),
}

impl By<'_> {
    /// The number the records of a kind are found by.
    pub(crate) fn number(&self, kind: &str) -> i64 {
        match self {
            Self::Lane(list) | Self::Lane2(list) => list::number(kind, list),
            Self::Person(person) => list::number_of_person(kind, *person),
        }
    }
}

/// A list to read: where, between which times, in which order.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// The list.
    pub by: By<'a>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Newest first.
    pub newest_first: bool,
    /// At most this many.
    pub limit: Option<u32>,
}

impl<'a> Query<'a> {
    /// The whole of a list, oldest first.
    pub fn by(by: By<'a>) -> Self {
        Self { by, since: None, until: None, newest_first: false, limit: None }
    }

    /// The whole of a first list.
    pub fn lane(lane: &'a str) -> Self {
        Self::by(By::Lane(lane))
    }

    /// The whole of a second list.
    pub fn lane2(lane: &'a str) -> Self {
        Self::by(By::Lane2(lane))
    }

    /// Everything of the kind about a person.
    pub fn person(person: impl Into<Uuid>) -> Self {
        Self::by(By::Person(person.into()))
    }

    /// Not before this instant.
    #[must_use]
    pub fn since(mut self, since: Timestamp) -> Self {
        self.since = Some(since);
        self
    }

    /// Before this instant.
    #[must_use]
    pub fn until(mut self, until: Timestamp) -> Self {
        self.until = Some(until);
        self
    }

    /// Newest first.
    #[must_use]
    pub fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    /// At most this many.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }
}

/// A full-text search within lists.
#[derive(Debug, Clone)]
pub struct SearchQuery<'a> {
    /// Kind searched.
    pub kind: &'a str,
    /// Free text; folded and stemmed like the index.
    pub text: &'a str,
    /// Only records of one of these first lists; empty: whole reach.
    pub lanes: &'a [String],
    /// Only records about this person.
    pub person: Option<Uuid>,
    /// Before this place in the feed, for paging.
    pub before: Option<i64>,
    /// At most this many.
    pub limit: u32,
}

/// A record found by full-text search: its row, newest first.
pub type SearchHit = crate::Row;

/// FNV-1a, 64 bits: short stable tokens for list names inside the text index.
///
/// They open with `_`, which no word of a text ever does: nobody types one.
fn token_of(prefix: char, text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    }
    format!("_{prefix}{hash:016x}")
}

pub(crate) fn lane_token(lane: &str) -> String {
    token_of('l', lane)
}

pub(crate) fn establishment_token(id: Uuid) -> String {
    token_of('e', &id.simple().to_string())
}

pub(crate) fn person_token(id: Uuid) -> String {
    token_of('p', &id.simple().to_string())
}

pub(crate) fn kind_token(kind: &str) -> String {
    token_of('k', kind)
}

/// Words of a text as the index keeps them, followed by the tokens of its scope.
pub(crate) fn index_words(kind: &str, text: &str, scope: &Scope) -> String {
    let mut words = kernel::texte::mots(text);
    let tokens = [
        Some(kind_token(kind)),
        Some(establishment_token(scope.establishment)),
        scope.lane.as_deref().map(lane_token),
        scope.person.map(person_token),
    ];
    words.extend(tokens.into_iter().flatten());
    words.join(" ")
}

/// The conjunction of words a search asks for; empty when the text holds no word.
pub(crate) fn search_words(text: &str) -> Vec<String> {
    let mut words = kernel::texte::mots(text);
    words.truncate(12);
    words
}
