//! Typed records and the plain columns they are read on.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digest::{Short, short};
use crate::{Error, Result};

/// A kind of record: a typed body, and where it stands in the lists it is read on.
pub trait Entity: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Name of the kind in the database; never changes once released.
    const KIND: &'static str;

    /// Where the record stands: establishment, person, time, lists.
    fn scope(&self) -> Scope;

    /// Uniqueness keys held by this version of the record (a login, an INS, a bed…).
    fn claims(&self) -> Vec<String> {
        Vec::new()
    }

    /// Text to be found by full-text search, if any.
    fn text(&self) -> Option<String> {
        None
    }
}

/// The plain columns of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The establishment the record belongs to; the grappe's own id for shared settings.
    pub establishment: Uuid,
    /// The person it is about.
    pub person: Option<Uuid>,
    /// When what it tells happened.
    pub at: Option<Timestamp>,
    /// The first list it is read on, e.g. `tour/U3/2026-11-21/matin`.
    pub lane: Option<String>,
    /// A second list.
    pub lane2: Option<String>,
}

impl Scope {
    /// The lists the record moves: its own, and its person's.
    pub(crate) fn lists(&self) -> Vec<String> {
        crate::feed::lanes(self.lane.as_deref(), self.lane2.as_deref(), self.person)
    }

    pub(crate) fn is_on(&self, list: &str) -> bool {
        self.lists().iter().any(|own| own == list)
    }

    /// A record of an establishment, on no list yet.
    pub fn of(establishment: impl Into<Uuid>) -> Self {
        Self { establishment: establishment.into(), ..Self::default() }
    }

    /// About this person.
    #[must_use]
    pub fn person(mut self, person: impl Into<Uuid>) -> Self {
        self.person = Some(person.into());
        self
    }

    /// Happened at this instant.
    #[must_use]
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }

    /// Read on this list.
    #[must_use]
    pub fn lane(mut self, lane: impl Into<String>) -> Self {
        self.lane = Some(lane.into());
        self
    }

    /// Read on this second list.
    #[must_use]
    pub fn lane2(mut self, lane: impl Into<String>) -> Self {
        self.lane2 = Some(lane.into());
        self
    }
}

/// Digest of everything a version of a record says: columns and body.
pub(crate) fn row_digest(
    kind: &str,
    id: Uuid,
    version: i64,
    scope: &Scope,
    author: Uuid,
    recorded: Timestamp,
    body: &str,
) -> Short {
    let mut bytes = Vec::with_capacity(192 + body.len());
    let text = |bytes: &mut Vec<u8>, value: Option<&str>| {
        let length = value.map_or(u64::MAX, |value| value.len() as u64);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(value.unwrap_or_default().as_bytes());
    };
    text(&mut bytes, Some(kind));
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(&version.to_be_bytes());
    bytes.extend_from_slice(scope.establishment.as_bytes());
    bytes.push(u8::from(scope.person.is_some()));
    bytes.extend_from_slice(scope.person.unwrap_or_default().as_bytes());
    bytes.push(u8::from(scope.at.is_some()));
    bytes.extend_from_slice(&scope.at.map_or(0, Timestamp::as_microsecond).to_be_bytes());
    text(&mut bytes, scope.lane.as_deref());
    text(&mut bytes, scope.lane2.as_deref());
    bytes.extend_from_slice(author.as_bytes());
    bytes.extend_from_slice(&recorded.as_microsecond().to_be_bytes());
    text(&mut bytes, Some(body));
    short(&bytes)
}

/// A place in the change feed, in the order changes became visible: the default is its beginning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Transaction number on PostgreSQL, 0 on SQLite.
    pub xid: i64,
    /// Order number within it.
    pub seq: i64,
}

/// One version of a record as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Identifier, made by whoever created the record.
    pub id: Uuid,
    /// Kind, see [`Entity::KIND`].
    pub kind: String,
    /// 1 for the first version.
    pub version: i64,
    /// Order number, never given twice; larger for what was written later by the same node.
    pub seq: i64,
    /// Transaction number on PostgreSQL, 0 on SQLite.
    pub xid: i64,
    /// Plain columns.
    pub scope: Scope,
    /// Who wrote this version.
    pub author: Uuid,
    /// When the server recorded this version.
    pub recorded: Timestamp,
    /// JSON body.
    pub body: String,
}

impl Row {
    /// Its place in the change feed.
    pub fn place(&self) -> Place {
        Place { xid: self.xid, seq: self.seq }
    }

    pub(crate) fn digest(&self) -> Short {
        row_digest(&self.kind, self.id, self.version, &self.scope, self.author, self.recorded, &self.body)
    }

    /// The typed record.
    pub fn parse<E: Entity>(self) -> Result<Stored<E>> {
        let value = serde_json::from_str(&self.body).map_err(|error| Error::Body {
            id: self.id,
            kind: self.kind.clone(),
            reason: format!("{:?} at column {}", error.classify(), error.column()),
        })?;
        let Self { id, version, seq, author, recorded, scope, .. } = self;
        Ok(Stored { id, version, seq, person: scope.person, at: scope.at, author, recorded, value })
    }
}

/// A record which was read: its value, and what is needed to write its next version.
#[derive(Debug, Clone)]
pub struct Stored<E> {
    /// Identifier.
    pub id: Uuid,
    /// The version which was read.
    pub version: i64,
    /// Order number of this version, for paging a search.
    pub seq: i64,
    /// The person it is about.
    pub person: Option<Uuid>,
    /// When what it tells happened.
    pub at: Option<Timestamp>,
    /// Who wrote this version.
    pub author: Uuid,
    /// When the server recorded this version.
    pub recorded: Timestamp,
    /// The record itself.
    pub value: E,
}

impl<E> Stored<E> {
    /// The same record, its value in another form.
    pub fn map<T>(self, form: impl FnOnce(E) -> T) -> Stored<T> {
        let Self { id, version, seq, person, at, author, recorded, value } = self;
        Stored { id, version, seq, person, at, author, recorded, value: form(value) }
    }
}

impl<E> std::ops::Deref for Stored<E> {
    type Target = E;
    fn deref(&self) -> &E {
        &self.value
    }
}
