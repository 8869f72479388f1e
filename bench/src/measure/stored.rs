//! The store alone: acts validated, tablets which return, readings.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use store::{Query, Reach, Store};
use uuid::Uuid;

use crate::acte::{self, Validation};
use crate::stats::{Figures, cpu_seconds, nanos, own_cpu_seconds};
use crate::table::Table;

/// A store to measure.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) name: &'static str,
    pub(super) store: Store,
    /// Its database server, whose processor time counts.
    pub(super) server: Option<u32>,
    next: Arc<AtomicU64>,
}

/// Acts a tablet brings back.
const QUEUE: u64 = 60;

fn act_id(n: u64) -> Uuid {
    // Like the ids devices make: time first, then chance.
    let chance = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    Uuid::from_u64_pair(0x0194_0000_0000_7000 | (n >> 6) << 20, 0x8000_0000_0000_0000 | chance >> 1)
}

impl Subject {
    pub(super) fn new(name: &'static str, store: Store, server: Option<u32>) -> Self {
        Self { name, store, server, next: Arc::default() }
    }

    fn cpu(&self) -> f64 {
        own_cpu_seconds() + self.server.map_or(0.0, cpu_seconds)
    }

    /// Fills the base, so that indexes have their size of every day.
    pub(super) async fn fill(&self, acts: u64) -> anyhow::Result<()> {
        for _ in 0..acts / 500 {
            let first = self.next.fetch_add(500, Ordering::Relaxed);
            self.store.commit(acte::queue((first..first + 500).map(|n| (act_id(n), n)))?).await?;
        }
        Ok(())
    }

    /// Runs an operation on so many clients, each as soon as its last one has ended.
    async fn run<F, Fut>(&self, clients: usize, length: Duration, operation: F) -> anyhow::Result<Figures>
    where
        F: Fn(Store, Arc<AtomicU64>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send,
    {
        let (start, cpu) = (Instant::now(), self.cpu());
        let running = (0..clients).map(|_| {
            let (store, next, operation) = (self.store.clone(), Arc::clone(&self.next), operation.clone());
            tokio::spawn(async move {
                let mut durations = Vec::new();
                while start.elapsed() < length {
                    let one = Instant::now();
                    operation(store.clone(), Arc::clone(&next)).await?;
                    durations.push(nanos(one));
                }
                anyhow::Ok(durations)
            })
        });
        let mut all = Vec::new();
        for client in running.collect::<Vec<_>>() {
            all.push(client.await??);
        }
        Ok(Figures::of(&all, start.elapsed(), self.cpu() - cpu, 0))
    }

    pub(super) async fn measure(&self, length: Duration, table: &mut Table) -> anyhow::Result<()> {
        for clients in [1, 16, 64] {
            let figures = self.run(clients, length, validate).await?;
            table.row(&format!("{}: validate an act, {clients} client(s)", self.name), &figures, 1.0);
        }
        for clients in [1, 16] {
            let figures = self.run(clients, length, come_back).await?;
            table.row(&format!("{}: a tablet returns with 60 acts, {clients} client(s), acts", self.name), &figures, 60.0);
        }
        for clients in [1, 16] {
            let figures = self.run(clients, length, read_one).await?;
            table.row(&format!("{}: read one act, {clients} client(s)", self.name), &figures, 1.0);
            let figures = self.run(clients, length, list_person).await?;
            table.row(&format!("{}: last 20 acts of a resident, {clients} client(s)", self.name), &figures, 1.0);
        }
        Ok(())
    }
}

async fn validate(store: Store, next: Arc<AtomicU64>) -> anyhow::Result<()> {
    let n = next.fetch_add(1, Ordering::Relaxed);
    Ok(store.commit(acte::batch(act_id(n), n)?).await?)
}

/// Each act is decided, written and told by itself, as online; all are handed over before the first answer.
async fn come_back(store: Store, next: Arc<AtomicU64>) -> anyhow::Result<()> {
    let first = next.fetch_add(QUEUE, Ordering::Relaxed);
    let mut receipts = Vec::new();
    for n in first..first + QUEUE {
        receipts.push(store.submit(acte::batch(act_id(n), n)?).await?);
    }
    for receipt in receipts {
        receipt.durable().await?;
    }
    Ok(())
}

/// A number among those below `most`, spread evenly.
fn pick(most: u64) -> u64 {
    static PICKS: AtomicU64 = AtomicU64::new(0);
    let n = PICKS.fetch_add(1, Ordering::Relaxed);
    (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) % most.max(1)
}

async fn read_one(store: Store, next: Arc<AtomicU64>) -> anyhow::Result<()> {
    let act = act_id(pick(next.load(Ordering::Relaxed)));
    let found = store.get::<Validation>(&Reach::All, act).await?;
    anyhow::ensure!(found.is_some(), "an act is not there");
    Ok(())
}

async fn list_person(store: Store, _: Arc<AtomicU64>) -> anyhow::Result<()> {
    let person = acte::id(2, pick(3_740));
    let found = store.list::<Validation>(&Reach::All, &Query::person(person).newest_first().limit(20)).await?;
    anyhow::ensure!(found.len() <= 20, "too many");
    Ok(())
}
