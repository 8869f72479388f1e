//! Sent again, a batch counts once.

use store::{Error, Reach};
use testkit::TestStore;

use crate::sample::{AUTHOR, Note, batch, conflict, create, creating, id, note, now, read, update, updating};

testkit::on_both! {
    async fn a_creation_sent_again_counts_once(store: TestStore) {
        for _ in 0..3 {
            create(&store, id(1), &note("a")).await.unwrap();
        }
        assert_eq!(store.history::<Note>(&Reach::All, id(1)).await.unwrap().len(), 1);
        assert_eq!(store.health().await.unwrap().journal, 1, "a replay leaves no second line");
    }

    async fn a_creation_sent_again_after_a_correction_is_recognised(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        update(&store, id(1), &note("b")).await.unwrap();
        create(&store, id(1), &note("a")).await.unwrap();
        assert_eq!(read(&store, id(1)).await.unwrap().text, "b");
        assert!(matches!(create(&store, id(1), &note("b")).await, Err(Error::Duplicate(found)) if found == id(1)));
    }

    async fn the_same_id_with_another_content_is_refused(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        assert!(matches!(create(&store, id(1), &note("autre")).await, Err(Error::Duplicate(found)) if found == id(1)));
        assert_eq!(read(&store, id(1)).await.unwrap().text, "a");
    }

    async fn sixty_senders_of_one_batch_write_it_once(store: TestStore) {
        let sending = (0..60).map(|_| {
            let (handle, batch) = (store.handle(), creating(&[(id(1), note("a")), (id(2), note("b"))]));
            tokio::spawn(async move { handle.commit(batch).await })
        });
        for sender in sending.collect::<Vec<_>>() {
            sender.await.unwrap().unwrap();
        }
        assert_eq!(store.health().await.unwrap().journal, 1);
    }

    async fn an_update_sent_again_by_its_author_is_recognised(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        let old = read(&store, id(1)).await.unwrap();
        for _ in 0..2 {
            store.commit(updating(&old, &note("b"))).await.unwrap();
        }
        assert_eq!(read(&store, id(1)).await.unwrap().version, 2);
        let mut other = batch();
        other.update(&old, uuid::Uuid::from_u128(0xB0B), now(&store), &note("b")).unwrap();
        assert_eq!(conflict(&store.commit(other).await), Some((id(1), 2)), "another author's act is not a replay");
    }

    async fn an_act_with_its_update_sent_again_is_recognised_whatever_followed(store: TestStore) {
        create(&store, id(1), &note("plan")).await.unwrap();
        let plan = read(&store, id(1)).await.unwrap();
        let act = || {
            let mut act = creating(&[(id(2), note("acte"))]);
            act.update(&plan, AUTHOR, now(&store), &note("plan fait")).unwrap();
            act
        };
        store.commit(act()).await.unwrap();
        update(&store, id(1), &note("plan repris")).await.unwrap();
        store.commit(act()).await.unwrap();
        assert_eq!(read(&store, id(1)).await.unwrap().text, "plan repris");
    }

    async fn a_known_creation_never_hides_an_update_which_was_not_written(store: TestStore) {
        store.commit(creating(&[(id(1), note("plan")), (id(2), note("acte"))])).await.unwrap();
        let plan = read(&store, id(1)).await.unwrap();
        let mut mixed = creating(&[(id(2), note("acte"))]);
        mixed.update(&plan, AUTHOR, now(&store), &note("plan fait")).unwrap();
        assert_eq!(conflict(&store.commit(mixed).await), Some((id(2), 1)));
        assert_eq!(read(&store, id(1)).await.unwrap().text, "plan");
    }

    async fn a_batch_half_known_is_refused_whole(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        let half = creating(&[(id(1), note("a")), (id(2), note("b"))]);
        assert_eq!(conflict(&store.commit(half).await), Some((id(1), 1)));
        assert!(read(&store, id(2)).await.is_none());
    }
}

#[tokio::test]
async fn two_nodes_receiving_the_same_queue_write_it_once() {
    let Some(store) = testkit::store_or_skip(testkit::Engine::Postgres).await else { return };
    let other = store.second().await.unwrap();
    let mut sending = Vec::new();
    for n in 0..80 {
        for node in [store.handle(), other.clone()] {
            let batch = creating(&[(id(n), note(&n.to_string()).holding(&format!("lit/{n}")))]);
            sending.push(tokio::spawn(async move { node.commit(batch).await }));
        }
    }
    for sender in sending {
        sender.await.unwrap().unwrap();
    }
    assert_eq!(store.list::<Note>(&Reach::All, &store::Query::lane("x")).await.unwrap().len(), 0);
    for n in 0..80 {
        assert_eq!(store.history::<Note>(&Reach::All, id(n)).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn two_nodes_correcting_the_same_record_never_overwrite_each_other() {
    let Some(store) = testkit::store_or_skip(testkit::Engine::Postgres).await else { return };
    let nodes = [store.handle(), store.second().await.unwrap()];
    create(&store, id(1), &note("0")).await.unwrap();
    let mut author = uuid::Uuid::from_u128(0xB0B0);
    let writing = nodes.map(|node| {
        // Two authors: one author writing twice the same over the same version is a replay.
        author = uuid::Uuid::from_u128(author.as_u128() + 1);
        tokio::spawn(async move {
            let mut written = 0_u32;
            while written < 40 {
                let old = read(&node, id(1)).await.unwrap();
                let count: u32 = old.text.parse().unwrap();
                let mut next = batch();
                next.update(&old, author, old.recorded, &note(&(count + 1).to_string())).unwrap();
                match node.commit(next).await {
                    Ok(()) => written += 1,
                    refused => {
                        let (record, current) = conflict(&refused).expect("a conflict and nothing else");
                        assert_eq!(record, id(1));
                        assert!(current > old.version, "{current} against {}", old.version);
                    }
                }
            }
        })
    });
    for writer in writing {
        writer.await.unwrap();
    }
    let last = read(&store, id(1)).await.unwrap();
    assert_eq!((last.text.as_str(), last.version), ("80", 81));
}
