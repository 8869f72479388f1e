//! Two people, one act: in whatever order words arrive, nothing is lost and nothing counts silently as one (INV-05, INV-06).

use http::StatusCode;
use plan_de_soins::{Decision, Issue, NatureEcart};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{ANNA, IDE, KARIM, Monde, SOPHIE, TOILETTE};

const CLE: &str = "2026-11-21T08:30";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mot {
    SophieFait,
    KarimFait,
    KarimRefuse,
}

async fn dire(monde: &Monde, mot: Mot) {
    match mot {
        Mot::SophieFait => assert_eq!(monde.cocher(SOPHIE, 500, ANNA, TOILETTE, CLE).await, StatusCode::SEE_OTHER),
        Mot::KarimFait => assert_eq!(monde.cocher(KARIM, 501, ANNA, TOILETTE, CLE).await, StatusCode::SEE_OTHER),
        Mot::KarimRefuse => {
            assert_eq!(monde.tracer(KARIM, 502, TOILETTE, CLE, &[("choix", "refuse:fatigue")]).await.0, StatusCode::SEE_OTHER);
        }
    }
}

testkit::on_both! {
    async fn the_same_outcome_twice_is_kept_twice_and_counts_once(store: TestStore) {
        let monde = Monde::new(store).await;
        for mot in [Mot::SophieFait, Mot::KarimFait, Mot::SophieFait, Mot::KarimFait] {
            monde.store.clock.advance(30);
            dire(&monde, mot).await;
        }
        let validations = monde.validations(ANNA).await;
        assert_eq!(validations.len(), 2, "two words, sent twice each");
        assert_eq!(validations.iter().filter(|validation| validation.double_de == Some(Uuid::from_u128(500))).count(), 1);
        assert!(monde.a_verifier().await.is_empty(), "they agree");
        let (_, page) = monde.lire(SOPHIE, "/tour/soins").await;
        assert!(page.contains("aussi K. B.") && page.contains("1 soin fait sur"), "{page}");
    }

    async fn different_outcomes_are_kept_and_raised_in_every_order(store: TestStore) {
        let monde = Monde::new(store).await;
        let jours = ["2026-11-21T08:30", "2026-11-20T08:30"];
        for (rang, ordre) in [[Mot::SophieFait, Mot::KarimRefuse], [Mot::KarimRefuse, Mot::SophieFait]].iter().enumerate() {
            for (place, mot) in [ordre[0], ordre[1], ordre[0], ordre[1]].iter().enumerate() {
                let base = 600 + 10 * rang as u128;
                let statut = match mot {
                    Mot::KarimRefuse => monde.tracer(KARIM, base + 1, TOILETTE, jours[rang], &[("choix", "refuse:fatigue")]).await.0,
                    _ => monde.cocher(SOPHIE, base, ANNA, TOILETTE, jours[rang]).await,
                };
                assert_eq!(statut, StatusCode::SEE_OTHER, "{ordre:?} {place}");
            }
        }
        assert_eq!(monde.validations(ANNA).await.len(), 4);
        let leves = monde.a_verifier().await;
        assert_eq!(leves.len(), 2);
        assert!(leves.iter().all(|releve| releve.nature == NatureEcart::IssuesDifferentes && releve.faits.len() == 2));
    }

    async fn at_the_same_instant_two_tablets_are_both_heard(store: TestStore) {
        let monde = Monde::new(store).await;
        let (une, autre) = tokio::join!(
            monde.cocher(SOPHIE, 700, ANNA, TOILETTE, CLE),
            monde.tracer(KARIM, 701, TOILETTE, CLE, &[("choix", "refuse:fatigue")]),
        );
        assert_eq!((une, autre.0), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        let validations = monde.validations(ANNA).await;
        assert_eq!(validations.len(), 2);
        assert_eq!(validations.iter().filter(|validation| validation.cle_unique().is_some()).count(), 1);
        assert_eq!(monde.a_verifier().await.len(), 1);
    }

    async fn the_same_id_saying_something_else_is_a_conflict_and_never_an_overwrite(store: TestStore) {
        let monde = Monde::new(store).await;
        dire(&monde, Mot::SophieFait).await;
        let (statut, ..) = monde.tracer(SOPHIE, 500, TOILETTE, CLE, &[("choix", "refuse:fatigue")]).await;
        assert_eq!(statut, StatusCode::CONFLICT);
        let validations = monde.validations(ANNA).await;
        assert!(validations.len() == 1 && validations[0].issue == Issue::Fait);
    }

    async fn annulling_the_first_gives_its_place_to_the_second(store: TestStore) {
        let monde = Monde::new(store).await;
        dire(&monde, Mot::SophieFait).await;
        dire(&monde, Mot::KarimFait).await;
        monde.store.clock.advance(600);
        let annuler = format!("/residents/{ANNA}/validations/{}/annuler", Uuid::from_u128(500));
        assert_eq!(monde.envoyer(SOPHIE, &annuler, &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY, "later, a reason is asked");
        assert_eq!(monde.envoyer(KARIM, &annuler, &[("motif", "erreur_saisie")]).await.0, StatusCode::UNPROCESSABLE_ENTITY, "not a colleague's");
        assert_eq!(monde.envoyer(SOPHIE, &annuler, &[("motif", "erreur_saisie")]).await.0, StatusCode::SEE_OTHER);
        let validations = monde.validations(ANNA).await;
        let tenue: Vec<_> = validations.iter().filter(|validation| validation.cle_unique().is_some()).collect();
        assert!(tenue.len() == 1 && tenue[0].id == Uuid::from_u128(501));
        monde.cocher(IDE, 502, ANNA, TOILETTE, CLE).await;
        let troisieme = monde.validations(ANNA).await.into_iter().find(|validation| validation.id == Uuid::from_u128(502)).unwrap();
        assert_eq!(troisieme.double_de, Some(Uuid::from_u128(501)), "a third word is compared with the second");
    }

    async fn a_decision_needs_a_reason_and_a_nurse_and_erases_nothing(store: TestStore) {
        let monde = Monde::new(store).await;
        dire(&monde, Mot::SophieFait).await;
        dire(&monde, Mot::KarimRefuse).await;
        let releve = monde.a_verifier().await.remove(0);
        let decider = format!("/residents/{ANNA}/a-verifier/{}", releve.id);
        let retenir = Uuid::from_u128(500).to_string();
        assert_eq!(monde.envoyer(SOPHIE, &decider, &[("decision", &retenir), ("motif", "vu")]).await.0, StatusCode::FORBIDDEN);
        assert_eq!(monde.envoyer(IDE, &decider, &[("decision", &retenir)]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(monde.envoyer(IDE, &decider, &[("decision", &retenir), ("motif", "Vu avec eux")]).await.0, StatusCode::SEE_OTHER);
        assert!(monde.a_verifier().await.is_empty());
        let validations = monde.validations(ANNA).await;
        assert_eq!(validations.len(), 2, "both stay readable");
        let annulee = validations.iter().find(|validation| validation.annule.is_some()).expect("the other one is annulled");
        assert_eq!((annulee.id, annulee.annule.as_ref().unwrap().motif.as_str()), (Uuid::from_u128(502), "Vu avec eux"));
        let (_, page) = monde.lire(IDE, "/a-verifier").await;
        assert!(page.contains("Vu avec eux") && page.contains("Aucune saisie à vérifier"), "{page}");
        let fermes: Vec<platform::store::Stored<plan_de_soins::AVerifier>> =
            monde.store.history(&platform::store::Reach::All, releve.id).await.unwrap();
        assert_eq!(fermes.last().unwrap().ferme.as_ref().unwrap().decision, Decision::Retenir { validation: Uuid::from_u128(500) });
    }
}
