//! Keys and messages read for an export; pieces written by an import, in one transaction, under the owner of the tables.

use tokio_postgres::Transaction;

use super::{Postgres, configured, connect};
use crate::portable::{ClaimPiece, Loading, MessagePiece, NOT_EMPTY, Pages, Piece, RecordPiece};
use crate::{Error, Result};

impl Postgres {
    pub(crate) async fn claims_after(&self, last: &str, limit: i64) -> Result<Vec<ClaimPiece>> {
        let sql = "select key, id from claim where key collate \"C\" > $1 order by key collate \"C\" limit $2";
        let rows = self.rows(sql, &[&last, &limit]).await?;
        Ok(rows.iter().map(|row| ClaimPiece { key: row.get(0), id: row.get(1) }).collect())
    }

    pub(crate) async fn messages_after(&self, last: i64, limit: i64) -> Result<Vec<MessagePiece>> {
        let sql = "select n, topic, key, payload, due, attempts, done, error from outbox where n > $1 order by n limit $2";
        let rows = self.rows(sql, &[&last, &limit]).await?;
        let message = |row: &tokio_postgres::Row| MessagePiece {
            n: row.get(0),
            topic: row.get(1),
            key: row.get(2),
            payload: row.get(3),
            due: row.get(4),
            attempts: row.get(5),
            done: row.get(6),
            error: row.get(7),
        };
        Ok(rows.iter().map(message).collect())
    }
}

pub(crate) async fn load(url: &str, mut loading: Loading, mut pages: Pages) -> Result<()> {
    let mut client = connect(&configured(url)?).await?;
    let transaction = client.transaction().await?;
    let held: i64 =
        transaction.query_one("select (select count(*) from record) + (select count(*) from journal)", &[]).await?.get(0);
    if held != 0 {
        return Err(Error::Refused(NOT_EMPTY.into()));
    }
    while let Some(page) = pages.recv().await {
        for piece in page? {
            write(&transaction, &mut loading, &piece).await?;
        }
    }
    // Lines written from now on come after those which were loaded.
    let now: i64 = transaction.query_one("select pg_current_xact_id()::text::bigint", &[]).await?.get(0);
    if loading.rounds >= now {
        return Err(Error::Refused("this PostgreSQL is too young for a journal written by so many nodes at once".into()));
    }
    for (table, column) in [("record", "seq"), ("journal", "n"), ("outbox", "n")] {
        let most = if table == "record" {
            "greatest((select max(seq) from record), (select max(seq) from history))".to_owned()
        } else {
            format!("(select max({column}) from {table})")
        };
        let sql = format!("select setval(pg_get_serial_sequence('{table}', '{column}'), {most}) where {most} is not null");
        transaction.query(&sql, &[]).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn write(db: &Transaction<'_>, loading: &mut Loading, piece: &Piece) -> Result<()> {
    match piece {
        Piece::Former(record) => {
            loading.former(record);
            former(db, record).await
        }
        Piece::Present(record) => present(db, loading, record).await,
        Piece::Claim(claim) => run(db, "insert into claim (key, id) values ($1, $2)", &[&claim.key, &claim.id]).await,
        Piece::Line(line) => {
            let sql = "insert into journal (n, xid, at, nature, verb, account, establishment, person, detail)
                       values ($1, $2::bigint::text::xid8, $3, $4, $5, $6, $7, $8, $9)";
            let round = loading.round(line);
            let nature = line.nature.code();
            run(
                db,
                sql,
                &[&line.n, &round, &line.at, &nature, &line.verb, &line.account, &line.establishment, &line.person, &line.detail],
            )
            .await
        }
        Piece::Head(head) => {
            let (size, root) = (i64::try_from(head.size).unwrap_or(i64::MAX), head.root.to_vec());
            let sql = "insert into checkpoint (size, last_xid, last_n, root, at, note) values ($1, $2, $3, $4, $5, $6)";
            run(db, sql, &[&size, &head.last_xid, &head.last_n, &root, &head.at, &head.note]).await
        }
        Piece::Message(one) => {
            let sql =
                "insert into outbox (n, topic, key, payload, due, attempts, done, error) values ($1, $2, $3, $4, $5, $6, $7, $8)";
            run(db, sql, &[&one.n, &one.topic, &one.key, &one.payload, &one.due, &one.attempts, &one.done, &one.error]).await
        }
        Piece::Blob(id, bytes) => {
            let sealed = loading.seal(bytes)?;
            if sealed.id != *id {
                return Err(Error::Refused("a document is not what its address says".into()));
            }
            run(db, "insert into blob (id, sealed) values ($1, $2)", &[&id.0, &sealed.sealed]).await
        }
    }
}

type Value<'a> = &'a (dyn tokio_postgres::types::ToSql + Sync);

async fn run(db: &Transaction<'_>, sql: &str, values: &[Value<'_>]) -> Result<()> {
    db.execute(sql, values).await?;
    Ok(())
}

async fn former(db: &Transaction<'_>, record: &RecordPiece) -> Result<()> {
    let sql = "insert into history (id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::json)";
    run(
        db,
        sql,
        &[
            &record.id,
            &record.version,
            &record.seq,
            &record.kind,
            &record.establishment,
            &record.person,
            &record.at,
            &record.lane,
            &record.lane2,
            &record.author,
            &record.recorded,
            &record.body,
        ],
    )
    .await
}

async fn present(db: &Transaction<'_>, loading: &mut Loading, record: &RecordPiece) -> Result<()> {
    let ready = loading.present(record)?;
    let sql = "insert into record (id, kind, version, origin, establishment, person, at, lane, lane2, author, recorded, body, seq, digest, words,
                                   lane_n, lane2_n, person_n)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::json, $13, $14, array_to_tsvector(string_to_array($15::text, ' ')),
                       $16, $17, $18)";
    let (origin, digest) = (ready.origin.to_vec(), ready.digest.to_vec());
    run(
        db,
        sql,
        &[
            &record.id,
            &record.kind,
            &record.version,
            &origin,
            &record.establishment,
            &record.person,
            &record.at,
            &record.lane,
            &record.lane2,
            &record.author,
            &record.recorded,
            &record.body,
            &record.seq,
            &digest,
            &ready.words,
            &ready.numbers.lane,
            &ready.numbers.lane2,
            &ready.numbers.person,
        ],
    )
    .await
}
