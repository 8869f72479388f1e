//! A verification of a database which goes on being written raises no false alarm.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use store::verify;
use testkit::TestStore;

use crate::sample::{create, id, note, update};
use crate::witness::signer;

testkit::on_both! {
    async fn writing_goes_on_while_the_journal_is_verified(store: TestStore) {
        let ended = Arc::new(AtomicBool::new(false));
        let (writing, node) = (Arc::clone(&ended), store.handle());
        let writer = tokio::spawn(async move {
            let mut n = 0;
            while !writing.load(Ordering::SeqCst) {
                create(&node, id(n), &note("a")).await.unwrap();
                update(&node, id(n), &note("b")).await.unwrap();
                n += 1;
            }
            n
        });
        let key = signer("vivant").public_key();
        for _ in 0..20 {
            let found = verify(&store, &key, &[]).await.unwrap();
            assert_eq!(found.tamperings, [], "after {} lines", found.lines);
        }
        ended.store(true, Ordering::SeqCst);
        assert!(writer.await.unwrap() > 0);
    }
}
