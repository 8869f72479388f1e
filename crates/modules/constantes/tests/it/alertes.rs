//! The rules, on values made by hand.

use constantes::{Bornes, Constante, Grandeur, Gravite, Mesure, Regle, Seuils, SeuilsEnVigueur, evaluer, jumelle, surprenante};
use jiff::{SignedDuration, Timestamp};
use kernel::decimal::Decimal;
use uuid::Uuid;

use monde_essai::une_maison::{ANNA, ETAB, UNITE};

fn now() -> Timestamp {
    testkit::instant(testkit::START)
}

fn valeur(type_code: &str, valeur: &str, il_y_a_heures: i64) -> Constante {
    Constante {
        usager: ANNA,
        etablissement: ETAB,
        unite: Some(UNITE),
        type_code: type_code.into(),
        valeur: valeur.parse().expect("decimal"),
        valeur2: None,
        unite_mesure: Grandeur::get(type_code).expect("known").unite.clone(),
        mesuree_le: now() - SignedDuration::from_hours(il_y_a_heures),
        saisie_le: now(),
        contexte: String::new(),
        commentaire: String::new(),
        auteur_nom: "Essai".into(),
        a_confirmer: false,
        hors_ligne: false,
        heure_a_confirmer: false,
        soin: None,
        jumelle_de: None,
        motif: String::new(),
        annule: None,
    }
}

fn phrases(valeurs: &[Constante]) -> Vec<String> {
    let mesures: Vec<Mesure<'_>> = valeurs.iter().map(|constante| Mesure { id: Uuid::from_u128(99), constante }).collect();
    evaluer(&mesures, &SeuilsEnVigueur::default(), now(), &kernel::clock::fuseau_par_defaut())
        .into_iter()
        .map(|alerte| alerte.phrase)
        .collect()
}

#[test]
fn the_file_is_read_whole() {
    assert_eq!(Grandeur::toutes().len(), 20);
    assert_eq!(Grandeur::regles().jours_sans_selles, 3);
    assert_eq!(Grandeur::get("temperature").expect("known").alerte_haut, Some("38".parse().expect("decimal")));
    assert_eq!(Grandeur::get("poids").expect("known").entier("52.4".parse().expect("decimal")), 524);
}

#[test]
fn fever_alerts_at_38_and_not_below() {
    assert_eq!(phrases(&[valeur("temperature", "38", 2)]), ["Température 38\u{a0}°C"]);
    assert!(phrases(&[valeur("temperature", "37.9", 2)]).is_empty());
}

#[test]
fn only_the_last_value_counts_and_only_while_it_is_fresh() {
    assert!(phrases(&[valeur("temperature", "39", 6), valeur("temperature", "37", 1)]).is_empty());
    assert!(phrases(&[valeur("temperature", "39", 49)]).is_empty());
}

#[test]
fn what_is_annulled_or_a_twin_counts_nowhere() {
    let annulee = Constante { annule: Some("erreur".into()), ..valeur("temperature", "39", 1) };
    let double = Constante { jumelle_de: Some(Uuid::nil()), ..valeur("temperature", "39", 1) };
    assert!(phrases(&[annulee, double]).is_empty());
}

#[test]
fn both_parts_of_a_blood_pressure_are_compared() {
    let basse = Constante { valeur2: Some("45".parse().expect("decimal")), ..valeur("ta_systolique", "120", 1) };
    assert_eq!(phrases(&[basse]), ["Tension diastolique 45\u{a0}mmHg"]);
}

#[test]
fn five_percent_in_a_month_alerts_and_a_little_less_does_not() {
    let phrase = phrases(&[valeur("poids", "60", 24 * 28), valeur("poids", "57", 1)]);
    assert_eq!(phrase, ["Poids −5\u{a0}% en 30 jours (60 → 57\u{a0}kg)"]);
    assert!(phrases(&[valeur("poids", "60", 24 * 28), valeur("poids", "57.1", 1)]).is_empty());
}

#[test]
fn ten_percent_in_six_months_is_more_urgent_than_five_in_one() {
    let valeurs = [valeur("poids", "60", 24 * 170), valeur("poids", "57", 24 * 90), valeur("poids", "54", 1)];
    let mesures: Vec<Mesure<'_>> = valeurs.iter().map(|constante| Mesure { id: Uuid::nil(), constante }).collect();
    let alertes = evaluer(&mesures, &SeuilsEnVigueur::default(), now(), &kernel::clock::fuseau_par_defaut());
    assert_eq!((alertes.len(), alertes[0].regle, alertes[0].gravite), (1, Regle::Poids, Gravite::Danger));
    assert!(alertes[0].source.contains("HAS") && alertes[0].phrase.contains("180 jours"));
}

#[test]
fn an_unconfirmed_weight_makes_no_loss() {
    let douteuse = Constante { a_confirmer: true, ..valeur("poids", "25.4", 1) };
    assert!(phrases(&[valeur("poids", "52.4", 24 * 20), douteuse]).is_empty());
}

#[test]
fn three_days_without_stool_alert_only_those_who_are_followed() {
    assert_eq!(phrases(&[valeur("selles", "1", 24 * 3), valeur("selles", "0", 5)]).len(), 1);
    assert!(phrases(&[valeur("selles", "1", 24 * 2)]).is_empty());
    assert!(phrases(&[valeur("selles", "1", 24 * 20)]).is_empty(), "nobody notes her stools any more");
    assert!(phrases(&[valeur("temperature", "37", 1)]).is_empty(), "never followed");
}

#[test]
fn the_threshold_of_the_person_wins_and_says_who_set_it() {
    let bornes = [("spo2".to_owned(), Bornes { bas: Some("88".parse().expect("decimal")), haut: None })].into();
    let seuils = Seuils { usager: ANNA, etablissement: ETAB, bornes, motif: "BPCO".into(), auteur_nom: "Dr Essai".into() };
    let en_vigueur = SeuilsEnVigueur::new(None, Some(&seuils));
    let tz = kernel::clock::fuseau_par_defaut();
    let (a_89, a_87) = (valeur("spo2", "89", 1), valeur("spo2", "87", 1));
    assert!(evaluer(&[Mesure { id: Uuid::nil(), constante: &a_89 }], &en_vigueur, now(), &tz).is_empty());
    assert_eq!(phrases(std::slice::from_ref(&a_89)).len(), 1, "the house alerts below 90");
    let alertes = evaluer(&[Mesure { id: Uuid::nil(), constante: &a_87 }], &en_vigueur, now(), &tz);
    assert!(alertes[0].source.contains("Dr Essai") && alertes[0].source.contains("BPCO"));
}

#[test]
fn a_surprise_is_out_of_bounds_or_a_sudden_tenth_of_the_weight() {
    let poids = Grandeur::get("poids").expect("known");
    let derniere = valeur("poids", "52.4", 24 * 20);
    let dit = |texte: &str| surprenante(poids, texte.parse().expect("decimal"), Some(&derniere), now());
    assert!(dit("45") && dit("58") && dit("5.2"));
    assert!(!dit("50") && !surprenante(poids, "45".parse().expect("decimal"), None, now()));
    assert!(surprenante(Grandeur::get("temperature").expect("known"), "43".parse::<Decimal>().expect("decimal"), None, now()));
}

#[test]
fn a_twin_is_the_same_value_two_minutes_apart_at_most() {
    let connue = valeur("temperature", "37.2", 0);
    let mesures = [Mesure { id: Uuid::from_u128(7), constante: &connue }];
    let a = |secondes: i64, valeur: &str| Constante {
        mesuree_le: connue.mesuree_le + SignedDuration::from_secs(secondes),
        valeur: valeur.parse().expect("decimal"),
        ..connue.clone()
    };
    assert_eq!(jumelle(&mesures, &a(120, "37.2")).map(|mesure| mesure.id), Some(Uuid::from_u128(7)));
    assert!(jumelle(&mesures, &a(121, "37.2")).is_none());
    assert!(jumelle(&mesures, &a(0, "37.3")).is_none());
}
