//! Authors, legal authenticators and their structures.

use crate::hl7::{Components, authority, escape};

/// OID of the national identifiers of health professionals (PS_IdNat).
const PROFESSIONAL: &str = "1.2.250.1.71.4.2.1";
/// OID of the national identifiers of structures (Struct_IdNat).
const STRUCTURE: &str = "1.2.250.1.71.4.2.2";

/// Whether an XCN names somebody or a machine (component 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum PersonKind {
    /// A person: `D`.
    #[default]
    Human,
    /// A software or a device: `U`.
    System,
    /// Absent, or another value than these.
    Unknown,
}

/// A person or a system, XCN in HL7 v2 (French metadata: components 1, 2, 3, 9, 10 and 13).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Person {
    /// Identifier; for a professional the PS_IdNat with its prefix (`8` and the RPPS number).
    pub id: String,
    /// Family name, or the name of the software.
    pub family: String,
    /// Given name, or the model of the software.
    pub given: String,
    /// OID of the authority that gave the identifier.
    pub authority: String,
    /// Person or system.
    pub kind: PersonKind,
    /// Type of the identifier: `IDNPS` for a PS_IdNat, `EI` for a system, `NH` for a patient.
    pub id_type: String,
}

impl Person {
    /// A health professional with a national identifier.
    pub fn professional(id: impl Into<String>, family: impl Into<String>, given: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            family: family.into(),
            given: given.into(),
            authority: PROFESSIONAL.to_owned(),
            kind: PersonKind::Human,
            id_type: "IDNPS".to_owned(),
        }
    }

    /// Reads an XCN; absent components are empty.
    pub(crate) fn parse(value: &str) -> Self {
        let parts = Components::of(value);
        let kind = match parts.text(10).as_str() {
            "D" => PersonKind::Human,
            "U" => PersonKind::System,
            _ => PersonKind::Unknown,
        };
        Self {
            id: parts.text(1),
            family: parts.text(2),
            given: parts.text(3),
            authority: parts.authority(9),
            kind,
            id_type: parts.text(13),
        }
    }

    pub(crate) fn print(&self) -> String {
        let kind = match self.kind {
            PersonKind::Human => "D",
            PersonKind::System => "U",
            PersonKind::Unknown => "",
        };
        format!(
            "{}^{}^{}^^^^^^{}^{kind}^^^{}",
            escape(&self.id),
            escape(&self.family),
            escape(&self.given),
            authority(&self.authority),
            escape(&self.id_type)
        )
    }
}

/// A structure, XON in HL7 v2 (French metadata: components 1, 6, 7 and 10).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Organization {
    /// Name.
    pub name: String,
    /// Struct_IdNat with its prefix (`1` and the FINESS number).
    pub id: String,
    /// OID of the authority that gave the identifier.
    pub authority: String,
    /// Type of the identifier: `IDNST`, `FINEJ`, `FINEG`, `SIREN`, `SIRET`.
    pub id_type: String,
}

impl Organization {
    /// A structure with a national identifier.
    pub fn structure(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { name: name.into(), id: id.into(), authority: STRUCTURE.to_owned(), id_type: "IDNST".to_owned() }
    }

    /// Reads an XON; absent components are empty.
    pub(crate) fn parse(value: &str) -> Self {
        let parts = Components::of(value);
        Self { name: parts.text(1), id: parts.text(10), authority: parts.authority(6), id_type: parts.text(7) }
    }

    pub(crate) fn print(&self) -> String {
        format!("{}^^^^^{}^{}^^^{}", escape(&self.name), authority(&self.authority), escape(&self.id_type), escape(&self.id))
    }
}

/// An author of a document or of a submission set.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Author {
    /// `authorPerson`.
    pub person: Option<Person>,
    /// `authorInstitution`.
    pub institutions: Vec<Organization>,
    /// `authorRole`: role towards the patient, the display name of the CDA's author/functionCode.
    pub roles: Vec<String>,
    /// `authorSpecialty`: profession and speciality, from the CDA's author/assignedAuthor/code
    /// ([`crate::Code::to_text`]).
    pub specialties: Vec<String>,
}
