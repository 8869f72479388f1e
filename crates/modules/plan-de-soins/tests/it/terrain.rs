//! Acts of tablets: replayed as their author, once, kept when the context changed meanwhile.

use kernel::id::{CompteId, PosteId};
use plan_de_soins::Issue;
use platform::offline::{Demande, Etat, Operation, rejouer, rejouer_file};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{AILLEURS, ANNA, BRUNO, ETAB, KARIM, Monde, NUIT, RONDE, SOPHIE, TOILETTE, VOLCANS};

const CLE: &str = "2026-11-21T08:30";

fn operation(id: u128, nom: &str, donnees: serde_json::Value) -> Operation {
    Operation {
        id: Uuid::from_u128(id),
        nom: nom.into(),
        v: 1,
        etablissement: ETAB,
        resident: Some(ANNA),
        cible: None,
        fait_a: testkit::instant("2026-11-21T06:50:00Z"),
        saisi_a: testkit::instant("2026-11-21T06:55:00Z"),
        heure_a_confirmer: false,
        hors_ligne: true,
        donnees,
    }
}

async fn jouer(monde: &Monde, auteur: CompteId, operation: Operation) -> Etat {
    rejouer(&monde.services, auteur, PosteId(Uuid::from_u128(77)), operation).await.etat
}

fn fait(id: u128) -> Operation {
    operation(id, "soin.valider", serde_json::json!({"soin": TOILETTE, "occurrence": CLE, "issue": "fait"}))
}

testkit::on_both! {
    async fn an_operation_sent_ten_times_is_one_act(store: TestStore) {
        let monde = Monde::new(store).await;
        assert_eq!(jouer(&monde, SOPHIE, fait(1)).await, Etat::Appliquee);
        for _ in 0..9 {
            monde.store.clock.advance(60);
            let etat = jouer(&monde, SOPHIE, fait(1)).await;
            assert!(matches!(etat, Etat::Deja | Etat::Appliquee));
        }
        let faites = monde.validations(ANNA).await;
        assert_eq!(faites.len(), 1);
        assert!(faites[0].hors_ligne && faites[0].fait_le < faites[0].saisi_le);
    }

    async fn two_tablets_are_both_kept_and_told(store: TestStore) {
        let monde = Monde::new(store).await;
        jouer(&monde, SOPHIE, fait(1)).await;
        let refus = || operation(2, "soin.valider", serde_json::json!({"soin": TOILETTE, "occurrence": CLE, "issue": "refuse", "motif": "fatigue"}));
        assert_eq!(jouer(&monde, KARIM, refus()).await, Etat::Conflit);
        assert_eq!(jouer(&monde, KARIM, refus()).await, Etat::Deja);
        assert_eq!((monde.validations(ANNA).await.len(), monde.a_verifier().await.len()), (2, 1));
    }

    async fn a_correction_then_an_annulment_keep_every_version(store: TestStore) {
        let monde = Monde::new(store).await;
        jouer(&monde, SOPHIE, fait(1)).await;
        let corriger = operation(2, "soin.corriger", serde_json::json!({"validation": Uuid::from_u128(1), "issue": "fait_en_partie", "motif": "fatigue", "raison": "erreur"}));
        assert_eq!(jouer(&monde, SOPHIE, corriger).await, Etat::Appliquee);
        assert_eq!(monde.validations(ANNA).await[0].issue, Issue::FaitEnPartie { note: "fatigue".into() });
        let annuler = || operation(3, "soin.annuler", serde_json::json!({"validation": Uuid::from_u128(1), "raison": "mauvais résident"}));
        assert_eq!(jouer(&monde, KARIM, annuler()).await, Etat::Refusee, "a colleague's word is not annulled by another aide");
        assert_eq!(jouer(&monde, SOPHIE, annuler()).await, Etat::Appliquee);
        assert_eq!(jouer(&monde, SOPHIE, annuler()).await, Etat::Appliquee);
        let versions: Vec<platform::store::Stored<plan_de_soins::Validation>> =
            monde.store.history(&platform::store::Reach::All, Uuid::from_u128(1)).await.unwrap();
        assert_eq!(versions.len(), 3);
        assert_eq!(versions[2].annule.as_ref().unwrap().motif, "mauvais résident");
    }

    async fn what_cannot_be_read_or_is_not_allowed_is_refused_with_a_sentence(store: TestStore) {
        let monde = Monde::new(store).await;
        assert_eq!(jouer(&monde, AILLEURS, fait(1)).await, Etat::Refusee);
        for donnees in [serde_json::json!({}), serde_json::json!({"soin": TOILETTE, "occurrence": "demain", "issue": "fait"}), serde_json::json!({"soin": TOILETTE, "occurrence": CLE, "issue": "peut-être"}), serde_json::json!([1])] {
            assert_eq!(jouer(&monde, SOPHIE, operation(2, "soin.valider", donnees)).await, Etat::Refusee);
        }
        assert_eq!(jouer(&monde, SOPHIE, fait(3)).await, Etat::Appliquee, "a refused one blocks nothing");
        assert_eq!(monde.validations(ANNA).await.len(), 1);
    }

    async fn a_round_of_the_night_is_replayed_once(store: TestStore) {
        let monde = Monde::new(store).await;
        let ronde = || Operation {
            resident: None,
            fait_a: testkit::instant("2026-11-21T21:05:00Z"),
            saisi_a: testkit::instant("2026-11-21T21:05:00Z"),
            ..operation(1, "ronde.valider", serde_json::json!({"unite": VOLCANS, "sauf": [BRUNO]}))
        };
        monde.store.clock.set(testkit::instant("2026-11-21T23:30:00Z"));
        assert_eq!(jouer(&monde, NUIT, ronde()).await, Etat::Appliquee);
        assert_eq!(jouer(&monde, NUIT, ronde()).await, Etat::Deja);
        let vues = monde.validations(ANNA).await;
        assert!(vues.len() == 1 && vues[0].soin == RONDE && vues[0].hors_ligne);
        assert!(monde.validations(BRUNO).await.is_empty());
    }

    async fn a_queue_keeps_the_order_of_each_person_and_answers_in_its_own(store: TestStore) {
        let monde = Monde::new(store).await;
        let refus = |id: u128, cle: &str| {
            let dit = serde_json::json!({"soin": TOILETTE, "occurrence": cle, "issue": "refuse", "motif": "fatigue"});
            operation(id, "soin.valider", dit)
        };
        let annuler = |id: u128, de: u128| {
            let dit = serde_json::json!({"validation": Uuid::from_u128(de), "raison": "mauvais soin"});
            Operation { cible: Some(Uuid::from_u128(de).to_string()), ..operation(id, "soin.annuler", dit) }
        };
        let inconnu = |id: u128| Operation { resident: Some(BRUNO), ..fait(id) };
        let queue = vec![fait(1), inconnu(2), annuler(3, 1), fait(4), inconnu(5), refus(6, "2026-11-20T08:30"), fait(4)];
        let file = |queue: &[Operation]| {
            let un = |operation: &Operation| Demande { auteur: SOPHIE, poste: PosteId(Uuid::from_u128(77)), operation: operation.clone() };
            queue.iter().map(un).collect::<Vec<_>>()
        };
        let dites = rejouer_file(&monde.services, file(&queue)).await;
        assert_eq!(dites.iter().map(|dite| dite.id).collect::<Vec<_>>(), queue.iter().map(|op| op.id).collect::<Vec<_>>());
        let etats: Vec<Etat> = dites.into_iter().map(|dite| dite.etat).collect();
        let (appliquee, refusee) = (Etat::Appliquee, Etat::Refusee);
        assert_eq!(etats[..6], [&appliquee, &refusee, &appliquee, &appliquee, &refusee, &appliquee].map(Clone::clone));
        assert!(matches!(etats[6], Etat::Deja | Etat::Appliquee), "the same id twice in one queue is one act");
        let vues = monde.validations(ANNA).await;
        assert_eq!(vues.len(), 3);
        assert_eq!(vues.iter().filter(|vue| vue.annule.is_none()).count(), 2, "annulled then done again, and refused the day before");
        let encore = rejouer_file(&monde.services, file(&queue[3..6])).await;
        assert!(matches!(encore[0].etat, Etat::Deja | Etat::Appliquee));
        assert_eq!(monde.validations(ANNA).await.len(), 3, "a queue sent again adds nothing");
    }
}
