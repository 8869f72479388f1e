//! What a machine reads of the statements `cisis::read` has no list for.

use cda_r2::{ClinicalDocument, Entry, Value};
use cisis::{Dlu, Document, Fludt};

use crate::contents::PLAIN;
use crate::identities::qualified;
use crate::support::{at, header, read};

fn all<'e>(entries: &'e [Entry], found: &mut Vec<&'e Entry>) {
    for entry in entries {
        found.push(entry);
        all(&entry.entries, found);
    }
}

/// The statements of this code in the section of this LOINC code.
fn stated<'d>(document: &'d ClinicalDocument, section: &str, code: &str) -> Vec<&'d Entry> {
    let is = |own: &cda_r2::Code, wanted: &str| own.code.as_deref() == Some(wanted);
    let mut found = Vec::new();
    for own in document.sections().into_iter().filter(|own| own.code.as_ref().is_some_and(|own| is(own, section))) {
        all(&own.entries, &mut found);
    }
    found.retain(|entry| entry.code.as_ref().is_some_and(|own| is(own, code)));
    found
}

fn answers(document: &ClinicalDocument, section: &str, code: &str) -> Vec<Option<bool>> {
    let answer = |entry: &&Entry| match entry.values.as_slice() {
        [Value::Boolean(answer)] => Some(*answer),
        [Value::Absent(_)] => None,
        other => panic!("{code}: {other:?}"),
    };
    stated(document, section, code).iter().map(answer).collect()
}

fn written(document: Result<Document, cisis::CisisError>) -> ClinicalDocument {
    read(&document.expect("written"))
}

#[test]
fn answers_of_a_dlu_are_those_of_the_record() {
    let full = written(PLAIN.dlu().write(&header(qualified())));
    let empty = written(Dlu::default().write(&header(qualified())));
    let cases = [
        ("42348-3", "42348-3", Some(true)),
        ("42348-3", "75779-9", Some(false)),
        ("42348-3", "387713003", Some(true)),
        ("30954-2", "U83.71", Some(true)),
        ("42545-4", "288575003", Some(true)),
        ("42545-4", "247663003", Some(false)),
        ("42545-4", "62476001", None),
        ("42545-4", "161898004", Some(true)),
    ];
    for (section, code, answer) in cases {
        assert_eq!(answers(&full, section, code), [answer], "{code}");
    }
    for (section, code) in [("42348-3", "42348-3"), ("30954-2", "U83.71"), ("42545-4", "161898004")] {
        assert_eq!(answers(&empty, section, code), [None], "{code} of an empty record");
    }
}

#[test]
fn answers_of_a_transfer_sheet_are_those_of_the_record() {
    let full = written(PLAIN.fludt().write(&header(qualified())));
    let empty = written(Fludt::default().write(&header(qualified())));
    assert_eq!(answers(&full, "30954-2", "DLU_003"), [Some(true)]);
    assert_eq!(answers(&empty, "30954-2", "DLU_002"), [None], "one code is required: neither true nor false");
    assert_eq!(answers(&full, "46264-8", "Q021003"), [Some(true)]);
    assert_eq!(answers(&full, "46264-8", "P0102"), [Some(false), None], "upper, lower");
    assert_eq!(answers(&empty, "46264-8", "P0102"), [None, None]);
    let meal = stated(&full, "47420-5", "GEN-244");
    assert!(format!("{:?}", meal[0]).contains("20261102183000+0100"));
    let pains = stated(&full, "30954-2", "R52.9");
    assert_eq!(pains.len(), 2);
    assert_eq!(pains[0].effective_times[0].value, Some(at("20261103030000+0100")));
    assert_eq!(stated(&full, "30954-2", "72514-3")[0].values, [Value::Number("7".to_owned())]);
    let Value::Quantity(glucose) = &stated(&full, "30954-2", "2339-0")[0].values[0] else { panic!("a quantity") };
    let glucose = glucose.value.as_ref().expect("a value");
    assert_eq!((glucose.value.as_deref(), glucose.unit.as_deref()), (Some("1.42"), Some("g/L")));
}
