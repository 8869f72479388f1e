//! What the store refuses to open, and the settings it insists on.

use rusqlite::Connection;
use store::{Error, Query, Reach, Store, Stored, Target, Vault};
use testkit::{Engine, TestStore};

use crate::raw;
use crate::sample::{Note, create, creating, id, note, read, texts};

async fn refusal(target: &Target) -> Option<String> {
    match Store::open(target, Vault::with_key(&[7; 32]).unwrap()).await {
        Err(Error::Refused(reason)) => Some(reason),
        _ => None,
    }
}

testkit::on_both! {
    async fn a_database_of_a_later_version_is_refused(mut store: TestStore) {
        store.close();
        raw::run(&store, match store.engine() {
            Engine::Sqlite => "pragma user_version = 99",
            Engine::Postgres => "update schema_version set version = 99",
        }).await;
        assert!(refusal(&store.target()).await.unwrap().contains("later version"));
    }

    async fn a_text_no_version_can_read_is_told_without_its_content(store: TestStore) {
        create(&store, id(1), &note("secret")).await.unwrap();
        raw::run(&store, "update record set body = '{\"secret\": true}'").await;
        let error = store.get::<crate::sample::Note>(&store::Reach::All, id(1)).await.unwrap_err();
        assert!(matches!(error, Error::Body { .. }));
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn a_second_instance_on_one_file_is_refused_until_the_first_has_ended() {
    let mut store = testkit::store(Engine::Sqlite).await;
    for n in 0..20 {
        create(&store, id(n), &note("a")).await.unwrap();
        assert!(matches!(store.second().await, Err(Error::Held(_))));
        store.reopen().await;
    }
    assert!(read(&store, id(19)).await.is_some());
}

#[tokio::test]
async fn a_file_in_use_is_read_and_verified_beside_its_writer() {
    let mut store = testkit::store(Engine::Sqlite).await;
    create(&store, id(1), &note("a")).await.unwrap();
    let beside = Store::open_reading(&store.target(), Vault::with_key(&[7; 32]).unwrap()).await.unwrap();
    for n in 2..20 {
        create(&store, id(n), &note("b")).await.unwrap();
        assert!(read(&beside, id(n)).await.is_some(), "what was acknowledged is seen at once");
    }
    let signer = store::Signer::open(&key_file(&store), "essai").unwrap();
    let verified = store::verify(&beside, &signer.public_key(), &[]).await.unwrap();
    assert_eq!((verified.lines, verified.records, verified.tamperings), (19, 19, Vec::new()));
    let refused = create(&beside, id(50), &note("c")).await;
    assert!(matches!(refused, Err(Error::Stopped(_))), "{refused:?}");
    store.close();
    assert!(read(&beside, id(19)).await.is_some(), "the writer may stop meanwhile");
}

#[tokio::test]
async fn reading_beside_makes_no_database_and_no_table() {
    let mut store = testkit::store(Engine::Sqlite).await;
    let Target::Sqlite(path) = store.target() else { panic!("not a file") };
    store.close();
    raw::run(&store, "pragma user_version = 0").await;
    let vault = || Vault::with_key(&[7; 32]).unwrap();
    assert!(matches!(Store::open_reading(&store.target(), vault()).await, Err(Error::Refused(_))));
    let absent = path.with_file_name("absente.db");
    assert!(Store::open_reading(&Target::Sqlite(absent.clone()), vault()).await.is_err());
    assert!(!absent.exists());
}

fn key_file(store: &TestStore) -> std::path::PathBuf {
    let Target::Sqlite(path) = store.target() else { panic!("not a file") };
    path.with_file_name("signature")
}

#[tokio::test]
async fn the_file_is_in_wal_mode_and_stays_whole() {
    let store = testkit::store(Engine::Sqlite).await;
    create(&store, id(1), &note("a")).await.unwrap();
    let Target::Sqlite(path) = store.target() else { panic!("not a file") };
    let db = Connection::open(path).unwrap();
    let pragma = |name: &str| db.query_row(&format!("pragma {name}"), [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(pragma("integrity_check"), "ok");
}

#[tokio::test]
async fn a_store_filled_without_its_lists_has_them_at_the_next_opening() {
    let store = testkit::store(Engine::Sqlite).await;
    let Target::Sqlite(path) = store.target() else { panic!("not a file") };
    let path = path.with_file_name("remplie.db");
    let vault = || Vault::with_key(&[7; 32]).unwrap();
    let lists = || {
        let sql = "select count(*) from sqlite_master where type = 'index' and name like 'record@_%' escape '@'";
        Connection::open(&path).unwrap().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let filled = Store::open_to_fill(&Target::Sqlite(path.clone()), vault()).await.unwrap();
    filled.commit(creating(&[(id(1), note("a").on("garde"))])).await.unwrap();
    assert_eq!(lists(), 0);
    drop(filled);
    let opened = Store::open(&Target::Sqlite(path.clone()), vault()).await.unwrap();
    assert_eq!(lists(), 3);
    let found: Vec<Stored<Note>> = opened.list(&Reach::All, &Query::lane("garde")).await.unwrap();
    assert_eq!(texts(&found), ["a"]);
}

#[tokio::test]
async fn a_file_which_is_no_database_is_refused() {
    let store = testkit::store(Engine::Sqlite).await;
    let Target::Sqlite(path) = store.target() else { panic!("not a file") };
    let other = path.with_file_name("autre.db");
    std::fs::write(&other, [b'x'; 8192]).unwrap();
    let opened = Store::open(&Target::Sqlite(other), Vault::with_key(&[7; 32]).unwrap()).await;
    assert!(matches!(opened, Err(Error::Stopped(_))), "{opened:?}");
}

#[tokio::test]
async fn a_server_which_acknowledges_before_its_flush_is_refused() {
    let Some(database) = testkit::postgres_or_skip().await else { return };
    let name = database.url().rsplit('/').next().unwrap().to_owned();
    database.execute(&format!("alter database {name} set synchronous_commit = off")).await.unwrap();
    assert!(refusal(&Target::Postgres(database.url())).await.unwrap().contains("synchronous_commit=off"));
    database.execute(&format!("alter database {name} reset synchronous_commit")).await.unwrap();
    assert!(refusal(&Target::Postgres(database.url())).await.is_none());
}

#[tokio::test]
async fn a_lost_connection_is_made_anew_and_nothing_is_lost() {
    let Some(store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    for n in 0..30 {
        if n % 5 == 0 {
            let others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
            raw::run(&store, others).await;
        }
        create(&store, id(n), &note("a")).await.unwrap();
    }
    let lines = store::JournalFilter { limit: 100, ..store::JournalFilter::default() };
    assert_eq!(store.journal(lines).await.unwrap().len(), 30, "each act is told once");
}

#[tokio::test]
async fn a_dump_loaded_into_a_younger_server_is_refused() {
    let Some(mut store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    create(&store, id(1), &note("a")).await.unwrap();
    store.close();
    raw::run(&store, "update journal set xid = '9000000000'").await;
    assert!(refusal(&store.target()).await.unwrap().contains("loaded from a dump"));
}

#[test]
fn addresses_are_read_strictly() {
    assert_eq!("sqlite:/var/lib/g.db".parse::<Target>().unwrap(), Target::Sqlite("/var/lib/g.db".into()));
    assert_eq!("sqlite:///var/lib/g.db".parse::<Target>().unwrap(), Target::Sqlite("/var/lib/g.db".into()));
    assert!(matches!("postgresql://h/b".parse::<Target>().unwrap(), Target::Postgres(_)));
    for bad in ["", "mysql://h/b", "/var/lib/g.db", "SQLITE:x"] {
        assert!(bad.parse::<Target>().is_err(), "{bad}");
    }
}
