//! The records of a group, column by column: one statement writes them all.

use tokio_postgres::Transaction;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::write::{Attempt, execute, micros};
use crate::batch::Put;
use crate::decide::Standing;

/// `t`, one row a record.
const SOURCE: &str = "unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[], $5::bytea[], $6::uuid[], $7::uuid[], $8::bigint[],
            $9::text[], $10::text[], $11::uuid[], $12::bigint[], $13::text[], $14::text[])
     as t (id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body, words)";
const WORDS: &str = "array_to_tsvector(string_to_array(t.words, ' '))";

/// Records to be written, column by column.
#[derive(Debug, Default)]
pub(super) struct Columns<'a> {
    ids: Vec<Uuid>,
    kinds: Vec<&'a str>,
    versions: Vec<i64>,
    origins: Vec<Vec<u8>>,
    digests: Vec<&'a [u8]>,
    establishments: Vec<Uuid>,
    persons: Vec<Option<Uuid>>,
    times: Vec<Option<i64>>,
    lanes: Vec<Option<&'a str>>,
    lanes2: Vec<Option<&'a str>>,
    authors: Vec<Uuid>,
    recorded: Vec<i64>,
    bodies: Vec<&'a str>,
    words: Vec<Option<&'a str>>,
}

impl<'a> Columns<'a> {
    pub(super) fn of(puts: &[&'a Put], standing: &Standing) -> Self {
        let mut columns = Self::default();
        for put in puts {
            let origin = standing.heads.get(&put.id).map_or(put.digest, |head| head.origin);
            columns.ids.push(put.id);
            columns.kinds.push(put.kind);
            columns.versions.push(put.expected + 1);
            columns.origins.push(origin.to_vec());
            columns.digests.push(&put.digest);
            columns.establishments.push(put.scope.establishment);
            columns.persons.push(put.scope.person);
            columns.times.push(put.scope.at.map(micros));
            columns.lanes.push(put.scope.lane.as_deref());
            columns.lanes2.push(put.scope.lane2.as_deref());
            columns.authors.push(put.author);
            columns.recorded.push(micros(put.recorded));
            columns.bodies.push(&put.body);
            columns.words.push(put.words.as_deref());
        }
        columns
    }

    fn values(&self) -> Vec<&(dyn ToSql + Sync)> {
        vec![
            &self.ids,
            &self.kinds,
            &self.versions,
            &self.origins,
            &self.digests,
            &self.establishments,
            &self.persons,
            &self.times,
            &self.lanes,
            &self.lanes2,
            &self.authors,
            &self.recorded,
            &self.bodies,
            &self.words,
        ]
    }

    /// Writes first versions.
    pub(super) async fn insert(&self, db: &Transaction<'_>) -> Attempt<()> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "insert into record (id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body, words)
             select id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body::json, {WORDS}
             from {SOURCE}"
        );
        execute(db, &sql, self.values()).await
    }

    /// Copies the present versions to the history and frees the keys they hold.
    pub(super) async fn keep_former(&self, db: &Transaction<'_>) -> Attempt<()> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let former = "insert into history (id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body)
             select id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body
             from record where id = any($1)";
        let released = "delete from claim where id = any($1)";
        futures_util::try_join!(execute(db, former, vec![&self.ids]), execute(db, released, vec![&self.ids]))?;
        Ok(())
    }

    /// Writes next versions over the present ones.
    pub(super) async fn update(&self, db: &Transaction<'_>) -> Attempt<()> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "update record set seq = default, xid = default, kind = t.kind, version = t.version, origin = t.origin, digest = t.digest,
                    establishment = t.establishment, person = t.person, at = t.at, lane = t.lane, lane2 = t.lane2,
                    author = t.author, recorded = t.recorded, body = t.body::json, words = {WORDS}
             from {SOURCE} where record.id = t.id"
        );
        execute(db, &sql, self.values()).await
    }
}
