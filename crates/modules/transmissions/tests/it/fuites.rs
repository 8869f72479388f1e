//! Nothing of another unit nor of another establishment comes out: not by the feed, the search, a filter, a page, an address.

use http::StatusCode;
use testkit::TestStore;

use crate::monde::{ANNA, AS, AS_DOMES, CLAIRE, DENIS, DOMES, IDE_AILLEURS, IDEC, Monde, SECRETAIRE, VOLCANS};

async fn semer(monde: &Monde) {
    for rang in 0..4 {
        monde
            .transmettre(
                AS,
                ANNA,
                &format!("pervenche volcans numero {rang}{rang}{rang}"),
                &[("theme", "autre"), ("force", "oui")],
            )
            .await;
        monde
            .transmettre(
                AS_DOMES,
                CLAIRE,
                &format!("pervenche domes numero {rang}{rang}{rang}"),
                &[("theme", "autre"), ("force", "oui")],
            )
            .await;
        monde
            .transmettre(
                IDE_AILLEURS,
                DENIS,
                &format!("pervenche ailleurs numero {rang}{rang}{rang}"),
                &[("theme", "autre"), ("force", "oui")],
            )
            .await;
    }
}

testkit::on_both! {
    async fn feed_search_and_filters_show_ones_own_units_only(store: TestStore) {
        let monde = Monde::new(store).await;
        semer(&monde).await;
        let adresses = [
            "/transmissions".to_owned(),
            "/transmissions/fil".to_owned(),
            "/transmissions?q=pervenche".to_owned(),
            "/transmissions?q=pervenche+numero".to_owned(),
            "/transmissions?theme=autre".to_owned(),
            format!("/transmissions?unite={VOLCANS}"),
            "/releve".to_owned(),
            "/releve?fenetre=7j&vue=chrono".to_owned(),
            "/releve/presenter".to_owned(),
        ];
        for adresse in &adresses {
            let page = monde.page(AS, adresse).await;
            assert!(page.contains("volcans"), "{adresse} shows one's own");
            for autre in ["domes numero", "ailleurs numero", "DORVEAUX", "ESTIVEL"] {
                assert!(!page.contains(autre), "{adresse} lets « {autre} » out");
            }
        }
        for adresse in [format!("/transmissions?resident={CLAIRE}"), format!("/transmissions?resident={DENIS}&q=pervenche"), format!("/transmissions?q=pervenche&resident={CLAIRE}")] {
            let page = monde.page(AS, &adresse).await;
            assert!(!page.contains("numero"), "{adresse}");
            assert!(page.contains("0 affichée"), "a count tells nothing either: {adresse}");
        }
        let tout = monde.page(IDEC, "/transmissions?q=pervenche").await;
        assert!(tout.contains("8 affichées") && !tout.contains("ailleurs numero"), "the whole house, no other");
    }

    async fn another_unit_in_the_address_is_refused(store: TestStore) {
        let monde = Monde::new(store).await;
        semer(&monde).await;
        for adresse in [format!("/transmissions?unite={DOMES}"), format!("/transmissions/fil?unite={DOMES}&q=pervenche")] {
            assert_eq!(monde.lire(AS, &adresse).await.status, StatusCode::FORBIDDEN, "{adresse}");
        }
        assert_eq!(monde.lire(AS, &format!("/residents/{CLAIRE}/transmissions")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(AS, &format!("/residents/{DENIS}/transmissions")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.lire(SECRETAIRE, "/transmissions").await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(SECRETAIRE, "/releve").await.status, StatusCode::FORBIDDEN);
    }

    async fn one_persons_address_never_opens_the_writing_of_another(store: TestStore) {
        let monde = Monde::new(store).await;
        semer(&monde).await;
        let de_claire = monde.ecrits(CLAIRE).await[0].id;
        for fin in ["", "/corriger", "/annuler"] {
            let adresse = format!("/residents/{ANNA}/transmissions/{de_claire}{fin}");
            assert_eq!(monde.lire(AS, &adresse).await.status, StatusCode::NOT_FOUND, "{adresse}");
        }
        let adresse = format!("/residents/{ANNA}/transmissions/{de_claire}/connaissance");
        assert_eq!(monde.envoyer(AS, &adresse, &[]).await.status, StatusCode::NOT_FOUND);
        let id = monde.services.clock.fresh_id().to_string();
        let reponse = monde.envoyer(AS, &format!("/residents/{ANNA}/cibles/{de_claire}"), &[("id", &id), ("resultat", "vu")]).await;
        assert_eq!(reponse.status, StatusCode::BAD_REQUEST, "a target of somebody else is not continued");
    }

    async fn pages_follow_each_other_without_loss_nor_repetition(store: TestStore) {
        let monde = Monde::new(store).await;
        let (mut attendues, mut vues) = (Vec::new(), Vec::new());
        for rang in 0..70 {
            let mot = format!("balise{rang}x");
            let qui = if rang % 3 == 0 { CLAIRE } else { ANNA };
            let id = monde.services.clock.fresh_id().to_string();
            let usager = qui.to_string();
            let champs = [("id", id.as_str()), ("resident", &usager), ("donnees", &mot), ("theme", "autre"), ("force", "oui")];
            assert_eq!(monde.envoyer(IDEC, "/transmissions/nouvelle", &champs).await.status, StatusCode::SEE_OTHER);
            if rang % 7 == 0 {
                monde.store.clock.advance(1);
            }
            if qui == ANNA {
                attendues.push(mot);
            }
        }
        let mut adresse = "/transmissions".to_owned();
        for _ in 0..10 {
            let page = monde.page(AS, &adresse).await;
            vues.extend(attendues.iter().filter(|mot| page.contains(mot.as_str())).cloned());
            assert!(!page.contains("balise0x") && !page.contains("DORVEAUX"));
            let Some(suite) = page.split("rel=\"next\" href=\"").nth(1).and_then(|reste| reste.split('"').next()) else { break };
            adresse = suite.replace("&amp;", "&");
        }
        vues.sort();
        attendues.sort();
        assert_eq!(vues, attendues);
    }
}
