//! Identities as different as those of a nursing home.

use cda_r2::{Id, InsKind};
use cisis::{Guardian, HumanName, Organization, Patient, QualifiedIns, Representative, Sex, StructureId, Telecom, Usage};

use crate::support::{address, at, read};

fn local(number: &str) -> Id {
    Id { root: "1.2.250.1.999.1.2".to_owned(), extension: Some(number.to_owned()), authority: None }
}

fn ins(kind: InsKind, number: &str) -> QualifiedIns {
    QualifiedIns::new(kind, number).expect("a national identity")
}

/// The test identity of the agency.
pub(crate) fn qualified() -> Patient {
    Patient {
        ins: Some(ins(InsKind::Test, "279035121518989")),
        local_id: Some(local("1001")),
        birth_family: "PAT-TROIS".to_owned(),
        birth_given: vec!["DOMINIQUE".to_owned(), "MARIE-LOUISE".to_owned()],
        used_family: Some("DUPONT".to_owned()),
        used_given: Some("MARIE".to_owned()),
        sex: Sex::Female,
        birth_date: Some(at("19790328")),
        birth_cog: Some("51215".to_owned()),
        birth_city: Some("DOMPREMY".to_owned()),
        address: Some(address()),
        telecoms: vec![Telecom::Mail("279035121518989@patient.mssante.fr".to_owned(), None)],
        guardians: Vec::new(),
    }
}

fn without_ins() -> Patient {
    Patient { ins: None, birth_cog: None, birth_city: None, telecoms: Vec::new(), address: None, ..qualified() }
}

fn corsican(number: &str, cog: &str, birth: &str) -> Patient {
    Patient {
        ins: Some(ins(InsKind::Test, number)),
        local_id: None,
        birth_family: "ADRTROIS".to_owned(),
        birth_given: vec!["DOMINIQUE".to_owned()],
        birth_date: Some(at(birth)),
        birth_cog: Some(cog.to_owned()),
        birth_city: None,
        ..qualified()
    }
}

/// Names of 120 characters, a guardian who is a person.
fn long_names() -> Patient {
    let long = "ABCDÉFGHIJ ".repeat(11)[..122].trim_end().to_owned();
    Patient {
        birth_family: long.clone(),
        birth_given: vec![long.clone(), long.clone()],
        used_family: Some(long.clone()),
        used_given: Some(long.clone()),
        guardians: vec![Guardian {
            who: Representative::Person(HumanName::new(long, Some("Paul"))),
            address: Some(address()),
            telecoms: vec![Telecom::Phone("0000000004".to_owned(), Some(Usage::Home))],
        }],
        ..qualified()
    }
}

fn one_given_name() -> Patient {
    Patient {
        birth_given: vec!["JO".to_owned()],
        birth_family: "LI".to_owned(),
        used_family: None,
        used_given: None,
        sex: Sex::Male,
        ..without_ins()
    }
}

fn lunar() -> Patient {
    Patient { birth_date: Some(at("19310000")), birth_cog: Some("99999".to_owned()), ..qualified() }
}

/// Only the year of birth is known, and the sex is not.
fn year_only() -> Patient {
    Patient { birth_date: Some(at("1931")), sex: Sex::Undetermined, ..without_ins() }
}

/// Every character XML makes dear, and a guardian that is an association.
fn punctuated() -> Patient {
    let association = Organization {
        id: Some(StructureId::siret("99999999999999").expect("SIRET")),
        name: "Tutelles & \"Co\" <75>".to_owned(),
        ..Organization::default()
    };
    Patient {
        birth_family: "D'ARTAGNAN-L’ŒUVRÉ & <FILS> \"DIT\" ÇA]]>".to_owned(),
        birth_given: vec!["ÉLOÏSE".to_owned(), "L'Ô & <B>".to_owned()],
        used_family: Some("ÑANDÚ & 'FILS'".to_owned()),
        guardians: vec![Guardian {
            who: Representative::Organization(association),
            address: None,
            telecoms: vec![Telecom::Fax(String::new(), None)],
        }],
        ..qualified()
    }
}

/// Ten identities, each with a name for messages.
pub(crate) fn all() -> [(&'static str, Patient); 10] {
    [
        ("qualified", qualified()),
        ("without_ins", without_ins()),
        ("corsica_2a", corsican("297022A02077878", "2A020", "19970226")),
        ("corsica_2b", corsican("185052B03312386", "2B033", "19850522")),
        ("long_names", long_names()),
        ("one_given_name", one_given_name()),
        ("lunar", lunar()),
        ("year_only", year_only()),
        ("punctuated", punctuated()),
        ("month_only", Patient { birth_date: Some(at("193105")), ..without_ins() }),
    ]
}

#[test]
fn each_identity_is_read_back_equal() {
    for (name, patient) in all() {
        let header = crate::support::header(patient.clone());
        let document = cisis::Dlu::default().write(&header).unwrap_or_else(|error| panic!("{name}: {error}"));
        let read = read(&document).header.patient;
        let number = patient.ins.as_ref().map(|ins| (ins.kind(), ins.number()));
        assert_eq!(read.ins(), number.into_iter().collect::<Vec<_>>(), "{name}");
        let local = read.ids.iter().find(|id| InsKind::of_root(&id.root).is_none());
        assert_eq!(local, patient.local_id.as_ref(), "{name}");
        assert_eq!(read.birth_family(), Some(patient.birth_family.as_str()), "{name}");
        assert_eq!(read.birth_first_given(), patient.birth_given.first().map(String::as_str), "{name}");
        assert_eq!(read.birth_given_list(), Some(patient.birth_given.join(" ")), "{name}");
        assert_eq!(read.names[0].used_family(), patient.used_family.as_deref(), "{name}");
        assert_eq!(read.names[0].used_given(), patient.used_given.as_deref(), "{name}");
        let birth = if name == "lunar" { Some(at("1931")) } else { patient.birth_date.clone() };
        assert_eq!(read.birth_time, birth, "{name}");
        assert_eq!(document.warnings.is_empty(), name != "lunar", "{name}: {:?}", document.warnings);
        let place = read.birthplace.and_then(|place| place.insee_code);
        assert_eq!(place, patient.birth_cog, "{name}");
        assert_eq!(read.guardians.len(), patient.guardians.len(), "{name}");
        let sex = match patient.sex {
            Sex::Male => "M",
            Sex::Female => "F",
            Sex::Undetermined => "UN",
        };
        assert_eq!(read.gender.and_then(|code| code.code).as_deref(), Some(sex), "{name}");
    }
}

#[test]
fn no_national_number_leaves_without_qualification() {
    let header = crate::support::header(without_ins());
    let text = String::from_utf8(cisis::Dlu::default().write(&header).expect("written").bytes).expect("UTF-8");
    assert!(!text.contains("1.2.250.1.213.1.4."), "no root of the INS");
    assert!(!text.contains("279035121518989"), "no number either");
    assert!(text.contains("extension=\"1001\""));
}

#[test]
fn the_secure_box_of_a_patient_tells_their_ins() {
    let boxed = Patient { telecoms: qualified().telecoms, ..without_ins() };
    let written = cisis::Dlu::default().write(&crate::support::header(boxed)).expect("written");
    assert!(!String::from_utf8(written.bytes).expect("UTF-8").contains("279035121518989"));
    assert!(written.warnings.iter().any(|told| told.contains("secure box")), "{:?}", written.warnings);
    let known = cisis::Dlu::default().write(&crate::support::header(qualified())).expect("written");
    assert!(String::from_utf8(known.bytes).expect("UTF-8").contains("279035121518989@patient.mssante.fr"));
}
