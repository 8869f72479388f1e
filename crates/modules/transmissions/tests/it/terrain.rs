//! What tablets send: replayed once, late arrivals new for those who read before, closed targets reopened and told.

use platform::offline::{Etat, Operation, rejouer};
use testkit::TestStore;
use transmissions::{Cible, EtatCible, Transmission};
use uuid::Uuid;

use crate::monde::{ANNA, AS, CLAIRE, ETAB, IDE, Monde};

fn operation(monde: &Monde, nom: &str, cible: Option<Uuid>, donnees: serde_json::Value) -> Operation {
    let fait = monde.services.clock.now() - jiff::SignedDuration::from_hours(3);
    Operation {
        id: monde.services.clock.fresh_id(),
        nom: nom.into(),
        v: 1,
        etablissement: ETAB,
        resident: Some(ANNA),
        cible: cible.map(|cible| cible.to_string()),
        fait_a: fait,
        saisi_a: fait,
        heure_a_confirmer: false,
        hors_ligne: true,
        donnees,
    }
}

async fn envoyer(monde: &Monde, operation: &Operation) -> Etat {
    rejouer(&monde.services, AS, kernel::id::PosteId(Uuid::from_u128(99)), operation.clone()).await.etat
}

testkit::on_both! {
    async fn an_operation_replayed_counts_once_and_keeps_both_hours(store: TestStore) {
        let monde = Monde::new(store).await;
        let jusqua = (monde.services.clock.now() - jiff::SignedDuration::from_secs(1)).as_microsecond().to_string();
        monde.envoyer(IDE, "/releve/tout-lu", &[("jusqua", &jusqua)]).await;
        let creer = operation(&monde, "transmission.creer", None, serde_json::json!({
            "donnees": "Grimace au transfert.", "importance": "a_suivre",
            "consigne": {"texte": "Lève-malade jusqu'à l'avis du kiné", "jusquau": "2026-11-25"}
        }));
        assert_eq!(envoyer(&monde, &creer).await, Etat::Appliquee);
        assert_eq!(envoyer(&monde, &creer).await, Etat::Deja);
        let lue = monde.relire::<Transmission>(creer.id).await.expect("written");
        assert_eq!((lue.fait_le, lue.saisi_le, lue.recu_le), (creer.fait_a, creer.saisi_a, Some(monde.services.clock.now())));
        assert!(lue.hors_ligne && lue.theme == "douleur" && lue.theme_propose);
        assert_eq!(monde.ecrits(ANNA).await.len(), 1);
        assert!(monde.page(AS, "/consignes").await.contains("Lève-malade"));
        let page = monde.page(IDE, "/releve").await;
        assert!(page.contains("Grimace au transfert."), "seen three hours ago, received now: new for who read in between");
    }

    async fn a_result_reopens_nothing_by_itself_but_tells_when_the_target_was_closed(store: TestStore) {
        let monde = Monde::new(store).await;
        let fil = monde.transmettre(AS, ANNA, "Rougeur au talon.", &[("theme", "peau"), ("importance", "a_suivre"), ("fait_heure", "01:00")]).await;
        let resultat = operation(&monde, "cible.resultat", Some(fil), serde_json::json!({"resultat": "Talon rosé."}));
        assert_eq!(envoyer(&monde, &resultat).await, Etat::Appliquee);
        let id = monde.services.clock.fresh_id().to_string();
        monde.envoyer(IDE, &format!("/residents/{ANNA}/cibles/{fil}"), &[("id", &id), ("resultat", "Guéri"), ("clore", "oui")]).await;
        assert_eq!(monde.relire::<Cible>(Cible::id(fil)).await.expect("target").etat, EtatCible::Close);
        monde.store.clock.advance(4 * 3600);
        let rouvre = operation(&monde, "cible.resultat", Some(fil), serde_json::json!({"donnees": "Rouge de nouveau.", "importance": "a_suivre"}));
        assert_eq!(envoyer(&monde, &rouvre).await, Etat::Conflit);
        let cible = monde.relire::<Cible>(Cible::id(fil)).await.expect("target");
        assert_eq!((cible.etat, cible.nombre), (EtatCible::Ouverte, 4));
        let orphelin = operation(&monde, "cible.resultat", None, serde_json::json!({"resultat": "?"}));
        assert_eq!(envoyer(&monde, &orphelin).await, Etat::Refusee);
        let vide = operation(&monde, "transmission.creer", None, serde_json::json!({}));
        assert_eq!(envoyer(&monde, &vide).await, Etat::Refusee);
        let ailleurs = Operation { resident: Some(CLAIRE), ..operation(&monde, "transmission.creer", None, serde_json::json!({"donnees": "x y z"})) };
        assert_eq!(envoyer(&monde, &ailleurs).await, Etat::Refusee);
    }

    async fn reading_marked_on_a_tablet_counts(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.transmettre(IDE, ANNA, "Retrouvée au sol.", &[("theme", "chute"), ("importance", "alerte")]).await;
        let now = monde.services.clock.now();
        let lire = operation(&monde, "lecture.marquer", None, serde_json::json!({"depuis": now - jiff::SignedDuration::from_hours(24), "jusqua": now}));
        assert_eq!(envoyer(&monde, &lire).await, Etat::Appliquee);
        assert_eq!(envoyer(&monde, &lire).await, Etat::Appliquee);
        assert!(!monde.page(AS, "/releve").await.contains("Retrouvée au sol"));
    }
}
