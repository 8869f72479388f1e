//! What was read lately, good for as long as nothing moved it (ADR 0016, 0018).
//!
//! Values are given only while every write goes through this process: always on SQLite, during an *epoch* on PostgreSQL,
//! which this node opens when it knows itself alone and closes before another one may write. A count a list, a person and
//! a record moves before the write is acknowledged; a value is kept with the epoch and the count read *before* it was
//! read, and is forgotten at the first other one.

use std::any::Any;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Weighter};
use uuid::Uuid;

use crate::question::{Asked, Key, OwnedBy, OwnedQuery};
use crate::{Entity, Reach, Row, Signal, Stored};

/// Bytes of parsed bodies kept at most, as their JSON weighs.
const MOST_BYTES: u64 = 12 * 1024 * 1024;
/// Counts of movements; two lists which share one only make each other be read again.
const COUNTS: usize = 1 << 15;
/// A list longer than this is read by few and would drive many others out.
const LONGEST_LIST: usize = 5_000;

#[derive(Debug, Clone)]
struct Kept {
    seen: Seen,
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

/// The number of no epoch: nothing is kept, nothing is given.
const CLOSED: u64 = 0;
/// The end of what needs no renewal.
const NEVER: u64 = u64::MAX;

/// What was read lately.
#[derive(Debug)]
pub(crate) struct Lately {
    counts: Box<[AtomicU32]>,
    hasher: DefaultHashBuilder,
    kept: Cache<Key, Kept, Bytes>,
    /// The present epoch.
    epoch: AtomicU64,
    /// The last epoch which was opened.
    last: AtomicU64,
    /// Milliseconds after `born` until which values are given without the epoch being confirmed again.
    until: AtomicU64,
    born: Instant,
}

/// The epoch and the count of what was asked, as they stood before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    epoch: u64,
    count: u32,
}

/// A record with the establishment its row belongs to; `None` when there is no such record of the kind.
pub(crate) type Known<E> = Option<(Uuid, Stored<E>)>;

impl Lately {
    /// One which keeps nothing until an epoch is opened.
    pub(crate) fn closed() -> Self {
        let entries = usize::try_from(MOST_BYTES / 1_024).unwrap_or(usize::MAX);
        Self {
            counts: (0..COUNTS).map(|_| AtomicU32::new(0)).collect(),
            hasher: DefaultHashBuilder::default(),
            kept: Cache::with_weighter(entries, MOST_BYTES, Bytes),
            epoch: AtomicU64::new(CLOSED),
            last: AtomicU64::new(CLOSED),
            until: AtomicU64::new(0),
            born: Instant::now(),
        }
    }

    /// One of a process which writes alone until it ends.
    pub(crate) fn for_good() -> Self {
        let lately = Self::closed();
        lately.until.store(NEVER, Ordering::Release);
        lately.epoch.store(1, Ordering::Release);
        lately
    }

    /// Opens an epoch, empty: nothing kept before is ever given. Values are given until `lease` after `at`.
    pub(crate) fn open(&self, at: Instant, lease: Duration) -> u64 {
        let epoch = self.last.fetch_add(1, Ordering::AcqRel) + 1;
        self.kept.clear();
        self.confirm(at, lease);
        self.epoch.store(epoch, Ordering::Release);
        epoch
    }

    /// Closes this epoch, unless another was opened since: once this returns, no reading which begins is given anything.
    pub(crate) fn close(&self, epoch: u64) {
        let _ = self.epoch.compare_exchange(epoch, CLOSED, Ordering::AcqRel, Ordering::Acquire);
    }

    /// The present epoch still held at this instant: values are given until `lease` after it.
    pub(crate) fn confirm(&self, at: Instant, lease: Duration) {
        let end = at.saturating_duration_since(self.born) + lease;
        self.until.fetch_max(u64::try_from(end.as_millis()).unwrap_or(0), Ordering::AcqRel);
    }

    /// True while values are kept and given.
    pub(crate) fn is_open(&self) -> bool {
        self.present() != CLOSED
    }

    fn present(&self) -> u64 {
        let epoch = self.epoch.load(Ordering::Acquire);
        let until = self.until.load(Ordering::Acquire);
        if until == NEVER || self.born.elapsed().as_millis() < u128::from(until) { epoch } else { CLOSED }
    }

    fn place(&self, of: impl Hash) -> usize {
        usize::try_from(self.hasher.hash_one(of)).unwrap_or(usize::MAX) % COUNTS
    }

    fn seen(&self, place: usize) -> Seen {
        let epoch = self.present();
        Seen { epoch, count: self.counts[place].load(Ordering::Acquire) }
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

    fn get<T: Send + Sync + 'static>(&self, asked: &Asked<'_>, seen: Seen) -> Option<Arc<T>> {
        if seen.epoch == CLOSED {
            return None;
        }
        self.kept.get(asked).filter(|kept| kept.seen == seen)?.value.downcast().ok()
    }

    /// The record, if it is known as it stands; whether it exists included.
    pub(crate) fn record<E: Entity>(&self, id: Uuid, within: Option<&Reach>) -> Result<Arc<Known<E>>, Seen> {
        let seen = self.of_record(id);
        self.get(&Asked::record::<E>(id, within), seen).ok_or(seen)
    }

    /// Keeps a record read after its movements were seen.
    pub(crate) fn keep_record<E: Entity>(
        &self,
        id: Uuid,
        within: Option<&Reach>,
        seen: Seen,
        bytes: usize,
        known: Arc<Known<E>>,
    ) {
        self.keep(Asked::record::<E>(id, within), seen, bytes, known);
    }

    /// The list, if it is known as it stands.
    pub(crate) fn list<E: Entity>(&self, query: &OwnedQuery, reach: &Reach) -> Result<Arc<Vec<Stored<E>>>, Seen> {
        let seen = self.of_list(E::KIND, &query.by);
        self.get(&Asked::list::<E>(query, reach), seen).ok_or(seen)
    }

    /// Keeps a list read after its movements were seen.
    pub(crate) fn keep_list<E: Entity>(
        &self,
        query: &OwnedQuery,
        reach: &Reach,
        seen: Seen,
        bytes: usize,
        value: Arc<Vec<Stored<E>>>,
    ) {
        if value.len() <= LONGEST_LIST {
            self.keep(Asked::list::<E>(query, reach), seen, bytes, value);
        }
    }

    fn keep<T: Send + Sync + 'static>(&self, asked: Asked<'_>, seen: Seen, bytes: usize, value: Arc<T>) {
        const KEY: u64 = 200;
        // What was read across the end of an epoch would never be given.
        if seen.epoch == CLOSED || seen.epoch != self.present() {
            return;
        }
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_add(KEY);
        self.kept.insert(asked.to_key(), Kept { seen, bytes, value });
    }
}

/// What rows weigh in the cache.
pub(crate) fn weigh(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.body.len() + 160).sum()
}

#[cfg(test)]
mod tests;
