//! On PostgreSQL a transaction of anybody on the server keeps younger lines of the journal from their place: nothing of them is
//! an alteration, and an alteration of them shows all the same.

use store::{Batch, Holder, Sealer, Signer, Store, Tampering, Target, Vault, verify};
use testkit::{OpenTransaction, OwnServer};

use crate::sample::{batch, create, id, note, update};
use crate::witness::signer;

struct Story {
    server: OwnServer,
    store: Store,
    key: String,
    note: String,
}

impl Story {
    async fn finds(&self) -> store::Verification {
        verify(&self.store, &self.key, std::slice::from_ref(&self.note)).await.unwrap()
    }

    async fn run(&self, sql: &str) {
        self.server.execute("postgres", sql).await.unwrap();
    }
}

async fn head(store: &Store, signer: &Signer, sealer: &mut Sealer) -> Option<store::Checkpoint> {
    store.checkpoint(signer, sealer, testkit::instant(testkit::START)).await.unwrap()
}

/// Three sealed lines, a transaction opened on another database, then five lines: a creation, its correction, the correction of
/// a sealed note, a document, a reading.
async fn story() -> Option<(Story, OpenTransaction)> {
    let server = testkit::own_server_or_skip().await?;
    let target = Target::Postgres(server.url("postgres"));
    let store = Store::open(&target, Vault::with_key(&testkit::VAULT_KEY).unwrap()).await.unwrap();
    for n in 1..=3 {
        create(&store, id(n), &note("avant")).await.unwrap();
    }
    let (signer, mut sealer) = (signer("attente"), Sealer::default());
    let head = head(&store, &signer, &mut sealer).await.unwrap();
    assert_eq!(head.size, 3);
    server.execute("postgres", "create database ailleurs").await.unwrap();
    let open = server.open_transaction("ailleurs").await.unwrap();
    create(&store, id(4), &note("après")).await.unwrap();
    update(&store, id(4), &note("après, corrigé")).await.unwrap();
    update(&store, id(1), &note("avant, corrigé")).await.unwrap();
    let mut keeping = batch();
    keeping.keep(store.seal_blob(b"lettre").unwrap());
    store.commit(keeping).await.unwrap();
    store.commit(Batch::told_by(crate::sample::line("dossier.ouvert"))).await.unwrap();
    Some((Story { server, store, key: signer.public_key(), note: head.note }, open))
}

#[tokio::test]
async fn lines_behind_an_older_transaction_wait_and_are_no_anomaly() {
    let Some((story, open)) = story().await else { return };
    let found = story.finds().await;
    assert_eq!((found.lines, found.records, found.documents, found.tamperings), (3, 6, 1, vec![]));
    let waiting = found.waiting.unwrap();
    assert_eq!(waiting.lines, 5);
    let older = waiting.behind.unwrap();
    assert_eq!((older.holder, older.database.as_deref()), (Holder::Session(open.pid), Some("ailleurs")));
    assert_eq!(older.login.as_deref(), Some("postgres"));
    assert!(older.since.is_some());
    open.commit().await.unwrap();
    let found = story.finds().await;
    assert_eq!((found.lines, found.waiting, found.records, found.tamperings), (8, None, 6, vec![]));
}

#[tokio::test]
async fn a_transaction_prepared_and_forgotten_is_named() {
    let Some((story, open)) = story().await else { return };
    story.server.execute("ailleurs", "begin; select pg_current_xact_id(); prepare transaction 'oubliée'").await.unwrap();
    open.commit().await.unwrap();
    create(&story.store, id(5), &note("encore")).await.unwrap();
    let waiting = story.finds().await.waiting.unwrap();
    assert_eq!(waiting.lines, 1);
    assert_eq!(waiting.behind.unwrap().holder, Holder::Prepared("oubliée".into()));
}

#[tokio::test]
async fn what_is_taken_away_shows_while_lines_wait() {
    let record = |n: u128, version: i64| format!("note/{}/{version}", id(n).simple());
    let cases = [
        // A sealed line, then lines which wait: all of them, or one.
        ("delete from journal where n = 2", Tampering::Truncated { expected: 3, found: 2 }),
        ("delete from journal where n > 3", Tampering::Record { reference: record(4, 2) }),
        ("delete from journal where n = 6", Tampering::Record { reference: record(1, 2) }),
        // A sealed line hidden among those which wait.
        ("update journal set xid = (select max(xid) from journal) where n = 3", Tampering::Truncated { expected: 3, found: 2 }),
        // Lines which wait, behind a transaction no one began.
        ("update journal set xid = '99999999999' where n > 3", Tampering::Record { reference: record(4, 1) }),
        // What lines which wait tell of.
        (
            "delete from record where id = (select id from record where version = 2 order by id desc limit 1)",
            Tampering::Missing { reference: record(4, 2) },
        ),
        ("update history set author = id where version = 1", Tampering::Record { reference: record(4, 1) }),
    ];
    for (sql, expected) in cases {
        let Some((story, _open)) = story().await else { return };
        story.run(sql).await;
        let found = story.finds().await.tamperings;
        assert!(found.contains(&expected), "{sql}: {found:?}");
    }
}

#[tokio::test]
async fn a_document_whose_line_waited_and_is_gone_shows() {
    let Some((story, _open)) = story().await else { return };
    story.run("delete from journal where detail like '%blob/%'").await;
    let found = story.finds().await.tamperings;
    assert!(matches!(found[..], [Tampering::Document { .. }]), "{found:?}");
}
