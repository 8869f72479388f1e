//! The journal: who may read it, that its reading is a line, its export, its proof.

use http::StatusCode;
use kernel::id::CompteId;
use platform::store::{Checkpoint, JournalFilter, Nature, Sealer, Signer};
use testkit::TestStore;

use crate::monde;
use monde_essai::Monde;
use monde_essai::deux_maisons::{ADMIN, ANNA, AS_VOLCANS, B, CADRE_A, DIRECTION_A, DIRECTION_B, DPO_A, IDE_DOMES, RH_A};

/// Pages of this module which show names, with an account which may open them.
fn pages() -> [(CompteId, String); 7] {
    [
        (DPO_A, "/admin/traces".to_owned()),
        (DIRECTION_A, format!("/admin/traces?personne={ANNA}")),
        (DPO_A, "/admin/traces/export".to_owned()),
        (DIRECTION_A, format!("/residents/{ANNA}/historique")),
        (DIRECTION_A, "/admin/bris-de-glace".to_owned()),
        (IDE_DOMES, format!("/residents/{ANNA}/bris-de-glace")),
        (DIRECTION_A, "/admin/droits?qui=sophie.volcan".to_owned()),
    ]
}

testkit::on_both! {
    async fn each_page_with_personal_data_adds_a_line_before_it_leaves(store: TestStore) {
        let monde = monde(store).await;
        for (compte, adresse) in pages() {
            let jeton = monde.session(compte).await;
            let lues = |monde: &Monde| {
                let filtre = JournalFilter { account: Some(compte.0), nature: Some(Nature::Consultation), limit: 500, ..JournalFilter::default() };
                let store = monde.store.handle();
                async move { store.journal(filtre).await.unwrap().len() }
            };
            let avant = lues(&monde).await;
            let page = monde.get(&jeton, &adresse).await;
            assert_eq!(page.status, StatusCode::OK, "{adresse}: {}", page.texte);
            assert!(lues(&monde).await > avant, "{adresse} left no line");
        }
    }

    async fn the_journal_is_for_the_direction_and_the_dpo_of_the_house(store: TestStore) {
        let monde = monde(store).await;
        for compte in [AS_VOLCANS, IDE_DOMES, CADRE_A, RH_A, ADMIN] {
            for adresse in ["/admin/traces", "/admin/traces/export", "/admin/journal"] {
                assert_eq!(monde.lire(compte, adresse).await.status, StatusCode::FORBIDDEN, "{compte} {adresse}");
            }
        }
        monde.lire(AS_VOLCANS, "/admin/traces").await;
        let page = monde.lire(DIRECTION_A, &format!("/admin/traces?compte={AS_VOLCANS}&nature=refus")).await.texte;
        assert!(page.contains("Sophie VOLCAN") && page.contains("Refusé : Lire le journal des accès"), "{page}");
        let ailleurs = monde.lire(DIRECTION_B, "/admin/traces").await;
        assert!(ailleurs.status == StatusCode::OK && !ailleurs.texte.contains("Sophie VOLCAN"));
        assert_eq!(monde.lire(DIRECTION_A, &format!("/admin/traces?etablissement={B}")).await.status, StatusCode::NOT_FOUND);
    }

    async fn pages_follow_one_another_without_hole(store: TestStore) {
        let monde = monde(store).await;
        for _ in 0..60 {
            monde.lire(AS_VOLCANS, "/admin/journal").await;
        }
        let base = format!("/admin/traces?compte={AS_VOLCANS}&nature=refus");
        let premiere = monde.lire(DPO_A, &base).await.texte;
        assert_eq!(premiere.matches("Sophie VOLCAN").count(), 50);
        let suite = monde_essai::entre(&premiere, "avant=", "\"").to_owned();
        let seconde = monde.lire(DPO_A, &format!("{base}&avant={suite}")).await.texte;
        assert_eq!(seconde.matches("Sophie VOLCAN").count(), 10);
    }

    async fn the_export_names_the_signed_head_and_its_fingerprint_is_journalled(store: TestStore) {
        let monde = monde(store).await;
        let dossier = std::env::temp_dir().join(format!("grappe-cle-{}", uuid::Uuid::from_u128(rand_seed(&monde))));
        std::fs::create_dir_all(&dossier).unwrap();
        let signer = Signer::open(&dossier.join("cle"), "grappe").unwrap();
        let tete = sceller(&monde, &signer).await;
        let export = monde.lire(DPO_A, &format!("/admin/traces/export?compte={AS_VOLCANS}")).await;
        assert_eq!(export.status, StatusCode::OK);
        assert!(export.texte.contains(&format!("{} lignes", tete.size)), "{}", export.texte);
        let ligne = &monde.lignes(DPO_A, "journal.exporte").await[0];
        assert_eq!(ligne.detail("sha256").map(|hex| hex.len()), Some(64));
        let registre = monde.lire(DPO_A, "/admin/journal").await.texte;
        assert!(registre.contains(&format!("/admin/journal/tetes/{}", tete.size)));
        let note = monde.lire(DPO_A, &format!("/admin/journal/tetes/{}", tete.size)).await.texte;
        assert_eq!(note, tete.note);
        monde.services.annoncer_cle_journal(signer.public_key());
        assert!(monde.lire(DPO_A, "/admin/journal/cle").await.texte.contains(&signer.public_key()));
        assert_eq!(monde.envoyer(DPO_A, "/admin/journal/verification", &[]).await.lieu, "/admin/journal");
        let page = monde.lire(DPO_A, "/admin/journal").await.texte;
        assert!(page.contains("Journal intact"), "{page}");
        std::fs::remove_dir_all(dossier).unwrap();
    }

    async fn the_history_tells_the_person_who_came_and_who_was_refused(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(IDE_DOMES, &format!("/residents/{ANNA}/bris-de-glace"), &[("motif", "urgence_vitale")]).await;
        monde.lire(IDE_DOMES, &format!("/residents/{ANNA}/bris-de-glace/ouvert")).await;
        monde.lire(CADRE_A, &format!("/residents/{ANNA}/historique")).await;
        let page = monde.lire(DIRECTION_A, &format!("/residents/{ANNA}/historique")).await;
        assert_eq!(page.status, StatusCode::OK);
        for mot in ["samedi 21 novembre 2026", "Nadia DOMEAU", "infirmier", "votre présence et votre séjour", "A ouvert votre dossier par exception", "Raison : Urgence vitale"] {
            assert!(page.texte.contains(mot), "{mot} is not in {}", page.texte);
        }
        assert_eq!(monde.lire(AS_VOLCANS, &format!("/residents/{ANNA}/historique")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(DIRECTION_B, &format!("/residents/{ANNA}/historique")).await.status, StatusCode::NOT_FOUND);
    }
}

/// A signed head; on PostgreSQL lines become readable once no older transaction of the server runs.
async fn sceller(monde: &Monde, signer: &Signer) -> Checkpoint {
    for _ in 0..100 {
        let tete = monde.store.checkpoint(signer, &mut Sealer::default(), testkit::instant(testkit::START)).await.unwrap();
        if let Some(tete) = tete {
            return tete;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no head was signed within five seconds")
}

/// A different folder for each test, without the machine's clock.
fn rand_seed(monde: &Monde) -> u128 {
    let engine = u128::from(matches!(monde.store.engine(), testkit::Engine::Postgres));
    (u128::from(std::process::id()) << 8) | engine
}
