//! Fifty ways to alter the database, each found with one checkpoint kept outside.

use store::{Checkpoint, Line, Message, Nature, Sealer, Signer, Store, Tampering, Verification, verify};
use testkit::{Engine, TestStore};

use crate::raw;
use crate::sample::{AUTHOR, batch, create, id, line, note, now, read, update};
use crate::witness::signer;

/// Makes a checkpoint of all lines.
pub(crate) async fn sealed(store: &TestStore, signer: &Signer, sealer: &mut Sealer) -> Checkpoint {
    raw::settled(store).await;
    store.checkpoint(signer, sealer, now(store)).await.unwrap().expect("the journal moved")
}

/// What the verifier holds.
struct Witness {
    key: String,
    note: String,
}

impl Witness {
    async fn finds(&self, store: &Store) -> Verification {
        verify(store, &self.key, std::slice::from_ref(&self.note)).await.unwrap()
    }
}

fn opening(n: usize) -> Line {
    let mut told = line("dossier.ouvert");
    told.nature = if n == 1 { Nature::Systeme } else { Nature::Consultation };
    told.person = (n > 0).then(|| id(50));
    told.establishment = (n != 2).then_some(crate::sample::TILLEULS);
    told.detail.insert("motif".into(), "urgence".into());
    told
}

/// Thirteen lines: 1 to 3 openings, 4 to 8 creations, 9 a document, 10 and 11 corrections of note 4, 12 and 13 openings.
async fn story(store: &TestStore) -> Witness {
    let (signer, mut sealer) = (signer("a"), Sealer::default());
    for n in 0..3 {
        store.commit(store::Batch::told_by(opening(n))).await.unwrap();
    }
    for n in 4..=8 {
        let mut written = note(&format!("texte {n}")).about(id(50)).on("U1/jour").at("2026-11-21T06:00:00Z");
        written.lane2 = Some("U1/chutes".into());
        create(store, id(n), &written).await.unwrap();
    }
    let mut keeping = batch();
    keeping.keep(store.seal_blob(b"compte rendu").unwrap());
    keeping.send(Message { topic: "mss".into(), key: "m".into(), payload: "{}".into() });
    store.commit(keeping).await.unwrap();
    sealed(store, &signer, &mut sealer).await;
    raw::run(store, COPY).await;
    update(store, id(4), &note("texte 4 corrigé")).await.unwrap();
    update(store, id(4), &note("texte 4 corrigé deux fois")).await.unwrap();
    for n in 3..5 {
        store.commit(store::Batch::told_by(opening(n))).await.unwrap();
    }
    let head = sealed(store, &signer, &mut sealer).await;
    assert_eq!(head.size, 13);
    Witness { key: signer.public_key(), note: head.note }
}

/// A copy of the database as it was before the corrections.
const COPY: &str = "create table old_record as select * from record; create table old_history as select * from history;
    create table old_journal as select * from journal; create table old_checkpoint as select * from checkpoint";

fn is(kind: &str, tampering: &Tampering) -> bool {
    match tampering {
        Tampering::Root { .. } => kind == "root",
        Tampering::Truncated { .. } => kind == "truncated",
        Tampering::Record { .. } => kind == "record",
        Tampering::Missing { .. } => kind == "missing",
        Tampering::Document { .. } => kind == "document",
        Tampering::Signature { .. } => kind == "signature",
        Tampering::Unsealed { .. } => kind == "unsealed",
    }
}

/// SQL written once: `#n` stands for the literal of id `n`, `|sqlite|postgres|` for what differs.
fn dialect(engine: Engine, sql: &str) -> String {
    let mut out = String::new();
    for (rank, part) in sql.split('|').enumerate() {
        let kept = match rank % 3 {
            0 => true,
            1 => engine == Engine::Sqlite,
            _ => engine == Engine::Postgres,
        };
        if kept {
            out.push_str(part);
        }
    }
    for n in (0..=99).rev() {
        let text = if n == 0 { uuid::Uuid::nil() } else { id(n) }.simple().to_string();
        let literal = if engine == Engine::Sqlite { format!("x'{text}'") } else { format!("uuid '{text}'") };
        out = out.replace(&format!("#{n}"), &literal);
    }
    out
}

async fn detected(store: TestStore, kind: &str, sql: &str) {
    let witness = story(&store).await;
    raw::run(&store, &dialect(store.engine(), sql)).await;
    let found = witness.finds(&store).await.tamperings;
    assert!(found.iter().any(|tampering| is(kind, tampering)), "expected {kind}, found {found:?}");
}

macro_rules! tamperings {
    ($($name:ident: $kind:literal, $sql:expr;)+) => {
        testkit::on_both! {$(
            async fn $name(store: TestStore) {
                detected(store, $kind, $sql).await;
            }
        )+}
    };
}

tamperings! {
    // The journal: edits.
    line_verb: "root", "update journal set verb = 'dossier.ferme' where n = 3";
    line_account: "root", "update journal set account = #7 where n = 3";
    line_person_removed: "root", "update journal set person = null where n = 3";
    line_person_nil_for_none: "root", "update journal set person = #0 where n = 1";
    line_house_removed: "root", "update journal set establishment = null where n = 1";
    line_house_nil_for_none: "root", "update journal set establishment = #0 where n = 3";
    line_time: "root", "update journal set at = at + 1 where n = 12";
    line_nature: "root", "update journal set nature = 'acte' where n = 1";
    line_nature_unknown: "root", "update journal set nature = 'rien' where n = 2";
    line_motive: "root", "update journal set detail = replace(detail, 'urgence', 'routine') where n = 13";
    line_blank_added: "root", "update journal set detail = concat(detail, ' ') where n = 13";
    line_digest: "root", "update journal set detail = replace(replace(detail, 'a', 'b'), '1', '2') where n = 5";
    line_last_edited: "root", "update journal set verb = 'x' where n = 13";
    line_moved_to_another_person: "root", "update journal set person = #51 where n in (2, 3)";
    // The journal: lines removed.
    first_line_deleted: "truncated", "delete from journal where n = 1";
    middle_line_deleted: "truncated", "delete from journal where n = 7";
    last_line_deleted: "truncated", "delete from journal where n = 13";
    half_deleted: "truncated", "delete from journal where n > 6";
    all_deleted: "truncated", "delete from journal";
    last_line_replaced: "root", "delete from journal where n = 13; insert into journal select 13, |        |xid,| at, nature, verb, account, establishment, person, detail from journal where n = 1";
    deleted_and_closed_up: "truncated", "delete from journal where n = 5; update journal set n = n + 1000 where n > 5; update journal set n = n - 1001 where n > 1000";
    // The journal: lines added or moved.
    line_inserted_in_the_middle: "root", "update journal set n = n + 1000 where n > 5; update journal set n = n - 999 where n > 1000;
        insert into journal select 6, || xid,| at, nature, verb, account, establishment, person, detail from journal where n = 5";
    line_inserted_before_all: "root", "insert into journal select 0, || xid,| at, nature, verb, account, establishment, person, detail from journal where n = 1";
    line_inserted_below_zero: "root", "insert into journal select -9223372036854775807 - 1, || xid,| at, nature, verb, account, establishment, person, detail from journal where n = 1";
    two_lines_swapped: "root", "update journal set n = 1000 where n = 3; update journal set n = 3 where n = 4; update journal set n = 4 where n = 1000|; |; update journal set xid = (select xid from old_journal where n = 3) where n = 3; update journal set xid = (select xid from old_journal where n = 4) where n = 4|";
    line_moved_to_the_end: "root", "update journal set n = 1000 || , xid = (select max(xid) from journal)| where n = 5";
    all_renumbered: "root", "update journal set n = n + 1000; update journal set n = n - 999";
    contents_exchanged: "root", "update journal set person = (select person from journal where n = 4), verb = (select verb from journal where n = 4) where n = 1";
    // Records.
    body: "record", "update record set body = |replace(body, 'texte 6', 'texte X')|replace(body::text, 'texte 6', 'texte X')::json| where id = #6";
    body_blank: "record", "update record set body = |concat(body, ' ')|concat(body, ' ')::json| where id = #6";
    person: "record", "update record set person = #51 where id = #6";
    person_removed: "record", "update record set person = null, person_n = null where id = #6";
    house: "record", "update record set establishment = #51 where id = #6";
    author: "record", "update record set author = #51 where id = #6";
    time: "record", "update record set at = at - 60000000 where id = #6";
    recorded: "record", "update record set recorded = recorded - 1 where id = #6";
    list: "record", "update record set lane = 'U2/jour' where id = #6";
    second_list: "record", "update record set lane2 = null, lane2_n = null where id = #6";
    hidden_from_its_list: "record", "update record set lane_n = lane_n + 1 where id = #6";
    hidden_from_its_second_list: "record", "update record set lane2_n = 7 where id = #6";
    hidden_from_its_person: "record", "update record set person_n = -person_n where id = #6";
    kind: "record", "update record set kind = 'mesure' where id = #6";
    version: "record", "update record set version = 2 where id = #6";
    record_deleted: "missing", "delete from record where id = #6";
    all_records_deleted: "missing", "delete from record";
    id_changed: "record", "update record set id = #66 where id = #6";
    bodies_swapped: "record", "update record set body = case id when #6 then (select body from record where id = #7) else (select body from record where id = #6) end where id in (#6, #7)";
    record_added: "record", "insert into record (seq, id, kind, version, origin, digest, establishment, author, recorded, body) select 1000, #77, kind, 1, origin, digest, establishment, author, recorded, body from record where id = #6";
    record_added_below_the_feed: "record", "insert into record (seq, id, kind, version, origin, digest, establishment, author, recorded, body) select -9223372036854775807, #77, kind, 1, origin, digest, establishment, author, recorded, body from record where id = #6";
    former_version_edited: "record", "update history set body = |replace(body, 'texte 4', 'texte X')|replace(body::text, 'texte 4', 'texte X')::json| where version = 1";
    former_version_deleted: "missing", "delete from history where version = 2";
    former_version_added: "record", "insert into history select id, 7, seq, kind, establishment, person, at, lane, lane2, author, recorded, body from history where version = 1";
    correction_undone: "missing", "delete from record where id = #4; insert into record select * from old_record where id = #4; delete from history";
    record_and_its_line_deleted: "truncated", "delete from record where id = #8; delete from journal where n = 8";
    // Documents.
    document_deleted: "document", "delete from blob";
    document_replaced: "document", "update blob set sealed = |x'00'|'\\x00'|";
    document_added: "document", "insert into blob select 'ff', sealed from blob";
    document_renamed: "document", "update blob set id = 'ff'";
    // Checkpoints, and the whole.
    checkpoint_note_edited: "signature", "update checkpoint set note = replace(note, 'essais', 'Essais') where size = 9";
    checkpoint_root_edited: "signature", "update checkpoint set root = |zeroblob(32)|decode(repeat('00', 32), 'hex')| where size = 9";
    checkpoint_size_edited: "signature", "update checkpoint set size = 8 where size = 9";
    checkpoint_date_edited: "signature", "update checkpoint set at = at + 1 where size = 9";
    witness_deleted: "unsealed", "delete from checkpoint where size = 13";
    checkpoints_deleted: "unsealed", "delete from checkpoint";
    older_database_put_back: "truncated", "delete from record; delete from history; delete from journal; delete from checkpoint;
        insert into record select * from old_record; insert into history select * from old_history;
        insert into journal select * from old_journal; insert into checkpoint select * from old_checkpoint";
}

testkit::on_both! {
    async fn an_untouched_database_shows_nothing(mut store: TestStore) {
        let witness = story(&store).await;
        let found = witness.finds(&store).await;
        let expected = Verification { lines: 13, waiting: None, checkpoints: 2, records: 7, documents: 1, tamperings: vec![] };
        assert_eq!(found, expected);
        store.reopen().await;
        update(&store, id(5), &note("après")).await.unwrap();
        create(&store, id(70), &note("nouveau")).await.unwrap();
        sealed(&store, &signer("b"), &mut Sealer::default()).await;
        raw::run(&store, "delete from checkpoint where size = 15").await;
        assert_eq!(witness.finds(&store).await, Verification { lines: 15, records: 9, ..expected });
    }

    async fn checkpoints_signed_by_another_key_show(store: TestStore) {
        let witness = story(&store).await;
        update(&store, id(5), &note("réécrit")).await.unwrap();
        raw::run(&store, "delete from checkpoint").await;
        sealed(&store, &signer("b"), &mut Sealer::default()).await;
        let found = witness.finds(&store).await.tamperings;
        assert_eq!(found, [Tampering::Signature { size: 14 }, Tampering::Unsealed { size: 13 }]);
    }

    async fn an_older_database_grown_again_shows(store: TestStore) {
        let witness = story(&store).await;
        raw::run(&store, "delete from journal where n > 10").await;
        for n in 0..6 {
            let mut told = batch();
            told.create(id(80 + n), AUTHOR, now(&store), &note("autre histoire")).unwrap();
            store.commit(told).await.unwrap();
        }
        sealed(&store, &signer("b"), &mut Sealer::default()).await;
        let found = witness.finds(&store).await.tamperings;
        assert!(found.contains(&Tampering::Root { size: 13 }), "{found:?}");
        assert!(read(&store, id(4)).await.is_some());
    }
}

#[tokio::test]
async fn lines_hidden_behind_a_transaction_to_come_show() {
    let Some(store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    detected(store, "truncated", "update journal set xid = '99999999999' where n > 9").await;
}
