//! Any bytes end in a record or a named error.

use serde_json::{Value, json};
use tddui::{Answer, Limits, read, read_answer, write};

use crate::round::whole;

fn changed(change: impl Fn(&mut Value)) -> Result<tddui::Read, tddui::TdduiError> {
    let mut bundle: Value = serde_json::from_slice(&write(&whole()).expect("written")).expect("json");
    change(&mut bundle);
    read(&serde_json::to_vec(&bundle).expect("json"), &Limits::default())
}

#[test]
fn each_refusal_has_its_name() {
    let code = |bytes: &[u8]| read(bytes, &Limits::default()).expect_err("refused").code();
    assert_eq!(code(b"\xff{"), "not_json");
    assert_eq!(code("[".repeat(100_000).as_bytes()), "not_json");
    assert_eq!(code(b"{}"), "not_a_transaction");
    assert_eq!(code(br#"{"resourceType":"Bundle","type":"transaction"}"#), "patients");
    assert_eq!(read(b"{}", &Limits { bytes: 1, entries: 1 }).expect_err("refused").code(), "too_large");
    assert_eq!(changed(|bundle| bundle["type"] = "batch".into()).expect_err("refused").code(), "not_a_transaction");
    assert_eq!(
        changed(|bundle| bundle["entry"][1]["request"]["method"] = "PUT".into()).expect_err("refused").code(),
        "not_a_creation"
    );
    assert_eq!(
        changed(|bundle| bundle["entry"][0]["resource"]["birthDate"] = json!(12)).expect_err("refused").code(),
        "patient_lacks"
    );
    let twice = changed(|bundle| {
        let first = bundle["entry"][0].clone();
        bundle["entry"].as_array_mut().expect("entries").push(first);
    });
    assert_eq!(twice.expect_err("refused").code(), "patients");
}

#[test]
fn what_is_not_understood_is_counted_and_what_is_wrong_is_told() {
    let read = changed(|bundle| {
        bundle["entry"][1]["request"]["url"] = "TDDUIOrganization".into();
        let entries = bundle["entry"].as_array_mut().expect("entries");
        entries.push(json!({ "resource": { "resourceType": "Goal", "subject": { "reference": "Patient/nobody" } }, "request": { "method": "POST", "url": "Goal" } }));
        entries.push(json!({ "resource": { "resourceType": "DocumentReference", "content": [{ "attachment": { "data": "***" } }] }, "request": { "method": "POST", "url": "DocumentReference" } }));
        entries.push(json!({ "resource": null, "request": { "method": "POST", "url": "" } }));
    })
    .expect("read");
    assert_eq!(read.others, [("?".to_owned(), 1), ("DocumentReference".to_owned(), 1), ("Goal".to_owned(), 1)]);
    assert!(read.defects.len() >= 3, "{:?}", read.defects);
}

#[test]
fn an_answer_is_all_or_nothing() {
    let created = br#"{"resourceType":"Bundle","entry":[{"response":{"status":"201 Created","location":"Patient/1"}}]}"#;
    assert_eq!(read_answer(200, created), Answer::Created(vec!["Patient/1".into()]));
    let half = br#"{"resourceType":"Bundle","entry":[{"response":{"status":"201"}},{"response":{"status":"400"}}]}"#;
    assert!(matches!(read_answer(200, half), Answer::Unclear(_)));
    let refused = br#"{"resourceType":"OperationOutcome","issue":[{"diagnostics":"entry[3]: FINESS inconnu"}]}"#;
    assert_eq!(read_answer(422, refused), Answer::Refused(vec!["entry[3]: FINESS inconnu".into()]));
    assert!(matches!(read_answer(502, b"<html>"), Answer::Unclear(_)));
}
