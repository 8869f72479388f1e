//! Mails and packages as hospitals send them, made by the codecs from the official examples.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use mssante::{Address, Correspondent, DocumentMail, DocumentSubject, MessageId, Policy, ReadableCopy};
use xdm::{Author, Code, Document, DocumentEntry, Name, Origin, PatientId, PatientInfo, Person, SubmissionSet, Subset, UtcTime};

pub(crate) const PDF: &[u8] = b"%PDF-1.4\n%fin";

/// A file of the official material, when this machine has it.
pub(crate) fn officiel(chemin: &str) -> Option<Vec<u8>> {
    std::fs::read(racine().join(chemin)).ok()
}

pub(crate) fn racine() -> PathBuf {
    std::env::var_os("GRAPPE_INTEROP")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/interop"), PathBuf::from)
}

fn code(code: &str) -> Code {
    Code::new(code, "1.2.3", code)
}

/// A package of one document; `ins` is the one its metadata say.
pub(crate) fn colis(octets: &[u8], unique: &str, ins: &str) -> Vec<u8> {
    let patient = Some(PatientId::ins(ins, "1.2.250.1.213.1.4.10"));
    let person = Some(Person::professional("899900000011", "ESSAI", "Anne"));
    let authors = vec![Author { person: person.clone(), ..Author::default() }];
    let name = Name { family: "PAT-TROIS".into(), given: "DOMINIQUE".into(), kind: "L".into(), ..Name::default() };
    let entry = DocumentEntry {
        entry_uuid: "urn:uuid:00000000-0000-4000-8000-000000000001".into(),
        unique_id: unique.into(),
        mime_type: "text/xml".into(),
        title: Some("Lettre de liaison".into()),
        patient_id: patient.clone(),
        source_patient_id: patient.clone(),
        source_patient: PatientInfo { names: vec![name], birth: Some("19790328".into()), ..PatientInfo::default() },
        class_code: Some(code("11")),
        type_code: Some(Code::new("11490-0", "2.16.840.1.113883.6.1", "Lettre de liaison à la sortie")),
        format_code: Some(code("urn:asip:ci-sis:ldl-ses:2017")),
        confidentiality: vec![code("N")],
        facility_type: Some(code("SA01")),
        practice_setting: Some(code("ETABLISSEMENT")),
        authors: authors.clone(),
        legal_authenticator: person,
        creation_time: UtcTime::from_hl7("20260103153500+0100"),
        service_start: UtcTime::from_hl7("20260103153500+0100"),
        language: Some("fr-FR".into()),
        ..DocumentEntry::default()
    };
    let submission = SubmissionSet {
        entry_uuid: "urn:uuid:00000000-0000-4000-8000-000000000002".into(),
        unique_id: "1.2.250.1.999.9.1".into(),
        source_id: "1.2.250.1.999.1".into(),
        patient_id: patient,
        submission_time: UtcTime::parse("20260102030405"),
        content_type: Some(code("43")),
        authors,
        ..SubmissionSet::default()
    };
    let subset = Subset { submission, documents: vec![Document { entry, bytes: octets.to_vec(), readable: None }] };
    let origin = Origin { institution: "CHU d'essai".into(), contact: "0".into(), software: "essai".into() };
    xdm::write(&[subset], &origin).expect("a package")
}

/// A mail carrying a package and its readable copy.
pub(crate) fn courriel(numero: &str, colis: &[u8]) -> Vec<u8> {
    let message_id = MessageId::new(&format!("{numero}@hopital-test.mssante.fr")).expect("an id");
    let from = Correspondent::new(Address::new("urgences@hopital-test.mssante.fr").expect("an address"));
    let to = [Address::new("sources@ehpad-test.mssante.fr").expect("an address")];
    let subject = DocumentSubject {
        title: "Lettre de liaison".into(),
        family: "PAT-TROIS".into(),
        given: "Dominique".into(),
        birth: "28/03/1979".into(),
    };
    let mail = DocumentMail {
        message_id: &message_id,
        date: SystemTime::UNIX_EPOCH + Duration::from_hours(500_000),
        from: &from,
        reply_to: None,
        to: &to,
        subject: &subject,
        text: "Bonjour,\nVeuillez trouver la lettre de sortie.",
        package: colis,
        readable: Some(ReadableCopy { name: "lettre.pdf", bytes: PDF }),
        in_reply_to: None,
        closes_exchange: false,
        wants_receipt: true,
        wants_delivery_report: false,
    };
    mail.compose(&Policy::default()).expect("a mail").bytes().to_vec()
}
