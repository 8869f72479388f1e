//! The node's writer: groups what waits, tries again what failed, and knows whether this node is alone.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, mpsc};
use tokio::time::MissedTickBehavior;
use tokio_postgres::Config;

use super::alone::LOOK;
use super::reserve::Reserve;
use super::session::Session;
use super::write::{Attempt, Failure, transaction};
use crate::decide::{Verdict, overlaps};
use crate::lately::Lately;
use crate::writer::{Job, WAIT, drain, drain_more, may_wait};
use crate::{Batch, Error, Result, Signal, Signals};

/// Times a batch is tried while the reason of its failure may pass.
const TRIES: u32 = 4;

/// The writer's connection, what it knows of the disk, and what its writes move.
pub(super) struct Node {
    config: Config,
    session: Option<Session>,
    /// Process id of the last session.
    former: Option<i32>,
    reserve: Reserve,
    lately: Arc<Lately>,
    signals: Arc<Signals>,
}

/// Writes what is handed over until nobody can hand anything, and looks now and then whether this node is alone.
pub(super) async fn run(mut node: Node, mut jobs: mpsc::Receiver<Job>, poke: Arc<Notify>) {
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let first = tokio::select! {
            first = jobs.recv() => first,
            _ = looks.tick() => {
                node.look().await;
                continue;
            }
        };
        let Some(first) = first else { break };
        let mut group = drain(first, &mut jobs);
        if may_wait(&group) {
            tokio::time::sleep(WAIT).await;
            drain_more(&mut group, &mut jobs);
        }
        while !group.is_empty() {
            let rest = split(&mut group);
            node.write(std::mem::replace(&mut group, rest)).await;
            poke.notify_one();
        }
    }
    if let Some(db) = node.session.take() {
        let _ = db.leave().await;
    }
}

/// Leaves in `group` batches that touch different records and claims; gives back the others.
fn split(group: &mut Vec<Job>) -> Vec<Job> {
    let mut ids = HashSet::new();
    let mut keys = HashSet::new();
    let at = group.iter().position(|job| {
        let twice = overlaps(&ids, &job.batch) || job.batch.puts.iter().flat_map(|put| &put.claims).any(|key| keys.contains(key));
        ids.extend(job.batch.puts.iter().map(|put| put.id));
        keys.extend(job.batch.puts.iter().flat_map(|put| put.claims.iter().cloned()));
        twice
    });
    at.map(|at| group.split_off(at)).unwrap_or_default()
}

impl Node {
    /// Connects, and looks whether this node is alone.
    pub(super) async fn open(config: Config, lately: Arc<Lately>, signals: Arc<Signals>) -> Result<Self> {
        let mut former = None;
        let session = Some(Session::open(&config, &lately, &mut former).await?);
        Ok(Self { config, session, former, reserve: Reserve::default(), lately, signals })
    }

    /// A look at who else is there; a lost connection is made anew, for readings to be kept again.
    pub(super) async fn look(&mut self) {
        let fresh = match self.session.take().filter(|db| !db.is_closed()) {
            Some(db) => Ok(db),
            None => Session::open(&self.config, &self.lately, &mut self.former).await,
        };
        match fresh {
            Ok(db) => match db.look().await {
                Ok(()) => self.session = Some(db),
                Err(error) => tracing::warn!(%error, "the writer lost its connection"),
            },
            Err(error) => tracing::debug!(%error, "the database does not answer"),
        }
    }

    /// Writes a group; when the whole fails, each batch alone, so that each has its own answer.
    async fn write(&mut self, group: Vec<Job>) {
        let batches: Vec<&Batch> = group.iter().map(|job| &job.batch).collect();
        let group = match self.attempt(&batches).await {
            Ok(verdicts) => {
                for (job, verdict) in group.into_iter().zip(verdicts) {
                    let _ = job.done.send(verdict);
                }
                return;
            }
            Err(failure) if failure.is_full() && !self.find_room(&failure).await => refuse_acts(group),
            Err(_) => group,
        };
        for job in group {
            let verdict = self.write_alone(&job.batch).await;
            let _ = job.done.send(verdict);
        }
    }

    /// Faces a full disk: gives the reserve up, or looks for room again when it was given up before. True when acts may
    /// be tried anew.
    async fn find_room(&mut self, failure: &Failure) -> bool {
        let Some(db) = &self.session else { return false };
        if matches!(failure, Failure::NoRoom) {
            return self.reserve.take_back(db).await;
        }
        self.reserve.spend(db).await;
        false
    }

    async fn write_alone(&mut self, batch: &Batch) -> Result<Verdict> {
        let mut tries = 1;
        loop {
            match self.attempt(&[batch]).await {
                Ok(verdicts) => return verdicts.into_iter().next().unwrap_or(Ok(Verdict::Replay)),
                Err(Failure::Passing(error)) if tries < TRIES => tracing::warn!(%error, tries, "a batch is tried again"),
                Err(Failure::Passing(error) | Failure::Lasting(error)) => return Err(error),
                Err(Failure::NoRoom) => return Err(Error::Full),
            }
            tries += 1;
        }
    }

    /// One try, on a fresh connection when the last one was lost. What it may have written has moved, whatever it answers.
    async fn attempt(&mut self, batches: &[&Batch]) -> Attempt<Vec<Result<Verdict>>> {
        let db = match self.session.take().filter(|db| !db.is_closed()) {
            Some(db) => db,
            None => self.reconnect().await?,
        };
        let at = Instant::now();
        let result = transaction(&db, batches).await;
        self.moved(batches);
        // What failed is undone before the connection serves again.
        if result.is_ok() || db.rollback().await.is_ok() {
            db.confirm(at);
            self.session = Some(db);
        }
        result
    }

    /// Connects: five seconds at most for a server which does not answer, longer for a node which does not give way.
    async fn reconnect(&mut self) -> Attempt<Session> {
        for _ in 0..20 {
            match Session::open(&self.config, &self.lately, &mut self.former).await {
                Ok(fresh) => return Ok(fresh),
                Err(error @ Error::Occupied(_)) => return Err(Failure::Lasting(error)),
                Err(error) => tracing::warn!(%error, "the database does not answer"),
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        Err(Failure::Lasting(Error::Backend("the database does not answer".into())))
    }

    /// What this node wrote has moved before the writer is answered: its next reading trusts no value kept from before.
    /// The change feed tells it again, to live screens and to other nodes.
    fn moved(&self, batches: &[&Batch]) {
        let signals: Vec<Signal> = batches.iter().flat_map(|batch| &batch.puts).map(crate::batch::Put::signal).collect();
        self.lately.moved(&signals);
        for signal in &signals {
            self.signals.touch(&signal.lanes);
        }
    }
}

/// Refuses what writes more than journal lines; gives back the others.
fn refuse_acts(group: Vec<Job>) -> Vec<Job> {
    let (readings, acts): (Vec<Job>, Vec<Job>) = group.into_iter().partition(|job| job.batch.is_reading());
    for job in acts {
        let _ = job.done.send(Err(Error::Full));
    }
    readings
}
