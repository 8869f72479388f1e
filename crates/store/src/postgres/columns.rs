//! The records and the lines of a group, column by column: one statement writes them all.

use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::session::Session;
use super::write::micros;
use crate::Batch;
use crate::batch::Put;
use crate::decide::Standing;

type Outcome = Result<(), tokio_postgres::Error>;

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
    lane_numbers: Vec<Option<i64>>,
    lane2_numbers: Vec<Option<i64>>,
    person_numbers: Vec<Option<i64>>,
    released: Vec<&'a str>,
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
            columns.lane_numbers.push(put.numbers.lane);
            columns.lane2_numbers.push(put.numbers.lane2);
            columns.person_numbers.push(put.numbers.person);
            columns.released.extend(put.released.iter().map(String::as_str));
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
            &self.lane_numbers,
            &self.lane2_numbers,
            &self.person_numbers,
        ]
    }

    /// Writes first versions, and the lines of the whole group.
    pub(super) async fn insert_told(&self, db: &Session, lines: &Lines<'_>) -> Outcome {
        if self.ids.is_empty() {
            return lines.insert(db).await;
        }
        let values: Vec<&(dyn ToSql + Sync)> = self.values().into_iter().chain(lines.values()).collect();
        db.run(&db.created, &values).await
    }

    /// Copies the present versions to the history and frees the keys they hold.
    pub(super) async fn keep_former(&self, db: &Session) -> Outcome {
        if self.ids.is_empty() {
            return Ok(());
        }
        let ids: [&(dyn ToSql + Sync); 1] = [&self.ids];
        let released =
            async { if self.released.is_empty() { Ok(()) } else { db.run(&db.released, &[&self.released, &self.ids]).await } };
        futures_util::try_join!(db.run(&db.former, &ids), released).map(drop)
    }

    /// Writes next versions over the present ones.
    pub(super) async fn update(&self, db: &Session) -> Outcome {
        if self.ids.is_empty() {
            return Ok(());
        }
        db.run(&db.updated, &self.values()).await
    }
}

/// Journal lines to be written, column by column.
#[derive(Debug, Default)]
pub(super) struct Lines<'a> {
    times: Vec<i64>,
    natures: Vec<&'a str>,
    verbs: Vec<&'a str>,
    accounts: Vec<Uuid>,
    places: Vec<Option<Uuid>>,
    persons: Vec<Option<Uuid>>,
    details: Vec<String>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(batches: &[&'a Batch]) -> Self {
        let mut lines = Self::default();
        for line in batches.iter().flat_map(|batch| &batch.lines) {
            lines.times.push(micros(line.at));
            lines.natures.push(line.nature.code());
            lines.verbs.push(&line.verb);
            lines.accounts.push(line.account);
            lines.places.push(line.establishment);
            lines.persons.push(line.person);
            lines.details.push(line.detail_text());
        }
        lines
    }

    fn values(&self) -> [&(dyn ToSql + Sync); 7] {
        [&self.times, &self.natures, &self.verbs, &self.accounts, &self.places, &self.persons, &self.details]
    }

    async fn insert(&self, db: &Session) -> Outcome {
        if self.times.is_empty() {
            return Ok(());
        }
        db.run(&db.lines, &self.values()).await
    }
}
