//! The digest against a naive telling of its rules, over random stories; and its time on four days of a full unit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use kernel::id::{CompteId, UsagerId};
use kernel::texte::Texte;
use platform::releve::EvenementReleve;
use proptest::prelude::*;
use transmissions::releve::{Matiere, Personne, Poids, calculer};
use transmissions::{Cible, EtatCible, Importance, Trace, Transmission};
use uuid::Uuid;

const THEMES: [&str; 4] = ["douleur", "peau", "chute", "sommeil"];

fn now() -> Timestamp {
    testkit::instant("2026-11-21T08:00:00Z")
}

fn avant(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

fn personne(rang: u128, depuis: i64) -> Personne {
    let nom = format!("Personne {rang}");
    Personne {
        usager: UsagerId(Uuid::from_u128(rang)),
        nom: nom.clone(),
        nom_court: nom,
        chambre: String::new(),
        unite: None,
        depuis: avant(depuis),
    }
}

/// One random writing: who, theme, minutes ago, minutes before it was received, result, importance, goes on, annulled.
type Tirage = (u8, usize, i64, i64, bool, u8, bool, bool);

fn transmission(rang: usize, tirage: &Tirage, fils: &mut BTreeMap<(u8, usize), Uuid>) -> Transmission {
    let (qui, theme, fait, retard, resultat, importance, suit, annule) = *tirage;
    let id = Uuid::from_u128(1000 + rang as u128);
    let cible = if suit { fils.get(&(qui, theme)).copied() } else { None };
    fils.entry((qui, theme)).or_insert(id);
    let saisi = avant((fait - retard).max(1));
    let trace = Trace { motif: Texte::new("erreur").unwrap(), par: "X".into(), le: saisi };
    let mut une = Transmission {
        id,
        usager: UsagerId(Uuid::from_u128(u128::from(qui))),
        etablissement: kernel::id::EtablissementId(Uuid::nil()),
        unite: None,
        theme: THEMES[theme].into(),
        theme_propose: false,
        cible,
        etat: EtatCible::Isolee,
        donnees: Some(Texte::new(&format!("donnee {rang}")).unwrap()),
        actions: None,
        resultat: resultat.then(|| Texte::new(&format!("resultat {rang}")).unwrap()),
        importance: [Importance::Info, Importance::ASuivre, Importance::Alerte][usize::from(importance)],
        consigne: None,
        a_revoir: None,
        liens: Vec::new(),
        fait_le: avant(fait),
        saisi_le: saisi,
        recu_le: None,
        auteur: CompteId(Uuid::nil()),
        auteur_nom: "X".into(),
        auteur_profil: "as".into(),
        hors_ligne: false,
        heure_a_confirmer: false,
        corrige: None,
        annule: annule.then_some(trace),
    };
    une.etat = une.etat_ecrit(false);
    une
}

fn cibles_de(toutes: &[Transmission]) -> Vec<Cible> {
    let fils: BTreeSet<Uuid> = toutes.iter().map(Transmission::fil).collect();
    fils.into_iter()
        .filter_map(|fil| Cible::depuis(toutes.iter().filter(|une| une.fil() == fil)))
        .filter(|cible| cible.etat.vivante())
        .collect()
}

/// What must be shown for a person and a theme: the id shown, then the ids folded.
fn naif(toutes: &[Transmission], personne: &Personne) -> BTreeMap<String, (Uuid, BTreeSet<Uuid>)> {
    let mut attendu = BTreeMap::new();
    for theme in THEMES {
        let mut neuves: Vec<&Transmission> = toutes
            .iter()
            .filter(|une| une.usager == personne.usager && une.theme == theme && une.annule.is_none())
            .filter(|une| une.connu_le() > personne.depuis && une.connu_le() <= now())
            .collect();
        neuves.sort_by_key(|une| (une.fait_le, une.saisi_le, une.id));
        let montree = neuves.iter().rev().find(|une| une.resultat.is_some()).or(neuves.last()).map(|une| une.id);
        if let Some(montree) = montree {
            let autres = neuves.iter().map(|une| une.id).filter(|id| *id != montree).collect();
            attendu.insert(theme.to_owned(), (montree, autres));
        }
    }
    attendu
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_digest_says_exactly_what_the_rules_say(
        tirages in prop::collection::vec((1_u8..5, 0_usize..4, 1_i64..6000, 0_i64..3000, any::<bool>(), 0_u8..3, any::<bool>(), prop::bool::weighted(0.1)), 0..40),
        depuis in prop::collection::vec(0_i64..5000, 4),
        chutes in prop::collection::vec((1_u8..5, 1_i64..6000), 0..4),
    ) {
        let mut fils = BTreeMap::new();
        let toutes: Vec<Transmission> = tirages.iter().enumerate().map(|(rang, tirage)| transmission(rang, tirage, &mut fils)).collect();
        let personnes: Vec<Personne> = depuis.iter().zip(1..).map(|(depuis, rang)| personne(rang, *depuis)).collect();
        let evenements: Vec<EvenementReleve> = chutes.iter().map(|(qui, le)| EvenementReleve {
            usager: UsagerId(Uuid::from_u128(u128::from(*qui))), le: avant(*le), connu_le: avant(*le), genre: "poids".into(), libelle: "Poids".into(), href: None,
        }).collect();
        let cibles = cibles_de(&toutes);
        let matiere = Matiere { personnes: personnes.clone(), transmissions: toutes.clone(), cibles: cibles.clone(), consignes: Vec::new(), evenements: evenements.clone() };
        let releve = calculer(matiere, Poids::livres(), now());
        prop_assert_eq!(releve.residents.len() + releve.calmes.len(), personnes.len(), "nobody is lost");
        for personne in &personnes {
            let attendu = naif(&toutes, personne);
            let dit = releve.residents.iter().find(|resident| resident.personne == *personne);
            let montre: BTreeMap<String, (Uuid, BTreeSet<Uuid>)> = dit.map(|resident| resident.cibles.iter().filter_map(|cible| {
                let montree = cible.montree.as_ref()?;
                Some((cible.theme.clone(), (montree.id, cible.autres.iter().map(|une| une.id).collect())))
            }).collect()).unwrap_or_default();
            prop_assert_eq!(&montre, &attendu);
            let poids = evenements.iter().filter(|un| un.usager == personne.usager && un.connu_le > personne.depuis).count();
            let dits = dit.map_or(0, |resident| resident.evenements.iter().filter(|un| un.genre == "poids").count());
            prop_assert_eq!(dits, poids);
            for cible in cibles.iter().filter(|cible| cible.usager == personne.usager && cible.etat == EtatCible::Ouverte) {
                let vieille = now().duration_since(cible.derniere_le).as_hours() >= 48;
                let rappelee = dit.is_some_and(|resident| resident.cibles.iter().any(|groupe| groupe.theme == cible.theme));
                prop_assert!(!vieille || rappelee, "an old awaited result comes back");
            }
        }
        prop_assert!(releve.residents.windows(2).all(|deux| deux[0].points >= deux[1].points));
        prop_assert!(releve.residents.iter().all(|resident| !resident.evenements.is_empty() || !resident.cibles.is_empty()));
    }
}

/// Four days away, twenty-six persons, as many writings as the busiest unit: one sentence of twenty words each.
fn quatre_jours() -> Matiere {
    let personnes: Vec<Personne> = (1..=26).map(|rang| personne(rang, 4 * 24 * 60)).collect();
    let mut fils = BTreeMap::new();
    let transmissions: Vec<Transmission> = (0..26 * 11 * 2)
        .map(|rang: usize| {
            let tirage = (
                u8::try_from(rang % 26 + 1).unwrap(),
                rang / 26 % 4,
                i64::try_from(rang).unwrap() * 27 + 5,
                0,
                rang.is_multiple_of(5),
                0,
                rang.is_multiple_of(2),
                false,
            );
            let mut une = transmission(rang, &tirage, &mut fils);
            une.donnees = Some(Texte::new(&"mot ".repeat(11)).unwrap());
            une
        })
        .collect();
    let cibles = cibles_de(&transmissions);
    Matiere { personnes, transmissions, cibles, ..Matiere::default() }
}

#[test]
fn four_days_of_a_full_unit_are_read_in_five_minutes_and_computed_at_once() {
    let matiere = quatre_jours();
    let debut = std::time::Instant::now();
    let releve = calculer(matiere, Poids::livres(), now());
    let duree = debut.elapsed();
    assert_eq!(releve.residents.len(), 26);
    assert!(releve.minutes() <= 5, "{} minutes, {} words", releve.minutes(), releve.mots);
    assert!(duree.as_millis() < 50, "{duree:?}");
}

#[test]
fn order_and_essentials_put_the_gravest_first() {
    let evenement = |qui: u128, genre: &str, le: i64| EvenementReleve {
        usager: UsagerId(Uuid::from_u128(qui)),
        le: avant(le),
        connu_le: avant(le),
        genre: genre.into(),
        libelle: genre.into(),
        href: None,
    };
    let matiere = Matiere {
        personnes: (1..=4).map(|rang| personne(rang, 7000)).collect(),
        evenements: vec![
            evenement(1, "absence", 5),
            evenement(2, "hospitalisation", 5),
            evenement(3, "chute", 5),
            evenement(3, "absence", 9),
        ],
        ..Matiere::default()
    };
    let releve = calculer(matiere, Poids::livres(), now());
    let ordre: Vec<u128> = releve.residents.iter().map(|resident| resident.personne.usager.0.as_u128()).collect();
    assert_eq!(ordre, [3, 2, 1]);
    assert_eq!(releve.calmes.len(), 1);
    let genres: Vec<&str> = releve.essentiel.iter().map(|ligne| ligne.genre.as_str()).collect();
    assert_eq!(genres, ["hospitalisation", "chute", "absence"]);
    assert_eq!(releve.essentiel[2].qui.len(), 2);
}
