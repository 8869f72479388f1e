//! A base opens with its own master key only, and says so before it changes anything.

use std::path::PathBuf;

use kernel::clock::{Clock, SystemClock};
use store::{Error, MasterKey, Store, Vault};
use testkit::{Engine, TestStore};

use crate::sample::{batch, create, id, note, read};
use crate::{former, raw};

fn vault(of: u8) -> Vault {
    Vault::with_key(&[of; 32]).unwrap()
}

/// A key file of this test, not made yet.
fn key_file() -> PathBuf {
    std::env::temp_dir().join(format!("grappe-cle-{}", SystemClock.fresh_id().simple())).join("cle-maitre")
}

/// Takes the base back to the tables of the version before prints.
async fn as_the_former_version(store: &TestStore) {
    former::without_numbers(store).await;
    raw::run(store, "drop table key_print").await;
    raw::run(
        store,
        match store.engine() {
            Engine::Sqlite => "pragma user_version = 1",
            Engine::Postgres => "update schema_version set version = 3",
        },
    )
    .await;
}

async fn tables_of_prints(store: &TestStore) -> i64 {
    let sql = match store.engine() {
        Engine::Sqlite => "select count(*) from sqlite_master where name = 'key_print'",
        Engine::Postgres => "select count(*) from pg_tables where tablename = 'key_print'",
    };
    raw::number(store, sql).await
}

async fn keep(store: &TestStore, text: &[u8]) {
    let mut keeping = batch();
    keeping.keep(store.seal_blob(text).unwrap());
    store.commit(keeping).await.unwrap();
}

testkit::on_both! {
    async fn another_key_is_refused_even_by_a_base_without_a_document(mut store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        store.close();
        for _ in 0..2 {
            assert!(matches!(Store::open(&store.target(), vault(9)).await, Err(Error::OtherKey(None))));
            assert!(matches!(Store::open_to_fill(&store.target(), vault(9)).await, Err(Error::OtherKey(None))));
            assert!(matches!(Store::open_reading(&store.target(), vault(9)).await, Err(Error::OtherKey(None))));
        }
        store.reopen().await;
        assert!(read(&store, id(1)).await.is_some());
    }

    async fn a_base_in_use_whose_key_is_missing_gets_no_other(mut store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        store.close();
        let file = key_file();
        let opened = Store::open(&store.target(), MasterKey::File(file.clone())).await;
        assert!(matches!(opened, Err(Error::NoKey(told)) if told == file));
        assert!(!file.parent().unwrap().exists(), "nothing was made");
        as_the_former_version(&store).await;
        for key in [MasterKey::File(file.clone()), MasterKey::Kept(file.clone())] {
            assert!(matches!(Store::open(&store.target(), key).await, Err(Error::NoKey(_))));
        }
        assert!(!file.parent().unwrap().exists());
        assert_eq!(tables_of_prints(&store).await, 0, "the tables were not brought up either");
    }

    async fn a_base_of_the_former_version_prints_its_key_at_its_first_opening(mut store: TestStore) {
        keep(&store, b"un document").await;
        store.close();
        as_the_former_version(&store).await;
        assert!(matches!(Store::open(&store.target(), vault(9)).await, Err(Error::OtherKey(None))), "its document tells");
        assert_eq!(tables_of_prints(&store).await, 0);
        store.reopen().await;
        store.close();
        raw::run(&store, "delete from blob").await;
        assert!(matches!(Store::open(&store.target(), vault(9)).await, Err(Error::OtherKey(None))), "its print tells");
        store.reopen().await;
    }

    async fn a_key_is_made_for_a_new_base_and_taken_up_after_a_cut(mut store: TestStore) {
        store.close();
        raw::run(&store, "delete from key_print").await;
        let file = key_file();
        let kept = Store::open(&store.target(), MasterKey::Kept(file.clone())).await;
        assert!(matches!(kept, Err(Error::NoKey(_))) && !file.exists());
        drop(Store::open(&store.target(), MasterKey::File(file.clone())).await.unwrap());
        let made = std::fs::read(&file).unwrap();
        // Cut between the key and its print: the base is new still, and the key is there.
        raw::run(&store, "delete from key_print").await;
        drop(Store::open(&store.target(), MasterKey::File(file.clone())).await.unwrap());
        assert_eq!(std::fs::read(&file).unwrap(), made);
        std::fs::remove_file(&file).unwrap();
        assert!(matches!(Store::open(&store.target(), MasterKey::File(file.clone())).await, Err(Error::NoKey(_))));
        std::fs::write(&file, [9; 32]).unwrap();
        let other = Store::open(&store.target(), MasterKey::File(file.clone())).await;
        assert!(matches!(other, Err(Error::OtherKey(Some(told))) if told == file));
        std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    }
}

#[tokio::test]
async fn a_refused_file_is_the_same_to_the_byte() {
    let mut store = testkit::store(Engine::Sqlite).await;
    create(&store, id(1), &note("a")).await.unwrap();
    store.close();
    let store::Target::Sqlite(path) = store.target() else { panic!("not a file") };
    let before = std::fs::read(&path).unwrap();
    assert!(Store::open(&store.target(), vault(9)).await.is_err());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// A login which owns nothing sees no row of a base in use: it must not take it for a new one.
#[tokio::test]
async fn a_login_which_owns_nothing_makes_no_key_for_a_base_in_use() {
    let Some(mut store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    create(&store, id(1), &note("a")).await.unwrap();
    store.close();
    let (url, login) = (store.database().unwrap().url(), format!("essai_{}", SystemClock.fresh_id().simple()));
    raw::run(&store, &format!("create role {login} login in role grappe_service")).await;
    let (_, rest) = url.split_once('@').unwrap();
    let target = store::Target::Postgres(format!("postgres://{login}@{rest}"));
    let served = Store::open(&target, vault(7)).await;
    let refused = Store::open(&target, MasterKey::File(key_file())).await;
    raw::run(&store, "delete from key_print").await;
    let unprinted = Store::open(&target, MasterKey::File(key_file())).await;
    drop((served.unwrap(), store.target()));
    assert!(matches!(refused, Err(Error::NoKey(_))), "{refused:?}");
    assert!(matches!(unprinted, Err(Error::NoKey(_))), "{unprinted:?}");
    raw::run(&store, &format!("drop role {login}")).await;
}
