//! The night: rounds with exceptions, a room by its number.

use http::StatusCode;
use platform::acces::EtatSejour;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{ANNA, BRUNO, CLARA, Monde, NUIT, RONDE, SOPHIE, VOLCANS};

async fn ronde(monde: &Monde, id: u128, passage: &str, sauf: &[String]) -> StatusCode {
    let (id, unite) = (Uuid::from_u128(id).to_string(), VOLCANS.to_string());
    let mut champs = vec![
        ("id", id.as_str()),
        ("unite", unite.as_str()),
        ("jour", "2026-11-21"),
        ("passage", passage),
        ("retour", "/tour/nuit"),
    ];
    champs.extend(sauf.iter().map(|sauf| ("sauf", sauf.as_str())));
    monde.envoyer(NUIT, "/tour/nuit/ronde", &champs).await.0
}

testkit::on_both! {
    async fn a_round_tells_each_resident_but_the_exceptions(store: TestStore) {
        let monde = Monde::new(store).await;
        assert_eq!(ronde(&monde, 1, "soiree", &[]).await, StatusCode::BAD_REQUEST, "the night has not begun");
        monde.store.clock.set(testkit::instant("2026-11-21T21:10:00Z"));
        let (_, page) = monde.lire(NUIT, "/tour/nuit").await;
        assert!(page.contains("0 résident vu sur 2") && page.contains("Dômes") && page.contains("Volcans"), "{page}");
        for _ in 0..2 {
            assert_eq!(ronde(&monde, 1, "soiree", &[BRUNO.to_string()]).await, StatusCode::SEE_OTHER);
        }
        let vues = monde.validations(ANNA).await;
        assert!(vues.len() == 1 && vues[0].groupe && vues[0].occurrence.to_string() == "2026-11-21T22:00");
        assert!(monde.validations(BRUNO).await.is_empty() && monde.validations(CLARA).await.is_empty());
        let (_, page) = monde.lire(NUIT, "/tour/nuit").await;
        assert!(page.contains("1 résident vu sur 2"), "{page}");
    }

    async fn a_colleague_who_walked_first_stays_the_author(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.store.clock.set(testkit::instant("2026-11-21T21:10:00Z"));
        assert_eq!(monde.cocher(SOPHIE, 50, ANNA, RONDE, "2026-11-21T22:00").await, StatusCode::SEE_OTHER);
        assert_eq!(ronde(&monde, 2, "soiree", &[]).await, StatusCode::SEE_OTHER);
        let vues = monde.validations(ANNA).await;
        assert!(vues.len() == 1 && vues[0].par.compte == SOPHIE);
        assert_eq!(monde.validations(BRUNO).await.len(), 1);
    }

    async fn who_is_in_hospital_is_not_seen(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.store.clock.set(testkit::instant("2026-11-22T01:10:00Z"));
        monde.sejour(BRUNO, |sejour| {
            sejour.etat = EtatSejour::Hospitalise;
            sejour.parti_le = Some(testkit::instant("2026-11-21T20:00:00Z"));
        }).await;
        assert_eq!(ronde(&monde, 3, "milieu", &[]).await, StatusCode::SEE_OTHER);
        assert!(monde.validations(BRUNO).await.is_empty());
        assert_eq!(monde.validations(ANNA).await.remove(0).occurrence.to_string(), "2026-11-22T02:00");
    }

    async fn the_keypad_opens_a_room_of_any_unit(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.store.clock.set(testkit::instant("2026-11-21T22:10:00Z"));
        let (_, page) = monde.lire(NUIT, "/tour/nuit?chambre=114").await;
        assert!(page.contains(&format!("id=\"r-{CLARA}\"")), "{page}");
        let (_, page) = monde.lire(NUIT, "/tour/nuit?chambre=999").await;
        assert!(page.contains("Aucun résident dans la chambre"), "{page}");
    }
}
