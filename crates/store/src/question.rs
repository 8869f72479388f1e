//! What may be asked of the records and kept: owned, and with its window open from the whole hour.

use std::any::TypeId;

use jiff::Timestamp;
use quick_cache::Equivalent;
use uuid::Uuid;

use crate::{By, Entity, Query, Reach, Stored};

/// A question of a list, owned.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct OwnedQuery {
    pub(crate) by: OwnedBy,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    newest_first: bool,
    limit: Option<u32>,
}

/// The list of an owned question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum OwnedBy {
    Lane(String),
    Lane2(String),
    Person(Uuid),
}

impl From<&Query<'_>> for OwnedQuery {
    fn from(query: &Query<'_>) -> Self {
        let by = match query.by {
            By::Lane(lane) => OwnedBy::Lane(lane.to_owned()),
            By::Lane2(lane) => OwnedBy::Lane2(lane.to_owned()),
            By::Person(id) => OwnedBy::Person(id),
        };
        Self { by, since: query.since, until: query.until, newest_first: query.newest_first, limit: query.limit }
    }
}

/// Windows open at a whole hour in the cache: « the last twelve hours » is one question during an hour, not one each instant.
const HOUR: i64 = 3_600;

impl OwnedQuery {
    /// The same question with its window open from the whole hour: a superset, to be cut by [`cut`] afterwards.
    ///
    /// A window read forward with a limit stays as it is: its first rows would be others.
    pub(crate) fn open_at_whole_hour(mut self) -> Self {
        if self.newest_first || self.limit.is_none() {
            self.since = self.since.map(whole_hour);
        }
        self
    }

    pub(crate) fn borrow(&self) -> Query<'_> {
        let by = match &self.by {
            OwnedBy::Lane(lane) => By::Lane(lane),
            OwnedBy::Lane2(lane) => By::Lane2(lane),
            OwnedBy::Person(id) => By::Person(*id),
        };
        Query { by, since: self.since, until: self.until, newest_first: self.newest_first, limit: self.limit }
    }
}

fn whole_hour(instant: Timestamp) -> Timestamp {
    let second = instant.as_second();
    Timestamp::from_second(second - second.rem_euclid(HOUR)).unwrap_or(instant)
}

/// Rows of a list not before this instant.
pub(crate) fn cut<E: Clone>(list: &[Stored<E>], since: Option<Timestamp>) -> Vec<Stored<E>> {
    let Some(since) = since else { return list.to_vec() };
    list.iter().filter(|row| row.at.is_some_and(|at| at >= since)).cloned().collect()
}

/// What a value was read for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    of: TypeId,
    question: Question,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Question {
    Record(Uuid, Option<Reach>),
    List(OwnedQuery, Reach),
}

/// The same, borrowed: a question whose answer is known is not copied. Its fields and their order are those of [`Key`],
/// since both must have the same hash.
#[derive(Debug, Clone, Copy, Hash)]
pub(crate) struct Asked<'a> {
    of: TypeId,
    question: AskedQuestion<'a>,
}

#[derive(Debug, Clone, Copy, Hash)]
enum AskedQuestion<'a> {
    Record(Uuid, Option<&'a Reach>),
    List(&'a OwnedQuery, &'a Reach),
}

impl<'a> Asked<'a> {
    /// A record; within this reach where the database shows no other row.
    pub(crate) fn record<E: Entity>(id: Uuid, within: Option<&'a Reach>) -> Self {
        Self { of: TypeId::of::<E>(), question: AskedQuestion::Record(id, within) }
    }

    /// A list within a reach.
    pub(crate) fn list<E: Entity>(query: &'a OwnedQuery, reach: &'a Reach) -> Self {
        Self { of: TypeId::of::<E>(), question: AskedQuestion::List(query, reach) }
    }

    pub(crate) fn to_key(self) -> Key {
        let question = match self.question {
            AskedQuestion::Record(id, within) => Question::Record(id, within.cloned()),
            AskedQuestion::List(query, reach) => Question::List(query.clone(), reach.clone()),
        };
        Key { of: self.of, question }
    }
}

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.of == key.of
            && match (&self.question, &key.question) {
                (AskedQuestion::Record(id, within), Question::Record(kept, reach)) => id == kept && *within == reach.as_ref(),
                (AskedQuestion::List(query, reach), Question::List(kept, within)) => *query == kept && *reach == within,
                _ => false,
            }
    }
}
