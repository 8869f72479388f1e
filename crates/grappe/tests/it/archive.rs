//! The whole base out, and into an empty base of either engine: same hash, a journal which verifies, or nothing at all.

use std::path::{Path, PathBuf};

use documents::DocumentMedical;
use grappe::archive::{Ecriture, Manifeste, controler, exporter, importer};
use kernel::clock::Clock;
use platform::acces::Compte;
use store::{Batch, Query, Reach, Sealer, SearchQuery, Signer, Store, Stored, Vault, verify};
use testkit::{Engine, TestStore, VAULT_KEY};
use transmissions::Transmission;
use uuid::Uuid;

const CLE: [u8; 32] = [9; 32];

fn coffre(cle: &[u8; 32]) -> Vault {
    Vault::with_key(cle).unwrap()
}

/// A folder of the test, gone with it.
struct Dossier(PathBuf);

impl Dossier {
    fn neuf(nom: &str, engine: Engine) -> Self {
        let chemin = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("archive-{nom}-{engine:?}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&chemin);
        std::fs::create_dir_all(&chemin).unwrap();
        Self(chemin)
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The demonstration with two days of history, a document, a record of several versions, a signed head; gives the head and its key.
async fn peupler(store: &TestStore, data: &Path) -> (String, String) {
    let now = store.clock.now();
    semis::semer(&(**store).clone(), now, 2, &|_, _| {}).await.unwrap();
    let blob = store.seal_blob(b"%PDF-1.7 lettre").unwrap();
    let usager = semis::usager_id(0);
    let document = serde_json::json!({"usager": usager, "etablissement": semis::etablissement_id(0), "titre": "Lettre QUIVABAX", "type_code": "11490-0",
        "date_document": "2026-10-01", "origine": "recu", "blob": blob.id(), "mime": "application/pdf", "nom_fichier": "a.pdf", "taille": 15,
        "famille": "medical", "classe_le": now, "classe_par": "x"});
    let mut batch = Batch::default();
    batch
        .create(Uuid::from_u128(0xD0C), Uuid::nil(), now, &serde_json::from_value::<DocumentMedical>(document).unwrap())
        .unwrap();
    batch.keep(blob);
    store.commit(batch.with_line(crate::monde::ligne(now))).await.unwrap();
    for titre in ["Lettre QUIVABAX corrigée", "Lettre QUIVABAX « finale » é\u{2028}\\"] {
        let lu: Stored<DocumentMedical> = store.get(&Reach::All, Uuid::from_u128(0xD0C)).await.unwrap().unwrap();
        let mut nouveau = lu.value.clone();
        nouveau.0.titre = titre.into();
        let mut batch = Batch::default();
        batch.update(&lu, Uuid::nil(), now, &nouveau).unwrap();
        batch.send(store::Message { topic: "essai".into(), key: titre.into(), payload: "{}".into() });
        store.commit(batch.with_line(crate::monde::ligne(now))).await.unwrap();
    }
    let signer = Signer::open(&data.join("signature-journal"), "grappe").unwrap();
    (signer_tete(store, &signer).await, signer.public_key())
}

/// Signs a head over every line: on PostgreSQL the last ones show once nothing else runs on the server.
async fn signer_tete(store: &TestStore, signer: &Signer) -> String {
    let toutes = store.health().await.unwrap().journal;
    let (mut sealer, mut tete) = (Sealer::default(), None);
    for _ in 0..1_800 {
        tete = store.checkpoint(signer, &mut sealer, store.clock.now()).await.unwrap().or(tete);
        if tete.as_ref().is_some_and(|tete| tete.last_n >= toutes) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    tete.unwrap().note
}

async fn sortir(store: &Store, fichier: Option<&Path>, cle: Option<&[u8; 32]>, data: &Path) -> Manifeste {
    let le = testkit::instant(testkit::START);
    let ecriture = Ecriture { coffre: cle.map(coffre), data, le, progres: &|_| {} };
    exporter(store, fichier, ecriture).await.unwrap().manifeste
}

/// An empty base of this engine, closed.
async fn vide(engine: Engine) -> TestStore {
    let mut store = testkit::store(engine).await;
    store.close();
    store
}

async fn entrer(store: &TestStore, fichier: &Path, cle: Option<[u8; 32]>, data: &Path) -> anyhow::Result<Manifeste> {
    importer(fichier, cle, (&store.target(), coffre(&VAULT_KEY).into(), data), |_| {}).await
}

async fn semblable(store: &TestStore) {
    let comptes: Vec<Stored<Compte>> = store.list(&Reach::All, &Query::lane(platform::acces::LANE_COMPTES)).await.unwrap();
    assert!(comptes.len() > 10, "accounts are on their list");
    let mut batch = Batch::default();
    batch.create(Uuid::from_u128(0xDB1), Uuid::nil(), store.clock.now(), &comptes[0].value).unwrap();
    let double = store.commit(batch.with_line(crate::monde::ligne(store.clock.now()))).await;
    assert!(matches!(double, Err(store::Error::ClaimTaken { .. })), "a login taken stays taken: {double:?}");
    let cherche = |texte| SearchQuery {
        kind: <DocumentMedical as store::Entity>::KIND,
        text: texte,
        lanes: &[],
        person: None,
        before: None,
        limit: 10,
    };
    let trouves: Vec<Stored<DocumentMedical>> = store.search(&Reach::All, &cherche("quivabax finale")).await.unwrap();
    assert_eq!(trouves.len(), 1, "what was found is found");
    assert_eq!(store.blob(&trouves[0].value.0.blob).await.unwrap().as_deref(), Some(b"%PDF-1.7 lettre".as_slice()));
    let versions: Vec<Stored<DocumentMedical>> = store.history(&Reach::All, Uuid::from_u128(0xD0C)).await.unwrap();
    assert_eq!(versions.len(), 3);
    assert_eq!(
        store.outbox(jiff::Timestamp::MAX, 1_000).await.unwrap().iter().filter(|message| message.topic == "essai").count(),
        2
    );
    let personne = Query::person(semis::usager_id(0));
    assert!(!store.list::<Transmission>(&Reach::All, &personne).await.unwrap().is_empty());
}

testkit::on_both! {
    async fn what_goes_into_either_engine_comes_out_the_same_and_the_journal_verifies(store: TestStore) {
        let engine = store.engine();
        let dossier = Dossier::neuf("aller-retour", engine);
        let (note, cle_publique) = peupler(&store, &dossier.0).await;
        let fichier = dossier.0.join("base.grappe");
        let manifeste = sortir(&store, Some(&fichier), Some(&CLE), &dossier.0).await;
        assert!(manifeste.combien("records") > 1_000 && manifeste.combien("history") > 1 && manifeste.combien("blobs") >= 1, "{}", manifeste.combien("records"));
        let clair = std::fs::read(&fichier).unwrap();
        assert!(!clair.windows(8).any(|morceau| morceau == b"QUIVABAX") && !clair.windows(8).any(|morceau| morceau == b"%PDF-1.7"), "sealed");
        for vers in [Engine::Sqlite, Engine::Postgres] {
            let Some(la) = testkit::store_or_skip(vers).await else { continue };
            drop(la);
            let mut la = vide(vers).await;
            let data = Dossier::neuf(&format!("vers-{vers:?}"), engine);
            entrer(&la, &fichier, Some(CLE), &data.0).await.unwrap();
            la.reopen().await;
            semblable(&la).await;
            assert_eq!(sortir(&la, None, None, &data.0).await.empreinte, manifeste.empreinte, "{engine:?} to {vers:?}");
            let verdict = verify(&la, &cle_publique, std::slice::from_ref(&note)).await.unwrap();
            assert!(verdict.tamperings.is_empty() && verdict.lines > 0 && verdict.records > 0, "{:?}", verdict.tamperings);
            assert_eq!(std::fs::read(data.0.join("signature-journal")).unwrap(), std::fs::read(dossier.0.join("signature-journal")).unwrap());
            // Life goes on: the next line and the next version come after those which were loaded.
            let signer = Signer::open(&data.0.join("signature-journal"), "grappe").unwrap();
            let lu: Stored<DocumentMedical> = la.get(&Reach::All, Uuid::from_u128(0xD0C)).await.unwrap().unwrap();
            let mut batch = Batch::default();
            batch.update(&lu, Uuid::nil(), la.clock.now(), &DocumentMedical(documents::Document { titre: "suite".into(), ..lu.value.0.clone() })).unwrap();
            la.commit(batch.with_line(crate::monde::ligne(la.clock.now()))).await.unwrap();
            let suite = signer_tete(&la, &signer).await;
            let verdict = verify(&la, &cle_publique, &[note.clone(), suite]).await.unwrap();
            assert!(verdict.tamperings.is_empty(), "{:?}", verdict.tamperings);
        }
    }

    async fn an_archive_which_is_cut_or_altered_is_refused_and_nothing_is_written(store: TestStore) {
        let engine = store.engine();
        let dossier = Dossier::neuf("abime", engine);
        peupler(&store, &dossier.0).await;
        let (scelle, clair) = (dossier.0.join("base.grappe"), dossier.0.join("base.tar"));
        sortir(&store, Some(&scelle), Some(&CLE), &dossier.0).await;
        sortir(&store, Some(&clair), None, &dossier.0).await;
        let abime = dossier.0.join("abime");
        let mut la = vide(engine).await;
        let mut refuses = 0;
        for (fichier, cle) in [(&scelle, Some(CLE)), (&clair, None)] {
            let octets = std::fs::read(fichier).unwrap();
            let couper = |longueur: usize| octets[..longueur].to_vec();
            let changer = |rang: usize| { let mut autres = octets.clone(); autres[rang] ^= 1; autres };
            let cas = [couper(octets.len() - 1_500), couper(octets.len() / 2), couper(8), changer(octets.len() / 2), changer(octets.len() / 3), changer(700)];
            for (rang, cas) in cas.into_iter().enumerate() {
                std::fs::write(&abime, cas).unwrap();
                let erreur = entrer(&la, &abime, cle, &dossier.0.join("data")).await.err();
                assert!(erreur.is_some(), "{} {rang}", fichier.display());
                refuses += 1;
            }
        }
        assert!(entrer(&la, &scelle, Some([1; 32]), &dossier.0).await.is_err(), "another key");
        assert!(entrer(&la, &scelle, None, &dossier.0).await.unwrap_err().to_string().contains("--cle"));
        assert_eq!(refuses, 12);
        la.reopen().await;
        let sante = la.health().await.unwrap();
        assert_eq!((sante.seq, sante.journal, sante.waiting), (0, 0, 0), "nothing is written");
        assert!(!dossier.0.join("data").exists(), "nor beside");
        la.close();
        entrer(&la, &clair, None, &dossier.0.join("data")).await.unwrap();
        let encore = entrer(&la, &clair, None, &dossier.0.join("data")).await.unwrap_err();
        assert!(format!("{encore:#}").contains("n'est pas vide"), "a base which holds something is refused: {encore:#}");
        assert!(!dossier.0.join("data/signature-journal").exists(), "a plain archive holds no secret of the installation");
    }

    async fn a_loading_which_fails_half_way_leaves_nothing(store: TestStore) {
        let engine = store.engine();
        let dossier = Dossier::neuf("moitie", engine);
        peupler(&store, &dossier.0).await;
        let fichier = dossier.0.join("base.tar");
        sortir(&store, Some(&fichier), None, &dossier.0).await;
        assert!(controler(&fichier, None).is_ok());
        let mut la = vide(engine).await;
        let (envoi, pages) = tokio::sync::mpsc::channel(4);
        let mut premieres = Vec::new();
        store::export(&store, &mut |piece| { premieres.push(piece); Ok(()) }).await.unwrap();
        premieres.truncate(500);
        envoi.send(Ok(premieres)).await.unwrap();
        envoi.send(Err(store::Error::Refused("the file could not be read any more".into()))).await.unwrap();
        assert!(store::load(&la.target(), coffre(&VAULT_KEY).into(), grappe::archive::mots, pages).await.is_err());
        la.reopen().await;
        let sante = la.health().await.unwrap();
        assert_eq!((sante.seq, sante.journal), (0, 0));
    }
}
