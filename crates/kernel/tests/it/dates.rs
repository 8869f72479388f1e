use jiff::{SignedDuration, Timestamp, ToSpan, civil::date, tz::TimeZone};
use kernel::dates::*;

fn naissance(texte: &str) -> Result<DateNaissance, ErreurDate> {
    texte.parse()
}

#[test]
fn naissance_lue_et_montree() {
    for (ecrit, montre, iso) in [
        ("12/04/1936", "12 avr. 1936", "1936-04-12"),
        (" 1936-04-12 ", "12 avr. 1936", "1936-04-12"),
        ("1/8/1940", "1er août 1940", "1940-08-01"),
        ("00/04/1936", "avr. 1936 (jour inconnu)", "1936-04-00"),
        ("00/00/1936", "1936 (jour et mois inconnus)", "1936-00-00"),
        ("29/02/1936", "29 févr. 1936", "1936-02-29"),
    ] {
        let lue = naissance(ecrit).unwrap();
        assert_eq!((lue.to_string().as_str(), lue.iso().as_str()), (montre, iso));
        assert_eq!(serde_json::from_str::<DateNaissance>(&serde_json::to_string(&lue).unwrap()).unwrap(), lue);
        assert_eq!(naissance(&lue.jj_mm_aaaa()), Ok(lue));
    }
    assert_eq!(format!("{:?}", naissance("12/04/1936").unwrap()), "DateNaissance(…)");
}

#[test]
fn naissance_refusee() {
    for (ecrit, erreur) in [
        ("12/04/36", ErreurDate::FormeNaissance),
        ("le 12 avril", ErreurDate::FormeNaissance),
        ("+2/04/1936", ErreurDate::FormeNaissance),
        ("", ErreurDate::FormeNaissance),
        ("31/04/1936", ErreurDate::Inexistante),
        ("29/02/1937", ErreurDate::Inexistante),
        ("01/13/1936", ErreurDate::Inexistante),
        ("00/13/1936", ErreurDate::Inexistante),
        ("12/00/1936", ErreurDate::JourSansMois),
        ("12/04/1836", ErreurDate::Annee),
    ] {
        assert_eq!(naissance(ecrit), Err(erreur), "{ecrit}");
    }
}

#[test]
fn age_le_jour_meme_la_veille_et_le_29_fevrier() {
    let age = |ecrit: &str, jour| naissance(ecrit).unwrap().age_le(jour).map(|a| a.to_string().replace('\u{a0}', " "));
    assert_eq!(age("12/04/1936", date(2026, 4, 11)).unwrap(), "89 ans");
    assert_eq!(age("12/04/1936", date(2026, 4, 12)).unwrap(), "90 ans");
    assert_eq!(age("29/02/1936", date(2027, 2, 28)).unwrap(), "90 ans");
    assert_eq!(age("29/02/1936", date(2027, 3, 1)).unwrap(), "91 ans");
    assert_eq!(age("29/02/1936", date(2028, 2, 28)).unwrap(), "91 ans");
    assert_eq!(age("29/02/1936", date(2028, 2, 29)).unwrap(), "92 ans");
    assert_eq!(age("00/00/1936", date(2026, 7, 1)).unwrap(), "89 ou 90 ans");
    assert_eq!(age("00/00/1936", date(2026, 12, 31)).unwrap(), "90 ans");
    assert_eq!(age("00/02/1936", date(2026, 3, 1)).unwrap(), "90 ans");
    assert_eq!(age("01/01/2026", date(2027, 1, 1)).unwrap(), "1 an");
    assert_eq!(age("02/01/2026", date(2026, 1, 1)), None);
}

#[test]
fn anniversaires_et_date_conventionnelle() {
    let bissextile = naissance("29/02/1936").unwrap();
    assert!(bissextile.anniversaire_le(date(2028, 2, 29)) && !bissextile.anniversaire_le(date(2028, 3, 1)));
    assert!(bissextile.anniversaire_le(date(2027, 3, 1)) && !bissextile.anniversaire_le(date(2027, 2, 28)));
    assert_eq!(naissance("00/00/1936").unwrap().conventionnelle(), date(1936, 12, 31));
    assert_eq!(naissance("00/06/1936").unwrap().conventionnelle(), date(1936, 6, 1));
    assert_eq!(naissance("00/00/1936").unwrap().complete(), None);
}

#[test]
fn dates_en_francais() {
    assert_eq!(date_courte(date(2026, 11, 21)), "21 nov. 2026");
    assert_eq!(date_longue(date(2026, 11, 21)), "samedi 21 novembre 2026");
    assert_eq!(date_longue(date(2026, 7, 1)), "mercredi 1er juillet 2026");
    assert_eq!(heure(jiff::civil::time(8, 5, 59, 0)), "08:05");
    assert_eq!((mois_en_lettres(2), mois_abrege(12), mois_abrege(0), mois_abrege(13)), ("février", "déc.", "", ""));
    assert_eq!(lire_date("21/11/2026"), Ok(date(2026, 11, 21)));
    assert_eq!(lire_date("2026-11-21"), Ok(date(2026, 11, 21)));
    assert_eq!(lire_date("00/11/2026"), Err(ErreurDate::Inexistante));
    assert_eq!(ErreurDate::Forme.to_string(), "La date doit s'écrire JJ/MM/AAAA.");
}

#[test]
fn temps_ecoule() {
    for (secondes, attendu) in [
        (0, "à l'instant"),
        (59, "à l'instant"),
        (-59, "à l'instant"),
        (60, "il y a 1 min"),
        (12 * 60, "il y a 12 min"),
        (3_599, "il y a 59 min"),
        (3 * 3_600 + 3_599, "il y a 3 h"),
        (24 * 3_600, "hier"),
        (48 * 3_600, "il y a 2 j"),
        (-12 * 60, "dans 12 min"),
        (-30 * 3_600, "demain"),
    ] {
        assert_eq!(il_y_a(SignedDuration::from_secs(secondes)).replace('\u{a0}', " "), attendu);
    }
    assert_eq!(il_y_a(SignedDuration::from_mins(5)), "il y a 5\u{a0}min");
}

#[test]
fn periodes() {
    let (debut, fin) = (date(2026, 11, 21), date(2026, 12, 3));
    let fermee = Periode::new(debut, Some(fin)).unwrap();
    assert!(fermee.contient(debut) && fermee.contient(fin) && !fermee.contient(date(2026, 12, 4)));
    assert!(!fermee.contient(date(2026, 11, 20)));
    assert!(fermee.chevauche(&Periode::depuis(fin)) && Periode::depuis(fin).chevauche(&fermee));
    assert!(!fermee.chevauche(&Periode::depuis(date(2026, 12, 4))));
    assert!(!Periode::depuis(date(2026, 12, 4)).chevauche(&fermee));
    assert_eq!(Periode::new(fin, Some(debut)), Err(ErreurDate::FinAvantDebut));
    assert_eq!(fermee.to_string(), "du 21 nov. 2026 au 3 déc. 2026");
    assert_eq!(Periode::depuis(debut).to_string(), "depuis le 21 nov. 2026");
    assert_eq!(serde_json::to_string(&Periode::depuis(debut)).unwrap(), r#"{"du":"2026-11-21"}"#);
    assert!(serde_json::from_str::<Periode>(r#"{"du":"2026-12-03","au":"2026-11-21"}"#).is_err());
}

fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").unwrap()
}

#[test]
fn nuit_du_retour_a_l_heure_d_hiver() {
    let fuseau = paris();
    for jour in [date(2026, 10, 25), date(2027, 10, 31)] {
        let premier = instant_local(jour.at(2, 30, 0, 0), &fuseau);
        let second = premier + 1.hour();
        assert_eq!(fuseau.to_datetime(premier), fuseau.to_datetime(second));
        assert_eq!(heure_levee(premier, &fuseau), "02:30 (heure d'été)");
        assert_eq!(heure_levee(second, &fuseau), "02:30 (heure d'hiver)");
        assert_eq!(heure_levee(second + 1.hour(), &fuseau), "03:30");
    }
    let instant: Timestamp = "2026-10-25T00:30:00Z".parse().unwrap();
    assert_eq!(date_heure(instant, &fuseau), "25 oct. 2026 à 02:30 (heure d'été)");
}

#[test]
fn nuit_du_passage_a_l_heure_d_ete() {
    let fuseau = paris();
    for jour in [date(2027, 3, 28), date(2028, 3, 26)] {
        let du = instant_local(jour.at(2, 30, 0, 0), &fuseau);
        assert_eq!(fuseau.to_datetime(du), jour.at(3, 30, 0, 0));
        assert_eq!(du, instant_local(jour.at(3, 30, 0, 0), &fuseau));
    }
}

#[test]
fn une_prise_quotidienne_est_due_une_fois_par_jour() {
    let fuseau = paris();
    for debut in [date(2026, 10, 20), date(2027, 3, 20), date(2027, 10, 25), date(2028, 3, 20)] {
        let instants: Vec<_> = (0_i64..12).map(|j| instant_local((debut + j.days()).at(2, 30, 0, 0), &fuseau)).collect();
        assert!(instants.windows(2).all(|p| p[0] < p[1]));
        let jours: Vec<_> = instants.iter().map(|i| jour_local(*i, &fuseau)).collect();
        assert!(jours.iter().zip(0_i64..).all(|(j, n)| *j == debut + n.days()));
    }
}

#[test]
fn jour_local_outre_mer() {
    let instant: Timestamp = "2026-12-31T23:30:00Z".parse().unwrap();
    assert_eq!(jour_local(instant, &TimeZone::get("Indian/Reunion").unwrap()), date(2027, 1, 1));
    assert_eq!(jour_local(instant, &TimeZone::get("America/Guadeloupe").unwrap()), date(2026, 12, 31));
}
