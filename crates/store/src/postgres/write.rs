//! Batches which share one transaction, sent in two pipelined round trips.

use futures_util::try_join;
use jiff::Timestamp;
use uuid::Uuid;

use super::columns::{Columns, Lines};
use super::session::Session;
use crate::batch::{Chore, Put};
use crate::decide::{Head, Standing, Verdict};
use crate::{Batch, Error, Result};

/// Why an attempt failed.
pub(super) enum Failure {
    /// Another node wrote the same things meanwhile, or the connection was lost: the same batch, decided again on
    /// what now stands, has its answer (a batch already written is a replay).
    Passing(Error),
    Lasting(Error),
    /// The reserve was given up: only journal lines are written.
    NoRoom,
}

impl Failure {
    pub(super) fn is_full(&self) -> bool {
        matches!(self, Self::NoRoom | Self::Lasting(Error::Full))
    }
}

pub(super) type Attempt<T> = Result<T, Failure>;

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

/// Two round trips: what stands; then everything written, and the commit.
pub(super) async fn transaction(db: &Session, batches: &[&Batch]) -> Attempt<Vec<Result<Verdict>>> {
    let ((), (room, mut standing)) = try_join!(db.begin(), load(db, batches))?;
    if !room && batches.iter().any(|batch| !batch.is_reading()) {
        return Err(Failure::NoRoom);
    }
    let verdicts: Vec<_> = batches.iter().map(|batch| standing.decide(batch)).collect();
    let accepted = batches.iter().zip(&verdicts).filter(|(_, verdict)| matches!(verdict, Ok(Verdict::Write)));
    let accepted: Vec<&Batch> = accepted.map(|(batch, _)| *batch).collect();
    apply(db, &accepted, &standing).await?;
    Ok(verdicts)
}

/// Whether there is room, and what stands about the group; a record another node is rewriting is waited for.
async fn load(db: &Session, batches: &[&Batch]) -> Result<(bool, Standing), tokio_postgres::Error> {
    let puts = || batches.iter().flat_map(|batch| &batch.puts);
    let ids: Vec<Uuid> = puts().map(|put| put.id).collect();
    let keys: Vec<&str> = puts().flat_map(|put| put.claims.iter().map(String::as_str)).collect();
    let claims = async { if keys.is_empty() { Ok(Vec::new()) } else { db.query(&db.claims, &[&keys]).await } };
    let asked: [&(dyn tokio_postgres::types::ToSql + Sync); 1] = [&ids];
    let (found, claims) = try_join!(db.query(&db.standing, &asked), claims)?;
    let (mut room, mut standing) = (false, Standing::default());
    for row in found {
        let Some(id) = row.get(0) else {
            room = true;
            continue;
        };
        let short = |rank| row.get::<_, &[u8]>(rank).try_into().unwrap_or([0; 16]);
        let head = Head { version: row.get(1), origin: short(2), digest: short(3), author: row.get(4) };
        standing.heads.insert(id, head);
    }
    standing.claims.extend(claims.iter().map(|row| (row.get(0), row.get(1))));
    Ok((room, standing))
}

pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Writes and commits. The order of the statements is that of the branches, see [`Session`].
async fn apply(db: &Session, batches: &[&Batch], standing: &Standing) -> Result<(), tokio_postgres::Error> {
    let puts: Vec<&Put> = batches.iter().flat_map(|batch| &batch.puts).collect();
    let (created, updated): (Vec<&Put>, Vec<&Put>) = puts.iter().partition(|put| put.expected == 0);
    let (created, updated) = (Columns::of(&created, standing), Columns::of(&updated, standing));
    let lines = Lines::of(batches);
    // These wait for their answers one by one: they must be over before the commit leaves.
    insert_rest(db, batches).await?;
    try_join!(
        updated.keep_former(db),
        updated.update(db),
        created.insert_told(db, &lines),
        insert_claims(db, &puts),
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
