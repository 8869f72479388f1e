//! What the tests share: a nursing home, its people, and the way back from bytes.

use cda_r2::{ClinicalDocument, Id, Limits, Timestamp, parse};
use cisis::read::Listed;
use cisis::{
    Act, Address, Author, Civility, Confidentiality, Contact, ContactRole, Document, Header, HumanName, Organization, Patient,
    PracticeSetting, Profession, Professional, ProfessionalId, RELATIONS, Sector, Signatory, Stay, StayKind, StructureId,
    Telecom, Title, Usage,
};

/// A time of the tests.
pub(crate) fn at(raw: &str) -> Timestamp {
    Timestamp::parse(raw).expect("a time")
}

/// An identifier under an OID made for examples.
pub(crate) fn id(extension: &str) -> Id {
    Id { root: "1.2.250.1.999.1.1".to_owned(), extension: Some(extension.to_owned()), authority: None }
}

pub(crate) fn address() -> Address {
    Address {
        street: Some("12 rue de l’Étang & des \"Tilleuls\"".to_owned()),
        complement: Some("Bâtiment <B>".to_owned()),
        postal_code: Some("00000".to_owned()),
        city: Some("FICTIVILLE".to_owned()),
        country: None,
    }
}

pub(crate) fn nursing_home() -> Organization {
    Organization {
        id: Some(StructureId::finess("999999999").expect("FINESS")),
        name: "EHPAD Les Tilleuls".to_owned(),
        address: Some(address()),
        telecoms: vec![
            Telecom::Phone("00 00 00 00 01".to_owned(), Some(Usage::Work)),
            Telecom::Phone("00 00 00 00 02".to_owned(), Some(Usage::Emergency)),
        ],
        setting: PracticeSetting::MedicoSocial,
    }
}

pub(crate) fn physician() -> Professional {
    Professional {
        id: Some(ProfessionalId::rpps("99900000001").expect("RPPS")),
        name: HumanName {
            civility: Some(Civility::Mme),
            title: Some(Title::Dr),
            family: "L’HÔPITAL-MÉDECIN".to_owned(),
            given: Some("Ève".to_owned()),
        },
        profession: Some(Profession::new("G15_10/SM26", "Médecin - Qualifié en Médecine Générale (SM)").expect("profession")),
        address: Some(address()),
        telecoms: vec![Telecom::Mail("eve@exemple.invalid".to_owned(), Some(Usage::Work))],
        organization: Some(nursing_home()),
    }
}

/// A nurse without national number.
pub(crate) fn nurse() -> Professional {
    Professional {
        id: Some(ProfessionalId::local("999999999", "agent-42").expect("local")),
        name: HumanName::new("NUIT", None),
        profession: Some(Profession::new("G15_60", "Infirmier").expect("profession")),
        address: None,
        telecoms: Vec::new(),
        organization: Some(nursing_home()),
    }
}

fn relative(role: ContactRole, family: &str) -> Contact {
    Contact {
        role,
        relation: Some(RELATIONS[32]),
        name: HumanName::new(family, Some("Lise")),
        address: Some(address()),
        telecoms: vec![Telecom::Phone("+33 0 00 00 00 03".to_owned(), Some(Usage::Mobile))],
    }
}

/// The header of a document about this patient.
pub(crate) fn header(patient: Patient) -> Header {
    let created = at("20261103091530+0100");
    Header {
        id: id("doc-7-1"),
        set_id: id("doc-7"),
        version: 1,
        replaces: None,
        title: None,
        created: created.clone(),
        confidentiality: Confidentiality::Normal,
        patient,
        authors: vec![
            Author { professional: physician(), time: created.clone() },
            Author { professional: nurse(), time: created.clone() },
        ],
        custodian: nursing_home(),
        signatory: Signatory { professional: physician(), time: created.clone() },
        attending_physician: Some(physician()),
        referring: None,
        contacts: vec![relative(ContactRole::Emergency, "PROCHE"), relative(ContactRole::Trusted, "CONFIANCE")],
        recipients: Vec::new(),
        act: Act { start: created, end: None, performer: physician() },
        stay: Stay {
            id: Some(id("sejour-9")),
            kind: StayKind::Inpatient,
            start: Some(at("20240102")),
            end: None,
            responsible: Some(physician()),
            sector: Sector::ElderlyHome,
            place: Some("Unité Mémoire".to_owned()),
            address: None,
        },
    }
}

/// Reads a document written: our own reader has nothing to say against it.
pub(crate) fn read(document: &Document) -> ClinicalDocument {
    let read = parse(&document.bytes, &Limits::default()).expect("readable");
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    read
}

/// A list of which everything was read.
pub(crate) fn whole<L>(listed: Listed<L>) -> L {
    assert_eq!(listed.unread, 0);
    listed.list
}
