//! Documents are encrypted, and addressed by their content.

use store::{BlobId, Store, Target, Vault};
use testkit::TestStore;

use crate::raw;
use crate::sample::batch;

const CLEAR: &[u8] = b"Compte rendu d'hospitalisation de Mme Ficelle : fracture du col du femur";

async fn kept(store: &TestStore) -> BlobId {
    let blob = store.seal_blob(CLEAR).unwrap();
    let address = blob.id().clone();
    let mut keeping = batch();
    keeping.keep(blob);
    store.commit(keeping).await.unwrap();
    address
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

testkit::on_both! {
    async fn a_document_is_read_back_by_its_address(store: TestStore) {
        let address = kept(&store).await;
        assert_eq!(address, BlobId::of(CLEAR));
        assert_eq!(address.0.len(), 64);
        assert_eq!(store.blob(&address).await.unwrap().unwrap(), CLEAR);
        assert!(store.blob(&BlobId::of(b"autre")).await.unwrap().is_none());
        kept(&store).await;
        assert_eq!(store.blob(&address).await.unwrap().unwrap(), CLEAR);
    }

    async fn nothing_of_it_is_readable_in_the_database(store: TestStore) {
        kept(&store).await;
        let raw = raw::bytes_of_blobs(&store).await;
        assert!(raw.len() > CLEAR.len());
        assert!(!holds(&raw, b"Ficelle") && !holds(&raw, b"femur"));
        if let Target::Sqlite(file) = store.target() {
            for name in [file.clone(), file.with_extension("db-wal")] {
                let bytes = std::fs::read(&name).unwrap_or_default();
                assert!(!holds(&bytes, b"Ficelle"), "{}", name.display());
            }
        }
    }

    async fn another_key_reads_nothing(mut store: TestStore) {
        let address = kept(&store).await;
        store.close();
        // As whoever took the base would have it: it is made to forget its key, then given another document of his.
        raw::run(&store, "delete from key_print").await;
        let stranger = Vault::with_key(&[9; 32]).unwrap();
        let his = stranger.seal(b"autre").unwrap();
        raw::keep_blob(&store, &his.id().0, &stranger.encrypt(his.id().0.as_bytes(), b"autre").unwrap()).await;
        let opened = Store::open(&store.target(), stranger).await.unwrap();
        assert_eq!(opened.blob(his.id()).await.unwrap().unwrap(), b"autre");
        assert!(opened.blob(&address).await.is_err());
    }

    async fn a_damaged_or_moved_document_is_not_given(store: TestStore) {
        let address = kept(&store).await;
        let other = BlobId::of(b"autre");
        raw::run(&store, &format!("insert into blob (id, sealed) select '{}', sealed from blob", other.0)).await;
        assert!(store.blob(&other).await.is_err(), "a document is bound to its address");
        raw::flip_last_byte_of_blob(&store, &address.0).await;
        assert!(store.blob(&address).await.is_err());
    }
}

#[test]
fn a_sealed_value_differs_each_time_and_opens_only_under_its_label() {
    let vault = Vault::with_key(&[7; 32]).unwrap();
    let [a, b] = [(); 2].map(|()| vault.encrypt(b"totp", b"secret").unwrap());
    assert_ne!(a, b);
    assert_eq!(vault.decrypt(b"totp", &a).unwrap(), b"secret");
    assert!(vault.decrypt(b"mot de passe", &a).is_err());
    for rank in 0..a.len() {
        let mut altered = a.clone();
        altered[rank] ^= 1;
        assert!(vault.decrypt(b"totp", &altered).is_err(), "byte {rank}");
    }
    assert!(vault.decrypt(b"totp", &a[..8]).is_err());
}

#[test]
fn a_key_file_is_made_once_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let file = std::env::temp_dir().join(format!("grappe-cle-{}", std::process::id()));
    let made = store::secret_file(&file).unwrap();
    assert_eq!(store::secret_file(&file).unwrap(), made);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::write(&file, b"court").unwrap();
    assert!(store::secret_file(&file).is_err());
    std::fs::remove_file(&file).unwrap();
}
