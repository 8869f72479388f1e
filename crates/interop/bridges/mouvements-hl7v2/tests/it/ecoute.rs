//! What is acknowledged is kept, once, whatever comes.

use documents::EtatReception;
use hl7v2::AckCode;
use monde_essai::une_maison::ETAB;
use mouvements_hl7v2::{Ecoute, ErreurEcoute, Reglages};
use testkit::TestStore;

use crate::monde::{BIENTOT, Monde, admission, lire_ack, reglages};

testkit::on_both! {
    async fn what_is_acknowledged_is_kept_whole_and_says_from_whom(store: TestStore) {
        let monde = Monde::new(store).await;
        let message = admission("3001");
        let ack = monde.envoyer(&message).await;
        assert_eq!((ack.code, ack.control_id.as_str()), (AckCode::Accept, "3001"));
        assert!(ack.faults.is_empty());
        let receptions = monde.receptions().await;
        assert_eq!(receptions.len(), 1);
        assert_eq!((receptions[0].canal.code.as_str(), receptions[0].canal.emetteur.as_str()), ("mllp", "CH d'Ormes"));
        assert_eq!(receptions[0].canal.etablissement, Some(ETAB));
        assert_eq!(receptions[0].nom, "ADT-A01-3001.hl7");
        assert_eq!(monde.gardes().await, [message]);
    }

    async fn the_same_message_again_is_acknowledged_again_and_nothing_is_written_twice(store: TestStore) {
        let mut monde = Monde::new(store).await;
        let message = admission("3002");
        for _ in 0..3 {
            assert_eq!(monde.envoyer(&message).await.code, AckCode::Accept);
        }
        assert_eq!(monde.receptions().await.len(), 1);
        // The same number with other bytes is another message: both are kept.
        let autre = String::from_utf8(message.clone()).expect("UTF-8").replace("DOMINIQUE", "DOMINGO").into_bytes();
        assert_eq!(monde.envoyer(&autre).await.code, AckCode::Accept);
        assert_eq!(monde.gardes().await, [message.clone(), autre]);
        // Another correspondent, the same bytes: its own reception, linked to the first one.
        monde.ouvrir(Reglages { correspondant: "Clinique du Lac".into(), ..reglages() }).await;
        assert_eq!(monde.envoyer(&message).await.code, AckCode::Accept);
        let receptions = monde.receptions().await;
        assert_eq!(receptions.len(), 3);
        assert!(matches!(receptions[2].etat, EtatReception::Doublon { de } if de == receptions[0].id));
    }

    async fn messages_at_the_same_time_are_each_kept_once(store: TestStore) {
        let monde = Monde::new(store).await;
        let envois = (0..12).map(|n| {
            let (adresse, message) = (monde.adresse, admission(&format!("40{}", n % 6)));
            tokio::spawn(async move { lire_ack(&mllp::send(adresse, &message, BIENTOT, None).await.expect("acknowledged")) })
        });
        for envoi in envois.collect::<Vec<_>>() {
            assert_eq!(envoi.await.expect("no panic").code, AckCode::Accept);
        }
        let mut gardes = monde.gardes().await;
        gardes.sort();
        assert_eq!(gardes, (0..6).map(|n| admission(&format!("40{n}"))).collect::<Vec<_>>());
    }

    async fn what_was_not_kept_is_not_acknowledged_and_comes_again(store: TestStore) {
        let monde = Monde::new(store).await;
        let Some(database) = monde.store.database() else { return };
        database.execute("alter table record rename to record_away").await.expect("broken");
        let perdu = mllp::send(monde.adresse, &admission("3003"), BIENTOT, None).await.expect_err("no acknowledgment");
        assert_eq!(perdu.code(), "closed");
        database.execute("alter table record_away rename to record").await.expect("repaired");
        assert!(monde.receptions().await.is_empty());
        assert_eq!(monde.envoyer(&admission("3003")).await.code, AckCode::Accept);
        assert_eq!(monde.gardes().await, [admission("3003")]);
    }

    async fn a_listener_for_the_whole_grappe_or_for_an_unknown_house_keeps_all_the_same(store: TestStore) {
        let mut monde = Monde::new(store).await;
        for (numero, finess) in [("3004", None), ("3005", Some("750000026".to_owned()))] {
            monde.ouvrir(Reglages { finess, ..reglages() }).await;
            assert_eq!(monde.envoyer(&admission(numero)).await.code, AckCode::Accept);
        }
        let receptions = monde.receptions().await;
        assert_eq!(receptions.len(), 2);
        assert!(receptions.iter().all(|lue| lue.canal.etablissement.is_none()));
    }

    async fn a_stop_keeps_what_has_begun_and_an_address_taken_is_told(store: TestStore) {
        let mut monde = Monde::new(store).await;
        let prise = Reglages { adresse: monde.adresse, ..reglages() };
        let erreur = Ecoute::ouvrir(&monde.services, &prise).await.expect_err("taken");
        assert!(matches!(&erreur, ErreurEcoute::Adresse(adresse, _) if *adresse == monde.adresse), "{erreur}");
        let envois: Vec<_> = (0..4)
            .map(|n| {
                let (adresse, message) = (monde.adresse, admission(&format!("50{n}")));
                tokio::spawn(async move { mllp::send(adresse, &message, BIENTOT, None).await })
            })
            .collect();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        monde.arreter().await;
        let mut accuses = Vec::new();
        for (n, envoi) in envois.into_iter().enumerate() {
            if envoi.await.expect("no panic").is_ok() {
                accuses.push(admission(&format!("50{n}")));
            }
        }
        let gardes = monde.gardes().await;
        assert!(accuses.iter().all(|message| gardes.contains(message)), "acknowledged without being kept");
        assert!(mllp::send(monde.adresse, &admission("509"), BIENTOT, None).await.is_err());
    }
}
