//! Creating, reading, correcting; nothing is erased.

use store::{Batch, Error, Reach};
use testkit::TestStore;
use uuid::Uuid;

use crate::sample::{
    self, AUTHOR, Mesure, Note, TILLEULS, batch, conflict, create, creating, id, note, now, read, update, updating,
};

testkit::on_both! {
    async fn what_is_written_is_read_back_whole(store: TestStore) {
        let written = note("Chute sans gravité").about(id(9)).on("U1/jour").at("2026-11-21T06:30:00.123456Z");
        let (author, at) = (Uuid::from_u128(0xB0B), now(&store));
        let mut batch = batch();
        batch.create(id(1), author, at, &written).unwrap();
        store.commit(batch).await.unwrap();
        let found = read(&store, id(1)).await.unwrap();
        assert_eq!(found.value, written);
        assert_eq!((found.id, found.version, found.author, found.recorded), (id(1), 1, author, at));
        assert!(read(&store, id(2)).await.is_none());
    }

    async fn a_record_of_another_kind_is_not_read(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        assert!(store.get::<Mesure>(&Reach::All, id(1)).await.unwrap().is_none());
        assert!(store.history::<Mesure>(&Reach::All, id(1)).await.unwrap().is_empty());
    }

    async fn several_records_come_in_the_order_asked(store: TestStore) {
        let notes: Vec<_> = (0..20).map(|n| (id(n), note(&n.to_string()))).collect();
        store.commit(creating(&notes)).await.unwrap();
        let asked = [id(7), id(99), id(3), id(19), id(0)];
        let found = store.get_many::<Note>(&Reach::All, &asked).await.unwrap();
        assert_eq!(sample::texts(&found), ["7", "3", "19", "0"]);
    }

    async fn a_correction_keeps_the_former_version(store: TestStore) {
        create(&store, id(1), &note("37,2")).await.unwrap();
        store.clock.advance(60);
        let old = read(&store, id(1)).await.unwrap();
        let mut batch = batch();
        let second = Uuid::from_u128(0x5EC0);
        batch.update(&old, second, now(&store), &note("38,2")).unwrap();
        store.commit(batch).await.unwrap();
        update(&store, id(1), &note("38,4")).await.unwrap();
        let history = store.history::<Note>(&Reach::All, id(1)).await.unwrap();
        assert_eq!(sample::texts(&history), ["37,2", "38,2", "38,4"]);
        assert_eq!(history.iter().map(|note| note.version).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((history[1].author, history[1].recorded), (second, now(&store)));
        assert_eq!(read(&store, id(1)).await.unwrap().value, note("38,4"));
        assert!(history[0].seq < history[1].seq && history[1].seq < history[2].seq);
    }

    async fn an_update_of_a_version_which_moved_is_a_conflict(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        let old = read(&store, id(1)).await.unwrap();
        store.commit(updating(&old, &note("b"))).await.unwrap();
        assert_eq!(conflict(&store.commit(updating(&old, &note("c"))).await), Some((id(1), 2)));
        assert_eq!(read(&store, id(1)).await.unwrap().text, "b");
    }

    async fn one_of_fifty_simultaneous_corrections_wins(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        let old = read(&store, id(1)).await.unwrap();
        let racing = (0..50).map(|n| {
            let (handle, batch) = (store.handle(), updating(&old, &note(&format!("v{n}"))));
            tokio::spawn(async move { handle.commit(batch).await })
        });
        let mut won = 0;
        for race in racing.collect::<Vec<_>>() {
            match race.await.unwrap() {
                Ok(()) => won += 1,
                refused => assert_eq!(conflict(&refused), Some((id(1), 2))),
            }
        }
        assert_eq!(won, 1);
        assert_eq!(store.history::<Note>(&Reach::All, id(1)).await.unwrap().len(), 2);
    }

    async fn an_update_of_nothing_is_a_conflict(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        let mut ghost = read(&store, id(1)).await.unwrap();
        ghost.id = id(404);
        assert_eq!(conflict(&store.commit(updating(&ghost, &note("b"))).await), Some((id(404), 0)));
    }

    async fn a_correction_moves_a_record_to_other_lists(store: TestStore) {
        create(&store, id(1), &note("a").on("U1")).await.unwrap();
        update(&store, id(1), &note("a").on("U2")).await.unwrap();
        assert!(store.list::<Note>(&Reach::All, &store::Query::lane("U1")).await.unwrap().is_empty());
        assert_eq!(store.list::<Note>(&Reach::All, &store::Query::lane("U2")).await.unwrap().len(), 1);
    }

    async fn a_batch_writing_a_record_twice_is_refused(store: TestStore) {
        let twice = creating(&[(id(1), note("a")), (id(1), note("a"))]);
        assert!(matches!(store.commit(twice).await, Err(Error::Refused(_))));
        assert!(read(&store, id(1)).await.is_none());
    }

    async fn no_write_goes_without_a_journal_line(store: TestStore) {
        let mut silent = Batch::default();
        silent.create(id(1), AUTHOR, now(&store), &note("a")).unwrap();
        assert!(matches!(store.commit(silent).await, Err(Error::Refused(_))));
        assert!(read(&store, id(1)).await.is_none());
    }

    async fn everything_is_there_after_a_restart(mut store: TestStore) {
        create(&store, id(1), &note("a").within(TILLEULS)).await.unwrap();
        update(&store, id(1), &note("b")).await.unwrap();
        store.reopen().await;
        assert_eq!(read(&store, id(1)).await.unwrap().text, "b");
        update(&store, id(1), &note("c")).await.unwrap();
        let history = store.history::<Note>(&Reach::All, id(1)).await.unwrap();
        assert_eq!(sample::texts(&history), ["a", "b", "c"]);
        assert!(history[1].seq < history[2].seq, "order numbers go on after a restart");
    }
}
