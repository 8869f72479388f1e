//! Checkpoints: signed heads of the journal.

use store::{Sealer, Signer, verify, verify_signature};
use testkit::TestStore;

use crate::sample::{create, id, note, now};

/// A signer whose key lives in a file of its own.
pub(crate) fn signer(name: &str) -> Signer {
    let folder = std::env::temp_dir().join(format!("grappe-sceau-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let signer = Signer::open(&folder.join(name), "grappe-essais").unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    signer
}

testkit::on_both! {
    async fn a_checkpoint_is_made_when_the_journal_moved(store: TestStore) {
        let (signer, mut sealer) = (signer("a"), Sealer::default());
        assert!(store.checkpoint(&signer, &mut sealer, now(&store)).await.unwrap().is_none());
        let mut sizes = Vec::new();
        for n in 0..3 {
            create(&store, id(n * 2), &note("a")).await.unwrap();
            create(&store, id(n * 2 + 1), &note("b")).await.unwrap();
            let head = crate::tampering::sealed(&store, &signer, &mut sealer).await;
            assert!(store.checkpoint(&signer, &mut sealer, now(&store)).await.unwrap().is_none());
            assert_eq!(verify_signature(&head.note, &signer.public_key()).unwrap(), head);
            sizes.push(head.size);
        }
        assert_eq!(sizes, [2, 4, 6]);
        assert_eq!(store.checkpoints(10).await.unwrap().iter().map(|head| head.size).collect::<Vec<_>>(), [6, 4, 2]);
    }

    async fn a_sealer_started_anew_gives_the_same_root(store: TestStore) {
        let (signer, mut sealer) = (signer("a"), Sealer::default());
        create(&store, id(1), &note("a")).await.unwrap();
        crate::tampering::sealed(&store, &signer, &mut sealer).await;
        create(&store, id(2), &note("b")).await.unwrap();
        let head = crate::tampering::sealed(&store, &signer, &mut sealer).await;
        let again = store.checkpoint(&signer, &mut Sealer::default(), now(&store)).await.unwrap().unwrap();
        assert_eq!((again.size, again.root), (head.size, head.root));
    }

    async fn a_witness_signed_by_another_is_refused(store: TestStore) {
        create(&store, id(1), &note("a")).await.unwrap();
        let (ours, theirs) = (signer("a"), signer("b"));
        let head = crate::tampering::sealed(&store, &theirs, &mut Sealer::default()).await;
        assert!(verify(&store, &ours.public_key(), &[head.note]).await.is_err());
    }
}

#[tokio::test]
async fn a_note_altered_anywhere_is_refused() {
    let store = testkit::store(testkit::Engine::Sqlite).await;
    create(&store, id(1), &note("a")).await.unwrap();
    let signer = signer("a");
    let note = crate::tampering::sealed(&store, &signer, &mut Sealer::default()).await.note;
    let end = note.find("\n\n").unwrap();
    for at in 0..end {
        let mut bytes = note.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(altered) = String::from_utf8(bytes) {
            assert!(verify_signature(&altered, &signer.public_key()).is_err(), "byte {at}");
        }
    }
    assert!(verify_signature("", &signer.public_key()).is_err());
    assert!(verify_signature(&note, "pas une clé").is_err());
}
