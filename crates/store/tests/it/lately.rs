//! A reading asked again and again gives what stands, whatever was written in between.

use std::collections::BTreeMap;

use store::{By, Query, Reach};
use testkit::{TestStore, instant};
use uuid::Uuid;

use crate::sample::{AUTHOR, Note, ROSES, TILLEULS, batch, create, id, note, now};

const LANES: [&str; 3] = ["U1/jour", "U2/jour", "U3/jour"];
const SINCE: &str = "2026-11-21T09:25:00Z";

/// The next number of a fixed sequence.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

fn any_note(seed: &mut u64, n: u64) -> Note {
    let hour = next(seed) % 60;
    let lane = |draw: u64| LANES[usize::try_from(draw % 3).unwrap()];
    let mut any = note(&format!("{n}")).on(lane(next(seed))).about(id(500 + u128::from(next(seed) % 3)));
    any.lane2 = Some(lane(next(seed)).into());
    any.within([TILLEULS, ROSES][usize::try_from(next(seed) % 2).unwrap()]).at(&format!("2026-11-21T09:{hour:02}:00Z"))
}

/// What a list must hold: ids of the notes which pass, in any order.
fn expected(notes: &BTreeMap<Uuid, Note>, keep: impl Fn(&Note) -> bool) -> Vec<Uuid> {
    notes.iter().filter(|(_, note)| keep(note)).map(|(id, _)| *id).collect()
}

async fn listed(store: &TestStore, query: Query<'_>, reach: &Reach) -> Vec<Uuid> {
    let mut found: Vec<Uuid> = store.list::<Note>(reach, &query).await.unwrap().iter().map(|note| note.id).collect();
    found.sort_unstable();
    found
}

async fn same(store: &TestStore, notes: &BTreeMap<Uuid, Note>) {
    let since = instant(SINCE);
    let roses = Reach::Only(vec![ROSES]);
    for lane in LANES {
        let on = |note: &Note| note.lane.as_deref() == Some(lane);
        assert_eq!(listed(store, Query::lane(lane), &Reach::All).await, expected(notes, on));
        assert_eq!(
            listed(store, Query::lane(lane), &roses).await,
            expected(notes, |note| on(note) && note.establishment == ROSES)
        );
        let second = |note: &Note| note.lane2.as_deref() == Some(lane) && note.at.unwrap() >= since;
        assert_eq!(listed(store, Query::by(By::Lane2(lane)).since(since), &Reach::All).await, expected(notes, second));
    }
    for person in 500..503 {
        let about = |note: &Note| note.person == Some(id(person));
        assert_eq!(listed(store, Query::person(id(person)), &Reach::All).await, expected(notes, about));
        let newest = Query::person(id(person)).since(since).newest_first().limit(2);
        let mut last: Vec<_> =
            notes.values().filter(|note| about(note)).filter_map(|note| note.at).filter(|at| *at >= since).collect();
        last.sort_unstable_by(|a, b| b.cmp(a));
        last.truncate(2);
        let found = store.list::<Note>(&Reach::All, &newest).await.unwrap();
        assert_eq!(found.iter().filter_map(|note| note.value.at).collect::<Vec<_>>(), last);
    }
    let ids: Vec<Uuid> = (0..45).map(id).collect();
    let found = store.get_many::<Note>(&Reach::All, &ids).await.unwrap();
    let known: Vec<&Note> = ids.iter().filter_map(|id| notes.get(id)).collect();
    assert_eq!(found.iter().map(|note| &note.value).collect::<Vec<_>>(), known);
}

testkit::on_both! {
    async fn readings_follow_every_creation_and_every_move(store: TestStore) {
        let (mut seed, mut notes, mut kept) = (7, BTreeMap::new(), 0);
        crate::alone::alone(&store).await;
        for n in 0..120 {
            kept += u64::from(store.keeps_readings());
            let which = id(u128::from(next(&mut seed) % 40));
            let written = any_note(&mut seed, n);
            match store.get::<Note>(&Reach::All, which).await.unwrap() {
                Some(old) => {
                    let mut change = batch();
                    change.update(&old, AUTHOR, now(&store), &written).unwrap();
                    store.commit(change).await.unwrap();
                }
                None => create(&store, which, &written).await.unwrap(),
            }
            notes.insert(which, written);
            same(&store, &notes).await;
        }
        assert!(kept > 100, "readings were compared {kept} times with what is kept in memory");
    }

    async fn an_acknowledged_act_is_in_the_next_reading_whoever_reads_meanwhile(store: TestStore) {
        crate::alone::alone(&store).await;
        let store = std::sync::Arc::new(store);
        let busy = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let readers: Vec<_> = (0..4)
            .map(|_| {
                let (store, busy) = (store.clone(), busy.clone());
                tokio::spawn(async move {
                    while busy.load(std::sync::atomic::Ordering::Relaxed) {
                        listed(&store, Query::lane("U1/jour"), &Reach::All).await;
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        for n in 0..150 {
            create(&store, id(n), &note("x").on("U1/jour")).await.unwrap();
            assert!(listed(&store, Query::lane("U1/jour"), &Reach::All).await.contains(&id(n)), "act {n}");
            assert!(store.get::<Note>(&Reach::All, id(n)).await.unwrap().is_some());
            assert!(store.get::<Note>(&Reach::All, id(n + 1)).await.unwrap().is_none(), "kept as unknown until it exists");
        }
        busy.store(false, std::sync::atomic::Ordering::Relaxed);
        for reader in readers {
            reader.await.unwrap();
        }
    }
}
