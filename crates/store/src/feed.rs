//! What changed, for live screens: the lists touched, never the content.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use uuid::Uuid;

/// A record was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Kind of the record.
    pub kind: String,
    /// The record.
    pub id: Uuid,
    /// Its establishment.
    pub establishment: Uuid,
    /// The person it is about.
    pub person: Option<Uuid>,
    /// The lists it is on, and those it left.
    pub lanes: Vec<String>,
}

/// The list every record about a person is on, without being stored: what a card or a record on screen follows.
pub fn person_lane(person: Uuid) -> String {
    format!("personne/{person}")
}

/// The lists a record moves.
pub(crate) fn lanes(lane: Option<&str>, lane2: Option<&str>, person: Option<Uuid>) -> Vec<String> {
    [lane, lane2].into_iter().flatten().map(str::to_owned).chain(person.map(person_lane)).collect()
}

const MOST_LANES: usize = 50_000;

/// Publishes signals and remembers how often each list moved since the process started.
#[derive(Debug)]
pub struct Signals {
    sender: broadcast::Sender<Arc<[Signal]>>,
    heads: Mutex<Heads>,
}

/// Movements counted a list; when too many lists are known all restart from a higher floor.
#[derive(Debug, Default)]
struct Heads {
    floor: u64,
    highest: u64,
    counts: HashMap<String, u64>,
}

impl Heads {
    fn moved(&mut self, lane: &str) {
        let floor = self.floor;
        let count = match self.counts.get_mut(lane) {
            Some(count) => count,
            None => self.counts.entry(lane.to_owned()).or_insert(floor),
        };
        *count += 1;
        self.highest = self.highest.max(*count);
    }

    fn make_room(&mut self) {
        if self.counts.len() > MOST_LANES {
            self.floor = self.highest + 1;
            self.counts.clear();
        }
    }
}

impl Default for Signals {
    fn default() -> Self {
        Self { sender: broadcast::channel(1024).0, heads: Mutex::default() }
    }
}

impl Signals {
    /// Every signal from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<[Signal]>> {
        self.sender.subscribe()
    }

    /// Counts a movement of these lists without telling it to anybody.
    pub(crate) fn touch(&self, lanes: &[String]) {
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.make_room();
        for lane in lanes {
            heads.moved(lane);
        }
    }

    pub(crate) fn publish(&self, signals: Vec<Signal>) {
        if signals.is_empty() {
            return;
        }
        {
            let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
            heads.make_room();
            for signal in &signals {
                signal.lanes.iter().for_each(|lane| heads.moved(lane));
            }
        }
        let _ = self.sender.send(signals.into());
    }

    /// How often a list moved since the process started.
    pub fn head(&self, lane: &str) -> u64 {
        let heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.counts.get(lane).copied().unwrap_or(heads.floor)
    }
}
