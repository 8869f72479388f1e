//! Two lists of the same number are two lists.

use store::{Query, Reach};
use testkit::TestStore;

use crate::raw;
use crate::sample::{AUTHOR, Mesure, Note, batch, create, id, note, now, texts, update};

/// Names of two lists whose SHA-256 begin with the same six bytes (`0e90ed761c31`), found by some 2^24 trials.
const TWINS: [&str; 2] = ["U1/000069e97a1f0f7b", "U1/00000357de4f8cd0"];

async fn on(store: &TestStore, query: Query<'_>) -> Vec<String> {
    let found = store.list::<Note>(&Reach::All, &query).await.unwrap();
    texts(&found).into_iter().map(str::to_owned).collect()
}

/// Two notes on each list, at the same hours.
async fn twins(store: &TestStore, place: impl Fn(Note, &str) -> Note) {
    for n in 0..4 {
        let (list, hour) = (n / 2, 8 + n % 2);
        let written = note(&format!("{list}{}", n % 2)).at(&format!("2026-11-21T{hour:02}:00:00Z"));
        create(store, id(n), &place(written, TWINS[usize::try_from(list).unwrap()])).await.unwrap();
    }
}

testkit::on_both! {
    async fn a_first_list_holds_nothing_of_its_twin(store: TestStore) {
        twins(&store, Note::on).await;
        assert_eq!(raw::number(&store, "select count(distinct lane_n) from record").await, 1, "they have one number");
        for (rank, list) in TWINS.into_iter().enumerate() {
            assert_eq!(on(&store, Query::lane(list)).await, [format!("{rank}0"), format!("{rank}1")]);
            let limited = Query::lane(list).since(testkit::instant("2026-11-21T08:30:00Z")).newest_first().limit(1);
            assert_eq!(on(&store, limited).await, [format!("{rank}1")], "a limit counts those of the list");
        }
        update(&store, id(0), &note("00").on(TWINS[1])).await.unwrap();
        assert_eq!(on(&store, Query::lane(TWINS[0])).await, ["01"]);
        assert_eq!(on(&store, Query::lane(TWINS[1])).await, ["00", "10", "11"]);
    }

    async fn a_second_list_holds_nothing_of_its_twin(store: TestStore) {
        twins(&store, |mut note, list| { note.lane2 = Some(list.into()); note }).await;
        assert_eq!(raw::number(&store, "select count(distinct lane2_n) from record").await, 1, "they have one number");
        for (rank, list) in TWINS.into_iter().enumerate() {
            assert_eq!(on(&store, Query::lane2(list)).await, [format!("{rank}0"), format!("{rank}1")]);
            assert_eq!(on(&store, Query::lane2(list).limit(1)).await, [format!("{rank}0")]);
        }
    }

    /// No two persons of one number are known: rows are given the number of another, as they would have it.
    async fn a_person_has_nothing_of_another_nor_of_another_kind(mut store: TestStore) {
        for n in 0..4 {
            create(&store, id(n), &note(&format!("{n}")).about(id(50 + n % 2))).await.unwrap();
        }
        let mut measured = batch();
        measured.create(id(9), AUTHOR, now(&store), &Mesure(note("mesure").about(id(50)))).unwrap();
        store.commit(measured).await.unwrap();
        store.close();
        raw::run(&store, "update record set person_n = (select person_n from record where seq = (select min(seq) from record))").await;
        store.reopen().await;
        assert_eq!(on(&store, Query::person(id(50))).await, ["0", "2"]);
        assert_eq!(on(&store, Query::person(id(50)).newest_first().limit(1)).await, ["2"]);
        assert!(on(&store, Query::person(id(51))).await.is_empty(), "rows are found by their number");
    }
}
