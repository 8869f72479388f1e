//! Readings of the embedded back end.

use std::fmt::Write as _;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, ToSql, params, params_from_iter};
use uuid::Uuid;

use crate::blob::BlobId;
use crate::journal::{JournalFilter, LineRow, Nature};
use crate::list::{Numbers, Version};
use crate::query::{self, By, Query, Reach, SearchQuery};
use crate::waiting::{OutboxItem, WaitingRow};
use crate::{Checkpoint, Result, Row, Scope};

const COLUMNS: &str = "id, kind, version, seq, establishment, person, at, lane, lane2, author, recorded, body";

fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn uuid(bytes: [u8; 16]) -> Uuid {
    Uuid::from_bytes(bytes)
}

fn to_row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: uuid(row.get(0)?),
        kind: row.get(1)?,
        version: row.get(2)?,
        seq: row.get(3)?,
        xid: 0,
        scope: Scope {
            establishment: uuid(row.get(4)?),
            person: row.get::<_, Option<[u8; 16]>>(5)?.map(uuid),
            at: row.get::<_, Option<i64>>(6)?.map(instant),
            lane: row.get(7)?,
            lane2: row.get(8)?,
        },
        author: uuid(row.get(9)?),
        recorded: instant(row.get(10)?),
        body: row.get(11)?,
    })
}

fn collect(db: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<Row>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params_from_iter(values), to_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn get(db: &Connection, kind: &str, ids: &[Uuid]) -> Result<Vec<Row>> {
    let mut statement = db.prepare_cached(&format!("select {COLUMNS} from record where id = ?1 and kind = ?2"))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(statement.query_row(params![id.as_bytes().as_slice(), kind], to_row).optional()?);
    }
    Ok(found)
}

pub(super) fn history_sql() -> String {
    format!(
        "select {COLUMNS} from history where id = ?1 and kind = ?2
         union all select {COLUMNS} from record where id = ?1 and kind = ?2 order by 3"
    )
}

pub(crate) fn history(db: &Connection, kind: &str, id: Uuid) -> Result<Vec<Row>> {
    collect(db, &history_sql(), &[&id.as_bytes().as_slice(), &kind])
}

/// Parameters: 1 the number of the list, 2 its name (two lists may share a number), 3 the kind, 4 and 5 the window.
pub(super) fn list_sql(query: &Query<'_>) -> String {
    let column = match query.by {
        By::Lane(_) => "lane",
        By::Lane2(_) => "lane2",
        By::Person(_) => "person",
    };
    let since = if query.since.is_some() { " and at >= ?4" } else { "" };
    let until = if query.until.is_some() { " and at < ?5" } else { "" };
    let order = if query.newest_first { "desc" } else { "asc" };
    format!(
        "select {COLUMNS} from record where {column}_n = ?1 and {column} = ?2 and kind = ?3{since}{until}
         order by at {order}, seq {order}"
    )
}

pub(crate) fn list(db: &Connection, kind: &str, query: &Query<'_>, reach: &Reach) -> Result<Vec<Row>> {
    let since = query.since.map(Timestamp::as_microsecond);
    let until = query.until.map(Timestamp::as_microsecond);
    let mut statement = db.prepare_cached(&list_sql(query))?;
    statement.raw_bind_parameter(1, query.by.number(kind))?;
    match &query.by {
        By::Lane(lane) | By::Lane2(lane) => statement.raw_bind_parameter(2, lane)?,
        By::Person(id) => statement.raw_bind_parameter(2, id.as_bytes().as_slice())?,
    }
    statement.raw_bind_parameter(3, kind)?;
    for (rank, bound) in [(4, since), (5, until)] {
        if let Some(bound) = bound {
            statement.raw_bind_parameter(rank, bound)?;
        }
    }
    let mut found = Vec::new();
    let most = query.limit.map_or(usize::MAX, |limit| limit as usize);
    let mut rows = statement.raw_query();
    while found.len() < most {
        let Some(row) = rows.next()? else { break };
        // The limit counts what may be seen: the rest is stepped over here.
        if reach.covers(uuid(row.get(4)?)) {
            found.push(to_row(row)?);
        }
    }
    Ok(found)
}

pub(crate) fn versions_after(db: &Connection, former: bool, last: Option<(Uuid, i64)>, limit: i64) -> Result<Vec<Version>> {
    let (table, more) = if former { ("history", "") } else { ("record", ", lane_n, lane2_n, person_n") };
    let to_version = |row: &SqlRow<'_>| -> rusqlite::Result<Version> {
        let numbers = if former { None } else { Some(Numbers { lane: row.get(12)?, lane2: row.get(13)?, person: row.get(14)? }) };
        Ok(Version { row: to_row(row)?, numbers })
    };
    let rows = if let Some((id, version)) = last {
        let after = "where (id, version) > (?1, ?2) order by id, version limit ?3";
        let mut statement = db.prepare_cached(&format!("select {COLUMNS}{more} from {table} {after}"))?;
        statement.query_map(params![id.as_bytes().as_slice(), version, limit], to_version)?.collect::<rusqlite::Result<_>>()?
    } else {
        let mut statement = db.prepare_cached(&format!("select {COLUMNS}{more} from {table} order by id, version limit ?1"))?;
        statement.query_map([limit], to_version)?.collect::<rusqlite::Result<_>>()?
    };
    Ok(rows)
}

pub(crate) fn blobs_after(db: &Connection, last: &str, limit: i64) -> Result<Vec<(BlobId, Vec<u8>)>> {
    let mut statement = db.prepare_cached("select id, sealed from blob where id > ?1 order by id limit ?2")?;
    let rows = statement.query_map(params![last, limit], |row| Ok((BlobId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn changes_sql() -> String {
    format!("select {COLUMNS} from record where seq > ?1 order by seq limit ?2")
}

pub(crate) fn changes(db: &Connection, since: i64, limit: i64) -> Result<Vec<Row>> {
    collect(db, &changes_sql(), &[&since, &limit])
}

/// The conjunction of words and scope tokens, in the syntax of FTS5; `None` when there is no word.
fn match_expression(search: &SearchQuery<'_>, reach: &Reach) -> Option<String> {
    let words = query::search_words(search.text);
    if words.is_empty() {
        return None;
    }
    let quoted = |word: &String| format!("\"{word}\"");
    let mut parts: Vec<String> = words.iter().map(quoted).collect();
    parts.push(query::kind_token(search.kind));
    if let Some(person) = search.person {
        parts.push(query::person_token(person));
    }
    if !search.lanes.is_empty() {
        let lanes: Vec<String> = search.lanes.iter().map(|lane| query::lane_token(lane)).collect();
        parts.push(format!("({})", lanes.join(" OR ")));
    }
    if let Reach::Only(establishments) = reach {
        if establishments.is_empty() {
            return None;
        }
        let tokens: Vec<String> = establishments.iter().map(|id| query::establishment_token(*id)).collect();
        parts.push(format!("({})", tokens.join(" OR ")));
    }
    Some(parts.join(" AND "))
}

pub(crate) fn search(db: &Connection, search: &SearchQuery<'_>, reach: &Reach) -> Result<Vec<Row>> {
    let Some(expression) = match_expression(search, reach) else { return Ok(Vec::new()) };
    let columns = COLUMNS.split(", ").map(|column| format!("record.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select {columns} from search join record on record.seq = search.rowid
         where search match ?1 and search.rowid < ?2 order by search.rowid desc limit ?3"
    );
    let before = search.before.unwrap_or(i64::MAX);
    collect(db, &sql, &[&expression, &before, &i64::from(search.limit)])
}

fn to_line(row: &SqlRow<'_>) -> rusqlite::Result<LineRow> {
    Ok(LineRow {
        n: row.get(0)?,
        xid: 0,
        at: instant(row.get(1)?),
        nature: Nature::from_code(&row.get::<_, String>(2)?),
        verb: row.get(3)?,
        account: uuid(row.get(4)?),
        establishment: row.get::<_, Option<[u8; 16]>>(5)?.map(uuid),
        person: row.get::<_, Option<[u8; 16]>>(6)?.map(uuid),
        detail: row.get(7)?,
    })
}

pub(crate) fn journal(db: &Connection, filter: &JournalFilter) -> Result<Vec<LineRow>> {
    let (sql, values) = journal_sql(filter);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values.iter()), to_line)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn journal_sql(filter: &JournalFilter) -> (String, Vec<Box<dyn ToSql>>) {
    let mut sql = "select n, at, nature, verb, account, establishment, person, detail from journal where n < ?1".to_owned();
    let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(filter.before.unwrap_or(i64::MAX))];
    let mut also = |condition: &str, value: Box<dyn ToSql>| {
        values.push(value);
        let _ = write!(sql, " and {}", condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some(person) = filter.person {
        also("person = ?", Box::new(*person.as_bytes()));
    }
    if let Some(account) = filter.account {
        also("account = ?", Box::new(*account.as_bytes()));
    }
    if let Some(nature) = filter.nature {
        also("nature = ?", Box::new(nature.code()));
    }
    if let Some(verb) = &filter.verb {
        also("substr(verb, 1, length(?)) = ?", Box::new(verb.clone()));
    }
    if let Some(since) = filter.since {
        also("at >= ?", Box::new(since.as_microsecond()));
    }
    if let Some(until) = filter.until {
        also("at < ?", Box::new(until.as_microsecond()));
    }
    if !filter.establishments.is_empty() {
        let list: Vec<String> = filter.establishments.iter().map(|id| format!("x'{}'", id.simple())).collect();
        let _ = write!(sql, " and establishment in ({})", list.join(", "));
    }
    values.push(Box::new(i64::try_from(filter.limit).unwrap_or(i64::MAX)));
    let _ = write!(sql, " order by n desc limit ?{}", values.len());
    (sql, values)
}

/// Lines in the order of the Merkle tree, from a number on.
pub(crate) fn journal_from(db: &Connection, n: i64, limit: i64) -> Result<Vec<LineRow>> {
    let mut statement = db.prepare_cached(
        "select n, at, nature, verb, account, establishment, person, detail from journal where n >= ?1 order by n limit ?2",
    )?;
    let rows = statement.query_map(params![n, limit], to_line)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn checkpoints(db: &Connection, limit: i64) -> Result<Vec<Checkpoint>> {
    let mut statement =
        db.prepare_cached("select size, last_xid, last_n, root, at, note from checkpoint order by size desc limit ?1")?;
    let rows = statement.query_map([limit], |row| {
        Ok(Checkpoint {
            size: row.get::<_, i64>(0)?.try_into().unwrap_or(0),
            last_xid: row.get(1)?,
            last_n: row.get(2)?,
            root: row.get(3)?,
            at: instant(row.get(4)?),
            note: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn blob(db: &Connection, id: &BlobId) -> Result<Option<Vec<u8>>> {
    let found = db.prepare_cached("select sealed from blob where id = ?1")?.query_row([&id.0], |row| row.get(0)).optional()?;
    Ok(found)
}

pub(crate) fn outbox(db: &Connection, due: Timestamp, limit: i64, busy: &[String]) -> Result<Vec<OutboxItem>> {
    let busy = serde_json::to_string(busy).unwrap_or_default();
    let mut statement = db.prepare_cached(
        "select n, topic, key, payload, attempts from outbox where done is null and due <= ?1
         and topic not in (select value from json_each(?3)) order by due, n limit ?2",
    )?;
    let rows = statement.query_map(params![due.as_microsecond(), limit, busy], |row| {
        Ok(OutboxItem { n: row.get(0)?, topic: row.get(1)?, key: row.get(2)?, payload: row.get(3)?, attempts: row.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Messages not handled yet: number, topic, attempts, next attempt, last failure.
pub(crate) fn outbox_waiting(db: &Connection, limit: i64) -> Result<Vec<WaitingRow>> {
    let mut statement = db.prepare_cached(
        "select n, topic, attempts, due, error from outbox where done is null order by attempts desc, n limit ?1",
    )?;
    let rows =
        statement.query_map(params![limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Last place in the feed, last journal line, messages waiting.
pub(crate) fn counts(db: &Connection) -> Result<(i64, i64, i64)> {
    Ok(db.query_row(
        "select coalesce((select max(seq) from record), 0), coalesce((select max(n) from journal), 0),
                (select count(*) from outbox where done is null)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?)
}
