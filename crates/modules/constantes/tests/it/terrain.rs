//! The act of a tablet: replayed as its author, once, with its doubts.

use kernel::id::PosteId;
use platform::offline::{Etat, Operation, rejouer};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use uuid::Uuid;

use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, AS, ETAB, SECRETAIRE};

fn operation(id: u128, valeur: &str) -> Operation {
    let maintenant = testkit::instant(testkit::START);
    Operation {
        id: Uuid::from_u128(id),
        nom: "constante.ajouter".into(),
        v: 1,
        etablissement: ETAB,
        resident: Some(ANNA),
        cible: None,
        fait_a: maintenant,
        saisi_a: maintenant,
        heure_a_confirmer: false,
        hors_ligne: true,
        donnees: serde_json::json!({"type": "poids", "valeur": valeur}),
    }
}

async fn toutes(monde: &Monde) -> Vec<Stored<constantes::Constante>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

testkit::on_both! {
    async fn an_operation_is_applied_once(store: TestStore) {
        let monde = crate::monde(store).await;
        let poste = PosteId(Uuid::from_u128(77));
        let premiere = rejouer(&monde.services, AS, poste, operation(500, "52.4")).await;
        let seconde = rejouer(&monde.services, AS, poste, operation(500, "52.4")).await;
        assert_eq!((premiere.etat, seconde.etat), (Etat::Appliquee, Etat::Deja));
        let ecrites = toutes(&monde).await;
        assert!(ecrites.len() == 1 && ecrites[0].hors_ligne && ecrites[0].auteur_nom == "Essai as");
    }

    async fn a_twin_and_an_implausible_value_are_kept_and_raised(store: TestStore) {
        let monde = crate::monde(store).await;
        let poste = PosteId(Uuid::from_u128(77));
        rejouer(&monde.services, AS, poste, operation(500, "52.4")).await;
        assert_eq!(rejouer(&monde.services, AS, poste, operation(501, "52.4")).await.etat, Etat::Conflit);
        assert_eq!(rejouer(&monde.services, AS, poste, operation(502, "5.2")).await.etat, Etat::Conflit);
        let ecrites = toutes(&monde).await;
        assert_eq!(ecrites.len(), 3);
        assert_eq!(ecrites.iter().filter(|valeur| valeur.jumelle_de == Some(Uuid::from_u128(500))).count(), 1);
        assert_eq!(ecrites.iter().filter(|valeur| valeur.a_confirmer).count(), 1);
    }

    async fn who_may_not_and_what_is_not_understood_is_refused_with_a_sentence(store: TestStore) {
        let monde = crate::monde(store).await;
        let poste = PosteId(Uuid::from_u128(77));
        let refusee = rejouer(&monde.services, SECRETAIRE, poste, operation(500, "52.4")).await;
        let illisible = rejouer(&monde.services, AS, poste, operation(501, "beaucoup")).await;
        assert_eq!((refusee.etat, illisible.etat), (Etat::Refusee, Etat::Refusee));
        assert!(refusee.message.is_some() && illisible.message.is_some());
        assert!(toutes(&monde).await.is_empty());
    }
}
