//! Recurrences against a brute-force oracle: minute by minute on the clock on the wall, three years, both changes of hour.

use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use plan_de_soins::{Cle, Creneau, Jour, Moment, Poste, Recurrence, Rythme, occurrences};
use proptest::prelude::*;

fn paris() -> TimeZone {
    kernel::clock::fuseau_par_defaut()
}

fn jours(de: Date, a: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(de), |jour| jour.tomorrow().ok()).take_while(move |jour| *jour <= a)
}

/// When a wall clock shows this time that day, by looking at it every minute of the day; in a gap, the time moved
/// after it by the length of the gap (what was asked plus one hour).
fn horloge(jour: Date, heure: Time, fuseau: &TimeZone) -> Timestamp {
    let midi_veille = fuseau.to_timestamp(jour.yesterday().unwrap().at(12, 0, 0, 0)).unwrap();
    let montre = |instant: Timestamp| fuseau.to_datetime(instant);
    let minutes = || (0..3000).map(|minute| midi_veille + minute.minutes());
    let voulue = jour.to_datetime(heure);
    minutes()
        .find(|instant| montre(*instant) == voulue)
        .unwrap_or_else(|| minutes().find(|instant| montre(*instant) == voulue.checked_add(1.hour()).unwrap()).unwrap())
}

/// Days told by counting, never by arithmetic on the rule.
fn tombe(rythme: &Rythme, du: Date, jour: Date) -> bool {
    match rythme {
        Rythme::Quotidien => true,
        Rythme::Hebdomadaire { jours } => jours.contains(&Jour::de(jour)),
        Rythme::Intervalle { tous_les, depuis } => {
            std::iter::successors(Some(*depuis), |date| date.checked_add(i64::from(*tous_les).days()).ok())
                .take_while(|date| *date <= jour)
                .any(|date| date == jour)
        }
        Rythme::Mensuel { jour: quantieme } => {
            let dernier = jour.last_of_month();
            jour.day() == *quantieme || (jour == dernier && *quantieme > dernier.day())
        }
        Rythme::Dates { dates } => dates.contains(&jour),
        Rythme::Heures { .. } | Rythme::SiBesoin => {
            assert!(du <= jour);
            false
        }
    }
}

#[test]
fn every_rhythm_falls_as_the_oracle_says_from_2026_to_2028() {
    let du = date(2026, 1, 15);
    let rythmes = [
        Rythme::Quotidien,
        Rythme::Hebdomadaire { jours: vec![Jour::Lun, Jour::Dim] },
        Rythme::Intervalle { tous_les: 3, depuis: du },
        Rythme::Intervalle { tous_les: 14, depuis: date(2026, 2, 3) },
        Rythme::Mensuel { jour: 31 },
        Rythme::Mensuel { jour: 29 },
        Rythme::Dates { dates: vec![date(2028, 2, 29), date(2026, 10, 25), date(2027, 3, 28)] },
        Rythme::SiBesoin,
    ];
    let fuseau = paris();
    let mut dues_en_tout = 0;
    for rythme in rythmes {
        let recurrence = Recurrence::de(rythme.clone(), &[time(2, 30, 0, 0), time(8, 5, 0, 0)]);
        for jour in jours(date(2026, 1, 1), date(2028, 12, 31)) {
            let dues = occurrences(&recurrence, du, Some(date(2028, 12, 1)), jour, &fuseau);
            let attendu = jour >= du && jour <= date(2028, 12, 1) && tombe(&rythme, du, jour);
            assert_eq!(dues.len(), if attendu { 2 } else { 0 }, "{rythme:?} {jour}");
            dues_en_tout += dues.len();
            if attendu && (jour.day() == 1 || jour.weekday() == jiff::civil::Weekday::Sunday) {
                assert_eq!(dues[0].due, horloge(jour, time(2, 30, 0, 0), &fuseau), "{jour}");
                assert_eq!(dues[1].due, horloge(jour, time(8, 5, 0, 0), &fuseau), "{jour}");
            }
            for due in &dues {
                assert_eq!(due.cle.to_string()[..10], jour.to_string(), "the name is the civil day");
                assert_eq!(due.cle.due(&fuseau), due.due, "the name alone gives the instant");
                assert!(due.debut <= due.due && due.due <= due.fin);
            }
        }
    }
    assert!(dues_en_tout > 3500);
}

#[test]
fn on_the_nights_clocks_change_nothing_is_due_twice_nor_skipped() {
    let fuseau = paris();
    let a_deux_heures_trente = Recurrence::quotidien(&[time(2, 30, 0, 0), time(3, 30, 0, 0)]);
    for (nuit, premier, second) in [
        (date(2026, 10, 25), "2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"),
        (date(2027, 10, 31), "2027-10-31T00:30:00Z", "2027-10-31T02:30:00Z"),
        (date(2027, 3, 28), "2027-03-28T01:30:00Z", "2027-03-28T01:30:00Z"),
        (date(2028, 3, 26), "2028-03-26T01:30:00Z", "2028-03-26T01:30:00Z"),
    ] {
        let dues = occurrences(&a_deux_heures_trente, nuit, None, nuit, &fuseau);
        let instants: Vec<String> = dues.iter().map(|due| due.due.to_string()).collect();
        assert_eq!(instants, [premier, second], "{nuit}");
        assert_ne!(dues[0].cle, dues[1].cle, "two acts stay distinct, even at the same instant");
    }
}

#[test]
fn every_two_hours_is_elapsed_time_and_names_both_passes_of_the_hour_that_comes_twice() {
    let fuseau = paris();
    let depuis: Timestamp = "2026-10-24T20:30:00Z".parse().unwrap();
    let rythme = Rythme::Heures { toutes_les: 1, depuis };
    let recurrence = Recurrence { rythme, moments: Vec::new() };
    let dues = occurrences(&recurrence, date(2026, 10, 24), None, date(2026, 10, 25), &fuseau);
    assert_eq!(dues.len(), 25, "the day has 25 hours");
    let cles: std::collections::BTreeSet<String> = dues.iter().map(|due| due.cle.to_string()).collect();
    assert_eq!(cles.len(), 25);
    assert!(cles.contains("2026-10-25T02:30") && cles.contains("2026-10-25T02:30h"));
    assert!(dues.windows(2).all(|deux| deux[1].due.duration_since(deux[0].due).as_hours() == 1));
    assert!(dues.iter().all(|due| due.cle.due(&fuseau) == due.due));
    let printemps = occurrences(&recurrence, date(2026, 10, 24), None, date(2027, 3, 28), &fuseau);
    assert_eq!(printemps.len(), 23);
}

#[test]
fn a_tolerance_makes_the_window_and_a_shift_is_a_window_of_its_own() {
    let fuseau = paris();
    let jour = date(2026, 11, 21);
    let moments = vec![Moment::Heure { heure: time(9, 0, 0, 0), tolerance_min: 20 }, Moment::Poste { poste: Poste::ApresMidi }];
    let dues = occurrences(&Recurrence { rythme: Rythme::Quotidien, moments }, jour, None, jour, &fuseau);
    assert_eq!(
        (dues[0].debut.to_string(), dues[0].fin.to_string()),
        ("2026-11-21T07:40:00Z".into(), "2026-11-21T08:20:00Z".into())
    );
    assert_eq!(
        (dues[1].debut.to_string(), dues[1].fin.to_string()),
        ("2026-11-21T12:45:00Z".into(), "2026-11-21T19:45:00Z".into())
    );
}

#[test]
fn a_night_belongs_to_the_day_it_starts() {
    let a = |heure: &str| format!("2026-11-22T{heure}").parse::<Cle>().unwrap().creneau();
    assert_eq!(a("06:44"), Creneau { jour: date(2026, 11, 21), poste: Poste::Nuit });
    assert_eq!(a("06:45"), Creneau { jour: date(2026, 11, 22), poste: Poste::Matin });
    assert_eq!(a("13:45").poste, Poste::ApresMidi);
    assert_eq!(a("20:45"), Creneau { jour: date(2026, 11, 22), poste: Poste::Nuit });
    assert_eq!(a("06:45").precedent().suivant(), a("06:45"));
}

proptest! {
    #[test]
    fn a_name_is_read_as_it_was_written(jour in 0_i64..2000, minute in 0_i64..1440, report in proptest::option::of(0_i64..1440), forme in 0_u8..3) {
        let debut = date(2026, 1, 1).checked_add(jour.days()).unwrap();
        let moment = |minute: i64| debut.to_datetime(Time::midnight()).checked_add(minute.minutes()).unwrap();
        let base = match forme { 0 => Cle::prevue(moment(minute)), 1 => Cle::horaire(moment(minute), true), _ => Cle::libre(moment(minute)) };
        let cle = report.map_or(base.clone(), |report| base.reportee(moment(report)));
        prop_assert_eq!(cle.to_string().parse::<Cle>().unwrap(), cle);
    }
}

#[test]
fn what_is_not_a_name_is_refused() {
    for texte in [
        "",
        "2026-11-21",
        "2026-11-21T08:30:00",
        "2026-02-30T08:30",
        "08:30",
        "2026-11-21T08:30>",
        "x2026-11-21T08:30",
        "2026-11-21T25:00",
    ] {
        assert!(texte.parse::<Cle>().is_err(), "{texte}");
    }
}
