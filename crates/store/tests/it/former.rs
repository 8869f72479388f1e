//! A base as former versions made it, brought up at its opening.

use store::{Error, Query, Reach, Sealer, Signer, Store, Tampering, Vault, verify};
use testkit::{Engine, TestStore};

use crate::raw;
use crate::sample::{AUTHOR, Mesure, Note, batch, create, id, note, now, texts, update};

/// Takes a closed base back to the tables before lists had numbers (ADR 0026).
pub(crate) async fn without_numbers(store: &TestStore) {
    let (check, nulls, version) = match store.engine() {
        Engine::Sqlite => ("", "", "pragma user_version = 2"),
        Engine::Postgres => {
            ("alter table record drop constraint numbered;", " nulls first, seq", "update schema_version set version = 4")
        }
    };
    let lists = ["lane", "lane2", "person"].map(|list| {
        format!(
            "drop index record_{list}; alter table record drop column {list}_n;
             create index record_{list} on record ({list}, kind, at{nulls}) where {list} is not null;"
        )
    });
    raw::run(store, &format!("{check} {} {version}", lists.concat())).await;
}

async fn listed(store: &Store) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for query in [Query::lane("U1/jour"), Query::lane("U2/été"), Query::lane2("U1/chutes"), Query::person(id(50))] {
        for query in [query.clone(), query.newest_first().limit(2)] {
            let notes = store.list::<Note>(&Reach::All, &query).await.unwrap();
            all.push(texts(&notes).into_iter().map(str::to_owned).collect());
            let mesures = store.list::<Mesure>(&Reach::All, &query).await.unwrap();
            all.push(mesures.iter().map(|mesure| mesure.0.text.clone()).collect());
        }
    }
    all
}

/// Records on every list, on none, of two kinds, corrected, moved from one list to another.
async fn written(store: &TestStore) {
    for n in 0..6 {
        let mut written = note(&format!("{n}")).on("U1/jour").about(id(50)).at("2026-11-21T06:00:00Z");
        written.lane2 = (n % 2 == 0).then(|| "U1/chutes".into());
        create(store, id(n), &written).await.unwrap();
    }
    create(store, id(10), &note("nulle part")).await.unwrap();
    create(store, id(11), &note("à part").on("U2/été")).await.unwrap();
    update(store, id(3), &note("3 corrigée").on("U2/été").about(id(50))).await.unwrap();
    let mut measured = batch();
    measured.create(id(20), AUTHOR, now(store), &Mesure(note("mesure").on("U1/jour").about(id(50)))).unwrap();
    store.commit(measured).await.unwrap();
}

async fn tamperings(store: &Store) -> Vec<Tampering> {
    let signer = Signer::open(&std::env::temp_dir().join("grappe-essais-ancienne").join("signature"), "essais").unwrap();
    store.checkpoint(&signer, &mut Sealer::default(), testkit::instant(testkit::START)).await.unwrap();
    verify(store, &signer.public_key(), &[]).await.unwrap().tamperings
}

testkit::on_both! {
    async fn lists_of_a_former_base_are_numbered_at_its_opening(mut store: TestStore) {
        written(&store).await;
        let before = listed(&store).await;
        assert_eq!(before[0], ["0", "1", "2", "4", "5"]);
        store.close();
        without_numbers(&store).await;
        for _ in 0..2 {
            store.reopen().await;
            assert_eq!(listed(&store).await, before);
            raw::settled(&store).await;
            assert_eq!(tamperings(&store).await, [], "each record has the numbers of its lists");
            store.close();
        }
        store.reopen().await;
        update(&store, id(0), &note("0 corrigée").on("U2/été")).await.unwrap();
        create(&store, id(30), &note("nouvelle").on("U1/jour")).await.unwrap();
        let day = store.list::<Note>(&Reach::All, &Query::lane("U1/jour")).await.unwrap();
        assert_eq!(texts(&day), ["nouvelle", "1", "2", "4", "5"]);
    }
}

#[tokio::test]
async fn a_former_base_read_beside_is_refused_in_words() {
    let mut store = testkit::store(Engine::Sqlite).await;
    written(&store).await;
    store.close();
    without_numbers(&store).await;
    let refused = Store::open_reading(&store.target(), Vault::with_key(&[7; 32]).unwrap()).await;
    assert!(matches!(&refused, Err(Error::Refused(told)) if told.contains("version 2")), "{refused:?}");
    store.reopen().await;
    assert!(!listed(&store).await[0].is_empty());
}

/// A node of a former version goes on writing while another brings the base up: its record would be on no list.
#[tokio::test]
async fn a_record_without_the_numbers_of_its_lists_is_refused() {
    let Some(store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    create(&store, id(1), &note("a")).await.unwrap();
    let database = store.database().unwrap();
    let columns = "kind, version, origin, digest, establishment, author, recorded, body";
    let copied = |list: &str, value: &str| {
        format!("insert into record (id, {columns}, {list}) select gen_random_uuid(), {columns}, {value} from record limit 1")
    };
    for (list, value) in [("lane", "'U1'"), ("lane2", "'U1'"), ("person", "gen_random_uuid()")] {
        let refused = database.execute(&copied(list, value)).await;
        assert!(format!("{:?}", refused.unwrap_err()).contains("numbered"), "{list}");
        database.execute(&copied(&format!("{list}, {list}_n"), &format!("{value}, 1"))).await.unwrap();
    }
}
