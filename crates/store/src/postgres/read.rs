//! Readings of the PostgreSQL back end.

use std::fmt::Write as _;

use futures_util::try_join;
use jiff::Timestamp;
use tokio_postgres::Row as SqlRow;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::Postgres;
use crate::blob::BlobId;
use crate::journal::{JournalFilter, LineRow, Nature, Shown};
use crate::list::{Numbers, Version};
use crate::query::{self, Reach, SearchQuery};
use crate::waiting::{OutboxItem, WaitingRow};
use crate::{Checkpoint, Place, Result, Row, Scope};

pub(super) const COLUMNS: &str =
    "id, kind, version, seq, establishment, person, at, lane, lane2, author, recorded, body::text, xid::text::bigint";

pub(super) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(super) fn to_row(row: &SqlRow) -> Row {
    Row {
        id: row.get(0),
        kind: row.get(1),
        version: row.get(2),
        seq: row.get(3),
        xid: row.get(12),
        scope: Scope {
            establishment: row.get(4),
            person: row.get(5),
            at: row.get::<_, Option<i64>>(6).map(instant),
            lane: row.get(7),
            lane2: row.get(8),
        },
        author: row.get(9),
        recorded: instant(row.get(10)),
        body: row.get(11),
    }
}

fn to_line(row: &SqlRow) -> LineRow {
    LineRow {
        n: row.get(0),
        xid: row.get(8),
        at: instant(row.get(1)),
        nature: Nature::from_code(row.get(2)),
        verb: row.get(3),
        account: row.get(4),
        establishment: row.get(5),
        person: row.get(6),
        detail: row.get(7),
    }
}

/// A reach as the database reads it: `*`, or an array of establishments.
fn in_words(reach: &Reach) -> String {
    match reach {
        Reach::All => "*".to_owned(),
        Reach::Only(list) => format!("{{{}}}", list.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",")),
    }
}

impl Postgres {
    /// Rows within a reach: told to the database, which shows no other, in the same round trip.
    pub(super) async fn rows_within(&self, reach: &Reach, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<SqlRow>> {
        let client = self.client().await?;
        let named = client.prepare_cached("select set_config('grappe.reach', $1, false)").await?;
        let statement = client.prepare_cached(sql).await?;
        let reach = in_words(reach);
        let values_of_reach: [&(dyn ToSql + Sync); 1] = [&reach];
        let (_, rows) = try_join!(client.execute(&named, &values_of_reach), client.query(&statement, values))?;
        Ok(rows)
    }

    /// Rows of the whole database.
    pub(super) async fn rows(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<SqlRow>> {
        self.rows_within(&Reach::All, sql, values).await
    }

    pub(crate) async fn get(&self, kind: &str, ids: &[Uuid], reach: &Reach) -> Result<Vec<Row>> {
        let sql = format!("select {COLUMNS} from record where id = any($1) and kind = $2");
        Ok(self.rows_within(reach, &sql, &[&ids, &kind]).await?.iter().map(to_row).collect())
    }

    pub(crate) async fn history(&self, kind: &str, id: Uuid, reach: &Reach) -> Result<Vec<Row>> {
        let sql = format!(
            "select {COLUMNS} from history where id = $1 and kind = $2
             union all select {COLUMNS} from record where id = $1 and kind = $2 order by 3"
        );
        Ok(self.rows_within(reach, &sql, &[&id, &kind]).await?.iter().map(to_row).collect())
    }

    pub(crate) async fn changes(&self, since: Place, limit: i64) -> Result<Vec<Row>> {
        let sql = format!(
            "select {COLUMNS} from record
             where xid >= $1::bigint::text::xid8 and (xid > $1::bigint::text::xid8 or seq > $2)
               and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, seq limit $3"
        );
        Ok(self.rows(&sql, &[&since.xid, &since.seq, &limit]).await?.iter().map(to_row).collect())
    }

    pub(crate) async fn versions_after(&self, former: bool, last: Option<(Uuid, i64)>, limit: i64) -> Result<Vec<Version>> {
        let (table, numbers) = if former { ("history", "") } else { ("record", ", lane_n, lane2_n, person_n") };
        let sql = format!("select {COLUMNS}{numbers} from {table}");
        let rows = match last {
            None => self.rows(&format!("{sql} order by id, version limit $1"), &[&limit]).await?,
            Some((id, version)) => {
                let sql = format!("{sql} where (id, version) > ($1, $2) order by id, version limit $3");
                self.rows(&sql, &[&id, &version, &limit]).await?
            }
        };
        let given = |row: &SqlRow| Numbers { lane: row.get(13), lane2: row.get(14), person: row.get(15) };
        Ok(rows.iter().map(|row| Version { row: to_row(row), numbers: (!former).then(|| given(row)) }).collect())
    }

    pub(crate) async fn blobs_after(&self, last: &str, limit: i64) -> Result<Vec<(BlobId, Vec<u8>)>> {
        let sql = "select id, sealed from blob where id collate \"C\" > $1 order by id collate \"C\" limit $2";
        let rows = self.rows(sql, &[&last, &limit]).await?;
        Ok(rows.iter().map(|row| (BlobId(row.get(0)), row.get(1))).collect())
    }

    pub(crate) async fn search(&self, search: &SearchQuery<'_>, reach: &Reach) -> Result<Vec<Row>> {
        let words = query::search_words(search.text);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let any = |tokens: Vec<String>| format!("({})", tokens.join(" | "));
        let mut parts: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        parts.push(query::kind_token(search.kind));
        parts.extend(search.person.map(query::person_token));
        if !search.lanes.is_empty() {
            parts.push(any(search.lanes.iter().map(|lane| query::lane_token(lane)).collect()));
        }
        match reach {
            Reach::Only(list) if list.is_empty() => return Ok(Vec::new()),
            Reach::Only(list) => parts.push(any(list.iter().map(|id| query::establishment_token(*id)).collect())),
            Reach::All => {}
        }
        let expression = parts.join(" & ");
        let before = search.before.unwrap_or(i64::MAX);
        let limit = i64::from(search.limit);
        let sql = format!(
            "select {COLUMNS} from record where seq = any (array(select found_by_words($1::text::tsquery, $2, $3))) order by seq desc"
        );
        Ok(self.rows_within(reach, &sql, &[&expression, &before, &limit]).await?.iter().map(to_row).collect())
    }

    pub(crate) async fn journal(&self, filter: &JournalFilter) -> Result<Vec<LineRow>> {
        let before = filter.before.unwrap_or(i64::MAX);
        let nature = filter.nature.map(Nature::code);
        let since = filter.since.map(Timestamp::as_microsecond);
        let until = filter.until.map(Timestamp::as_microsecond);
        let limit = i64::try_from(filter.limit).unwrap_or(i64::MAX);
        let mut sql =
            "select n, at, nature, verb, account, establishment, person, detail, xid::text::bigint from journal where n < $1"
                .to_owned();
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&before];
        let conditions: [(&str, Option<&(dyn ToSql + Sync)>); 7] = [
            ("person = ?", filter.person.as_ref().map(|v| v as _)),
            ("account = ?", filter.account.as_ref().map(|v| v as _)),
            ("nature = ?", nature.as_ref().map(|v| v as _)),
            ("starts_with(verb, ?)", filter.verb.as_ref().map(|v| v as _)),
            ("at >= ?", since.as_ref().map(|v| v as _)),
            ("at < ?", until.as_ref().map(|v| v as _)),
            ("establishment = any(?)", (!filter.establishments.is_empty()).then_some(&filter.establishments as _)),
        ];
        for (condition, value) in conditions {
            if let Some(value) = value {
                values.push(value);
                let _ = write!(sql, " and {}", condition.replace('?', &format!("${}", values.len())));
            }
        }
        values.push(&limit);
        let _ = write!(sql, " order by n desc limit ${}", values.len());
        Ok(self.rows(&sql, &values).await?.iter().map(to_line).collect())
    }

    pub(crate) async fn journal_from(&self, from: (i64, i64), limit: i64, shown: Shown) -> Result<Vec<LineRow>> {
        let bound = match shown {
            Shown::Settled => "pg_snapshot_xmin",
            // A number no transaction has had yet is an alteration.
            Shown::Committed => "pg_snapshot_xmax",
        };
        let sql = format!(
            "select n, at, nature, verb, account, establishment, person, detail, xid::text::bigint from journal
             where xid >= $1::bigint::text::xid8 and (xid > $1::bigint::text::xid8 or n >= $2)
               and xid < {bound}(pg_current_snapshot()) order by xid, n limit $3"
        );
        Ok(self.rows(&sql, &[&from.0, &from.1, &limit]).await?.iter().map(to_line).collect())
    }

    pub(crate) async fn checkpoints(&self, limit: i64) -> Result<Vec<Checkpoint>> {
        let rows = self
            .rows("select size, last_xid, last_n, root, at, note from checkpoint order by size desc limit $1", &[&limit])
            .await?;
        Ok(rows
            .iter()
            .map(|row| Checkpoint {
                size: u64::try_from(row.get::<_, i64>(0)).unwrap_or(0),
                last_xid: row.get(1),
                last_n: row.get(2),
                root: row.get::<_, &[u8]>(3).try_into().unwrap_or([0; 32]),
                at: instant(row.get(4)),
                note: row.get(5),
            })
            .collect())
    }

    pub(crate) async fn blob(&self, id: &BlobId) -> Result<Option<Vec<u8>>> {
        let rows = self.rows("select sealed from blob where id = $1", &[&id.0]).await?;
        Ok(rows.first().map(|row| row.get(0)))
    }

    pub(crate) async fn outbox(&self, due: Timestamp, limit: i64, busy: &[String]) -> Result<Vec<OutboxItem>> {
        let due = due.as_microsecond();
        let sql = "select n, topic, key, payload, attempts from outbox where done is null and due <= $1 and topic <> all($3) order by due, n limit $2";
        let rows = self.rows(sql, &[&due, &limit, &busy]).await?;
        Ok(rows
            .iter()
            .map(|row| OutboxItem {
                n: row.get(0),
                topic: row.get(1),
                key: row.get(2),
                payload: row.get(3),
                attempts: row.get(4),
            })
            .collect())
    }

    pub(crate) async fn outbox_waiting(&self, limit: i64) -> Result<Vec<WaitingRow>> {
        let sql = "select n, topic, attempts, due, error from outbox where done is null order by attempts desc, n limit $1";
        let rows = self.rows(sql, &[&limit]).await?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4))).collect())
    }

    pub(crate) async fn counts(&self) -> Result<(i64, i64, i64)> {
        let rows = self
            .rows(
                "select coalesce((select max(seq) from record), 0), coalesce((select max(n) from journal), 0),
                        (select count(*) from outbox where done is null)",
                &[],
            )
            .await?;
        Ok(rows.first().map_or((0, 0, 0), |row| (row.get(0), row.get(1), row.get(2))))
    }
}
