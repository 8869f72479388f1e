//! What was read lately, good for as long as nothing moved it (ADR 0016).
//!
//! Only the embedded back end has one: there every write goes through this process, so that a value is given exactly
//! as long as the database would give it. A count a list, a person and a record moves before the write is
//! acknowledged; a value is kept with the count read *before* it was read, and is forgotten at the first other count.

use std::any::{Any, TypeId};
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Weighter};
use uuid::Uuid;

use crate::{Entity, Query, Reach, Row, Signal, Stored};

/// Bytes of parsed bodies kept at most, as their JSON weighs.
const MOST_BYTES: u64 = 12 * 1024 * 1024;
/// Counts of movements; two lists which share one only make each other be read again.
const COUNTS: usize = 1 << 15;
/// A list longer than this is read by few and would drive many others out.
const LONGEST_LIST: usize = 5_000;

/// A question of a list, owned.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct OwnedQuery {
    by: OwnedBy,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    newest_first: bool,
    limit: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum OwnedBy {
    Lane(String),
    Lane2(String),
    Person(Uuid),
}

impl From<&Query<'_>> for OwnedQuery {
    fn from(query: &Query<'_>) -> Self {
        let by = match query.by {
            crate::By::Lane(lane) => OwnedBy::Lane(lane.to_owned()),
            crate::By::Lane2(lane) => OwnedBy::Lane2(lane.to_owned()),
            crate::By::Person(id) => OwnedBy::Person(id),
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
            OwnedBy::Lane(lane) => crate::By::Lane(lane),
            OwnedBy::Lane2(lane) => crate::By::Lane2(lane),
            OwnedBy::Person(id) => crate::By::Person(*id),
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

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Question {
    Record(Uuid),
    List(OwnedQuery, Reach),
}

type Key = (TypeId, Question);

#[derive(Debug, Clone)]
struct Kept {
    count: u32,
    bytes: u64,
    value: Arc<dyn Any + Send + Sync>,
}

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<Key, Kept> for Bytes {
    fn weight(&self, _: &Key, kept: &Kept) -> u64 {
        kept.bytes
    }
}

/// What was read lately.
#[derive(Debug)]
pub(crate) struct Lately {
    counts: Box<[AtomicU32]>,
    hasher: DefaultHashBuilder,
    kept: Cache<Key, Kept, Bytes>,
}

impl Default for Lately {
    fn default() -> Self {
        let counts = (0..COUNTS).map(|_| AtomicU32::new(0)).collect();
        let entries = usize::try_from(MOST_BYTES / 1_024).unwrap_or(usize::MAX);
        Self { counts, hasher: DefaultHashBuilder::default(), kept: Cache::with_weighter(entries, MOST_BYTES, Bytes) }
    }
}

/// The count of what was asked, as it stood before it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen(u32);

/// A record with the establishment its row belongs to; `None` when there is no such record of the kind.
pub(crate) type Known<E> = Option<(Uuid, Stored<E>)>;

impl Lately {
    fn place(&self, of: impl Hash) -> usize {
        usize::try_from(self.hasher.hash_one(of)).unwrap_or(usize::MAX) % COUNTS
    }

    fn seen(&self, place: usize) -> Seen {
        Seen(self.counts[place].load(Ordering::Acquire))
    }

    fn of_record(&self, id: Uuid) -> Seen {
        self.seen(self.place(("record", id)))
    }

    fn of_list(&self, kind: &str, by: &OwnedBy) -> Seen {
        self.seen(match by {
            OwnedBy::Lane(lane) | OwnedBy::Lane2(lane) => self.place(("lane", kind, lane.as_str())),
            OwnedBy::Person(person) => self.place(("lane", kind, crate::person_lane(*person).as_str())),
        })
    }

    /// Forgets what these writes move; before they are acknowledged.
    pub(crate) fn moved(&self, signals: &[Signal]) {
        for signal in signals {
            let kind = signal.kind.as_str();
            let lanes = signal.lanes.iter().map(|lane| self.place(("lane", kind, lane.as_str())));
            for place in lanes.chain([self.place(("record", signal.id))]) {
                self.counts[place].fetch_add(1, Ordering::Release);
            }
        }
    }

    fn get<T: Send + Sync + 'static>(&self, key: &Key, seen: Seen) -> Option<Arc<T>> {
        self.kept.get(key).filter(|kept| kept.count == seen.0)?.value.downcast().ok()
    }

    /// The record, if it is known as it stands; whether it exists included.
    pub(crate) fn record<E: Entity>(&self, id: Uuid) -> Result<Arc<Known<E>>, Seen> {
        let seen = self.of_record(id);
        self.get(&(TypeId::of::<E>(), Question::Record(id)), seen).ok_or(seen)
    }

    /// Keeps a record read after its movements were seen.
    pub(crate) fn keep_record<E: Entity>(&self, id: Uuid, seen: Seen, bytes: usize, known: Arc<Known<E>>) {
        self.keep((TypeId::of::<E>(), Question::Record(id)), seen, bytes, known);
    }

    /// The list, if it is known as it stands.
    pub(crate) fn list<E: Entity>(&self, query: &OwnedQuery, reach: &Reach) -> Result<Arc<Vec<Stored<E>>>, Seen> {
        let seen = self.of_list(E::KIND, &query.by);
        self.get(&(TypeId::of::<E>(), Question::List(query.clone(), reach.clone())), seen).ok_or(seen)
    }

    /// Keeps a list read after its movements were seen.
    pub(crate) fn keep_list<E: Entity>(
        &self,
        query: OwnedQuery,
        reach: Reach,
        seen: Seen,
        bytes: usize,
        value: Arc<Vec<Stored<E>>>,
    ) {
        if value.len() <= LONGEST_LIST {
            self.keep((TypeId::of::<E>(), Question::List(query, reach)), seen, bytes, value);
        }
    }

    fn keep<T: Send + Sync + 'static>(&self, key: Key, seen: Seen, bytes: usize, value: Arc<T>) {
        const KEY: u64 = 200;
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_add(KEY);
        self.kept.insert(key, Kept { count: seen.0, bytes, value });
    }
}

/// What rows weigh in the cache.
pub(crate) fn weigh(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.body.len() + 160).sum()
}
