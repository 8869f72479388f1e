//! Lists: lanes, people, time windows, order, limits.

use store::{Query, Reach};
use testkit::{TestStore, instant};

use crate::sample::{AUTHOR, Mesure, Note, batch, create, creating, id, note, now, texts};

async fn listed(store: &TestStore, query: Query<'_>) -> Vec<String> {
    let found = store.list::<Note>(&Reach::All, &query).await.unwrap();
    texts(&found).into_iter().map(str::to_owned).collect()
}

/// Five notes of one lane and person, written in another order than they happened; one has no time.
async fn five(store: &TestStore) {
    let hours = [("c", Some("10")), ("a", Some("08")), ("sans", None), ("d", Some("11")), ("b", Some("09"))];
    for (rank, (text, hour)) in hours.into_iter().enumerate() {
        let mut written = note(text).on("U1/jour").about(id(50));
        written.lane2 = Some("U1/chutes".into());
        if let Some(hour) = hour {
            written = written.at(&format!("2026-11-21T{hour}:00:00Z"));
        }
        create(store, id(rank as u128), &written).await.unwrap();
    }
    create(store, id(90), &note("ailleurs").on("U2/jour").about(id(51))).await.unwrap();
}

testkit::on_both! {
    async fn a_list_is_in_the_order_things_happened(store: TestStore) {
        five(&store).await;
        let expected = ["sans", "a", "b", "c", "d"];
        assert_eq!(listed(&store, Query::lane("U1/jour")).await, expected);
        assert_eq!(listed(&store, Query::lane2("U1/chutes")).await, expected);
        assert_eq!(listed(&store, Query::person(id(50))).await, expected);
        let mut reversed = expected;
        reversed.reverse();
        assert_eq!(listed(&store, Query::lane("U1/jour").newest_first()).await, reversed);
    }

    async fn a_window_holds_its_start_and_not_its_end(store: TestStore) {
        five(&store).await;
        let window = Query::lane("U1/jour").since(instant("2026-11-21T09:00:00Z")).until(instant("2026-11-21T11:00:00Z"));
        assert_eq!(listed(&store, window.clone()).await, ["b", "c"]);
        assert_eq!(listed(&store, window.newest_first().limit(1)).await, ["c"]);
        assert_eq!(listed(&store, Query::person(id(50)).until(instant("2026-11-21T09:00:00Z"))).await, ["a"]);
        assert_eq!(listed(&store, Query::person(id(50)).since(instant("2026-11-21T10:00:00Z"))).await, ["c", "d"]);
    }

    async fn a_limit_keeps_the_first_of_the_order(store: TestStore) {
        five(&store).await;
        assert_eq!(listed(&store, Query::lane("U1/jour").limit(2)).await, ["sans", "a"]);
        assert_eq!(listed(&store, Query::lane("U1/jour").newest_first().limit(2)).await, ["d", "c"]);
        assert!(listed(&store, Query::lane("U1/jour").limit(0)).await.is_empty());
    }

    async fn things_of_one_instant_keep_the_order_they_were_written(store: TestStore) {
        let notes: Vec<_> = (0..30).map(|n| (id(1000 - n), note(&format!("{n:02}")).on("x").at("2026-11-21T08:00:00Z"))).collect();
        store.commit(creating(&notes)).await.unwrap();
        let found = listed(&store, Query::lane("x")).await;
        assert_eq!(found.len(), 30);
        assert!(found.is_sorted());
    }

    async fn a_list_holds_one_kind(store: TestStore) {
        let shared = note("37,2").on("U1").about(id(50));
        let mut both = batch();
        both.create(id(1), AUTHOR, now(&store), &shared).unwrap();
        both.create(id(2), AUTHOR, now(&store), &Mesure(shared.clone())).unwrap();
        store.commit(both).await.unwrap();
        assert_eq!(listed(&store, Query::lane("U1")).await.len(), 1);
        assert_eq!(store.list::<Mesure>(&Reach::All, &Query::person(id(50))).await.unwrap()[0].id, id(2));
    }

    async fn a_lane_is_an_exact_name(store: TestStore) {
        create(&store, id(1), &note("a").on("U1/100%_'")).await.unwrap();
        assert_eq!(listed(&store, Query::lane("U1/100%_'")).await.len(), 1);
        for other in ["U1/100", "U1/100%", "u1/100%_'", "U1/100%_' ", "%"] {
            assert!(listed(&store, Query::lane(other)).await.is_empty(), "{other}");
        }
    }
}
