//! The one writer: all waiting batches in one transaction, one flush.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::reserve::Reserve;
use crate::batch::{Chore, Put};
use crate::decide::{Head, Standing, Verdict};
use crate::feed::Signal;
use crate::journal::Line;
use crate::lately::Lately;
use crate::writer::{Job, WAIT, drain, drain_more, may_wait};
use crate::{Batch, Error, Result, Signals};

pub(crate) struct Writer {
    db: Connection,
    signals: Arc<Signals>,
    lately: Arc<Lately>,
    /// Why nothing is acknowledged any more, after a first failed write or flush.
    stopped: Option<String>,
    since_check: u32,
    /// Last place given in the change feed.
    seq: i64,
    reserve: Reserve,
}

/// Pages the log grows to before it is folded into the file.
const LOG_PAGES: u32 = 16_000;
/// The same on a full disk, where the log must not eat the reserve.
const LOG_PAGES_FULL: u32 = 200;

impl Writer {
    pub(crate) fn new(db: Connection, signals: Arc<Signals>, lately: Arc<Lately>, reserve: Reserve) -> Result<Self> {
        // The writer alone keeps a large cache: scattered keys are then written once a checkpoint, not once a group.
        db.execute_batch("pragma cache_size = -32768; pragma optimize = 0x10002")?;
        fold_log_after(&db, LOG_PAGES);
        let seq = db.query_row(
            "select max(coalesce((select max(seq) from record), 0), coalesce((select max(seq) from history), 0))",
            [],
            |row| row.get(0),
        )?;
        Ok(Self { db, signals, lately, stopped: None, since_check: 0, seq, reserve })
    }

    pub(crate) fn run(&mut self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(first) = jobs.blocking_recv() {
            let mut group = drain(first, &mut jobs);
            if may_wait(&group) {
                std::thread::sleep(WAIT);
                drain_more(&mut group, &mut jobs);
            }
            self.write(group);
            self.since_check += 1;
            if self.since_check > 20_000 {
                self.since_check = 0;
                let _ = self.db.execute_batch("pragma optimize");
            }
        }
        let _ = self.db.execute_batch("pragma optimize; pragma wal_checkpoint(truncate)");
    }

    /// Writes a group; when the whole fails, each batch alone, so that each has its own answer.
    fn write(&mut self, group: Vec<Job>) {
        if let Some(reason) = &self.stopped {
            for job in group {
                let _ = job.done.send(Err(Error::Stopped(reason.clone())));
            }
            return;
        }
        let group = if self.has_room() { group } else { refuse_acts(group) };
        let batches: Vec<&Batch> = group.iter().map(|job| &job.batch).collect();
        match write_group(&mut self.db, &mut self.seq, &batches) {
            Ok(verdicts) => {
                self.publish(&batches, &verdicts);
                for (job, verdict) in group.into_iter().zip(verdicts) {
                    let _ = job.done.send(verdict);
                }
            }
            Err(Error::Full) if !self.reserve.is_spent() => {
                self.make_room();
                self.write(group);
            }
            Err(error) if group.len() == 1 || matches!(error, Error::Stopped(_)) => self.refuse(group, &error),
            Err(_) => {
                for job in group {
                    self.write(vec![job]);
                }
            }
        }
    }

    fn refuse(&mut self, group: Vec<Job>, error: &Error) {
        if let Error::Stopped(reason) = error {
            tracing::error!(reason, "the database failed: nothing more is acknowledged until a restart");
            self.stopped = Some(reason.clone());
        }
        for job in group {
            let answer = match error {
                Error::Full => Error::Full,
                Error::Stopped(reason) => Error::Stopped(reason.clone()),
                other => Error::Backend(other.to_string()),
            };
            let _ = job.done.send(Err(answer));
        }
    }

    /// True unless the disk is full; looks for room again now and then.
    fn has_room(&mut self) -> bool {
        if !self.reserve.is_spent() {
            return true;
        }
        let found = self.reserve.take_back();
        if found {
            tracing::warn!("there is room on the disk again: acts are accepted");
            fold_log_after(&self.db, LOG_PAGES);
        }
        found
    }

    /// Gives the reserve up, and the room of the log as far as it can be folded.
    fn make_room(&mut self) {
        tracing::error!("the disk is full: acts are refused, readings go on");
        self.reserve.spend();
        let _ = self.db.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
        fold_log_after(&self.db, LOG_PAGES_FULL);
    }

    fn publish(&self, batches: &[&Batch], verdicts: &[Result<Verdict>]) {
        let written = batches.iter().zip(verdicts).filter(|(_, verdict)| matches!(verdict, Ok(Verdict::Write)));
        let signals: Vec<Signal> = written.flat_map(|(batch, _)| batch.puts.iter().map(Put::signal)).collect();
        self.lately.moved(&signals);
        self.signals.publish(signals);
    }
}

fn fold_log_after(db: &Connection, pages: u32) {
    let _ = db.query_row(&format!("pragma wal_autocheckpoint = {pages}"), [], |_| Ok(()));
}

/// Refuses what writes more than journal lines; gives back the others.
fn refuse_acts(group: Vec<Job>) -> Vec<Job> {
    let (readings, acts): (Vec<Job>, Vec<Job>) = group.into_iter().partition(|job| job.batch.is_reading());
    for job in acts {
        let _ = job.done.send(Err(Error::Full));
    }
    readings
}

fn write_group(db: &mut Connection, seq: &mut i64, batches: &[&Batch]) -> Result<Vec<Result<Verdict>>> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut verdicts = Vec::with_capacity(batches.len());
    for batch in batches {
        let mut standing = Standing::default();
        load(&transaction, batch, &mut standing)?;
        let verdict = standing.decide(batch);
        if matches!(verdict, Ok(Verdict::Write)) {
            apply(&transaction, seq, batch, &standing)?;
        }
        verdicts.push(verdict);
    }
    transaction.commit()?;
    Ok(verdicts)
}

fn load(db: &Transaction<'_>, batch: &Batch, standing: &mut Standing) -> Result<()> {
    let mut head = db.prepare_cached("select version, origin, digest, author from record where id = ?1")?;
    let mut holder = db.prepare_cached("select id from claim where key = ?1")?;
    for put in &batch.puts {
        let found = head
            .query_row([put.id.as_bytes().as_slice()], |row| {
                let author = Uuid::from_bytes(row.get(3)?);
                Ok(Head { version: row.get(0)?, origin: row.get(1)?, digest: row.get(2)?, author })
            })
            .optional()?;
        if let Some(found) = found {
            standing.heads.insert(put.id, found);
        }
        for key in &put.claims {
            let found: Option<[u8; 16]> = holder.query_row([key], |row| row.get(0)).optional()?;
            if let Some(id) = found {
                standing.claims.insert(key.clone(), Uuid::from_bytes(id));
            }
        }
    }
    Ok(())
}

fn apply(db: &Transaction<'_>, seq: &mut i64, batch: &Batch, standing: &Standing) -> Result<()> {
    batch.puts.iter().filter(|put| put.expected > 0).try_for_each(|put| keep_former(db, put))?;
    for put in &batch.puts {
        *seq += 1;
        let origin = standing.heads.get(&put.id).map_or(put.digest, |head| head.origin);
        insert(db, put, *seq, &origin)?;
    }
    for line in &batch.lines {
        append_line(db, line)?;
    }
    for message in &batch.messages {
        db.prepare_cached("insert into outbox (topic, key, payload, due) values (?1, ?2, ?3, 0) on conflict (key) do nothing")?
            .execute(params![message.topic, message.key, message.payload])?;
    }
    for blob in &batch.blobs {
        db.prepare_cached("insert into blob (id, sealed) values (?1, ?2) on conflict (id) do nothing")?
            .execute(params![blob.id.0, blob.sealed])?;
    }
    batch.chores.iter().try_for_each(|chore| run_chore(db, chore))
}

fn run_chore(db: &Transaction<'_>, chore: &Chore) -> Result<()> {
    match chore {
        Chore::OutboxDone { n, at } => db
            .prepare_cached("update outbox set done = ?2, error = null where n = ?1")?
            .execute(params![n, at.as_microsecond()])?,
        Chore::OutboxRetry { n, due, error } => db
            .prepare_cached("update outbox set due = ?2, attempts = attempts + 1, error = ?3 where n = ?1")?
            .execute(params![n, due.as_microsecond(), error])?,
        Chore::Checkpoint(head) => db
            .prepare_cached("insert into checkpoint (size, last_xid, last_n, root, at, note) values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing")?
            .execute(params![
                i64::try_from(head.size).unwrap_or(i64::MAX),
                head.last_xid,
                head.last_n,
                head.root.as_slice(),
                head.at.as_microsecond(),
                head.note
            ])?,
    };
    Ok(())
}

fn keep_former(db: &Transaction<'_>, put: &Put) -> Result<()> {
    let id = put.id.as_bytes().as_slice();
    db.prepare_cached(
        "insert into history select id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body
         from record where id = ?1",
    )?
    .execute([id])?;
    db.prepare_cached("delete from search where rowid = (select seq from record where id = ?1)")?.execute([id])?;
    for key in &put.released {
        db.prepare_cached("delete from claim where key = ?1 and id = ?2")?.execute(params![key, id])?;
    }
    db.prepare_cached("delete from record where id = ?1")?.execute([id])?;
    Ok(())
}

fn insert(db: &Transaction<'_>, put: &Put, seq: i64, origin: &[u8; 16]) -> Result<()> {
    let id = put.id.as_bytes().as_slice();
    let scope = &put.scope;
    db.prepare_cached(
        "insert into record (id, kind, version, origin, establishment, person, at, lane, lane2, author, recorded, body, seq, digest,
                             lane_n, lane2_n, person_n)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?
    .execute(params![
        id,
        put.kind,
        put.expected + 1,
        origin.as_slice(),
        scope.establishment.as_bytes().as_slice(),
        scope.person.as_ref().map(|person| person.as_bytes().as_slice()),
        scope.at.map(jiff::Timestamp::as_microsecond),
        scope.lane,
        scope.lane2,
        put.author.as_bytes().as_slice(),
        put.recorded.as_microsecond(),
        put.body,
        seq,
        put.digest.as_slice(),
        put.numbers.lane,
        put.numbers.lane2,
        put.numbers.person,
    ])?;
    if let Some(words) = &put.words {
        db.prepare_cached("insert into search (rowid, words) values (?1, ?2)")?.execute(params![seq, words])?;
    }
    for key in &put.claims {
        db.prepare_cached("insert into claim (key, id) values (?1, ?2)")?.execute(params![key, id])?;
    }
    Ok(())
}

fn append_line(db: &Transaction<'_>, line: &Line) -> Result<()> {
    db.prepare_cached(
        "insert into journal (at, nature, verb, account, establishment, person, detail) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        line.at.as_microsecond(),
        line.nature.code(),
        line.verb,
        line.account.as_bytes().as_slice(),
        line.establishment.as_ref().map(|id| id.as_bytes().as_slice()),
        line.person.as_ref().map(|id| id.as_bytes().as_slice()),
        line.detail_text(),
    ])?;
    Ok(())
}
