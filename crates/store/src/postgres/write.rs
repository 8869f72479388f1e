//! The node's writer: waiting batches share one transaction, sent in two pipelined round trips.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, mpsc};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Transaction};
use uuid::Uuid;

use crate::batch::{Chore, Put};
use crate::decide::{Head, Standing, Verdict, overlaps};
use super::columns::Columns;
use crate::writer::{Job, drain};
use crate::{Batch, Error, Result};

/// Times a batch is tried while the reason of its failure may pass.
const TRIES: u32 = 4;

pub(crate) async fn run(config: Config, mut jobs: mpsc::Receiver<Job>, poke: Arc<Notify>) {
    let mut client: Option<Client> = None;
    while let Some(first) = jobs.recv().await {
        let mut group = drain(first, &mut jobs);
        while !group.is_empty() {
            let rest = split(&mut group);
            write(&config, &mut client, std::mem::replace(&mut group, rest)).await;
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
pub(super) enum Failure {
    /// Another node wrote the same things meanwhile, or the connection was lost: the same batch, decided again on
    /// what now stands, has its answer (a batch already written is a replay).
    Passing(Error),
    Lasting(Error),
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
        let passing = error.is_closed() || error.as_db_error().is_none() || error.code().is_some_and(|code| PASSING.contains(code));
        if passing { Self::Passing(error.into()) } else { Self::Lasting(error.into()) }
    }
}

/// Writes a group; when the whole fails, each batch alone, so that each has its own answer.
async fn write(config: &Config, client: &mut Option<Client>, group: Vec<Job>) {
    let batches: Vec<&Batch> = group.iter().map(|job| &job.batch).collect();
    match attempt(config, client, &batches).await {
        Ok(verdicts) => {
            for (job, verdict) in group.into_iter().zip(verdicts) {
                let _ = job.done.send(verdict);
            }
        }
        Err(_) => {
            for job in group {
                let verdict = write_alone(config, client, &job.batch).await;
                let _ = job.done.send(verdict);
            }
        }
    }
}

async fn write_alone(config: &Config, client: &mut Option<Client>, batch: &Batch) -> Result<Verdict> {
    let mut tries = 1;
    loop {
        match attempt(config, client, &[batch]).await {
            Ok(verdicts) => return verdicts.into_iter().next().unwrap_or(Ok(Verdict::Replay)),
            Err(Failure::Passing(error)) if tries < TRIES => tracing::warn!(%error, tries, "a batch is tried again"),
            Err(Failure::Passing(error) | Failure::Lasting(error)) => return Err(error),
        }
        tries += 1;
    }
}

/// One try, on a fresh connection when the last one was lost.
async fn attempt(config: &Config, client: &mut Option<Client>, batches: &[&Batch]) -> Attempt<Vec<Result<Verdict>>> {
    if client.as_ref().is_none_or(Client::is_closed) {
        *client = None;
        for _ in 0..20 {
            match super::connect(config).await {
                Ok(fresh) => {
                    *client = Some(fresh);
                    break;
                }
                Err(error) => tracing::warn!(%error, "the database does not answer"),
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }
    let Some(client) = client.as_mut() else { return Err(Failure::Lasting(Error::Backend("the database does not answer".into()))) };
    let transaction = client.transaction().await?;
    let mut standing = load(&transaction, batches).await?;
    let verdicts: Vec<_> = batches.iter().map(|batch| standing.decide(batch)).collect();
    let accepted = batches.iter().zip(&verdicts).filter(|(_, verdict)| matches!(verdict, Ok(Verdict::Write)));
    let accepted: Vec<&Batch> = accepted.map(|(batch, _)| *batch).collect();
    if !accepted.is_empty() {
        apply(&transaction, &accepted, &standing).await?;
    }
    transaction.commit().await?;
    Ok(verdicts)
}

/// What stands about the group; a record another node is rewriting is waited for.
async fn load(db: &Transaction<'_>, batches: &[&Batch]) -> Attempt<Standing> {
    let puts = || batches.iter().flat_map(|batch| &batch.puts);
    let ids: Vec<Uuid> = puts().map(|put| put.id).collect();
    let keys: Vec<&str> = puts().flat_map(|put| put.claims.iter().map(String::as_str)).collect();
    let mut standing = Standing::default();
    if ids.is_empty() {
        return Ok(standing);
    }
    let heads = async {
        db.query_typed(
            "select id, version, origin, digest, author from record where id = any($1) order by id for update",
            &[(&ids, tokio_postgres::types::Type::UUID_ARRAY)],
        )
        .await
    };
    let claims = async {
        db.query_typed("select key, id from claim where key = any($1)", &[(&keys, tokio_postgres::types::Type::TEXT_ARRAY)]).await
    };
    let (heads, claims) = futures_util::try_join!(heads, claims)?;
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

/// Sends every statement without waiting for the answers in between.
async fn apply(db: &Transaction<'_>, batches: &[&Batch], standing: &Standing) -> Attempt<()> {
    let puts: Vec<&Put> = batches.iter().flat_map(|batch| &batch.puts).collect();
    let (created, updated): (Vec<&Put>, Vec<&Put>) = puts.iter().partition(|put| put.expected == 0);
    let (created, updated) = (Columns::of(&created, standing), Columns::of(&updated, standing));
    // Statements sent together may reach the server in any order: what they rely on is waited for.
    updated.keep_former(db).await?;
    futures_util::try_join!(
        updated.update(db),
        created.insert(db),
        insert_claims(db, &puts),
        insert_lines(db, batches),
        insert_rest(db, batches),
    )?;
    Ok(())
}

pub(super) async fn execute(db: &Transaction<'_>, sql: &str, values: Vec<&(dyn ToSql + Sync)>) -> Attempt<()> {
    db.execute(sql, &values).await?;
    Ok(())
}

async fn insert_claims(db: &Transaction<'_>, puts: &[&Put]) -> Attempt<()> {
    let (keys, ids): (Vec<&str>, Vec<Uuid>) =
        puts.iter().flat_map(|put| put.claims.iter().map(|key| (key.as_str(), put.id))).unzip();
    if keys.is_empty() {
        return Ok(());
    }
    execute(db, "insert into claim (key, id) select * from unnest($1::text[], $2::uuid[])", vec![&keys, &ids]).await
}

async fn insert_lines(db: &Transaction<'_>, batches: &[&Batch]) -> Attempt<()> {
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
    let sql = "insert into journal (at, nature, verb, account, establishment, person, detail)
         select * from unnest($1::bigint[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[])";
    execute(db, sql, vec![&times, &natures, &verbs, &accounts, &places, &persons, &details]).await
}

async fn insert_rest(db: &Transaction<'_>, batches: &[&Batch]) -> Attempt<()> {
    for batch in batches {
        for message in &batch.messages {
            let sql = "insert into outbox (topic, key, payload, due) values ($1, $2, $3, 0) on conflict (key) do nothing";
            execute(db, sql, vec![&message.topic, &message.key, &message.payload]).await?;
        }
        for blob in &batch.blobs {
            let sql = "insert into blob (id, sealed) values ($1, $2) on conflict (id) do nothing";
            execute(db, sql, vec![&blob.id.0, &blob.sealed]).await?;
        }
        for chore in &batch.chores {
            run_chore(db, chore).await?;
        }
    }
    Ok(())
}

async fn run_chore(db: &Transaction<'_>, chore: &Chore) -> Attempt<()> {
    match chore {
        Chore::OutboxDone { n, at } => {
            execute(db, "update outbox set done = $2, error = null where n = $1", vec![n, &micros(*at)]).await
        }
        Chore::OutboxRetry { n, due, error } => {
            let sql = "update outbox set due = $2, attempts = attempts + 1, error = $3 where n = $1";
            execute(db, sql, vec![n, &micros(*due), error]).await
        }
        Chore::Checkpoint(head) => {
            let sql = "insert into checkpoint (size, last_xid, last_n, root, at, note) values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
            let (size, root) = (i64::try_from(head.size).unwrap_or(i64::MAX), head.root.to_vec());
            execute(db, sql, vec![&size, &head.last_xid, &head.last_n, &root, &micros(head.at), &head.note]).await
        }
    }
}
