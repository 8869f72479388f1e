//! The node's writer: waiting batches share one transaction, sent in two pipelined round trips.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::try_join;
use jiff::Timestamp;
use tokio::sync::{Notify, mpsc};
use tokio_postgres::Config;
use uuid::Uuid;

use super::columns::Columns;
use super::reserve::Reserve;
use super::session::Session;
use crate::batch::{Chore, Put};
use crate::decide::{Head, Standing, Verdict, overlaps};
use crate::writer::{Job, drain};
use crate::{Batch, Error, Result, Signals};

/// Times a batch is tried while the reason of its failure may pass.
const TRIES: u32 = 4;

pub(crate) async fn run(config: Config, mut jobs: mpsc::Receiver<Job>, poke: Arc<Notify>, signals: Arc<Signals>) {
    let mut node = Node { config, session: None, reserve: Reserve::default() };
    while let Some(first) = jobs.recv().await {
        let mut group = drain(first, &mut jobs);
        while !group.is_empty() {
            let rest = split(&mut group);
            node.write(std::mem::replace(&mut group, rest), &signals).await;
            poke.notify_one();
        }
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

/// Why an attempt failed.
enum Failure {
    /// Another node wrote the same things meanwhile, or the connection was lost: the same batch, decided again on
    /// what now stands, has its answer (a batch already written is a replay).
    Passing(Error),
    Lasting(Error),
    /// The reserve was given up: only journal lines are written.
    NoRoom,
}

impl Failure {
    fn is_full(&self) -> bool {
        matches!(self, Self::NoRoom | Self::Lasting(Error::Full))
    }
}

type Attempt<T> = Result<T, Failure>;

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        const PASSING: [SqlState; 6] = [
            SqlState::UNIQUE_VIOLATION,
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
        ];
        let passing =
            error.is_closed() || error.as_db_error().is_none() || error.code().is_some_and(|code| PASSING.contains(code));
        if passing { Self::Passing(error.into()) } else { Self::Lasting(error.into()) }
    }
}

/// The writer's connection and what it knows of the disk.
struct Node {
    config: Config,
    session: Option<Session>,
    reserve: Reserve,
}

impl Node {
    /// Writes a group; when the whole fails, each batch alone, so that each has its own answer.
    async fn write(&mut self, group: Vec<Job>, signals: &Signals) {
        let batches: Vec<&Batch> = group.iter().map(|job| &job.batch).collect();
        let group = match self.attempt(&batches).await {
            Ok(verdicts) => {
                for batch in batches {
                    touch(signals, batch);
                }
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
            touch(signals, &job.batch);
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

    /// One try, on a fresh connection when the last one was lost.
    async fn attempt(&mut self, batches: &[&Batch]) -> Attempt<Vec<Result<Verdict>>> {
        let db = match self.session.take().filter(|db| !db.is_closed()) {
            Some(db) => db,
            None => reconnect(&self.config).await?,
        };
        let result = transaction(&db, batches).await;
        // What failed is undone before the connection serves again.
        if result.is_ok() || db.rollback().await.is_ok() {
            self.session = Some(db);
        }
        result
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

/// What this node wrote has moved before the writer is answered: its next reading trusts no value kept from before.
/// The change feed tells it again, to live screens and to other nodes.
fn touch(signals: &Signals, batch: &Batch) {
    for put in &batch.puts {
        signals.touch(&crate::feed::lanes(put.scope.lane.as_deref(), put.scope.lane2.as_deref(), put.scope.person));
    }
}

/// Connects, for five seconds at most.
async fn reconnect(config: &Config) -> Attempt<Session> {
    for _ in 0..20 {
        match Session::open(config).await {
            Ok(fresh) => return Ok(fresh),
            Err(error) => tracing::warn!(%error, "the database does not answer"),
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    Err(Failure::Lasting(Error::Backend("the database does not answer".into())))
}

/// Two round trips: what stands; then everything written, and the commit.
async fn transaction(db: &Session, batches: &[&Batch]) -> Attempt<Vec<Result<Verdict>>> {
    let ((), room, mut standing) = try_join!(db.begin(), db.has_room(), load(db, batches))?;
    if !room && batches.iter().any(|batch| !batch.is_reading()) {
        return Err(Failure::NoRoom);
    }
    let verdicts: Vec<_> = batches.iter().map(|batch| standing.decide(batch)).collect();
    let accepted = batches.iter().zip(&verdicts).filter(|(_, verdict)| matches!(verdict, Ok(Verdict::Write)));
    let accepted: Vec<&Batch> = accepted.map(|(batch, _)| *batch).collect();
    apply(db, &accepted, &standing).await?;
    Ok(verdicts)
}

/// What stands about the group; a record another node is rewriting is waited for.
async fn load(db: &Session, batches: &[&Batch]) -> Result<Standing, tokio_postgres::Error> {
    let puts = || batches.iter().flat_map(|batch| &batch.puts);
    let ids: Vec<Uuid> = puts().map(|put| put.id).collect();
    let keys: Vec<&str> = puts().flat_map(|put| put.claims.iter().map(String::as_str)).collect();
    let heads = async { if ids.is_empty() { Ok(Vec::new()) } else { db.query(&db.heads, &[&ids]).await } };
    let claims = async { if keys.is_empty() { Ok(Vec::new()) } else { db.query(&db.claims, &[&keys]).await } };
    let (heads, claims) = try_join!(heads, claims)?;
    let mut standing = Standing::default();
    for row in heads {
        let short = |rank| row.get::<_, &[u8]>(rank).try_into().unwrap_or([0; 16]);
        let head = Head { version: row.get(1), origin: short(2), digest: short(3), author: row.get(4) };
        standing.heads.insert(row.get(0), head);
    }
    standing.claims.extend(claims.iter().map(|row| (row.get(0), row.get(1))));
    Ok(standing)
}

pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Writes and commits. The order of the statements is that of the branches, see [`Session`].
async fn apply(db: &Session, batches: &[&Batch], standing: &Standing) -> Result<(), tokio_postgres::Error> {
    let puts: Vec<&Put> = batches.iter().flat_map(|batch| &batch.puts).collect();
    let (created, updated): (Vec<&Put>, Vec<&Put>) = puts.iter().partition(|put| put.expected == 0);
    let (created, updated) = (Columns::of(&created, standing), Columns::of(&updated, standing));
    // These wait for their answers one by one: they must be over before the commit leaves.
    insert_rest(db, batches).await?;
    try_join!(
        updated.keep_former(db),
        updated.update(db),
        created.insert(db),
        insert_claims(db, &puts),
        insert_lines(db, batches),
        db.commit(),
    )
    .map(drop)
}

async fn insert_claims(db: &Session, puts: &[&Put]) -> Result<(), tokio_postgres::Error> {
    let (keys, ids): (Vec<&str>, Vec<Uuid>) =
        puts.iter().flat_map(|put| put.claims.iter().map(|key| (key.as_str(), put.id))).unzip();
    if keys.is_empty() {
        return Ok(());
    }
    db.run(&db.claimed, &[&keys, &ids]).await
}

async fn insert_lines(db: &Session, batches: &[&Batch]) -> Result<(), tokio_postgres::Error> {
    let lines: Vec<_> = batches.iter().flat_map(|batch| &batch.lines).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let times: Vec<i64> = lines.iter().map(|line| micros(line.at)).collect();
    let natures: Vec<&str> = lines.iter().map(|line| line.nature.code()).collect();
    let verbs: Vec<&str> = lines.iter().map(|line| line.verb.as_str()).collect();
    let accounts: Vec<Uuid> = lines.iter().map(|line| line.account).collect();
    let places: Vec<Option<Uuid>> = lines.iter().map(|line| line.establishment).collect();
    let persons: Vec<Option<Uuid>> = lines.iter().map(|line| line.person).collect();
    let details: Vec<String> = lines.iter().map(|line| line.detail_text()).collect();
    db.run(&db.lines, &[&times, &natures, &verbs, &accounts, &places, &persons, &details]).await
}

async fn insert_rest(db: &Session, batches: &[&Batch]) -> Result<(), tokio_postgres::Error> {
    for batch in batches {
        for message in &batch.messages {
            db.run(&db.message, &[&message.topic, &message.key, &message.payload]).await?;
        }
        for blob in &batch.blobs {
            db.run(&db.blob, &[&blob.id.0, &blob.sealed]).await?;
        }
        for chore in &batch.chores {
            run_chore(db, chore).await?;
        }
    }
    Ok(())
}

async fn run_chore(db: &Session, chore: &Chore) -> Result<(), tokio_postgres::Error> {
    match chore {
        Chore::OutboxDone { n, at } => db.run(&db.done, &[n, &micros(*at)]).await,
        Chore::OutboxRetry { n, due, error } => db.run(&db.retried, &[n, &micros(*due), error]).await,
        Chore::Checkpoint(head) => {
            let (size, root) = (i64::try_from(head.size).unwrap_or(i64::MAX), head.root.to_vec());
            let values: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
                [&size, &head.last_xid, &head.last_n, &root, &micros(head.at), &head.note];
            db.run(&db.checkpoint, &values).await
        }
    }
}
