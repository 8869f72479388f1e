//! Breaking the glass: who may, for what, how long, and who reviews it (INV-21, INV-25).

use http::StatusCode;
use platform::acces::{BrisDeGlace, Categorie, CibleOpposition, Compte, Habilitation, Opposition, Rattachement};
use platform::store::{JournalFilter, Nature, Query, Reach, Stored};
use testkit::TestStore;

use crate::monde;
use monde_essai::Monde;
use monde_essai::deux_maisons::{
    A, ADMIN, ANNA, AS_RIVIERE, AS_VOLCANS, ASH_DOMES, DIRECTION_A, DIRECTION_B, DPO_A, IDE_DOMES, MEDCO_A, RH_A,
};

fn adresse() -> String {
    format!("/residents/{ANNA}/bris-de-glace")
}

fn ouvert() -> String {
    format!("/residents/{ANNA}/bris-de-glace/ouvert")
}

async fn bris(monde: &Monde) -> Vec<Stored<BrisDeGlace>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.unwrap()
}

testkit::on_both! {
    async fn a_nurse_of_another_unit_opens_for_a_reason_and_one_hour(store: TestStore) {
        let monde = monde(store).await;
        assert_eq!(monde.lire(IDE_DOMES, &ouvert()).await.status, StatusCode::FORBIDDEN, "closed before");
        let form = monde.lire(IDE_DOMES, &adresse()).await;
        assert!(form.status == StatusCode::OK && form.texte.contains("Urgence vitale"), "{}", form.texte);
        for motif in ["", "fatigue", "parce que"] {
            let sans = monde.envoyer(IDE_DOMES, &adresse(), &[("motif", motif), ("precision", "renfort")]).await;
            assert_eq!(sans.status, StatusCode::UNPROCESSABLE_ENTITY, "{motif}");
        }
        assert!(bris(&monde).await.is_empty());
        let fait = monde.envoyer(IDE_DOMES, &adresse(), &[("motif", "urgence_vitale")]).await;
        assert_eq!(fait.lieu, ouvert(), "{}", fait.texte);
        let rappel = monde.lire(IDE_DOMES, &ouvert()).await;
        assert!(rappel.texte.contains("jusqu'à 09:00") || rappel.texte.contains("jusqu&#39;à 09:00"), "{}", rappel.texte);
        let filtre = JournalFilter { person: Some(ANNA.0), verb: Some("dossier.bris_de_glace".into()), limit: 10, ..JournalFilter::default() };
        let lignes = monde.store.journal(filtre).await.unwrap();
        assert_eq!(lignes.len(), 1, "one act, one line, in the batch of the record");
        assert_eq!(lignes[0].detail("motif").as_deref(), Some("urgence_vitale"));
        assert!(lignes[0].detail.contains("bris_de_glace/"), "the line names the record");
        let lecture = &monde.lignes(IDE_DOMES, "dossier.briser_la_glace").await[0];
        assert_eq!((lecture.nature, lecture.detail("motif").as_deref()), (Nature::Consultation, Some("bris_de_glace")));
        monde.store.clock.advance(3_599);
        assert_eq!(monde.lire(IDE_DOMES, &ouvert()).await.status, StatusCode::OK);
        monde.store.clock.advance(1);
        assert_eq!(monde.lire(IDE_DOMES, &ouvert()).await.status, StatusCode::FORBIDDEN, "closed after sixty minutes");
    }

    async fn administrative_technical_and_hotel_roles_never_break_the_glass(store: TestStore) {
        let monde = monde(store).await;
        for compte in [ASH_DOMES, RH_A, ADMIN] {
            for reponse in [monde.lire(compte, &adresse()).await, monde.envoyer(compte, &adresse(), &[("motif", "urgence_vitale")]).await] {
                assert_eq!(reponse.status, StatusCode::FORBIDDEN, "{compte}");
                assert!(!reponse.texte.contains("Urgence vitale"));
            }
        }
        for compte in [AS_RIVIERE, DIRECTION_B] {
            assert_eq!(monde.envoyer(compte, &adresse(), &[("motif", "urgence_vitale")]).await.status, StatusCode::NOT_FOUND, "unknown to the other house");
        }
        assert!(bris(&monde).await.is_empty());
        let refus = monde.lignes(ASH_DOMES, "dossier.").await;
        assert!(refus.len() == 2 && refus.iter().all(|ligne| ligne.nature == Nature::Refus), "each refusal is a line");
    }

    async fn a_record_already_open_is_not_broken(store: TestStore) {
        let monde = monde(store).await;
        assert_eq!(monde.lire(AS_VOLCANS, &adresse()).await.lieu, format!("/residents/{ANNA}"));
        assert_eq!(monde.envoyer(AS_VOLCANS, &adresse(), &[("motif", "continuite")]).await.lieu, format!("/residents/{ANNA}"));
        assert!(bris(&monde).await.is_empty());
    }

    async fn opposition_beats_the_broken_glass_before_and_after(store: TestStore) {
        let monde = monde(store).await;
        let contre = |categories: Vec<Categorie>| vec![Opposition { cible: CibleOpposition::Profil("ide".into()), categories }];
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |lui| lui.oppositions = contre(Vec::new())).await;
        let refus = monde.envoyer(IDE_DOMES, &adresse(), &[("motif", "urgence_vitale")]).await;
        assert!(refus.status == StatusCode::FORBIDDEN && refus.texte.contains("choisi de ne pas partager"), "{}", refus.texte);
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |lui| lui.oppositions = contre(vec![Categorie::Medical])).await;
        assert_eq!(monde.envoyer(IDE_DOMES, &adresse(), &[("motif", "urgence_vitale")]).await.lieu, ouvert(), "a partial opposition leaves the rest");
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |lui| lui.oppositions = contre(Vec::new())).await;
        assert_eq!(monde.lire(IDE_DOMES, &ouvert()).await.status, StatusCode::FORBIDDEN, "an opposition written meanwhile closes at once");
    }

    async fn the_review_is_done_by_somebody_else_once(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(IDE_DOMES, &adresse(), &[("motif", "garde_astreinte"), ("precision", "Renfort de nuit")]).await;
        let id = bris(&monde).await[0].id;
        for relecteur in [DIRECTION_A, MEDCO_A, DPO_A] {
            let page = monde.lire(relecteur, "/admin/bris-de-glace").await;
            assert!(page.texte.contains("Nadia DOMEAU") && page.texte.contains("Garde ou astreinte") && page.texte.contains("Renfort de nuit"), "{relecteur}");
        }
        assert_eq!(monde.lire(IDE_DOMES, "/admin/bris-de-glace").await.status, StatusCode::FORBIDDEN);
        let (avis, commentaire, envoi) = (format!("avis-{id}"), format!("commentaire-{id}"), format!("/admin/bris-de-glace/{id}"));
        assert_eq!(monde.envoyer(DIRECTION_B, &envoi, &[(&avis, "oui")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.envoyer(DIRECTION_A, &envoi, &[(&avis, "non")]).await.status, StatusCode::BAD_REQUEST, "a « no » is explained");
        monde.changer::<Compte>(IDE_DOMES, |compte| {
            let role = Habilitation { profil: "medecin_co".into(), etablissement: Some(A), unites: Vec::new(), du: testkit::instant("2026-01-01T00:00:00Z"), au: None };
            compte.habilitations.push(role);
        }).await;
        let soi = monde.envoyer(IDE_DOMES, &envoi, &[(&avis, "oui")]).await;
        assert_eq!(soi.status, StatusCode::BAD_REQUEST, "never by its author, whatever the role");
        assert!(monde.lire(IDE_DOMES, "/admin/bris-de-glace").await.texte.contains("une autre personne relit"));
        assert!(bris(&monde).await[0].revue.is_none());
        assert_eq!(monde.envoyer(DIRECTION_A, &envoi, &[(&avis, "non"), (&commentaire, "Hors planning")]).await.lieu, "/admin/bris-de-glace");
        assert_eq!(monde.envoyer(MEDCO_A, &envoi, &[(&avis, "oui")]).await.status, StatusCode::CONFLICT);
        let revue = bris(&monde).await[0].value.revue.clone().unwrap();
        assert!(!revue.justifie && revue.commentaire == "Hors planning" && revue.par == DIRECTION_A);
    }

    async fn a_review_after_seven_days_is_marked_late(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(IDE_DOMES, &adresse(), &[("motif", "continuite")]).await;
        assert!(!monde.lire(DPO_A, "/admin/bris-de-glace").await.texte.contains("plus de 7 jours"));
        monde.store.clock.advance(7 * 86_400 + 1);
        assert!(monde.lire(DPO_A, "/admin/bris-de-glace").await.texte.contains("plus de 7 jours"));
    }

    async fn an_access_nobody_reviewed_stays_whatever_its_age(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(IDE_DOMES, &adresse(), &[("motif", "continuite")]).await;
        let id = bris(&monde).await[0].id;
        monde.store.clock.advance(20 * 7 * 86_400);
        assert!(monde.lire(DPO_A, "/admin/bris-de-glace").await.texte.contains("Nadia DOMEAU"), "twelve weeks settle nothing");
        monde.envoyer(DIRECTION_A, &format!("/admin/bris-de-glace/{id}"), &[(&format!("avis-{id}"), "oui")]).await;
        assert!(!monde.lire(DPO_A, "/admin/bris-de-glace").await.texte.contains("Nadia DOMEAU"), "once reviewed, it leaves with its weeks");
    }
}
