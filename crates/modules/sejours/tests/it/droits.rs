//! Nobody receives what their role may not know, by any door (INV-18, INV-19, INV-25).

use http::StatusCode;
use testkit::TestStore;

use crate::monde::{ADMISSIONS, ANNA, AS, ASH, CLAIRE, CUISINE, DENIS, IDE, IDE_AILLEURS, IDEC, MEDECIN, Monde, TECHNIQUE};

testkit::on_both! {
    async fn another_house_does_not_exist(store: TestStore) {
        let monde = Monde::new(store).await;
        let inconnu = "00000000-0000-0000-0000-0000000000ff";
        for fin in ["", "/identite", "/contacts", "/vie", "/alertes", "/sejour", "/photo", "/oppositions"] {
            let autre = monde.get(IDE, &format!("/residents/{DENIS}{fin}")).await;
            let rien = monde.get(IDE, &format!("/residents/{inconnu}{fin}")).await;
            assert_eq!((autre.status, rien.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{fin}");
            assert_eq!(autre.texte, rien.texte, "the same words: {fin}");
        }
        let recherche = monde.get(IDEC, "/recherche?q=estivel").await;
        assert!(!recherche.texte.contains("Denis"), "search does not cross houses");
        assert!(monde.get(IDE_AILLEURS, &format!("/residents/{DENIS}")).await.texte.contains("ESTIVEL"));
    }

    async fn another_unit_offers_to_break_the_glass(store: TestStore) {
        let monde = Monde::new(store).await;
        let refus = monde.get(AS, &format!("/residents/{CLAIRE}")).await;
        assert_eq!(refus.status, StatusCode::FORBIDDEN);
        assert!(refus.texte.contains("bris-de-glace") && !refus.texte.contains("DORVEAUX"));
        assert!(!monde.get(AS, "/residents?unite=toutes").await.texte.contains("DORVEAUX"));
        assert!(!monde.get(AS, "/recherche?q=dor").await.texte.contains("DORVEAUX"));
        assert!(monde.get(IDEC, "/residents?unite=toutes").await.texte.contains("DORVEAUX"));
    }

    async fn hotel_and_technical_roles_never_receive_birth_ins_or_contacts(store: TestStore) {
        let monde = Monde::new(store).await;
        for compte in [ASH, TECHNIQUE, CUISINE] {
            for chemin in ["/residents", "/residents?vue=cartes", "/residents?vue=photos", "/residents?vue=chambres", "/presence", "/presence/evacuation", "/mouvements", "/mouvements/plan", "/recherche?q=largen"] {
                let page = monde.get(compte, chemin).await;
                assert_eq!(page.status, StatusCode::OK, "{compte} {chemin}");
                for secret in ["1936", "90 ans", "BRUMELLE", "VERNEUGHEOL", "06 39 98", "provisoire"] {
                    assert!(!page.texte.contains(secret), "{compte} {chemin} {secret}");
                }
            }
            let dossier = monde.get(compte, &format!("/residents/{ANNA}")).await;
            assert_eq!(dossier.status, StatusCode::OK);
            for secret in ["1936", "BRUMELLE", "VERNEUGHEOL", "06 39 98", "INS ", "/identite", "/contacts"] {
                assert!(!dossier.texte.contains(secret), "{compte} record {secret}");
            }
            assert_eq!(monde.get(compte, &format!("/residents/{ANNA}/identite")).await.status, StatusCode::FORBIDDEN);
            assert_eq!(monde.get(compte, &format!("/residents/{ANNA}/contacts")).await.status, StatusCode::FORBIDDEN);
            assert!(!monde.get(compte, "/recherche?q=brumelle").await.texte.contains("LARGENTI"), "the birth name finds nobody for {compte}");
        }
        assert!(!monde.get(TECHNIQUE, &format!("/residents/{ANNA}")).await.texte.contains("pénicilline"));
        assert!(monde.get(CUISINE, &format!("/residents/{ANNA}")).await.texte.contains("pénicilline"));
    }

    async fn a_carer_finds_by_birth_name_and_goes_straight_by_room(store: TestStore) {
        let monde = Monde::new(store).await;
        assert!(monde.get(AS, "/recherche?q=br%C3%BBmelle").await.texte.contains("LARGENTIÈRE"));
        assert!(monde.get(AS, "/residents?q=brum").await.texte.contains("LARGENTIÈRE"));
        let droit = monde.get(AS, "/recherche?q=101").await;
        assert_eq!((droit.status, droit.lieu), (StatusCode::SEE_OTHER, format!("/residents/{ANNA}")));
        assert_eq!(monde.get(AS, "/recherche?q=102").await.status, StatusCode::SEE_OTHER, "the only person of a double room");
        let dossier = monde.get(AS, &format!("/residents/{ANNA}")).await;
        assert!(dossier.texte.contains("Allergie connue : pénicilline, anaphylaxie (2019)"));
        assert!(dossier.texte.contains("née le") && dossier.texte.contains("90 ans"));
        assert!(!dossier.texte.contains("VERNEUGHEOL"), "contacts are not for the AS profile");
        assert!(monde.get(IDE, &format!("/residents/{ANNA}")).await.texte.contains("VERNEUGHEOL"));
    }

    async fn an_opposition_closes_at_once_and_lifts_at_once(store: TestStore) {
        let monde = Monde::new(store).await;
        let page = format!("/residents/{ANNA}");
        let chemin = format!("/residents/{ANNA}/oppositions");
        assert_eq!(monde.get(MEDECIN, &page).await.status, StatusCode::OK);
        let version = monde.champ(ADMISSIONS, &chemin, "version").await;
        let ecrite = monde.post(ADMISSIONS, &chemin, &[("version", &version), ("cible", "profil/medecin"), ("tout", "oui")]).await;
        assert_eq!(ecrite.status, StatusCode::SEE_OTHER, "{}", ecrite.texte);
        assert_eq!(monde.get(MEDECIN, &page).await.status, StatusCode::FORBIDDEN);
        for liste in ["/residents?unite=toutes", "/presence", "/recherche?q=largen", "/mouvements", "/presence/evacuation"] {
            assert!(!monde.get(MEDECIN, liste).await.texte.contains("LARGENTIÈRE"), "{liste}");
        }
        assert_eq!(monde.get(AS, &page).await.status, StatusCode::OK);
        let perimee = monde.post(ADMISSIONS, &format!("{chemin}/lever"), &[("version", &version), ("rang", "0")]).await;
        assert_eq!(perimee.status, StatusCode::CONFLICT, "a form read before does not lift what it did not show");
        let version = monde.champ(ADMISSIONS, &chemin, "version").await;
        monde.post(ADMISSIONS, &format!("{chemin}/lever"), &[("version", &version), ("rang", "0")]).await;
        assert_eq!(monde.get(MEDECIN, &page).await.status, StatusCode::OK);
    }

    async fn an_opposition_on_a_family_hides_only_that_family(store: TestStore) {
        let monde = Monde::new(store).await;
        let chemin = format!("/residents/{ANNA}/oppositions");
        let version = monde.champ(ADMISSIONS, &chemin, "version").await;
        let champs = [("version", version.as_str()), ("cible", "profil/ide"), ("categories", "administratif")];
        assert_eq!(monde.post(ADMISSIONS, &chemin, &champs).await.status, StatusCode::SEE_OTHER);
        let dossier = monde.get(IDE, &format!("/residents/{ANNA}")).await;
        assert!(dossier.status == StatusCode::OK && !dossier.texte.contains("VERNEUGHEOL") && dossier.texte.contains("pénicilline"));
        assert_eq!(monde.get(IDE, &format!("/residents/{ANNA}/contacts")).await.status, StatusCode::FORBIDDEN);
    }

    async fn writing_needs_its_own_right(store: TestStore) {
        let monde = Monde::new(store).await;
        let interdits = [
            (AS, format!("/residents/{ANNA}/identite/corriger")),
            (AS, format!("/residents/{ANNA}/sejour/sortie")),
            (CUISINE, format!("/residents/{ANNA}/alertes")),
            (IDE, format!("/residents/{ANNA}/contacts/mesure")),
            (IDE, "/residents/nouveau".to_owned()),
            (MEDECIN, "/admin/ins/fusion".to_owned()),
        ];
        for (compte, chemin) in interdits {
            assert_eq!(monde.post(compte, &chemin, &[("version", "1")]).await.status, StatusCode::FORBIDDEN, "{chemin}");
        }
    }
}
