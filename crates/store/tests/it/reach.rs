//! Another establishment's records never come back.

use store::{Query, Reach, SearchQuery};
use testkit::TestStore;

use crate::sample::{Note, ROSES, TILLEULS, create, creating, id, note, texts, update};

fn only(establishment: uuid::Uuid) -> Reach {
    Reach::Only(vec![establishment])
}

/// Ten notes of each house on the same lists, about the same person, those of the Roses last.
async fn two_houses(store: &TestStore) {
    for (house, first, name) in [(TILLEULS, 0, "tilleuls"), (ROSES, 100, "roses")] {
        let notes = (0..10).map(|n| {
            let mut written = note(&format!("chute {name} {n}")).on("commune").about(id(50)).within(house);
            written.lane2 = Some("commune2".into());
            (id(first + n), written.at(&format!("2026-11-21T{:02}:00:00Z", first / 10 + n)))
        });
        store.commit(creating(&notes.collect::<Vec<_>>())).await.unwrap();
    }
}

testkit::on_both! {
    async fn reading_by_id_stops_at_the_reach(store: TestStore) {
        two_houses(&store).await;
        assert!(store.get::<Note>(&only(ROSES), id(0)).await.unwrap().is_none());
        assert!(store.get::<Note>(&only(TILLEULS), id(0)).await.unwrap().is_some());
        assert!(store.get::<Note>(&Reach::Only(vec![]), id(0)).await.unwrap().is_none());
        let both = Reach::Only(vec![ROSES, TILLEULS]);
        assert!(store.get::<Note>(&both, id(0)).await.unwrap().is_some());
        let asked: Vec<_> = [0, 100, 1, 101].map(id).to_vec();
        let found = store.get_many::<Note>(&only(ROSES), &asked).await.unwrap();
        assert_eq!(texts(&found), ["chute roses 0", "chute roses 1"]);
    }

    async fn lists_stop_at_the_reach_and_limits_count_what_is_seen(store: TestStore) {
        two_houses(&store).await;
        for query in [Query::lane("commune"), Query::lane2("commune2"), Query::person(id(50))] {
            let seen = store.list::<Note>(&only(TILLEULS), &query.clone().newest_first().limit(4)).await.unwrap();
            assert_eq!(seen.len(), 4, "the newest ten are of the other house");
            assert!(seen.iter().all(|note| note.establishment == TILLEULS));
            assert_eq!(store.list::<Note>(&only(ROSES), &query.clone()).await.unwrap().len(), 10);
            assert_eq!(store.list::<Note>(&Reach::Only(vec![ROSES, TILLEULS]), &query.clone()).await.unwrap().len(), 20);
            assert!(store.list::<Note>(&Reach::Only(vec![]), &query).await.unwrap().is_empty());
        }
    }

    async fn history_stops_at_the_reach_version_by_version(store: TestStore) {
        create(&store, id(1), &note("aux Tilleuls")).await.unwrap();
        update(&store, id(1), &note("aux Roses").within(ROSES)).await.unwrap();
        let seen = store.history::<Note>(&only(ROSES), id(1)).await.unwrap();
        assert_eq!(texts(&seen), ["aux Roses"]);
        let seen = store.history::<Note>(&only(TILLEULS), id(1)).await.unwrap();
        assert_eq!(texts(&seen), ["aux Tilleuls"]);
        assert!(store.get::<Note>(&only(TILLEULS), id(1)).await.unwrap().is_none());
    }

    async fn search_stops_at_the_reach(store: TestStore) {
        two_houses(&store).await;
        let search = SearchQuery { kind: "note", text: "chute", lanes: &[], person: None, before: None, limit: 50 };
        let seen = store.search::<Note>(&only(TILLEULS), &search).await.unwrap();
        assert_eq!(seen.len(), 10);
        assert!(seen.iter().all(|note| note.establishment == TILLEULS));
        assert!(store.search::<Note>(&Reach::Only(vec![]), &search).await.unwrap().is_empty());
        let about = SearchQuery { person: Some(id(50)), ..search };
        assert_eq!(store.search::<Note>(&only(ROSES), &about).await.unwrap().len(), 10);
    }
}

/// A connection under the role of the service, as a hand which took its login would have it.
async fn as_the_service(store: &TestStore) -> tokio_postgres::Client {
    let url = store.database().unwrap().url();
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute("set role grappe_service").await.unwrap();
    client
}

async fn count(client: &tokio_postgres::Client, table: &str) -> i64 {
    client.query_one(&format!("select count(*) from {table}"), &[]).await.unwrap().get(0)
}

/// Behind the gate: the database itself shows no row of a house which is not named, and lets nothing be taken away.
#[tokio::test]
async fn postgresql_shows_only_the_reach_and_forbids_to_take_away() {
    let Some(store) = testkit::store_or_skip(testkit::Engine::Postgres).await else { return };
    two_houses(&store).await;
    update(&store, id(0), &note("chute tilleuls 0, relue").on("commune").about(id(50))).await.unwrap();
    let client = as_the_service(&store).await;
    for table in ["record", "history", "journal"] {
        assert_eq!(count(&client, table).await, 0, "{table}: nothing is named");
        client.batch_execute(&format!("set grappe.reach = '{{{ROSES}}}'")).await.unwrap();
        let roses = count(&client, table).await;
        client.batch_execute(&format!("set grappe.reach = '{{{ROSES},{TILLEULS}}}'")).await.unwrap();
        let both = count(&client, table).await;
        client.batch_execute("set grappe.reach = '*'").await.unwrap();
        assert!(roses < both && both <= count(&client, table).await, "{table}: {roses} {both}");
        client.batch_execute("set grappe.reach = ''").await.unwrap();
        assert_eq!(count(&client, table).await, 0, "{table}: named and forgotten");
    }
    let words = "select count(*) from found_by_words('chute'::tsquery, 9223372036854775807, 100)";
    assert_eq!(client.query_one(words, &[]).await.unwrap().get::<_, i64>(0), 0);
    client.batch_execute("set grappe.reach = '*'").await.unwrap();
    for forbidden in [
        "delete from record",
        "delete from history",
        "update history set version = 9",
        "delete from journal",
        "update journal set verb = 'x'",
        "update checkpoint set size = 1",
        "delete from checkpoint",
        "delete from blob",
        "drop table journal",
        "alter table record disable row level security",
        "drop policy reach on record",
    ] {
        assert!(client.batch_execute(forbidden).await.is_err(), "{forbidden}");
    }
}

#[tokio::test]
async fn the_service_works_under_that_role() {
    let Some(store) = testkit::store_or_skip(testkit::Engine::Postgres).await else { return };
    create(&store, id(1), &note("aux Tilleuls")).await.unwrap();
    for (right, told) in [("select", "reading"), ("insert", "writing")] {
        crate::raw::run(&store, &format!("revoke {right} on record from grappe_service")).await;
        let refused = match right {
            "select" => store.get::<Note>(&Reach::All, id(1)).await.is_err(),
            _ => create(&store, id(2), &note("aux Roses")).await.is_err(),
        };
        assert!(refused, "{told} goes through the role");
        crate::raw::run(&store, &format!("grant {right} on record to grappe_service")).await;
    }
}
