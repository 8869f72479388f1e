//! Expected documents, from the departure to the letter, through the router and the worker's messages, on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod dates;
mod interfaces;

use http::StatusCode;
use liaisons::{Attendu, EtatAttendu};
use monde_essai::une_maison::{ANNA, AS, IDE, SECRETAIRE};
use monde_essai::{Monde, une_maison};
use platform::store::{OutboxItem, Query, Reach, Stored};
use testkit::TestStore;
use uuid::Uuid;

async fn monde(store: TestStore) -> Monde {
    let modules = vec![liaisons::module(), sejours::module(), documents::module()];
    une_maison::semer(Monde::nouveau(store, true, modules)).await
}

async fn attendus(monde: &Monde) -> Vec<Stored<Attendu>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

/// Delivers what waits, as the worker does; twice, since a message may come again.
async fn livrer(monde: &Monde) {
    let now = monde.services.clock.now();
    let items: Vec<OutboxItem> = monde.store.outbox(now, 100).await.expect("outbox");
    for item in items {
        for _ in 0..2 {
            match item.topic.as_str() {
                "sejours.hopital" => liaisons::hopital(&monde.services, &item).await.expect("hospital"),
                "documents.classe" => liaisons::classe(&monde.services, &item).await.expect("filed"),
                autre => assert_eq!(autre, "", "nobody handles this message"),
            }
        }
        monde.store.outbox_done(item.n, now).await.expect("done");
    }
}

/// A departure whose message is left to the worker.
async fn partir(monde: &Monde) {
    let sejours: Vec<Stored<sejours::Sejour>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    let (version, id) = (sejours[0].version.to_string(), monde.services.clock.fresh_id().to_string());
    let champs = [
        ("jour", "2026-11-21"),
        ("heure", "07:50"),
        ("lieu", "CH de Val-Brumeux"),
        ("motif", "urgences"),
        ("version", version.as_str()),
        ("id", id.as_str()),
    ];
    let page = monde.envoyer(IDE, &format!("/residents/{ANNA}/sejour/hospitalisation"), &champs).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
}

async fn bouger(monde: &Monde, geste: &str, champs: &[(&str, &str)]) {
    let sejours: Vec<Stored<sejours::Sejour>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    let (version, id) = (sejours[0].version.to_string(), monde.services.clock.fresh_id().to_string());
    let mut tous = vec![("jour", "2026-11-21"), ("version", version.as_str()), ("id", id.as_str())];
    tous.extend_from_slice(champs);
    let page = monde.envoyer(IDE, &format!("/residents/{ANNA}/sejour/{geste}"), &tous).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
    livrer(monde).await;
}

async fn hospitaliser(monde: &Monde) {
    bouger(monde, "hospitalisation", &[("heure", "07:50"), ("lieu", "CH de Val-Brumeux"), ("motif", "urgences")]).await;
}

testkit::on_both! {
    async fn a_departure_opens_what_must_come_back_and_a_return_starts_the_reminders(store: TestStore) {
        let monde = monde(store).await;
        hospitaliser(&monde).await;
        assert_eq!(attendus(&monde).await.len(), 3);
        let page = monde.lire(SECRETAIRE, "/liaisons/attendus").await.texte;
        assert!(page.contains("Lettre de liaison à la sortie") && page.contains("CH de Val-Brumeux") && page.contains("BRUMELLE"), "{page}");
        assert_eq!(monde.lire(AS, "/liaisons/attendus").await.status, StatusCode::FORBIDDEN);
        monde.store.clock.advance(3600);
        bouger(&monde, "retour-hopital", &[("heure", "08:30")]).await;
        assert!(attendus(&monde).await.iter().all(|lu| lu.revenu_le.is_some()));
        monde.store.clock.advance(49 * 3600);
        assert!(monde.lire(SECRETAIRE, "/liaisons/attendus").await.texte.contains("plus de deux jours"));
    }

    async fn a_reminder_is_kept_and_a_reason_is_asked_to_give_up(store: TestStore) {
        let monde = monde(store).await;
        hospitaliser(&monde).await;
        let id = Attendu::id(mouvement(&monde).await, "lettre");
        let adresse = format!("/residents/{ANNA}/attendus/{id}");
        assert_eq!(monde.envoyer(SECRETAIRE, &adresse, &[("geste", "relancer"), ("moyen", "pigeon")]).await.status, StatusCode::BAD_REQUEST);
        monde.envoyer(SECRETAIRE, &adresse, &[("geste", "relancer"), ("moyen", "telephone"), ("note", "demain")]).await;
        assert_eq!(monde.envoyer(SECRETAIRE, &adresse, &[("geste", "abandonner")]).await.status, StatusCode::BAD_REQUEST);
        monde.envoyer(SECRETAIRE, &adresse, &[("geste", "abandonner"), ("note", "restée aux urgences")]).await;
        let lu = monde.lu::<Attendu>(id).await;
        assert_eq!(lu.relances.len(), 1);
        assert!(matches!(&lu.etat, EtatAttendu::Abandonne { motif } if motif == "restée aux urgences"));
        assert_eq!(monde.envoyer(SECRETAIRE, &adresse, &[("geste", "recu")]).await.status, StatusCode::BAD_REQUEST, "it is closed");
        assert!(monde.lire(SECRETAIRE, "/liaisons/attendus?etat=clos").await.texte.contains("restée aux urgences"));
    }

    async fn a_letter_filed_closes_its_line_and_only_it(store: TestStore) {
        let monde = monde(store).await;
        hospitaliser(&monde).await;
        let document = Uuid::from_u128(0x77);
        let classe = documents::Classe { usager: ANNA, document, type_code: "11490-0".into(), date: Some(jiff::civil::date(2026, 11, 21)) };
        let item = |n| OutboxItem { n, topic: "documents.classe".into(), key: document.to_string(), payload: serde_json::to_string(&classe).expect("json"), attempts: 0 };
        liaisons::classe(&monde.services, &item(1)).await.expect("filed");
        hospitaliser_encore(&monde).await;
        liaisons::classe(&monde.services, &item(1)).await.expect("again");
        let recus: Vec<_> = attendus(&monde).await.into_iter().filter(|lu| lu.etat != EtatAttendu::Attendu).collect();
        assert_eq!(recus.len(), 1, "the same document never closes another line");
        assert!(recus[0].sorte == "lettre" && matches!(recus[0].etat, EtatAttendu::Recu { document: Some(lu), .. } if lu == document));
    }
}

/// Back, then gone again: another departure waits for its own letter.
async fn hospitaliser_encore(monde: &Monde) {
    monde.store.clock.advance(3 * 3600);
    bouger(monde, "retour-hopital", &[("heure", "09:30")]).await;
    bouger(monde, "hospitalisation", &[("heure", "10:30"), ("lieu", "CHU"), ("motif", "urgences")]).await;
}

/// The movement of the departure.
async fn mouvement(monde: &Monde) -> Uuid {
    let mouvements: Vec<Stored<sejours::Mouvement>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    mouvements.last().expect("a movement").id
}
