//! What is refused, by name.

use cda_r2::{InsKind, Timestamp};
use cisis::{
    Annex, AnnexContent, CisisError, Decimal, Dlu, DluAnnex, Findings, Fludt, Header, LastMeal, Level1, Measure, Pain, Patient,
    Problem, Profession, ProfessionalId, QualifiedIns, Recorded, StructureId, Surgery, System, Term, Vsm,
};

use crate::contents::PDF;
use crate::identities::qualified;
use crate::support::{at, header};

fn code(result: Result<impl std::fmt::Debug, CisisError>) -> &'static str {
    result.expect_err("refused").code()
}

fn refusal(change: impl FnOnce(&mut Header)) -> CisisError {
    let mut header = header(qualified());
    change(&mut header);
    Dlu::default().write(&header).map(|_| ()).expect_err("refused")
}

fn identity(change: impl FnOnce(&mut Patient)) -> CisisError {
    refusal(|header| change(&mut header.patient))
}

#[test]
fn the_strict_traits_are_required() {
    let missing = |which| CisisError::MissingTrait { which };
    assert_eq!(identity(|p| p.birth_family = " ".to_owned()), missing("birth family name"));
    assert_eq!(identity(|p| p.birth_given = vec![String::new()]), missing("given name at birth"));
    assert_eq!(identity(|p| p.birth_date = None), missing("birth date"));
    assert_eq!(identity(|p| p.birth_cog = None), missing("INSEE code of the birthplace"));
    assert_eq!(identity(|p| p.birth_cog = Some("512".to_owned())).code(), "invalid_identifier");
    let nobody = identity(|p| {
        p.ins = None;
        p.local_id = None;
    });
    assert_eq!(nobody.code(), "no_patient_identifier");
}

#[test]
fn a_header_must_be_whole() {
    assert_eq!(refusal(|h| h.authors.clear()).code(), "missing_part");
    assert_eq!(refusal(|h| h.version = 0).code(), "missing_part");
    assert_eq!(refusal(|h| h.custodian.id = None).code(), "missing_part");
    assert_eq!(refusal(|h| h.authors[0].professional.id = None).code(), "missing_part");
    assert_eq!(refusal(|h| h.signatory.professional.id = None).code(), "missing_part");
    assert_eq!(refusal(|h| h.act.performer.organization = None).code(), "missing_part");
    assert_eq!(refusal(|h| h.contacts[0].name.family = String::new()).code(), "missing_part");
    assert_eq!(refusal(|h| h.authors[0].professional.name.family = String::new()).code(), "missing_part");
    assert_eq!(refusal(|h| h.id.root = "urn:uuid:1".to_owned()).code(), "invalid");
}

#[test]
fn times_say_their_zone_and_go_forwards() {
    assert_eq!(refusal(|h| h.created = at("202611030915")).code(), "time_zone");
    assert_eq!(refusal(|h| h.created = at("20261103")).code(), "time_zone");
    assert_eq!(refusal(|h| h.signatory.time = at("20261103091500")).code(), "time_zone");
    assert_eq!(refusal(|h| h.act.start = at("2026110309")).code(), "time_zone");
    assert_eq!(refusal(|h| h.act.end = Some(at("20261102"))).code(), "backwards");
    assert_eq!(refusal(|h| h.stay.end = Some(at("2023"))).code(), "backwards");
    let late = Problem { label: "x".to_owned(), start: Some(at("2020")), end: Some(at("2019")), ..Problem::default() };
    let dlu = Dlu { problems: Recorded::Items(vec![late]), ..Dlu::default() };
    assert_eq!(code(dlu.write(&header(qualified())).map(|_| ())), "backwards");
}

#[test]
fn times_of_entries_are_times_and_say_their_zone() {
    let meal = |time| {
        let last_meal = LastMeal { time: Some(time), detail: None };
        Fludt { last_meal, ..Fludt::default() }.write(&header(qualified())).map(|_| ())
    };
    assert_eq!(meal(at("202611021830+0100")), Ok(()));
    assert_eq!(meal(at("20261102")), Ok(()));
    assert_eq!(code(meal(at("202611021830"))), "time_zone");
    assert_eq!(code(meal(Timestamp { raw: "hier soir".to_owned(), ..at("20261102") })), "invalid_time");
    let surgery = Surgery { date: Some(at("2026110218")), ..Surgery::default() };
    let vsm = Vsm { surgeries: Recorded::Items(vec![surgery]), ..Vsm::default() };
    assert_eq!(code(vsm.write(&header(qualified())).map(|_| ())), "time_zone", "in a section of a section");
}

#[test]
fn a_pain_score_stays_on_its_scale() {
    let scored = |score| {
        let pains = vec![Pain { score: Some(score), ..Pain::default() }];
        let findings = Findings { pains, ..Findings::default() };
        Fludt { findings, ..Fludt::default() }.write(&header(qualified())).map(|_| ())
    };
    assert_eq!(scored(10), Ok(()));
    assert_eq!(code(scored(11)), "invalid_number");
}

#[test]
fn national_identities_have_their_form_and_their_key() {
    assert!(QualifiedIns::new(InsKind::Test, "2 79 03 51 215 189 89").is_ok(), "spaces are left out");
    for wrong in ["", "27903512151898", "2790351215189890", "27903512151898X", "2790B5121518989", "279032C21518989"] {
        assert_eq!(code(QualifiedIns::new(InsKind::Test, wrong)), "invalid_identifier", "{wrong}");
    }
    assert_eq!(code(QualifiedIns::new(InsKind::Nir, "147720425367411")), "ins_key");
    assert!(!QualifiedIns::new(InsKind::Demo, "147720425367411").expect("a form").key_matches());
    for right in ["279035121518989", "297022A02077878", "185052B03312386", "185052A00408495", "236066322083656"] {
        assert!(QualifiedIns::new(InsKind::Test, right).expect(right).key_matches(), "{right}");
    }
}

#[test]
fn a_test_identity_with_a_wrong_key_is_told() {
    let mut header = header(qualified());
    header.patient.ins = Some(QualifiedIns::new(InsKind::Demo, "147720425367411").expect("a form"));
    let told = Dlu::default().write(&header).expect("written").warnings;
    assert!(told.iter().any(|told| told.contains("key")), "{told:?}");
}

#[test]
fn identifiers_have_their_form() {
    assert_eq!(ProfessionalId::rpps("10 00 00 00 001").map(|id| id.as_str().to_owned()).as_deref(), Ok("810000000001"));
    assert_eq!(ProfessionalId::adeli("2A1234567").map(|id| id.as_str().to_owned()).as_deref(), Ok("02A1234567"));
    assert_eq!(StructureId::finess("2B0000001").map(|id| id.as_str().to_owned()).as_deref(), Ok("12B0000001"));
    assert_eq!(code(ProfessionalId::rpps("123")), "invalid_identifier");
    assert_eq!(code(ProfessionalId::adeli("A12345678")), "invalid_identifier");
    assert_eq!(code(ProfessionalId::local("999999999", "médecin")), "invalid_identifier");
    assert_eq!(StructureId::finess("9X0000001").map(|id| id.as_str().to_owned()).as_deref(), Ok("19X0000001"));
    assert_eq!(code(StructureId::finess("99999999")), "invalid_identifier");
    assert_eq!(code(StructureId::siret("99999999999999é")), "invalid_identifier");
    assert_eq!(code(Profession::new("G15 10", "Médecin")), "invalid_code");
}

#[test]
fn codes_have_the_form_of_their_terminology() {
    let good = [
        (System::Icd10, "I21"),
        (System::Icd10, "J41.0"),
        (System::Icd10, "U83.71"),
        (System::Icd10, "F00.1*"),
        (System::Loinc, "14682-9"),
        (System::Atc, "N02BE01"),
        (System::Atc, "J01CE"),
        (System::Cis, "60234100"),
        (System::Cip, "3400935955838"),
        (System::Ucd, "9135653"),
        (System::Ccam, "NEKA020"),
        (System::SnomedCt, "416098002"),
    ];
    for (system, own) in good {
        assert!(Term::new(system, own, None).is_ok(), "{own}");
    }
    let bad = [
        (System::Icd10, "bronchite"),
        (System::Icd10, "J4"),
        (System::Icd10, "J41."),
        (System::Icd10, "J41.0 ?"),
        (System::Loinc, "14682"),
        (System::Loinc, "14682-99"),
        (System::Atc, "N02BE1"),
        (System::Cis, "6023410"),
        (System::Cip, "34009359558"),
        (System::Ccam, "NEKA02"),
        (System::SnomedCt, "41"),
        (System::Emdn, "a b"),
    ];
    for (system, own) in bad {
        assert_eq!(code(Term::new(system, own, None)), "invalid_code", "{own}");
    }
}

#[test]
fn numbers_are_decimal() {
    for good in ["0", "37.2", "-1.50", "112"] {
        assert_eq!(Decimal::new(good).expect(good).as_str(), good);
    }
    for bad in ["", "37,2", "1e3", ".5", "5.", "--1", "NaN", "1.2.3", "123456789012345678901"] {
        assert_eq!(code(Decimal::new(bad)), "invalid_number", "{bad}");
    }
    assert_eq!(code(Measure::new("1", "mm Hg")), "invalid_code");
}

#[test]
fn only_a_pdf_is_taken_for_one() {
    let header = header(qualified());
    let level_1 = |pdf: &[u8]| Level1 { kind: cisis::level1::CARE_REPORT.into(), act: None, pdf: pdf.to_vec() };
    assert!(level_1(PDF).write(&header).is_ok());
    assert_eq!(code(level_1(b"<html>").write(&header).map(|_| ())), "not_pdf");
    let annex = Annex { kind: DluAnnex::Aggir, title: None, content: AnnexContent::Pdf(b"PK\x03\x04".to_vec()) };
    let dlu = Dlu { annexes: vec![annex], ..Dlu::default() };
    assert_eq!(code(dlu.write(&header).map(|_| ())), "not_pdf");
    let untitled = Level1 { kind: Term::new(System::Loinc, "11506-3", None).expect("a code"), ..level_1(PDF) };
    assert_eq!(code(untitled.write(&header).map(|_| ())), "missing_part");
}
