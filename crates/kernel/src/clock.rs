//! Time and fresh ids are parameters: whoever needs "now" receives a [`Clock`].

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Gives the present instant and fresh identifiers.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, UTC.
    fn now(&self) -> Timestamp;

    /// A fresh UUIDv7, ordered by creation within a process.
    fn fresh_id(&self) -> Uuid {
        Uuid::new_v7(uuid_time(self.now()))
    }
}

/// A clock shared by every part of the process.
pub type SharedClock = Arc<dyn Clock>;

/// Ids of one millisecond are told apart by a counter: whoever sorts by id finds the order of creation.
static CONTEXT: Mutex<uuid::ContextV7> = Mutex::new(uuid::ContextV7::new());

fn uuid_time(now: Timestamp) -> uuid::Timestamp {
    let nanos = now.as_nanosecond().max(0);
    let seconds = u64::try_from(nanos / 1_000_000_000).unwrap_or(0);
    let subsec = u32::try_from(nanos % 1_000_000_000).unwrap_or(0);
    let context = CONTEXT.lock().unwrap_or_else(PoisonError::into_inner);
    uuid::Timestamp::from_unix(&*context, seconds, subsec)
}

/// The machine's own clock, to the microsecond: what is signed is exactly what is stored.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one door to the machine's time")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// A clock that runs from a chosen instant: the demo and its screenshots are anchored to it.
#[derive(Debug, Clone)]
pub struct ShiftedClock {
    offset_micros: i64,
}

impl ShiftedClock {
    /// A clock which says `start` now and then runs at the machine's pace.
    pub fn starting_at(start: Timestamp) -> Self {
        Self { offset_micros: start.as_microsecond() - SystemClock.now().as_microsecond() }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let micros = SystemClock.now().as_microsecond().saturating_add(self.offset_micros);
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
    }
}

/// A clock moved by hand, for tests.
#[derive(Debug, Default)]
pub struct ManualClock {
    micros: AtomicI64,
}

impl ManualClock {
    /// A clock stopped at `at`.
    pub fn at(at: Timestamp) -> Arc<Self> {
        Arc::new(Self { micros: AtomicI64::new(at.as_microsecond()) })
    }

    /// Moves the clock to `at`, forwards or backwards.
    pub fn set(&self, at: Timestamp) {
        self.micros.store(at.as_microsecond(), Ordering::SeqCst);
    }

    /// Moves the clock by `seconds`, which may be negative.
    pub fn advance(&self, seconds: i64) {
        self.micros.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.micros.load(Ordering::SeqCst)).unwrap_or(Timestamp::MIN)
    }
}

/// The time zone of the establishments: metropolitan France until an establishment says otherwise.
pub fn fuseau_par_defaut() -> TimeZone {
    // Looked for by its name once: a round asks it three thousand times.
    static PARIS: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC));
    PARIS.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_at_one_instant_keep_the_order_of_their_creation() {
        let clock = ManualClock::at(Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(1_000));
        let ids: Vec<Uuid> = (0..2_000).map(|_| clock.fresh_id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
