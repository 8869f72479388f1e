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
