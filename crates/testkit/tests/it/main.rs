//! Tests of the fixtures themselves.

use kernel::clock::Clock as _;
use store::Target;
use testkit::{Engine, START, TestStore, instant};

fn count_of_journal() -> &'static str {
    "select count(*) from journal"
}

testkit::on_both! {
    async fn a_fresh_store_is_empty_and_its_clock_stands_still(store: TestStore) {
        assert_eq!(store.health().await.unwrap().journal, 0);
        assert_eq!(store.clock.now(), instant(START));
        if let Some(database) = store.database() {
            database.execute(count_of_journal()).await.unwrap();
        }
    }

    async fn it_opens_again_on_the_same_data(mut store: TestStore) {
        let before = store.target();
        store.reopen().await;
        assert_eq!(store.target(), before);
        assert_eq!(store.health().await.unwrap().engine == "sqlite", store.engine() == Engine::Sqlite);
    }
}

#[tokio::test]
async fn nothing_stays_on_the_disk() {
    let store = testkit::store(Engine::Sqlite).await;
    let Target::Sqlite(file) = store.target() else { panic!("not a file") };
    assert!(file.exists());
    drop(store);
    assert!(!file.exists() && !file.parent().unwrap().exists());
}
