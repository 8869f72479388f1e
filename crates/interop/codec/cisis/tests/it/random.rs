//! Any text in any field: a document that is read back equal.

use cda_r2::{Limits, parse};
use cisis::read::{ProblemList, TreatmentList, allergies, problems, treatments};
use cisis::{Allergy, Dlu, Drug, Problem, Recorded, Treatment};
use proptest::prelude::*;

use crate::identities::qualified;
use crate::support::{header, whole};

/// What is read of a text on one line.
fn line(text: &str) -> String {
    let kept = cda_r2::write::legible(text);
    kept.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn assert_read_back(text: &str) {
    // A leading letter keeps the field from being empty, which is another case.
    let t = format!("T{text}");
    let mut header = header(qualified());
    header.title = Some(t.clone());
    header.patient.birth_family = t.clone();
    header.patient.used_given = Some(t.clone());
    header.patient.birth_city = Some(t.clone());
    header.contacts[0].name.family = t.clone();
    header.custodian.name = t.clone();
    header.stay.place = Some(t.clone());
    let some = || Some(t.clone());
    let dlu = Dlu {
        problems: Recorded::Items(vec![Problem { label: t.clone(), comment: some(), ..Problem::default() }]),
        allergies: Recorded::Items(vec![Allergy { agent: t.clone(), reaction: some(), ..Allergy::default() }]),
        treatments: Recorded::Items(vec![Treatment {
            drug: Drug { label: t.clone(), codes: Vec::new() },
            dosage: t.clone(),
            as_needed: some(),
            reason: some(),
            comment: some(),
            ..Treatment::default()
        }]),
        comments: some(),
        ..Dlu::default()
    };
    let written = dlu.write(&header).expect("written");
    let document = parse(&written.bytes, &Limits::default()).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    let expected = line(&t);
    let read = &document.header;
    assert_eq!(read.title.as_deref(), Some(expected.as_str()));
    assert_eq!(read.patient.birth_family(), Some(expected.as_str()));
    assert_eq!(read.patient.names[0].used_given(), Some(line(t.trim()).as_str()));
    assert_eq!(read.informants[0].entity.names[0].family(), Some(expected.as_str()));
    assert_eq!(read.custodian.as_ref().and_then(|own| own.name.as_deref()), Some(expected.as_str()));
    let problem = problems(&document, ProblemList::Active).map(whole).expect("problems");
    assert_eq!(problem.items()[0].label, expected);
    assert_eq!(problem.items()[0].comment.as_deref().map(line), Some(expected.clone()));
    let allergy = allergies(&document).map(whole).expect("allergies");
    assert_eq!(allergy.items()[0].agent, expected);
    assert_eq!(allergy.items()[0].reaction.as_deref(), Some(expected.as_str()));
    let treatment = treatments(&document, TreatmentList::Current).map(whole).expect("treatments");
    assert_eq!(treatment.items()[0].drug.label, expected);
    assert_eq!(line(&treatment.items()[0].dosage), expected);
    assert_eq!(treatment.items()[0].comment.as_deref().map(line), Some(expected));
}

#[test]
fn texts_that_break_naive_writers() {
    for text in
        ["", "]]><!--&#0;", "\0\u{b}\u{fffe}", "a\nb\r\nc", "Ã© â€™", "#t1", " espace ", "\u{a0}insécable\u{a0}", "\u{2028}"]
    {
        assert_read_back(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_back(text in "\\PC{0,30}|[\\x00-\\u{17f}Ãâ€<>&\"'\\]]{0,30}") {
        assert_read_back(&text);
    }

    #[test]
    fn any_characters_are_read_back(characters in prop::collection::vec(any::<char>(), 0..40)) {
        assert_read_back(&characters.into_iter().collect::<String>());
    }
}
