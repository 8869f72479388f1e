//! Messages for the worker: at least once, by a stable key.

use store::Message;
use testkit::{TestStore, instant};

use crate::sample::{batch, create, id, note};

fn message(key: &str) -> Message {
    Message { topic: "mss.envoi".into(), key: key.into(), payload: format!("{{\"cle\":\"{key}\"}}") }
}

testkit::on_both! {
    async fn a_message_stays_until_it_is_done(store: TestStore) {
        let mut sending = batch();
        sending.send(message("a"));
        sending.send(message("b"));
        store.commit(sending).await.unwrap();
        let now = instant("2026-11-21T07:00:00Z");
        let due = store.outbox(now, 10).await.unwrap();
        assert_eq!(due.iter().map(|item| item.key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((due[0].topic.as_str(), due[0].payload.as_str(), due[0].attempts), ("mss.envoi", "{\"cle\":\"a\"}", 0));
        store.outbox_done(due[0].n, now).await.unwrap();
        assert_eq!(store.outbox(now, 10).await.unwrap().len(), 1);
        assert_eq!(store.health().await.unwrap().waiting, 1);
    }

    async fn a_topic_with_much_to_do_hides_no_other(store: TestStore) {
        let mut sending = batch();
        for n in 0..20 {
            sending.send(message(&format!("envoi {n}")));
        }
        sending.send(Message { topic: "autre".into(), ..message("autre") });
        store.commit(sending).await.unwrap();
        let now = instant("2026-11-21T07:00:00Z");
        let topics = |items: Vec<store::OutboxItem>| items.into_iter().map(|item| item.topic).collect::<Vec<_>>();
        assert_eq!(topics(store.outbox(now, 3).await.unwrap()), ["mss.envoi"; 3]);
        assert_eq!(topics(store.outbox_besides(now, 3, vec!["mss.envoi".into()]).await.unwrap()), ["autre"]);
        assert!(store.outbox_besides(now, 3, vec!["mss.envoi".into(), "autre".into()]).await.unwrap().is_empty());
    }

    async fn a_failed_message_waits_for_its_time(store: TestStore) {
        let mut sending = batch();
        sending.send(message("a"));
        store.commit(sending).await.unwrap();
        let (now, later) = (instant("2026-11-21T07:00:00Z"), instant("2026-11-21T07:05:00Z"));
        let n = store.outbox(now, 10).await.unwrap()[0].n;
        store.outbox_retry(n, later, "le serveur ne répond pas").await.unwrap();
        assert!(store.outbox(now, 10).await.unwrap().is_empty());
        assert_eq!(store.outbox(later, 10).await.unwrap()[0].attempts, 1);
    }

    async fn the_same_key_is_one_message(store: TestStore) {
        for n in 0..3 {
            let mut sending = batch();
            sending.send(message("a"));
            store.commit(sending).await.unwrap();
            create(&store, id(n), &note("a")).await.unwrap();
        }
        assert_eq!(store.health().await.unwrap().waiting, 1);
    }
}
