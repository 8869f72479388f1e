//! Keys and messages read for an export; pieces written by an import, in one transaction.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use crate::portable::{ClaimPiece, Loading, MessagePiece, NOT_EMPTY, Pages, Piece, RecordPiece};
use crate::{Error, Result};

pub(crate) fn claims_after(db: &Connection, last: &str, limit: i64) -> Result<Vec<ClaimPiece>> {
    let mut statement = db.prepare_cached("select key, id from claim where key > ?1 order by key limit ?2")?;
    let rows = statement
        .query_map(params![last, limit], |row| Ok(ClaimPiece { key: row.get(0)?, id: Uuid::from_bytes(row.get(1)?) }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn messages_after(db: &Connection, last: i64, limit: i64) -> Result<Vec<MessagePiece>> {
    let sql = "select n, topic, key, payload, due, attempts, done, error from outbox where n > ?1 order by n limit ?2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![last, limit], |row| {
        Ok(MessagePiece {
            n: row.get(0)?,
            topic: row.get(1)?,
            key: row.get(2)?,
            payload: row.get(3)?,
            due: row.get(4)?,
            attempts: row.get(5)?,
            done: row.get(6)?,
            error: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn load(path: &Path, mut loading: Loading, mut pages: Pages) -> Result<()> {
    let _lock = super::lock_file(path)?;
    let mut db = super::connect(path, false)?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let held: i64 =
        transaction.query_row("select (select count(*) from record) + (select count(*) from journal)", [], |row| row.get(0))?;
    if held != 0 {
        return Err(Error::Refused(NOT_EMPTY.into()));
    }
    while let Some(page) = pages.blocking_recv() {
        for piece in page? {
            write(&transaction, &mut loading, &piece)?;
        }
    }
    if loading.rounds > 1 {
        return Err(Error::Refused(
            "the journal was written by several nodes at once: its order is kept on PostgreSQL only".into(),
        ));
    }
    transaction.commit()?;
    let _ = db.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    Ok(())
}

fn write(db: &Transaction<'_>, loading: &mut Loading, piece: &Piece) -> Result<()> {
    match piece {
        Piece::Former(record) => {
            loading.former(record);
            former(db, record)
        }
        Piece::Present(record) => present(db, loading, record),
        Piece::Claim(claim) => {
            let key = params![claim.key, claim.id.as_bytes().as_slice()];
            db.prepare_cached("insert into claim (key, id) values (?1, ?2)")?.execute(key)?;
            Ok(())
        }
        Piece::Line(line) => {
            loading.round(line);
            db.prepare_cached("insert into journal (n, at, nature, verb, account, establishment, person, detail) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
                .execute(params![
                    line.n,
                    line.at,
                    line.nature.code(),
                    line.verb,
                    line.account.as_bytes().as_slice(),
                    line.establishment.as_ref().map(|id| id.as_bytes().as_slice()),
                    line.person.as_ref().map(|id| id.as_bytes().as_slice()),
                    line.detail
                ])?;
            Ok(())
        }
        Piece::Head(head) => {
            let size = i64::try_from(head.size).unwrap_or(i64::MAX);
            db.prepare_cached("insert into checkpoint (size, last_xid, last_n, root, at, note) values (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![size, head.last_xid, head.last_n, head.root.as_slice(), head.at, head.note])?;
            Ok(())
        }
        Piece::Message(one) => {
            db.prepare_cached(
                "insert into outbox (n, topic, key, payload, due, attempts, done, error) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![one.n, one.topic, one.key, one.payload, one.due, one.attempts, one.done, one.error])?;
            Ok(())
        }
        Piece::Blob(id, bytes) => {
            let sealed = loading.seal(bytes)?;
            if sealed.id != *id {
                return Err(Error::Refused("a document is not what its address says".into()));
            }
            db.prepare_cached("insert into blob (id, sealed) values (?1, ?2)")?.execute(params![id.0, sealed.sealed])?;
            Ok(())
        }
    }
}

fn former(db: &Transaction<'_>, record: &RecordPiece) -> Result<()> {
    db.prepare_cached(
        "insert into history (id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        record.id.as_bytes().as_slice(),
        record.version,
        record.seq,
        record.kind,
        record.establishment.as_bytes().as_slice(),
        record.person.as_ref().map(|person| person.as_bytes().as_slice()),
        record.at,
        record.lane,
        record.lane2,
        record.author.as_bytes().as_slice(),
        record.recorded,
        record.body
    ])?;
    Ok(())
}

fn present(db: &Transaction<'_>, loading: &mut Loading, record: &RecordPiece) -> Result<()> {
    let ready = loading.present(record)?;
    db.prepare_cached(
        "insert into record (id, kind, version, origin, establishment, person, at, lane, lane2, author, recorded, body, seq, digest,
                             lane_n, lane2_n, person_n)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?
    .execute(params![
        record.id.as_bytes().as_slice(),
        record.kind,
        record.version,
        ready.origin.as_slice(),
        record.establishment.as_bytes().as_slice(),
        record.person.as_ref().map(|person| person.as_bytes().as_slice()),
        record.at,
        record.lane,
        record.lane2,
        record.author.as_bytes().as_slice(),
        record.recorded,
        record.body,
        record.seq,
        ready.digest.as_slice(),
        ready.numbers.lane,
        ready.numbers.lane2,
        ready.numbers.person
    ])?;
    if let Some(words) = &ready.words {
        db.prepare_cached("insert into search (rowid, words) values (?1, ?2)")?.execute(params![record.seq, words])?;
    }
    Ok(())
}
