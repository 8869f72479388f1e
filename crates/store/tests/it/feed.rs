//! Signals for live screens, and the change feed: nothing is skipped.

use std::collections::HashSet;
use std::time::Duration;

use store::{Place, Signal, Store};
use testkit::TestStore;
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

use crate::sample::{TILLEULS, create, creating, id, note, update};

const WRITERS: u128 = 8;
const EACH: u128 = 25;

/// Eight writers at once on these nodes, 25 records each.
async fn eight_writers(nodes: &[Store]) {
    let writing = (0..WRITERS).map(|writer| {
        let node = nodes[writer as usize % nodes.len()].clone();
        tokio::spawn(async move {
            for n in 0..EACH {
                node.commit(creating(&[(id(writer * 1000 + n), note("a").on("U1"))])).await.unwrap();
            }
        })
    });
    for writer in writing.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
}

/// Ids signalled until all are there, or nothing comes for three seconds.
async fn heard(signals: &mut Receiver<std::sync::Arc<[Signal]>>) -> Vec<Uuid> {
    let mut heard = Vec::new();
    while heard.len() < usize::try_from(WRITERS * EACH).unwrap() {
        match tokio::time::timeout(Duration::from_secs(3), signals.recv()).await {
            Ok(Ok(some)) => heard.extend(some.iter().map(|signal| signal.id)),
            _ => break,
        }
    }
    heard
}

fn all() -> HashSet<Uuid> {
    (0..WRITERS).flat_map(|writer| (0..EACH).map(move |n| id(writer * 1000 + n))).collect()
}

/// Reads the feed by pages of seven until nothing comes; the places must only grow.
async fn followed(store: &Store, from: Place) -> (Vec<Uuid>, Place) {
    let (mut seen, mut place) = (Vec::new(), from);
    loop {
        let page = store.changes(place, 7).await.unwrap();
        if page.is_empty() {
            return (seen, place);
        }
        for row in page {
            assert!(row.place() > place);
            place = row.place();
            seen.push(row.id);
        }
    }
}

/// Rows appear in the feed once no older transaction runs, those of other tests of the server included.
async fn settled(store: &Store, from: Place, count: usize) -> (Vec<Uuid>, Place) {
    let (mut seen, mut place) = followed(store, from).await;
    for _ in 0..100 {
        if seen.len() >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        let (more, last) = followed(store, place).await;
        seen.extend(more);
        place = last;
    }
    (seen, place)
}

testkit::on_both! {
    async fn every_write_is_signalled_once(store: TestStore) {
        // A PostgreSQL node listens from the moment its feed is connected.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut signals = store.signals().subscribe();
        eight_writers(&[store.handle()]).await;
        let heard = heard(&mut signals).await;
        assert_eq!(heard.len(), all().len());
        assert_eq!(heard.into_iter().collect::<HashSet<_>>(), all());
    }

    async fn a_signal_says_where_and_never_what(store: TestStore) {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut signals = store.signals().subscribe();
        let (lane, person) = (store.signals().head("U1"), store.signals().head(&store::person_lane(id(50))));
        let mut written = note("secret").on("U1").about(id(50));
        written.lane2 = Some("U1/chutes".into());
        create(&store, id(1), &written).await.unwrap();
        let some = tokio::time::timeout(Duration::from_secs(5), signals.recv()).await.unwrap().unwrap();
        let expected = Signal {
            kind: "note".into(),
            id: id(1),
            establishment: TILLEULS,
            person: Some(id(50)),
            lanes: vec!["U1".into(), "U1/chutes".into(), store::person_lane(id(50))],
        };
        assert_eq!(*some, [expected]);
        assert_ne!(store.signals().head("U1"), lane);
        assert_ne!(store.signals().head(&store::person_lane(id(50))), person);
        assert_eq!(store.signals().head("U2"), 0);
    }

    async fn a_refused_or_replayed_batch_signals_nothing(store: TestStore) {
        tokio::time::sleep(Duration::from_millis(300)).await;
        create(&store, id(1), &note("a").on("U1")).await.unwrap();
        tokio::time::sleep(Duration::from_millis(600)).await;
        let mut signals = store.signals().subscribe();
        create(&store, id(1), &note("a").on("U1")).await.unwrap();
        assert!(create(&store, id(1), &note("b").on("U1")).await.is_err());
        assert!(tokio::time::timeout(Duration::from_millis(700), signals.recv()).await.is_err());
    }

    async fn the_feed_gives_every_change_once_at_its_last_place(store: TestStore) {
        eight_writers(&[store.handle()]).await;
        let (seen, place) = settled(&store, Place::default(), all().len()).await;
        assert_eq!(seen.len(), all().len());
        assert_eq!(seen.into_iter().collect::<HashSet<_>>(), all());
        update(&store, id(3), &note("b")).await.unwrap();
        update(&store, id(3), &note("c")).await.unwrap();
        let (seen, _) = settled(&store, place, 1).await;
        assert_eq!(seen, [id(3)]);
    }

    async fn a_reader_of_the_feed_during_the_writes_skips_nothing(store: TestStore) {
        let writing = tokio::spawn({
            let nodes = match store.engine() {
                testkit::Engine::Sqlite => vec![store.handle()],
                testkit::Engine::Postgres => vec![store.handle(), store.second().await.unwrap(), store.second().await.unwrap()],
            };
            async move { eight_writers(&nodes).await }
        });
        let (mut seen, mut place) = (Vec::new(), Place::default());
        while !writing.is_finished() {
            let (more, last) = followed(&store, place).await;
            seen.extend(more);
            place = last;
        }
        writing.await.unwrap();
        let (more, _) = settled(&store, place, all().len() - seen.len()).await;
        seen.extend(more);
        assert_eq!(seen.len(), all().len());
        assert_eq!(seen.into_iter().collect::<HashSet<_>>(), all());
    }
}

#[tokio::test]
async fn a_second_node_hears_the_first() {
    let Some(store) = testkit::store_or_skip(testkit::Engine::Postgres).await else { return };
    let nodes = [store.handle(), store.second().await.unwrap()];
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut signals: Vec<_> = nodes.iter().map(|node| node.signals().subscribe()).collect();
    eight_writers(&nodes).await;
    for node in &mut signals {
        let heard = heard(node).await;
        assert_eq!(heard.len(), all().len());
        assert_eq!(heard.into_iter().collect::<HashSet<_>>(), all());
    }
}
