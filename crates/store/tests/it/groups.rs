//! Group commit and atomicity.

use store::{Batch, Error, JournalFilter, Message, Query, Reach};
use testkit::{TestStore, instant};

use crate::sample::{AUTHOR, Note, batch, conflict, create, creating, id, line, note, now, read};

testkit::on_both! {
    async fn sixty_four_writers_all_find_their_writes(store: TestStore) {
        const EACH: u128 = 12;
        let writing = (0..64_u128).map(|writer| {
            let store = store.handle();
            tokio::spawn(async move {
                for n in 0..EACH {
                    let written = note("a").on("tous").about(id(50_000 + writer));
                    store.commit(creating(&[(id(writer * 100 + n), written)])).await.unwrap();
                    assert!(read(&store, id(writer * 100 + n)).await.is_some(), "acknowledged, so there");
                }
            })
        });
        for writer in writing.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let all = store.list::<Note>(&Reach::All, &Query::lane("tous")).await.unwrap();
        let ids: std::collections::HashSet<_> = all.iter().map(|note| note.id).collect();
        assert_eq!((all.len(), ids.len()), (768, 768));
        let lines = store.journal(JournalFilter { limit: 10_000, ..JournalFilter::default() }).await.unwrap();
        assert_eq!(lines.len(), 768);
    }

    async fn a_refused_batch_leaves_its_neighbours_alone(store: TestStore) {
        create(&store, id(0), &note("a")).await.unwrap();
        let mut receipts = Vec::new();
        for n in 1..=60 {
            let record = if n % 3 == 0 { (id(0), note("autre")) } else { (id(n), note("a")) };
            receipts.push((n, store.submit(creating(&[record])).await.unwrap()));
        }
        for (n, receipt) in receipts {
            assert_eq!(receipt.durable().await.is_ok(), n % 3 != 0, "{n}");
        }
        let lines = store.journal(JournalFilter { limit: 100, ..JournalFilter::default() }).await.unwrap();
        assert_eq!(lines.len(), 41);
        assert_eq!(read(&store, id(0)).await.unwrap().text, "a");
    }

    async fn a_batch_refused_at_its_second_record_leaves_nothing(store: TestStore) {
        create(&store, id(2), &note("présent")).await.unwrap();
        let before = store.health().await.unwrap();
        let blob = store.seal_blob(b"compte rendu").unwrap();
        let address = blob.id().clone();
        let mut refused = batch();
        refused.create(id(1), AUTHOR, now(&store), &note("a").holding("lit/1")).unwrap();
        refused.create(id(2), AUTHOR, now(&store), &note("autre contenu")).unwrap();
        refused.create(id(3), AUTHOR, now(&store), &note("c")).unwrap();
        refused.send(Message { topic: "mss".into(), key: "m1".into(), payload: "{}".into() });
        refused.keep(blob);
        assert!(matches!(store.commit(refused).await, Err(Error::Duplicate(found)) if found == id(2)));
        assert_eq!(store.health().await.unwrap(), before);
        assert!(read(&store, id(1)).await.is_none() && read(&store, id(3)).await.is_none());
        assert!(store.blob(&address).await.unwrap().is_none());
        create(&store, id(4), &note("d").holding("lit/1")).await.unwrap();
    }

    async fn all_of_a_batch_becomes_true_together(store: TestStore) {
        let blob = store.seal_blob(b"compte rendu").unwrap();
        let address = blob.id().clone();
        let mut whole = creating(&[(id(1), note("a")), (id(2), note("b"))]);
        whole.line(line("document.depose"));
        whole.send(Message { topic: "mss".into(), key: "m1".into(), payload: "{}".into() });
        whole.keep(blob);
        assert_eq!(whole.weight(), 6);
        store.commit(whole).await.unwrap();
        assert!(read(&store, id(1)).await.is_some() && read(&store, id(2)).await.is_some());
        assert_eq!(store.blob(&address).await.unwrap().unwrap(), b"compte rendu");
        assert_eq!(store.outbox(instant("2027-01-01T00:00:00Z"), 10).await.unwrap().len(), 1);
        let lines = store.journal(JournalFilter { limit: 10, ..JournalFilter::default() }).await.unwrap();
        assert_eq!(lines.len(), 2);
        let objects = lines[1].detail("objets").unwrap();
        for told in [format!("note/{}/1/", id(1).simple()), format!("note/{}/1/", id(2).simple()), format!("blob/{}", address.0)] {
            assert!(objects.contains(&told), "{objects} tells of {told}");
        }
    }

    async fn a_line_added_last_tells_the_whole_batch(store: TestStore) {
        for (n, late) in [(1, true), (2, false)] {
            let mut told = Batch::default();
            told.create(id(n), AUTHOR, now(&store), &note("a")).unwrap();
            told.keep(store.seal_blob(b"document").unwrap());
            if late {
                told.line(line("note.ecrite"));
            } else {
                told = told.with_line(line("note.ecrite"));
            }
            store.commit(told).await.unwrap();
            let lines = store.journal(JournalFilter { limit: 1, ..JournalFilter::default() }).await.unwrap();
            let objects = lines[0].detail("objets").unwrap();
            assert!(objects.contains(&id(n).simple().to_string()) && objects.contains("blob/"), "{objects}");
        }
    }

    async fn a_chain_of_versions_in_one_group_is_decided_in_order(store: TestStore) {
        create(&store, id(1), &note("0")).await.unwrap();
        let mut head = read(&store, id(1)).await.unwrap();
        let mut receipts = Vec::new();
        for n in 1..=20 {
            let mut next = batch();
            next.update(&head, AUTHOR, now(&store), &note(&n.to_string())).unwrap();
            receipts.push(store.submit(next).await.unwrap());
            head.version += 1;
        }
        for receipt in receipts {
            receipt.durable().await.unwrap();
        }
        let last = read(&store, id(1)).await.unwrap();
        assert_eq!((last.version, last.text.as_str()), (21, "20"));
        assert_eq!(conflict(&store.commit({
            let mut stale = batch();
            head.version = 5;
            stale.update(&head, AUTHOR, now(&store), &note("x")).unwrap();
            stale
        }).await), Some((id(1), 21)));
    }

    async fn a_large_batch_is_written_whole(store: TestStore) {
        let notes: Vec<_> = (0..3_000).map(|n| (id(n), note("a").on("grand"))).collect();
        store.commit(creating(&notes)).await.unwrap();
        assert_eq!(store.list::<Note>(&Reach::All, &Query::lane("grand")).await.unwrap().len(), 3_000);
    }

    async fn what_waits_when_the_store_is_closed_is_written(mut store: TestStore) {
        let mut receipts = Vec::new();
        for n in 0..50 {
            receipts.push(store.submit(creating(&[(id(n), note("a").on("fin"))])).await.unwrap());
        }
        store.close();
        for receipt in receipts {
            receipt.durable().await.unwrap();
        }
        store.reopen().await;
        assert_eq!(store.list::<Note>(&Reach::All, &Query::lane("fin")).await.unwrap().len(), 50);
    }

    async fn reading_lines_alone_are_kept_too(store: TestStore) {
        let told = Batch::told_by(line("dossier.ouvert"));
        assert!(told.is_reading());
        store.commit(told).await.unwrap();
        assert_eq!(store.health().await.unwrap().journal, 1);
    }
}
