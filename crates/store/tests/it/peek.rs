//! What a base began as is told without its key, and without changing it.

use store::{Error, Target, first_verb, hold};
use testkit::{Engine, TestStore};

use crate::raw;
use crate::sample::{create, id, note, update};

testkit::on_both! {
    async fn a_base_says_what_it_began_as(mut store: TestStore) {
        assert_eq!(first_verb(&store.target()).await.unwrap(), None, "nothing was written in it");
        create(&store, id(1), &note("a")).await.unwrap();
        raw::run(&store, "update journal set verb = 'premier'").await;
        update(&store, id(1), &note("b")).await.unwrap();
        create(&store, id(2), &note("c")).await.unwrap();
        store.close();
        assert_eq!(first_verb(&store.target()).await.unwrap().as_deref(), Some("premier"));
    }
}

#[tokio::test]
async fn a_base_which_does_not_exist_is_not_made_and_a_foreign_one_is_refused() {
    let store = testkit::store(Engine::Sqlite).await;
    let Target::Sqlite(path) = store.target() else { panic!("not a file") };
    let absent = path.with_file_name("absente.db");
    assert_eq!(first_verb(&Target::Sqlite(absent.clone())).await.unwrap(), None);
    assert!(!absent.exists());
    let foreign = path.with_file_name("recettes.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("create table recettes (nom text)").unwrap();
    assert!(matches!(first_verb(&Target::Sqlite(foreign)).await, Err(Error::Refused(_))));
    let Some(database) = testkit::postgres_or_skip().await else { return };
    assert_eq!(first_verb(&Target::Postgres(database.url())).await.unwrap(), None);
}

#[tokio::test]
async fn a_held_file_is_opened_by_nobody_else() {
    let mut store = testkit::store(Engine::Sqlite).await;
    let Target::Sqlite(path) = store.target() else { panic!("not a file") };
    assert!(matches!(hold(&path), Err(Error::Held(_))), "the store runs on it");
    store.close();
    let held = hold(&path).unwrap();
    assert!(matches!(store.second().await, Err(Error::Held(_))));
    drop(held);
    store.second().await.unwrap();
}
