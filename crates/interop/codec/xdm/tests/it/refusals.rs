//! Metadata that are not written.

use xdm::{Code, DocumentEntry, PatientId, PersonKind, Slot, SubmissionSet, write};

use crate::support::{INS_TEST, document, origin, subset};

fn entry_refused(change: impl FnOnce(&mut DocumentEntry)) -> String {
    let mut subset = subset();
    change(&mut subset.documents[0].entry);
    refused(&subset)
}

fn submission_refused(change: impl FnOnce(&mut SubmissionSet)) -> String {
    let mut subset = subset();
    change(&mut subset.submission);
    refused(&subset)
}

/// Code and field of the refusal.
fn refused(subset: &xdm::Subset) -> String {
    let error = write(std::slice::from_ref(subset), &origin()).expect_err("refused");
    format!("{}: {error}", error.code())
}

type Change<T> = (&'static str, fn(&mut T));

#[test]
fn every_mandatory_value_of_a_document_is_demanded() {
    let changes: [Change<DocumentEntry>; 16] = [
        ("mimeType", |e| e.mime_type.clear()),
        ("title", |e| e.title = None),
        ("patientId", |e| e.patient_id = None),
        ("sourcePatientId", |e| e.source_patient_id = None),
        ("sourcePatientInfo", |e| e.source_patient.names.clear()),
        ("classCode", |e| e.class_code = None),
        ("typeCode", |e| e.type_code = None),
        ("formatCode", |e| e.format_code = None),
        ("confidentialityCode", |e| e.confidentiality.clear()),
        ("healthcareFacilityTypeCode", |e| e.facility_type = None),
        ("practiceSettingCode", |e| e.practice_setting = None),
        ("author", |e| e.authors.clear()),
        ("legalAuthenticator", |e| e.legal_authenticator = None),
        ("creationTime", |e| e.creation_time = None),
        ("serviceStartTime", |e| e.service_start = None),
        ("languageCode", |e| e.language = None),
    ];
    for (field, change) in changes {
        assert_eq!(entry_refused(change), format!("missing: document: {field} is missing"));
    }
    assert_eq!(entry_refused(|e| e.authors[0].person = None), "missing: document: author is missing");
}

#[test]
fn every_mandatory_value_of_a_submission_is_demanded() {
    let changes: [Change<SubmissionSet>; 5] = [
        ("sourceId", |s| s.source_id.clear()),
        ("patientId", |s| s.patient_id = None),
        ("submissionTime", |s| s.submission_time = None),
        ("contentTypeCode", |s| s.content_type = None),
        ("author", |s| s.authors.clear()),
    ];
    for (field, change) in changes {
        assert_eq!(submission_refused(change), format!("missing: submission set: {field} is missing"));
    }
}

#[test]
fn identifiers_have_their_form() {
    for id in ["", "1.2.3 ", "urn:oid:1.2.3", "3.1", "1", "1.02", "1..2", "1.2.3^", "1.2.3^12345678901234567"] {
        assert!(entry_refused(|e| id.clone_into(&mut e.unique_id)).starts_with("invalid: "), "{id}");
    }
    for uuid in ["", "00000000-0000-4000-8000-000000000001", "urn:uuid:0", "urn:uuid:00000000-0000-4000-8000-00000000000g"] {
        assert!(entry_refused(|e| uuid.clone_into(&mut e.entry_uuid)).starts_with("invalid: "), "{uuid}");
        assert!(submission_refused(|s| uuid.clone_into(&mut s.entry_uuid)).starts_with("invalid: "), "{uuid}");
    }
    assert!(submission_refused(|s| s.unique_id = "1.2.3^a".to_owned()).starts_with("invalid: "));
}

#[test]
fn a_national_identity_has_fifteen_characters_and_its_type() {
    for ins in ["27903512151898", "2790351215189890", "27903512151898A", "2790351215189 9", "", "2790 5121518989"] {
        let change = |e: &mut DocumentEntry| e.patient_id = Some(PatientId::ins(ins, INS_TEST));
        assert!(entry_refused(change).starts_with("invalid: "), "{ins}");
    }
    let untyped = PatientId { id_type: None, ..PatientId::ins("279035121518989", INS_TEST) };
    assert!(entry_refused(|e| e.patient_id = Some(untyped)).starts_with("invalid: "));
    assert!(entry_refused(|e| e.patient_id = Some(PatientId::ins("279035121518989", "1.2.3"))).starts_with("invalid: "));
    assert!(entry_refused(|e| e.source_patient_id = Some(PatientId::local("a", "x"))).starts_with("invalid: "));
    let mut corsican = subset();
    let id = Some(PatientId::ins("297022A02077878", INS_TEST));
    corsican.documents[0].entry.patient_id.clone_from(&id);
    corsican.submission.patient_id = id;
    assert!(write(&[corsican], &origin()).is_ok());
}

#[test]
fn one_submission_is_about_one_patient_and_names_each_document_once() {
    let other = PatientId::ins("279035121518980", INS_TEST);
    assert!(entry_refused(|e| e.patient_id = Some(other)).starts_with("several_patients: "));
    let mut twice = subset();
    twice.documents.push(document(1));
    assert!(refused(&twice).starts_with("repeated: "));
    let mut none = subset();
    none.documents.clear();
    assert!(refused(&none).starts_with("no_document: "));
    assert_eq!(write(&[], &origin()).expect_err("nothing").code(), "no_document");
}

#[test]
fn people_and_structures_are_identified() {
    let person = |change: fn(&mut xdm::Person)| entry_refused(|e| change(e.legal_authenticator.as_mut().expect("somebody")));
    assert!(person(|p| p.id.clear()).starts_with("invalid: "));
    assert!(person(|p| p.family.clear()).starts_with("invalid: "));
    assert!(person(|p| p.id_type.clear()).starts_with("invalid: "));
    assert!(person(|p| p.authority = "RPPS".to_owned()).starts_with("invalid: "));
    assert!(person(|p| p.kind = PersonKind::Unknown).starts_with("invalid: "));
    assert!(person(|p| p.family = "X".repeat(300)).starts_with("invalid: "));
    assert!(entry_refused(|e| e.authors[0].institutions[0].name.clear()).starts_with("invalid: "));
    assert!(entry_refused(|e| e.authors[0].institutions[0].authority.clear()).starts_with("invalid: "));
}

#[test]
fn texts_fit_the_registry_and_xml() {
    assert!(entry_refused(|e| e.title = Some("x".repeat(1025))).starts_with("invalid: "));
    assert!(entry_refused(|e| e.title = Some("a\u{1}b".to_owned())).starts_with("invalid: "));
    assert!(entry_refused(|e| e.title = Some("a\r\nb".to_owned())).starts_with("invalid: "));
    assert!(entry_refused(|e| e.title = Some("a\u{ffff}".to_owned())).starts_with("invalid: "));
    assert!(entry_refused(|e| e.type_code = Some(Code::new("a", "", "b"))).starts_with("invalid: "));
    assert!(entry_refused(|e| e.type_code = Some(Code::new("a", "b", " "))).starts_with("invalid: "));
    let long = Slot { name: "a".to_owned(), values: vec!["x".repeat(257)] };
    assert!(entry_refused(|e| e.other_slots = vec![long]).starts_with("invalid: "));
    assert!(submission_refused(|s| s.intended_recipients = vec![String::new()]).starts_with("invalid: "));
}
