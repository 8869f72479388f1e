//! What the tests share: a submission about nobody, and packages made by other hands.

use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use xdm::{
    Author, Code, Document, DocumentEntry, Limits, Name, Organization, Origin, Package, PatientId, PatientInfo, Person,
    SubmissionSet, Subset, UtcTime, XdmError,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const INS_TEST: &str = "1.2.250.1.213.1.4.10";
pub(crate) const PDF: &[u8] = b"%PDF-1.4\nreadable copy\n%%EOF\n";
pub(crate) const CDA: &[u8] = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Été</title></ClinicalDocument>".as_bytes();

pub(crate) fn origin() -> Origin {
    Origin {
        institution: "EHPAD Les Tilleuls & Cie".to_owned(),
        contact: "secretariat@exemple.invalid".to_owned(),
        software: "Logiciel d'essai 1.0".to_owned(),
    }
}

pub(crate) fn patient() -> PatientId {
    PatientId::ins("279035121518989", INS_TEST)
}

pub(crate) fn author() -> Author {
    Author {
        person: Some(Person::professional("899900000011", "ESSAI", "Anne & Marie")),
        institutions: vec![Organization::structure("1990000011", "EHPAD Les Tilleuls")],
        roles: vec!["Médecin traitant".to_owned()],
        specialties: vec![
            Code::new("G15_10/SM26", "1.2.250.1.213.1.1.4.5", "Médecin - Qualifié en Médecine Générale (SM)").to_text(),
        ],
    }
}

/// A complete entry; `number` makes its identifiers its own.
pub(crate) fn entry(number: u32) -> DocumentEntry {
    let name = |family: &str, kind: &str| Name {
        family: family.to_owned(),
        given: "CAMILLE".to_owned(),
        given_list: "CAMILLE ANNE".to_owned(),
        kind: kind.to_owned(),
    };
    DocumentEntry {
        entry_uuid: format!("urn:uuid:00000000-0000-4000-8000-{number:012}"),
        unique_id: format!("1.2.250.1.999.7.{number}"),
        mime_type: "text/xml".to_owned(),
        title: Some("Document de liaison d'urgence <à jour>".to_owned()),
        patient_id: Some(patient()),
        source_patient_id: Some(PatientId::local("IPP-42", "1.2.250.1.999.8")),
        source_patient: PatientInfo {
            ids: vec![patient(), PatientId::local("IPP-42", "1.2.250.1.999.8")],
            names: vec![name("DUPOND~ESSAI", "L"), name("ESSAI", "D")],
            birth: Some("19790328".to_owned()),
            sex: Some("F".to_owned()),
            other: vec!["PID-11|^^^^^^BDL^^51215".to_owned()],
        },
        class_code: Some(Code::new("11", "1.2.250.1.213.1.1.4.1", "Synthèse")),
        type_code: Some(Code::new("74207-2", "2.16.840.1.113883.6.1", "Document de liaison d'urgence")),
        format_code: Some(Code::new("urn:asip:ci-sis:dlu:2015", "1.2.250.1.213.1.1.4.2.282", "Document de liaison d'urgence")),
        confidentiality: vec![Code::new("N", "2.16.840.1.113883.5.25", "Normal")],
        facility_type: Some(Code::new("SA17", "1.2.250.1.71.4.2.4", "Etablissement pour personnes âgées")),
        practice_setting: Some(Code::new("ETABLISSEMENT", "1.2.250.1.213.1.1.4.9", "Etablissement de santé")),
        authors: vec![author()],
        legal_authenticator: author().person,
        creation_time: UtcTime::parse("20260102030405"),
        service_start: UtcTime::parse("20260101"),
        language: Some("fr-FR".to_owned()),
        ..DocumentEntry::default()
    }
}

pub(crate) fn document(number: u32) -> Document {
    Document { entry: entry(number), bytes: CDA.to_vec(), readable: Some(PDF.to_vec()) }
}

pub(crate) fn submission(number: u32) -> SubmissionSet {
    SubmissionSet {
        entry_uuid: format!("urn:uuid:00000000-0000-4000-8000-9{number:011}"),
        unique_id: format!("1.2.250.1.999.9.{number}"),
        source_id: "1.2.250.1.999.1".to_owned(),
        patient_id: Some(patient()),
        submission_time: UtcTime::parse("20260102040506"),
        content_type: Some(Code::new("43", "1.2.250.1.213.2.2", "Tous modes d'accueil avec hébergement")),
        authors: vec![author()],
        title: Some("Envoi aux urgences".to_owned()),
        intended_recipients: vec!["^^Internet^urgences@exemple.invalid".to_owned()],
        ..SubmissionSet::default()
    }
}

pub(crate) fn subset() -> Subset {
    Subset { submission: submission(1), documents: vec![document(1)] }
}

/// The bytes of a package with one document and its readable copy.
pub(crate) fn package() -> Vec<u8> {
    xdm::write(&[subset()], &origin()).expect("written")
}

pub(crate) fn read(bytes: &[u8]) -> Package {
    xdm::read(bytes, &Limits::default()).expect("readable")
}

pub(crate) fn refusal(bytes: &[u8]) -> XdmError {
    xdm::read(bytes, &Limits::default()).expect_err("refused")
}

/// The files of an archive, by a reader that trusts it.
pub(crate) fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        files.push((file.name().expect("a name").into_owned(), content));
    }
    files
}

/// An archive of these files, deflated.
pub(crate) fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        archive.start_file(path, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(content).expect("its content");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The package with its files changed by `change`, which returns `None` to drop a file.
pub(crate) fn repacked(change: impl Fn(&str, Vec<u8>) -> Option<(String, Vec<u8>)>) -> Vec<u8> {
    let files = unpack(&package());
    let changed: Vec<_> = files.into_iter().filter_map(|(path, content)| change(&path, content)).collect();
    pack(&changed)
}

/// The package with one piece of its metadata replaced; the piece must be there.
pub(crate) fn with_metadata(old: &str, new: &str) -> Vec<u8> {
    repacked(|path, content| {
        if !path.ends_with("METADATA.XML") {
            return Some((path.to_owned(), content));
        }
        let text = String::from_utf8(content).expect("UTF-8");
        assert!(text.contains(old), "the metadata hold {old}");
        Some((path.to_owned(), text.replacen(old, new, 1).into_bytes()))
    })
}

/// The metadata the package is written with.
pub(crate) fn metadata() -> String {
    let files = unpack(&package());
    let (_, content) = files.into_iter().find(|(path, _)| path.ends_with("METADATA.XML")).expect("metadata");
    String::from_utf8(content).expect("UTF-8")
}

/// A folder beside the repository, `$variable` first.
pub(crate) fn beside(variable: &str, folder: &str) -> Option<PathBuf> {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared").join(folder);
    let found = std::env::var_os(variable).map_or(default, PathBuf::from);
    if found.is_dir() {
        return Some(found);
    }
    eprintln!("{} is absent: set {variable} to run this test", found.display());
    None
}
