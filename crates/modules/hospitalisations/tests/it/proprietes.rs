//! Storms: any order, duplicates, cancellations before what they cancel.

use hospitalisations::{Annonce, AnnonceRendezVous, Annoncee, Classe, Effet, Sorte, episodes, rendez_vous};
use proptest::prelude::*;

use crate::calculs::{a, dit, hopital};

fn annonce() -> impl Strategy<Value = Annonce> {
    let sorte = prop::sample::select(Sorte::TOUTES.map(|(sorte, _)| sorte).to_vec());
    let effet = prop::sample::select(vec![Effet::Nouvelle, Effet::MiseAJour, Effet::Annulation]);
    let mouvement = prop::option::of(prop::sample::select(vec!["M1", "M2", "M3"]));
    let venue = prop::option::of(prop::sample::select(vec!["26-1", "26-2"]));
    let classe = prop::option::of(prop::sample::select(vec![Classe::Hospitalisation, Classe::Consultation]));
    let service = prop::option::of(prop::sample::select(vec!["Médecine", "Gériatrie"]));
    ((sorte, effet, mouvement, 0..6_i64, 0..6_i64), (venue, classe, service, any::<bool>())).prop_map(
        |((sorte, effet, mouvement, minute, dite), (venue, classe, service, deces))| Annonce {
            annoncee_le: a(dite),
            venue: venue.map(str::to_owned),
            classe,
            service: service.map(str::to_owned),
            deces: deces && sorte == Sorte::Sortie,
            ..dit(sorte, effet, mouvement, minute)
        },
    )
}

fn rdv() -> impl Strategy<Value = AnnonceRendezVous> {
    let dite = prop::sample::select(Annoncee::TOUTES.map(|(dite, _)| dite).to_vec());
    let numeros = prop::collection::btree_set(prop::sample::select(vec!["a", "b", "c"]), 1..3);
    (dite, numeros, 0..5_i64, prop::option::of(0..5_i64)).prop_map(|(dite, numeros, minute, debut)| AnnonceRendezVous {
        annoncee_le: a(minute),
        dite,
        hopital: hopital(),
        numeros: numeros.into_iter().map(str::to_owned).collect(),
        debut: debut.map(a),
        fin: None,
        lieu: None,
        service: None,
        avec: None,
        motif: None,
        source: None,
    })
}

/// A list and the same in another order, some of it twice.
fn melangee<T: Clone + std::fmt::Debug>(un: impl Strategy<Value = T>) -> impl Strategy<Value = (Vec<T>, Vec<T>)> {
    prop::collection::vec(un, 0..14).prop_flat_map(|liste| {
        let n = liste.len();
        let doubles = prop::collection::vec(prop::sample::select((0..n.max(1)).collect::<Vec<_>>()), 0..6);
        (Just(liste), doubles).prop_flat_map(|(liste, doubles)| {
            let plus: Vec<T> = liste.iter().cloned().chain(doubles.iter().filter_map(|rang| liste.get(*rang).cloned())).collect();
            (Just(liste), Just(plus).prop_shuffle())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_arrival_and_any_repetition_give_the_same_episodes((droite, autre) in melangee(annonce())) {
        prop_assert_eq!(episodes(&droite), episodes(&autre));
    }

    #[test]
    fn any_order_of_arrival_gives_the_same_appointments((droite, autre) in melangee(rdv())) {
        prop_assert_eq!(rendez_vous(&droite), rendez_vous(&autre));
    }

    #[test]
    fn a_numbered_movement_is_one_line_and_its_last_word_holds((dites, _) in melangee(annonce())) {
        // A number belongs to one stay.
        let dites: Vec<Annonce> = dites.into_iter().map(|dite| match dite.mouvement.as_deref() {
            Some("M3") => Annonce { venue: Some("26-2".into()), ..dite },
            Some(_) => Annonce { venue: Some("26-1".into()), ..dite },
            None => dite,
        }).collect();
        let etapes: Vec<_> = episodes(&dites).into_iter().flat_map(|episode| episode.etapes).collect();
        for numero in ["M1", "M2", "M3"] {
            let lignes: Vec<_> = etapes.iter().filter(|etape| etape.mouvement.as_deref() == Some(numero)).collect();
            prop_assert!(lignes.len() <= 1);
            let du_meme = dites.iter().filter(|dite| dite.mouvement.as_deref() == Some(numero));
            let dernier = du_meme.max_by_key(|dite| (dite.annoncee_le, dite.effet)).map(|dite| dite.effet);
            if let (Some(Effet::Annulation), [ligne]) = (dernier, lignes.as_slice()) {
                prop_assert!(!ligne.tient());
            }
        }
    }

    #[test]
    fn every_announcement_is_behind_a_line_of_the_timeline((dites, _) in melangee(annonce())) {
        let source = |rang: usize| uuid::Uuid::from_u128(u128::try_from(rang).expect("small"));
        let dites: Vec<Annonce> = dites.into_iter().enumerate().map(|(rang, dite)| Annonce { source: Some(source(rang)), ..dite }).collect();
        let lignes: Vec<_> = episodes(&dites).into_iter().flat_map(|episode| episode.etapes).flat_map(|etape| etape.sources).collect();
        for (rang, dite) in dites.iter().enumerate() {
            prop_assert!(lignes.contains(&source(rang)), "{dite:?}");
        }
    }
}
