//! Instructions: always with an end, told apart by it, ended early with a reason.

use http::StatusCode;
use testkit::TestStore;
use transmissions::{Consigne, EtatConsigne};

use crate::monde::{ANNA, AS, AS_DOMES, BRUNO, IDE, Monde};

testkit::on_both! {
    async fn an_instruction_lives_until_its_day_or_until_somebody_ends_it(store: TestStore) {
        let monde = Monde::new(store).await;
        let longue = monde.transmettre(IDE, ANNA, "Talon rouge.", &[("theme", "peau"), ("consigne", "Changer de position toutes les 3 h"), ("consigne_jusquau", "2026-11-30"), ("consigne_pour", "as"), ("consigne_pour", "as_nuit")]).await;
        monde.transmettre(IDE, BRUNO, "Mange peu.", &[("consigne", "Peser demain matin"), ("consigne_jusquau", "2026-11-22")]).await;
        let page = monde.page(AS, "/consignes").await;
        for mot in ["Changer de position", "jusqu'au 30 nov. 2026", "pour AS, AS nuit", "Peser demain matin", "jusqu'à demain"] {
            assert!(page.contains(mot), "{mot}: {page}");
        }
        assert!(!monde.page(AS_DOMES, "/consignes").await.contains("Peser demain"));
        let id = Consigne::id_de(longue);
        let jour = kernel::dates::lire_date("2026-11-21").expect("date");
        assert_eq!(monde.relire::<Consigne>(id).await.expect("kept").etat(jour), EtatConsigne::EnCours);
        let adresse = format!("/residents/{ANNA}/consignes/{id}/lever");
        assert_eq!(monde.envoyer(AS_DOMES, &adresse, &[("motif", "Non")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.envoyer(AS, &adresse, &[("motif", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(monde.envoyer(AS, &adresse, &[("motif", "Talon guéri")]).await.status, StatusCode::SEE_OTHER);
        let levee = monde.relire::<Consigne>(id).await.expect("kept");
        assert_eq!(levee.etat(jour), EtatConsigne::Terminee);
        let page = monde.page(AS, "/consignes").await;
        assert!(page.contains("Talon guéri") && page.contains("Fin décidée par Sophie Aubrac"));
    }

    async fn annulling_the_writing_ends_its_instruction(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.transmettre(IDE, ANNA, "Talon rouge.", &[("consigne", "Décharger le talon"), ("consigne_jusquau", "2026-11-30")]).await;
        let adresse = format!("/residents/{ANNA}/transmissions/{id}/annuler");
        assert_eq!(monde.envoyer(IDE, &adresse, &[("version", "1"), ("motif", "Mauvais résident")]).await.status, StatusCode::SEE_OTHER);
        assert!(monde.relire::<Consigne>(Consigne::id_de(id)).await.expect("kept").levee.is_some());
    }
}
