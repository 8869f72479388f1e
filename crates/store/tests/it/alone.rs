//! A node alone keeps what it read; no other node ever writes behind its back (ADR 0018).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use store::{Query, Reach, Store, Stored};
use testkit::{Engine, TestStore};

use crate::raw;
use crate::sample::{Note, create, id, note, read, texts, update};

const LANE: &str = "U1/jour";
/// Ends the session which is alone on the base, as a lost connection does.
const LOST: &str = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'
                    and database = (select oid from pg_database where datname = current_database())";

/// Waits until readings are kept in memory.
pub(crate) async fn alone(store: &Store) {
    let asked = Instant::now();
    while !store.keeps_readings() {
        assert!(asked.elapsed() < Duration::from_secs(20), "never alone");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn listed(store: &Store) -> Vec<Stored<Note>> {
    store.list(&Reach::All, &Query::lane(LANE)).await.unwrap()
}

/// Tasks which never stop reading, so that everything is known as it stands.
fn reading(store: &TestStore) -> (Arc<AtomicBool>, Vec<tokio::task::JoinHandle<()>>) {
    let busy = Arc::new(AtomicBool::new(true));
    let readers = (0..3).map(|_| {
        let (store, busy) = (store.handle(), Arc::clone(&busy));
        tokio::spawn(async move {
            while busy.load(Ordering::Relaxed) {
                listed(&store).await;
                read(&store, id(1)).await;
                tokio::task::yield_now().await;
            }
        })
    });
    (Arc::clone(&busy), readers.collect())
}

/// An act of one node is in the very next readings of another.
async fn written_here_seen_there(here: &Store, there: &Store, n: u128) {
    create(here, id(n), &note(&format!("{n}")).on(LANE)).await.unwrap();
    assert!(listed(there).await.iter().any(|note| note.id == id(n)), "{n} is not listed");
    update(here, id(1), &note(&format!("vu {n}")).on(LANE)).await.unwrap();
    assert_eq!(read(there, id(1)).await.unwrap().text, format!("vu {n}"));
    update(here, id(n), &note("ailleurs").on("U2/jour")).await.unwrap();
    assert!(listed(there).await.iter().all(|note| note.id != id(n)), "{n} has left");
}

testkit::on_both! {
    async fn what_was_read_is_not_read_again(store: TestStore) {
        alone(&store).await;
        create(&store, id(1), &note("lu").on(LANE)).await.unwrap();
        let reach = Reach::Only(vec![crate::sample::TILLEULS]);
        for _ in 0..2 {
            assert_eq!(texts(&listed(&store).await), ["lu"]);
            assert_eq!(read(&store, id(1)).await.unwrap().text, "lu");
            assert_eq!(store.get::<Note>(&reach, id(1)).await.unwrap().unwrap().text, "lu");
            assert!(store.get::<Note>(&Reach::Only(vec![crate::sample::ROSES]), id(1)).await.unwrap().is_none());
            // Past every guard of the product: nobody but the memory of this node still knows the text.
            let text = if store.engine() == Engine::Sqlite { "replace(body, 'lu', 'su')" } else { "replace(body::text, 'lu', 'su')::json" };
            raw::run(&store, &format!("update record set body = {text}")).await;
        }
        update(&store, id(1), &note("relu").on(LANE)).await.unwrap();
        assert_eq!(texts(&listed(&store).await), ["relu"]);
        assert_eq!(store.get::<Note>(&reach, id(1)).await.unwrap().unwrap().text, "relu");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_of_a_node_which_has_just_opened_is_in_the_next_reading() {
    let Some(store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    create(&store, id(1), &note("0").on(LANE)).await.unwrap();
    let (busy, readers) = reading(&store);
    let mut pause = 1;
    for turn in 0..8 {
        alone(&store).await;
        pause = pause * 137 % 499;
        tokio::time::sleep(Duration::from_millis(pause)).await;
        let second = store.second().await.unwrap();
        assert!(!store.keeps_readings() && !second.keeps_readings(), "two nodes, none alone");
        for n in 0..6 {
            written_here_seen_there(&second, &store, 100 + turn * 10 + n).await;
            written_here_seen_there(&store, &second, 1_100 + turn * 10 + n).await;
        }
    }
    busy.store(false, Ordering::Relaxed);
    for reader in readers {
        reader.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_whose_connection_is_lost_gives_nothing_it_kept() {
    let Some(store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    create(&store, id(1), &note("0").on(LANE)).await.unwrap();
    for turn in 0..3 {
        alone(&store).await;
        listed(&store).await;
        read(&store, id(1)).await;
        // The second node waits for the first to give way when the connection is lost, or comes right after.
        let target = store.target();
        let opening =
            tokio::spawn(async move { Store::open(&target, store::Vault::with_key(&testkit::VAULT_KEY).unwrap()).await });
        tokio::time::sleep(Duration::from_millis(15 * turn)).await;
        raw::run(&store, LOST).await;
        let second = opening.await.unwrap().unwrap();
        for n in 0..4 {
            written_here_seen_there(&second, &store, 100 + u128::from(turn) * 10 + n).await;
        }
    }
    alone(&store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_tried_again_after_a_lost_connection_is_in_the_next_reading() {
    let Some(store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    create(&store, id(1), &note("0").on(LANE)).await.unwrap();
    let (busy, readers) = reading(&store);
    for n in 100..130 {
        if n % 5 == 0 {
            alone(&store).await;
            let killed = tokio::spawn({
                let url = store.database().unwrap().url();
                async move {
                    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
                    tokio::spawn(connection);
                    client.batch_execute(LOST).await.unwrap();
                }
            });
            written_here_seen_there(&store, &store, n).await;
            killed.await.unwrap();
        }
        written_here_seen_there(&store, &store, 1_000 + n).await;
    }
    alone(&store).await;
    busy.store(false, Ordering::Relaxed);
    for reader in readers {
        reader.await.unwrap();
    }
}
