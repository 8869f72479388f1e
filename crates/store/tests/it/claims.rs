//! Uniqueness keys: a login, an INS, a bed.

use store::Error;
use testkit::TestStore;

use crate::sample::{AUTHOR, batch, create, creating, id, note, now, read, update, updating};

fn taken(result: store::Result<()>) -> Option<(String, uuid::Uuid)> {
    match result {
        Err(Error::ClaimTaken { key, holder }) => Some((key, holder)),
        _ => None,
    }
}

testkit::on_both! {
    async fn a_key_is_held_by_one_record(store: TestStore) {
        create(&store, id(1), &note("a").holding("lit/12")).await.unwrap();
        assert_eq!(taken(create(&store, id(2), &note("b").holding("lit/12")).await), Some(("lit/12".into(), id(1))));
        assert!(read(&store, id(2)).await.is_none());
        assert_eq!(store.health().await.unwrap().journal, 1);
    }

    async fn a_released_key_is_free(store: TestStore) {
        create(&store, id(1), &note("a").holding("lit/12")).await.unwrap();
        update(&store, id(1), &note("a").holding("lit/13")).await.unwrap();
        create(&store, id(2), &note("b").holding("lit/12")).await.unwrap();
        assert!(taken(create(&store, id(3), &note("c").holding("lit/13")).await).is_some());
    }

    async fn a_record_keeps_its_keys_through_corrections(store: TestStore) {
        create(&store, id(1), &note("a").holding("lit/12").holding("ins/1")).await.unwrap();
        update(&store, id(1), &note("a2").holding("lit/12")).await.unwrap();
        update(&store, id(1), &note("a3").holding("lit/12")).await.unwrap();
        assert!(taken(create(&store, id(2), &note("b").holding("lit/12")).await).is_some());
        create(&store, id(2), &note("b").holding("ins/1")).await.unwrap();
    }

    async fn two_people_exchange_their_beds_in_one_batch(store: TestStore) {
        store.commit(creating(&[(id(1), note("a").holding("lit/1")), (id(2), note("b").holding("lit/2"))])).await.unwrap();
        let (a, b) = (read(&store, id(1)).await.unwrap(), read(&store, id(2)).await.unwrap());
        let mut exchange = batch();
        exchange.update(&a, AUTHOR, now(&store), &note("a").holding("lit/2")).unwrap();
        exchange.update(&b, AUTHOR, now(&store), &note("b").holding("lit/1")).unwrap();
        store.commit(exchange).await.unwrap();
        assert_eq!(taken(create(&store, id(3), &note("c").holding("lit/1")).await), Some(("lit/1".into(), id(2))));
        assert_eq!(taken(create(&store, id(3), &note("c").holding("lit/2")).await), Some(("lit/2".into(), id(1))));
    }

    async fn a_key_does_not_pass_while_its_holder_keeps_it(store: TestStore) {
        store.commit(creating(&[(id(1), note("a").holding("lit/1")), (id(2), note("b"))])).await.unwrap();
        let (a, b) = (read(&store, id(1)).await.unwrap(), read(&store, id(2)).await.unwrap());
        let mut both = batch();
        both.update(&b, AUTHOR, now(&store), &note("b").holding("lit/1")).unwrap();
        both.update(&a, AUTHOR, now(&store), &note("a2").holding("lit/1")).unwrap();
        assert!(taken(store.commit(both).await).is_some());
    }

    async fn one_batch_does_not_give_a_key_twice(store: TestStore) {
        let twice = creating(&[(id(1), note("a").holding("lit/1")), (id(2), note("b").holding("lit/1"))]);
        assert_eq!(taken(store.commit(twice).await), Some(("lit/1".into(), id(1))));
        assert!(read(&store, id(1)).await.is_none());
    }

    async fn forty_batches_of_one_instant_give_a_key_once(store: TestStore) {
        let racing = (0..40).map(|n| {
            let (handle, batch) = (store.handle(), creating(&[(id(n), note("a").holding("lit/1"))]));
            tokio::spawn(async move { handle.commit(batch).await })
        });
        let mut won = 0;
        for race in racing.collect::<Vec<_>>() {
            match race.await.unwrap() {
                Ok(()) => won += 1,
                refused => assert!(taken(refused).is_some()),
            }
        }
        assert_eq!(won, 1);
    }

    async fn in_one_group_a_key_passes_in_the_order_of_the_batches(store: TestStore) {
        create(&store, id(1), &note("a").holding("lit/1")).await.unwrap();
        let old = read(&store, id(1)).await.unwrap();
        let early = store.submit(creating(&[(id(2), note("b").holding("lit/1"))])).await.unwrap();
        let release = store.submit(updating(&old, &note("a"))).await.unwrap();
        let late = store.submit(creating(&[(id(3), note("c").holding("lit/1"))])).await.unwrap();
        assert!(taken(early.durable().await).is_some());
        release.durable().await.unwrap();
        late.durable().await.unwrap();
    }
}
