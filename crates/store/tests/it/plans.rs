//! On PostgreSQL no reading walks through a whole table; the plans of SQLite are checked inside the crate.

use std::time::Duration;

use store::{JournalFilter, Query, Reach, SearchQuery};
use testkit::{Engine, TestStore, instant};
use tokio_postgres::{Client, NoTls};

use crate::raw;
use crate::sample::{Note, id};

const ROWS: &str = "create function pg_temp.number(list text) returns bigint language sql
      as $$ select ('x' || left(encode(sha256(list::bytea), 'hex'), 12) || left(encode(sha256('note'), 'hex'), 4))::bit(64)::bigint $$;
    insert into record (id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body, words,
                        lane_n, lane2_n, person_n)
    select md5(i::text)::uuid, 'note', 1, '\\x00', '\\x00', md5((i % 44)::text)::uuid, md5((i % 3000)::text)::uuid, i, 'lane' || i % 500,
           'lane' || i % 700, md5('a')::uuid, i, '{}', array_to_tsvector(array['mot' || i % 5000, 'knote']),
           pg_temp.number('lane' || i % 500), pg_temp.number('lane' || i % 700), pg_temp.number('personne/' || md5((i % 3000)::text)::uuid)
    from generate_series(1, 20000) i;
    insert into history select id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body from record;
    insert into journal (at, nature, verb, account, person, detail) select at, 'acte', 'v', md5((seq % 900)::text)::uuid, person, '{}' from record;
    analyze";

async fn scans(client: &Client) -> i64 {
    // Counters of other connections arrive within a second.
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    let sql = "select sum(seq_scan)::bigint from pg_stat_user_tables where relname in ('record', 'history', 'journal')";
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// Indexes of the tables every act writes which no reading went by.
async fn idle(client: &Client) -> Vec<String> {
    let sql = "select indexrelname from pg_stat_user_indexes
               where relname in ('record', 'history', 'journal') and idx_scan = 0 order by 1";
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

async fn read_everything(store: &TestStore) {
    let reach = Reach::Only((0..10).map(id).collect());
    for query in [Query::lane("lane7"), Query::lane2("lane7"), Query::person(id(7))] {
        let since = query.clone().since(instant("2026-11-21T08:00:00Z"));
        let until = since.clone().until(instant("2026-11-22T08:00:00Z"));
        for query in [query, since, until] {
            for query in [query.clone(), query.clone().newest_first(), query.limit(20)] {
                store.list::<Note>(&reach, &query).await.unwrap();
            }
        }
    }
    store.get_many::<Note>(&reach, &[id(1), id(2)]).await.unwrap();
    store.history::<Note>(&reach, id(1)).await.unwrap();
    store.changes(store::Place { xid: 1 << 40, seq: 0 }, 100).await.unwrap();
    let search = SearchQuery { kind: "note", text: "mot42", lanes: &[], person: None, before: None, limit: 20 };
    store.search::<Note>(&reach, &search).await.unwrap();
    let filter = JournalFilter { limit: 50, ..JournalFilter::default() };
    store.journal(JournalFilter { person: Some(id(7)), ..filter.clone() }).await.unwrap();
    store.journal(JournalFilter { account: Some(id(7)), ..filter.clone() }).await.unwrap();
    store.journal(filter).await.unwrap();
    let signer = store::Signer::open(&std::env::temp_dir().join("grappe-essais-plans").join("signature"), "essais").unwrap();
    store.checkpoint(&signer, &mut store::Sealer::default(), instant(testkit::START)).await.unwrap();
}

#[tokio::test]
async fn no_reading_walks_through_a_table() {
    let Some(mut store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    raw::run(&store, ROWS).await;
    // A node opened now has nothing of these rows to signal.
    store.reopen().await;
    let (client, connection) = tokio_postgres::connect(&store.database().unwrap().url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    let before = scans(&client).await;
    read_everything(&store).await;
    // What a connection counted since a second is told when it ends, or ten seconds later.
    store.close();
    assert_eq!(scans(&client).await, before);
    assert_eq!(idle(&client).await, Vec::<String>::new(), "each index costs each write: one which serves nothing goes");
    client.query("select count(body::text) from record", &[]).await.unwrap();
    drop(client.query("select pg_stat_force_next_flush()", &[]).await);
    assert!(scans(&client).await > before, "the counters do count");
}

#[tokio::test]
async fn an_opening_counts_again_what_was_loaded() {
    let Some(mut store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    let rows = ROWS.replace("analyze", "alter table record set (autovacuum_enabled = false)");
    raw::run(&store, &rows).await;
    let (client, connection) = tokio_postgres::connect(&store.database().unwrap().url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    // Counters of other connections arrive within a second.
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    let known =
        "select count(*) from pg_stats where schemaname = current_schema() and tablename = 'record' and attname = 'lane_n'";
    assert_eq!(client.query_one(known, &[]).await.unwrap().get::<_, i64>(0), 0, "nothing is known of the lists yet");
    store.reopen().await;
    assert_eq!(client.query_one(known, &[]).await.unwrap().get::<_, i64>(0), 1);
}
