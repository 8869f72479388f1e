//! Each reading uses its index and sorts nothing, whether or not the tables were analysed.

use rusqlite::Connection;
use uuid::Uuid;

use super::read;
use crate::{By, JournalFilter, Query};

fn filled(analysed: bool) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    for sql in super::SCHEMA.iter().chain([&super::INDEXES]) {
        db.execute_batch(sql).unwrap();
    }
    db.execute_batch(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 4000)
         insert into record select i, randomblob(16), 'k' || (i % 3), 1, x'00', x'00', randomblob(16), randomblob(16), i,
                'lane' || (i % 40), 'lane' || (i % 50), randomblob(16), i, '{}', i % 40, i % 50, random() from n;
         insert into history select id, 1, seq, kind, establishment, person, at, lane, lane2, author, recorded, body from record;
         insert into journal select seq, at, 'acte', 'v', author, establishment, person, '{}' from record;",
    )
    .unwrap();
    if analysed {
        db.execute_batch("analyze").unwrap();
    }
    db
}

fn plan(db: &Connection, sql: &str) -> String {
    let mut statement = db.prepare(&format!("explain query plan {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>(3).unwrap());
    }
    steps.join(" / ")
}

#[test]
fn every_list_is_read_in_the_order_of_its_index() {
    let instant = jiff::Timestamp::UNIX_EPOCH;
    for db in [filled(false), filled(true)] {
        for (by, index) in
            [(By::Lane("x"), "record_lane "), (By::Lane2("x"), "record_lane2 "), (By::Person(Uuid::nil()), "record_person ")]
        {
            let whole = Query::by(by);
            let since = whole.clone().since(instant);
            let queries = [whole.clone(), whole.until(instant), since.clone(), since.until(instant)];
            for query in queries.iter().flat_map(|query| [query.clone(), query.clone().newest_first()]) {
                let plan = plan(&db, &read::list_sql(&query));
                assert!(plan.contains(&format!("USING INDEX {index}")) && plan.contains("_n=?"), "{plan}");
                assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
    }
}

/// Each index costs each write: one which serves nothing goes.
#[test]
fn no_index_is_without_a_reading() {
    let db = filled(true);
    let by = [By::Lane("x"), By::Lane2("x"), By::Person(Uuid::nil())].map(|by| read::list_sql(&Query::by(by)));
    let person = JournalFilter { person: Some(Uuid::nil()), ..JournalFilter::default() };
    let account = JournalFilter { account: Some(Uuid::nil()), ..JournalFilter::default() };
    let journal = [&person, &account].map(|filter| read::journal_sql(filter).0);
    let readings = by.into_iter().chain(journal).chain([read::history_sql()]);
    let plans: Vec<String> = readings.map(|sql| plan(&db, &sql)).collect();
    let tables = "select name from sqlite_master where type = 'index' and tbl_name in ('record', 'history', 'journal')";
    let mut statement = db.prepare(tables).unwrap();
    let names: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(names.len(), 7);
    for name in names {
        assert!(plans.iter().any(|plan| plan.contains(&format!("INDEX {name} "))), "{name}: {plans:?}");
    }
}

#[test]
fn history_and_feed_are_searched() {
    for db in [filled(false), filled(true)] {
        let history = plan(&db, &read::history_sql());
        assert!(history.contains("sqlite_autoindex_history") && history.contains("sqlite_autoindex_record"), "{history}");
        assert!(!history.contains("SCAN"), "{history}");
        let changes = plan(&db, &read::changes_sql());
        assert!(changes.contains("SEARCH record USING INTEGER PRIMARY KEY") && !changes.contains("TEMP B-TREE"), "{changes}");
    }
}

#[test]
fn the_journal_of_a_person_or_an_account_uses_its_index() {
    let person = JournalFilter { person: Some(Uuid::nil()), ..JournalFilter::default() };
    let account = JournalFilter { account: Some(Uuid::nil()), ..JournalFilter::default() };
    for db in [filled(false), filled(true)] {
        for (filter, index) in
            [(&person, "journal_person"), (&account, "journal_account"), (&JournalFilter::default(), "INTEGER PRIMARY KEY")]
        {
            let plan = plan(&db, &read::journal_sql(filter).0);
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
