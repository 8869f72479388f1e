//! National identifiers of patients, professionals and structures.

use cda_r2::{Id, InsKind};

use crate::error::{CisisError, excerpt};

/// OID of the identifiers of professionals (`PS_IdNat`), annexe "Sources des données métier" of the CI-SIS.
pub(crate) const PROFESSIONALS: &str = "1.2.250.1.71.4.2.1";
/// OID of the identifiers of structures (`Struct_IdNat`).
pub(crate) const STRUCTURES: &str = "1.2.250.1.71.4.2.2";

/// A national health identity (INS) whose status is *qualifiée*: recovered from the INSi service
/// **and** checked on a document of high trust (RNIV 1). Making this value is the sender's statement
/// that it is: no other identity may carry the number outwards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QualifiedIns {
    kind: InsKind,
    number: String,
}

impl QualifiedIns {
    /// A number of 15 characters: the 13 of the NIR or NIA and their key.
    ///
    /// # Errors
    /// `invalid_identifier` when the form is wrong; `ins_key` when the key of a NIR or NIA does not
    /// match. The key of a test or demonstration identity is not checked: see
    /// [`QualifiedIns::key_matches`].
    pub fn new(kind: InsKind, number: &str) -> Result<Self, CisisError> {
        let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        if numeric_form(&number).is_none() {
            return Err(CisisError::InvalidIdentifier { kind: "a national identity of 15 characters", value: excerpt(&number) });
        }
        let ins = Self { kind, number };
        if matches!(kind, InsKind::Nir | InsKind::Nia) && !ins.key_matches() {
            return Err(CisisError::InsKey);
        }
        Ok(ins)
    }

    /// Kind, hence the OID of the assigning authority.
    pub fn kind(&self) -> InsKind {
        self.kind
    }

    /// The 15 characters.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Whether the last two digits are 97 minus the rest of the division of the thirteen others by
    /// 97, with 2A counted as 19 and 2B as 18.
    pub fn key_matches(&self) -> bool {
        let Some(digits) = numeric_form(&self.number) else {
            return false;
        };
        let (body, key) = (digits / 100, digits % 100);
        97 - body % 97 == key
    }

    pub(crate) fn to_id(&self) -> Id {
        let root = match self.kind {
            InsKind::Nir => "1.2.250.1.213.1.4.8",
            InsKind::Nia => "1.2.250.1.213.1.4.9",
            InsKind::Test => "1.2.250.1.213.1.4.10",
            InsKind::Demo => "1.2.250.1.213.1.4.11",
        };
        identifier(root, &self.number)
    }
}

/// The 15 characters as a number, the letter of a Corsican department replaced by its digit.
fn numeric_form(number: &str) -> Option<u64> {
    let corsica = match number.get(5..7) {
        Some("2A") => Some("19"),
        Some("2B") => Some("18"),
        _ => None,
    };
    let digits = match corsica {
        Some(department) => format!("{}{department}{}", number.get(..5)?, number.get(7..)?),
        None => number.to_owned(),
    };
    let complete = digits.len() == 15 && digits.bytes().all(|b| b.is_ascii_digit());
    if complete { digits.parse().ok() } else { None }
}

/// An identifier of a professional (`PS_IdNat`): a prefix that says its nature, then the number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProfessionalId(String);

impl ProfessionalId {
    /// RPPS number, 11 digits: prefix 8.
    ///
    /// # Errors
    /// `invalid_identifier` when it is not 11 digits.
    pub fn rpps(number: &str) -> Result<Self, CisisError> {
        checked(number, "an RPPS number of 11 digits", |text| text.len() == 11 && all_digits(text)).map(|n| Self(format!("8{n}")))
    }

    /// ADELI number, 9 characters: prefix 0.
    ///
    /// # Errors
    /// `invalid_identifier` when it is not 9 digits, the department being possibly 2A or 2B.
    pub fn adeli(number: &str) -> Result<Self, CisisError> {
        checked(number, "an ADELI number of 9 characters", |text| text.len() == 9 && is_departmental(text))
            .map(|n| Self(format!("0{n}")))
    }

    /// Identifier given by the structure of this FINESS to a worker without national number:
    /// prefix 3, FINESS, slash, identifier.
    ///
    /// # Errors
    /// `invalid_identifier` when the FINESS or the identifier does not have its form.
    pub fn local(finess: &str, identifier: &str) -> Result<Self, CisisError> {
        let finess = checked(finess, "a FINESS number", |text| text.len() == 9 && is_departmental(text))?;
        let is_local = |text: &str| !text.is_empty() && text.len() <= 64 && text.chars().all(|c| c.is_ascii_graphic());
        checked(identifier, "an identifier within a structure", is_local).map(|own| Self(format!("3{finess}/{own}")))
    }

    /// The identifier with its prefix.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn to_id(&self) -> Id {
        identifier(PROFESSIONALS, &self.0)
    }
}

/// An identifier of a structure (`Struct_IdNat`): a prefix that says its nature, then the number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StructureId(String);

impl StructureId {
    /// FINESS number, 9 characters: prefix 1.
    ///
    /// # Errors
    /// `invalid_identifier` when it is not 9 digits, the department being possibly 2A or 2B.
    pub fn finess(number: &str) -> Result<Self, CisisError> {
        checked(number, "a FINESS number", |text| text.len() == 9 && is_departmental(text)).map(|n| Self(format!("1{n}")))
    }

    /// SIRET number, 14 digits: prefix 3.
    ///
    /// # Errors
    /// `invalid_identifier` when it is not 14 digits.
    pub fn siret(number: &str) -> Result<Self, CisisError> {
        checked(number, "a SIRET number", |text| text.len() == 14 && all_digits(text)).map(|n| Self(format!("3{n}")))
    }

    /// The identifier with its prefix.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn to_id(&self) -> Id {
        identifier(STRUCTURES, &self.0)
    }
}

fn identifier(root: &str, extension: &str) -> Id {
    Id { root: root.to_owned(), extension: Some(extension.to_owned()), authority: None }
}

/// The number without white space, when it has its form.
fn checked(number: &str, kind: &'static str, valid: impl Fn(&str) -> bool) -> Result<String, CisisError> {
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    if valid(&number) { Ok(number) } else { Err(CisisError::InvalidIdentifier { kind, value: excerpt(&number) }) }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits, but for a letter in second place: that of a Corsican department, or the `X` of `9X`, a department which does not
/// exist and names the structures of demonstrations.
fn is_departmental(text: &str) -> bool {
    let letter = text.starts_with("2A") || text.starts_with("2B") || text.starts_with("9X");
    text.char_indices().all(|(at, c)| c.is_ascii_digit() || (at == 1 && letter))
}
