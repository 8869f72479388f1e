//! Terms of the national terminologies, fixed or given.

use cda_r2::Code;

use crate::error::{CisisError, excerpt};

/// A term fixed by a French content model or value set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Concept {
    /// Code.
    pub code: &'static str,
    /// Label, in French.
    pub display: &'static str,
    /// Terminology.
    pub system: System,
}

impl Concept {
    /// A term of a terminology.
    pub const fn new(code: &'static str, display: &'static str, system: System) -> Self {
        Self { code, display, system }
    }

    /// The coded value to write.
    pub fn to_code(&self) -> Code {
        Code {
            code: Some(self.code.to_owned()),
            system: Some(self.system.oid().to_owned()),
            system_name: self.system.label(),
            display: Some(self.display.to_owned()),
            ..Code::default()
        }
    }

    /// Whether a coded value read is this term.
    pub fn is(&self, code: &Code) -> bool {
        code.code.as_deref() == Some(self.code) && code.system.as_deref() == Some(self.system.oid())
    }

    /// The term of this code in a value set.
    pub fn find(set: &'static [Self], code: &str) -> Option<Self> {
        set.iter().find(|term| term.code == code).copied()
    }
}

/// A terminology used in French documents, with its OID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum System {
    /// LOINC, 2.16.840.1.113883.6.1.
    Loinc,
    /// SNOMED CT, 2.16.840.1.113883.6.96.
    SnomedCt,
    /// CIM-10, 2.16.840.1.113883.6.3.
    Icd10,
    /// CIM-11, 2.16.840.1.113883.6.347.
    Icd11,
    /// CCAM, 1.2.250.1.215.300.1.
    Ccam,
    /// CIS of a medicine (ANSM), 1.2.250.1.213.2.3.1.
    Cis,
    /// CIP of a presentation (ANSM), 1.2.250.1.213.2.3.2.
    Cip,
    /// UCD (unité commune de dispensation), 1.2.250.1.213.2.61.
    Ucd,
    /// Virtual medicine (Medicabase), 1.2.250.1.213.2.59.
    Medicabase,
    /// ATC, 2.16.840.1.113883.6.73.
    Atc,
    /// EMDN of medical devices, 1.2.250.1.213.2.68.
    Emdn,
    /// EDQM standard terms (routes), 0.4.0.127.0.16.1.1.2.1.
    Edqm,
    /// CI-SIS terms (formerly TA_ASIP), 1.2.250.1.213.1.1.4.322.
    Cisis,
    /// TRE_A05, types of documents outside LOINC, 1.2.250.1.213.1.1.4.12.
    DocumentType,
    /// HL7 absent or unknown, 2.16.840.1.113883.5.1150.1.
    AbsentOrUnknown,
    /// HL7 ActCode, 2.16.840.1.113883.5.4.
    ActCode,
    /// HL7 RoleCode (family links), 2.16.840.1.113883.5.111.
    RoleCode,
    /// HL7 ParticipationFunction, 2.16.840.1.113883.5.88.
    ParticipationFunction,
    /// HL7 administrative gender, 2.16.840.1.113883.5.1.
    Gender,
    /// HL7 confidentiality, 2.16.840.1.113883.5.25.
    Confidentiality,
    /// HL7 allergy clinical status, 2.16.840.1.113883.4.642.4.1373.
    AllergyStatus,
    /// IHE PCC act codes, 1.3.6.1.4.1.19376.1.5.3.2.
    IheAct,
    /// Professions and specialities (G15…), 1.2.250.1.213.1.1.4.5.
    Profession,
    /// Authors that are no health professional, 1.2.250.1.213.1.1.4.6.
    AuthorKind,
    /// Sectors of activity (SA17…), 1.2.250.1.71.4.2.4.
    Sector,
    /// Practice settings, 1.2.250.1.213.1.1.4.9.
    PracticeSetting,
    /// Legal representatives (TUTEUR…), 1.2.250.1.213.1.1.4.327.
    LegalRelation,
    /// Kinds of encounter outside HL7, 1.2.250.1.213.1.1.4.2.291.
    EncounterKind,
    /// Categories of structures, 1.2.250.1.213.1.6.1.8.
    StructureCategory,
}

impl System {
    const ALL: [(Self, &'static str, &'static str); 29] = [
        (Self::Loinc, "2.16.840.1.113883.6.1", "LOINC"),
        (Self::SnomedCt, "2.16.840.1.113883.6.96", "SNOMED CT"),
        (Self::Icd10, "2.16.840.1.113883.6.3", "CIM-10"),
        (Self::Icd11, "2.16.840.1.113883.6.347", "CIM-11"),
        (Self::Ccam, "1.2.250.1.215.300.1", "CCAM"),
        (Self::Cis, "1.2.250.1.213.2.3.1", "CIS"),
        (Self::Cip, "1.2.250.1.213.2.3.2", "CIP"),
        (Self::Ucd, "1.2.250.1.213.2.61", "UCD"),
        (Self::Medicabase, "1.2.250.1.213.2.59", "MV"),
        (Self::Atc, "2.16.840.1.113883.6.73", "ATC"),
        (Self::Emdn, "1.2.250.1.213.2.68", "EMDN"),
        (Self::Edqm, "0.4.0.127.0.16.1.1.2.1", "EDQM"),
        (Self::Cisis, "1.2.250.1.213.1.1.4.322", "TA_ASIP"),
        (Self::DocumentType, "1.2.250.1.213.1.1.4.12", "TRE_A05"),
        (Self::AbsentOrUnknown, "2.16.840.1.113883.5.1150.1", "HL7:AbsentOrUnknown"),
        (Self::ActCode, "2.16.840.1.113883.5.4", "HL7:ActCode"),
        (Self::RoleCode, "2.16.840.1.113883.5.111", "HL7:RoleCode"),
        (Self::ParticipationFunction, "2.16.840.1.113883.5.88", "HL7:ParticipationFunction"),
        (Self::Gender, "2.16.840.1.113883.5.1", "HL7:AdministrativeGender"),
        (Self::Confidentiality, "2.16.840.1.113883.5.25", "Confidentiality"),
        (Self::AllergyStatus, "2.16.840.1.113883.4.642.4.1373", "HL7:allergyintolerance-clinical"),
        (Self::IheAct, "1.3.6.1.4.1.19376.1.5.3.2", "IHEActCode"),
        (Self::Profession, "1.2.250.1.213.1.1.4.5", ""),
        (Self::AuthorKind, "1.2.250.1.213.1.1.4.6", ""),
        (Self::Sector, "1.2.250.1.71.4.2.4", ""),
        (Self::PracticeSetting, "1.2.250.1.213.1.1.4.9", "practiceSettingCode"),
        (Self::LegalRelation, "1.2.250.1.213.1.1.4.327", ""),
        (Self::EncounterKind, "1.2.250.1.213.1.1.4.2.291", ""),
        (Self::StructureCategory, "1.2.250.1.213.1.6.1.8", ""),
    ];

    fn row(self) -> Option<&'static (Self, &'static str, &'static str)> {
        Self::ALL.iter().find(|(system, _, _)| *system == self)
    }

    /// OID of the terminology.
    pub fn oid(self) -> &'static str {
        self.row().map_or("", |row| row.1)
    }

    /// Name of the terminology, for display; empty when the official documents give none.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.2)
    }

    fn label(self) -> Option<String> {
        Some(self.name()).filter(|name| !name.is_empty()).map(str::to_owned)
    }

    /// The terminology of this OID.
    pub fn of_oid(oid: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == oid).map(|row| row.0)
    }

    /// Whether `code` has the form of the terminology's codes. Existence is not checked.
    fn admits(self, code: &str) -> bool {
        let digits = |lengths: &[usize]| lengths.contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Cis => digits(&[8]),
            Self::Cip | Self::Ucd => digits(&[7, 13]),
            Self::SnomedCt => (6..=18).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()),
            Self::Loinc => code.rsplit_once('-').is_some_and(|(number, key)| {
                let numeric = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
                numeric(number) && numeric(key) && number.len() <= 7 && key.len() == 1
            }),
            Self::Icd10 => is_icd10(code),
            Self::Atc => shaped(code, &["A", "A00", "A00A", "A00AA", "A00AA00"]),
            Self::Ccam => shaped(code, &["AAAA000"]),
            _ => !code.is_empty() && code.len() <= 64 && !code.contains(char::is_whitespace),
        }
    }
}

/// A letter, two digits, and up to five more characters with or without the point.
fn is_icd10(code: &str) -> bool {
    let head: String = code.chars().take(3).collect();
    let tail = code.get(3..).unwrap_or_default();
    let tail = tail.strip_prefix('.').unwrap_or(tail);
    let admitted = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || matches!(b, b'+' | b'*');
    shaped(&head, &["A00"]) && tail.len() <= 5 && tail.bytes().all(admitted) && !code.ends_with('.')
}

/// Whether a code has one of these shapes: `A` an upper-case letter, `0` a digit.
fn shaped(code: &str, shapes: &[&str]) -> bool {
    let fits = |c: char, model: char| match model {
        'A' => c.is_ascii_uppercase(),
        _ => c.is_ascii_digit(),
    };
    shapes
        .iter()
        .any(|shape| shape.chars().count() == code.chars().count() && code.chars().zip(shape.chars()).all(|(c, m)| fits(c, m)))
}

/// A code chosen by the sender, with the form its terminology prescribes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    system: System,
    code: String,
    display: Option<String>,
}

impl Term {
    /// A code of a terminology, with the label the sender shows.
    ///
    /// # Errors
    /// `invalid_code` when the code does not have the form of the terminology's codes.
    pub fn new(system: System, code: &str, display: Option<&str>) -> Result<Self, CisisError> {
        let code = code.trim();
        if !system.admits(code) {
            return Err(CisisError::InvalidCode { system: system.name(), value: excerpt(code) });
        }
        Ok(Self { system, code: code.to_owned(), display: display.map(str::to_owned) })
    }

    /// A term of a value set: its form is that of the value set.
    pub(crate) fn trusted(concept: Concept) -> Self {
        Self { system: concept.system, code: concept.code.to_owned(), display: Some(concept.display.to_owned()) }
    }

    /// A term read in a document; `None` when its terminology is unknown here or its form is wrong.
    pub fn of_code(code: &Code) -> Option<Self> {
        let system = System::of_oid(code.system.as_deref()?)?;
        Self::new(system, code.code.as_deref()?, code.display.as_deref()).ok()
    }

    /// Terminology.
    pub fn system(&self) -> System {
        self.system
    }

    /// Code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Label, when one was given.
    pub fn display(&self) -> Option<&str> {
        self.display.as_deref()
    }

    /// The coded value to write; `label` stands where the term has no label of its own.
    pub(crate) fn to_code(&self, label: &str) -> Code {
        Code {
            code: Some(self.code.clone()),
            system: Some(self.system.oid().to_owned()),
            system_name: self.system.label(),
            display: Some(self.display.clone().unwrap_or_else(|| label.to_owned())),
            ..Code::default()
        }
    }
}
