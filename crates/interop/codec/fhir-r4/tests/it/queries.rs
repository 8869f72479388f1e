//! Search parameters, dates, tokens, scopes.

use fhir_r4::{DateFilter, DateRange, Interaction, Scope, Scopes, Search, SearchError, Token};
use jiff::tz::TimeZone;

fn paris() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(1))
}

#[test]
fn a_query_is_cut_decoded_and_written_again_the_same() {
    let search = Search::read("family:exact=D%27Ombre&code=a%7Cb,c%5C,d&_page=x&given=%C3%A9+a").unwrap();
    assert_eq!(search.parameters[0].modifier, "exact");
    assert_eq!(search.first("family"), Some("D'Ombre"));
    assert_eq!(search.parameters[1].values, ["a|b", "c,d"]);
    assert_eq!(search.first("given"), Some("é a"));
    let again = Search::read(&search.without(&["_page"])).unwrap();
    assert_eq!(again.parameters, [&search.parameters[..2], &search.parameters[3..]].concat());
}

#[test]
fn what_is_too_large_or_badly_encoded_is_refused() {
    for wrong in ["a=%", "a=%4", "a=%zz", "a=%ff"] {
        assert_eq!(Search::read(wrong), Err(SearchError::Encoding), "{wrong}");
    }
    for wrong in
        ["a".repeat(20_000), vec!["a=1"; 41].join("&"), format!("a={}", "1,".repeat(51)), format!("a={}", "1".repeat(600))]
    {
        assert_eq!(Search::read(&wrong), Err(SearchError::TooLarge));
    }
    assert_eq!(Search::read("").unwrap().parameters, []);
}

#[test]
fn dates_are_compared_as_ranges() {
    let zone = paris();
    let day = DateRange::read("2026-11-21", &zone).unwrap();
    let at = |text: &str| DateRange::instant(text.parse().unwrap());
    let matches = |filter: &str, range| DateFilter::read(filter, &zone).unwrap().matches(range);
    // The day begins at midnight in the zone, an hour earlier in UTC.
    assert!(matches("2026-11-21", at("2026-11-20T23:00:00Z")) && !matches("2026-11-21", at("2026-11-20T22:59:59Z")));
    assert!(matches("2026-11", day) && !matches("2026-11-21", DateRange::read("2026-11", &zone).unwrap()));
    assert!(matches("ge2026-11-21", day) && !matches("gt2026-11-21", day) && matches("gt2026-11-20", day));
    assert!(matches("le2026-11-21", day) && !matches("lt2026-11-21", day) && matches("lt2026-11-22", day));
    assert!(matches("sa2026-11-20", day) && !matches("sa2026-11-21", day) && matches("eb2026-11-22", day));
    assert!(matches("ne2026-11-22", day) && !matches("ne2026", day));
    assert!(
        matches("2026-11-21T07:00Z", at("2026-11-21T07:00:59Z")) && !matches("2026-11-21T07:00:00Z", at("2026-11-21T07:00:01Z"))
    );
}

#[test]
fn a_stay_which_goes_on_ends_after_every_date() {
    let zone = paris();
    let open = DateRange::period("2025-01-10T09:00:00Z".parse().unwrap(), None);
    assert!(DateFilter::read("ge2030", &zone).unwrap().matches(open));
    assert!(!DateFilter::read("lt2025", &zone).unwrap().matches(open));
}

#[test]
fn what_is_not_a_date_is_refused() {
    for wrong in [
        "",
        "ap2026",
        "2026-13",
        "2026-02-30",
        "26",
        "2026-1-1",
        "hier",
        "2026-11-21T07:00",
        "2026-11-21-1",
        "é2026",
        "ge",
        "1200",
        "9999",
    ] {
        assert_eq!(DateFilter::read(wrong, &paris()), None, "{wrong}");
    }
}

#[test]
fn a_token_compares_system_and_code() {
    assert!(Token::read("8867-4").matches("http://loinc.org", "8867-4"));
    assert!(Token::read("http://loinc.org|").matches("http://loinc.org", "8867-4"));
    assert!(!Token::read("|8867-4").matches("http://loinc.org", "8867-4"), "no system at all");
    assert!(!Token::read("urn:x|8867-4").matches("http://loinc.org", "8867-4"));
}

#[test]
fn scopes_of_both_versions_cover_what_they_say_and_no_more() {
    let read: Scopes = Scopes::read("system/Patient.read system/Observation.rs system/DocumentReference.c").unwrap();
    assert!(read.allows("Patient", Interaction::Read) && read.allows("Patient", Interaction::Search));
    assert!(!read.allows("Patient", Interaction::Create) && !read.allows("Condition", Interaction::Read));
    assert!(read.allows("DocumentReference", Interaction::Create) && !read.allows("DocumentReference", Interaction::Read));
    let wanted = Scopes::read("system/Patient.r system/Patient.cruds system/*.read").unwrap();
    assert_eq!(read.granted(&wanted).to_string(), "system/Patient.r");
    for wrong in [
        "",
        "patient/Patient.read",
        "system/Patient",
        "system/Patient.",
        "system/Patient.sr",
        "system/Patient.rr",
        "system/.read",
        "system/Pa tient.read",
        "system/Patient.rx",
    ] {
        assert!(wrong.parse::<Scope>().is_err(), "{wrong}");
    }
}
