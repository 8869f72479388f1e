//! Documents of a hospital about a resident, by our printers: letters, reports, packages, mails.

use std::time::{Duration, SystemTime};

use anyhow::Context;
use cda_r2::{Id, InsKind, Timestamp};
use cisis::{
    Act, Author, Confidentiality, Header, HumanName, LdlSes, Level1, Organization, Patient, PracticeSetting, Profession,
    Professional, ProfessionalId, QualifiedIns, Recorded, Sector, Sex, Signatory, Stay, StayKind, StructureId, Synthesis,
};
use mssante::{Address, Correspondent, DocumentMail, DocumentSubject, MessageId, Policy};
use xdm::{
    Code, Document, DocumentEntry, Name, Origin, PatientId, PatientInfo, Person as Author2, SubmissionSet, Subset, UtcTime,
};

use super::super::world::Person;

/// OID of test identities.
pub(super) const TEST_INS: &str = "1.2.250.1.213.1.4.10";
/// OID under which documents of this bench are numbered.
const ROOT: &str = "1.2.250.1.999.7";

/// What a document says of its patient; a hostile one mixes two persons.
#[derive(Debug, Clone)]
pub(super) struct Named<'a> {
    pub(super) ins: &'a str,
    pub(super) traits: &'a Person,
}

impl<'a> Named<'a> {
    pub(super) fn of(person: &'a Person) -> Self {
        Self { ins: &person.ins, traits: person }
    }
}

fn id(extension: String) -> Id {
    Id { root: ROOT.to_owned(), extension: Some(extension), authority: None }
}

fn at(raw: &str) -> anyhow::Result<Timestamp> {
    Timestamp::parse(raw).with_context(|| raw.to_owned())
}

fn hospital() -> anyhow::Result<Organization> {
    Ok(Organization {
        id: Some(StructureId::finess("999999999")?),
        name: "CH des Ormes".to_owned(),
        address: None,
        telecoms: Vec::new(),
        setting: PracticeSetting::MedicoSocial,
    })
}

fn physician() -> anyhow::Result<Professional> {
    Ok(Professional {
        id: Some(ProfessionalId::rpps("99900000001")?),
        name: HumanName::new("ORMES", Some("Ève")),
        profession: Some(Profession::new("G15_10/SM26", "Médecin - Qualifié en Médecine Générale (SM)")?),
        address: None,
        telecoms: Vec::new(),
        organization: Some(hospital()?),
    })
}

fn patient(named: &Named<'_>) -> anyhow::Result<Patient> {
    Ok(Patient {
        ins: Some(QualifiedIns::new(InsKind::Test, named.ins)?),
        local_id: None,
        birth_family: named.traits.family.to_owned(),
        birth_given: vec![named.traits.given.to_owned()],
        used_family: None,
        used_given: None,
        sex: if named.traits.female { Sex::Female } else { Sex::Male },
        birth_date: Some(at(&named.traits.birth)?),
        birth_cog: Some(named.traits.place.clone()),
        birth_city: None,
        address: None,
        telecoms: Vec::new(),
        guardians: Vec::new(),
    })
}

fn header(named: &Named<'_>, number: u64) -> anyhow::Result<Header> {
    let created = at("20261103091530+0100")?;
    let physician = physician()?;
    Ok(Header {
        id: id(format!("{number}.1")),
        set_id: id(number.to_string()),
        version: 1,
        replaces: None,
        title: None,
        created: created.clone(),
        confidentiality: Confidentiality::Normal,
        patient: patient(named)?,
        authors: vec![Author { professional: physician.clone(), time: created.clone() }],
        custodian: hospital()?,
        signatory: Signatory { professional: physician.clone(), time: created.clone() },
        attending_physician: None,
        referring: None,
        contacts: Vec::new(),
        recipients: Vec::new(),
        act: Act { start: created.clone(), end: None, performer: physician },
        stay: Stay {
            id: Some(id(format!("s{number}"))),
            kind: StayKind::Inpatient,
            start: Some(created),
            end: None,
            responsible: None,
            sector: Sector::ElderlyHome,
            place: None,
            address: None,
        },
    })
}

/// A letter of discharge; `words` makes two letters of one number differ.
pub(super) fn letter(named: &Named<'_>, number: u64, words: &str) -> anyhow::Result<Vec<u8>> {
    let letter = LdlSes {
        reason: Some("Pneumopathie".to_owned()),
        synthesis: Synthesis { synthesis: format!("Évolution favorable. {words}"), ..Synthesis::default() },
        treatments: Recorded::NoneKnown,
        ..LdlSes::default()
    };
    Ok(letter.write(&header(named, number)?)?.bytes)
}

/// A report whose body is a PDF of about `size` bytes.
pub(super) fn report(named: &Named<'_>, number: u64, size: usize) -> anyhow::Result<Vec<u8>> {
    Ok(Level1 { kind: cisis::level1::CARE_REPORT.into(), act: None, pdf: pdf(number, size) }
        .write(&header(named, number)?)?
        .bytes)
}

/// A PDF as far as its first bytes say.
pub(super) fn pdf(number: u64, size: usize) -> Vec<u8> {
    let mut pdf = format!("%PDF-1.4\n% {number}\n").into_bytes();
    let mut dice = super::super::Dice::new(number + 1);
    pdf.extend((0..size / 8).flat_map(|_| dice.next().to_le_bytes()));
    pdf.extend(b"\n%%EOF");
    pdf
}

/// A package of one document; `ins` is the one its metadata say.
pub(super) fn package(document: Vec<u8>, named: &Named<'_>, number: u64) -> anyhow::Result<Vec<u8>> {
    let code = |code: &str| Code::new(code, "1.2.3", code);
    let patient = Some(PatientId::ins(named.ins, TEST_INS));
    let person = Some(Author2::professional("899900000011", "ORMES", "Ève"));
    let authors = vec![xdm::Author { person: person.clone(), ..xdm::Author::default() }];
    let name = Name { family: named.traits.family.into(), given: named.traits.given.into(), kind: "L".into(), ..Name::default() };
    let entry = DocumentEntry {
        entry_uuid: format!("urn:uuid:00000000-0000-4000-8000-{number:012}"),
        unique_id: format!("{ROOT}^{number}.1"),
        mime_type: "text/xml".into(),
        title: Some("Lettre de liaison".into()),
        patient_id: patient.clone(),
        source_patient_id: patient.clone(),
        source_patient: PatientInfo { names: vec![name], birth: Some(named.traits.birth.clone()), ..PatientInfo::default() },
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
        entry_uuid: format!("urn:uuid:00000000-0000-4000-9000-{number:012}"),
        unique_id: format!("1.2.250.1.999.9.{number}"),
        source_id: "1.2.250.1.999.1".into(),
        patient_id: patient,
        submission_time: UtcTime::parse("20260102030405"),
        content_type: Some(code("43")),
        authors,
        ..SubmissionSet::default()
    };
    let subset = Subset { submission, documents: vec![Document { entry, bytes: document, readable: None }] };
    let origin = Origin { institution: "CH des Ormes".into(), contact: "0".into(), software: "bench".into() };
    Ok(xdm::write(&[subset], &origin)?)
}

/// A mail which carries a package.
pub(super) fn mail(package: &[u8], person: &Person, number: u64) -> anyhow::Result<Vec<u8>> {
    let message_id = MessageId::new(&format!("{number}@hopital-test.mssante.fr"))?;
    let from = Correspondent::new(Address::new("urgences@hopital-test.mssante.fr")?);
    let to = [Address::new("sources@ehpad-test.mssante.fr")?];
    let subject = DocumentSubject {
        title: "Lettre de liaison".into(),
        family: person.family.into(),
        given: person.given.into(),
        birth: format!("{}/{}/{}", &person.birth[6..], &person.birth[4..6], &person.birth[..4]),
    };
    let mail = DocumentMail {
        message_id: &message_id,
        date: SystemTime::UNIX_EPOCH + Duration::from_hours(500_000),
        from: &from,
        reply_to: None,
        to: &to,
        subject: &subject,
        text: "Bonjour,\nVeuillez trouver la lettre de sortie.",
        package,
        readable: None,
        in_reply_to: None,
        closes_exchange: false,
        wants_receipt: false,
        wants_delivery_report: false,
    };
    Ok(mail.compose(&Policy::default())?.bytes().to_vec())
}
