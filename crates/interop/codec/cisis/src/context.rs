//! What surrounds a document: authors, recipients, act, stay.

use cda_r2::{Id, Timestamp};

use crate::concept::{Concept, System};
use crate::person::Address;
use crate::professional::{Professional, Sector};

/// Confidentiality of the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Confidentiality {
    /// `N`. What hides a document in the DMP is metadata, not this code.
    #[default]
    Normal,
    /// `R`.
    Restricted,
    /// `V`.
    VeryRestricted,
}

impl Confidentiality {
    pub(crate) fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Normal => ("N", "Normal"),
            Self::Restricted => ("R", "Restreint"),
            Self::VeryRestricted => ("V", "Très restreint"),
        };
        Concept::new(code, display, System::Confidentiality)
    }
}

/// An author, and when they validated their contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who; the identifier is required.
    pub professional: Professional,
    /// When, with its offset from UTC.
    pub time: Timestamp,
}

/// Who takes responsibility for the document, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatory {
    /// Who; the identifier is required.
    pub professional: Professional,
    /// When, with its offset from UTC.
    pub time: Timestamp,
}

/// A recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub professional: Professional,
    /// First recipient (`PRCP`), or in copy (`TRC`).
    pub primary: bool,
}

/// The act the document is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Option<Timestamp>,
    /// Who carried it out: identifier and organisation are required.
    pub performer: Professional,
}

/// Kind of stay or visit (JDV_J142).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StayKind {
    /// Stay in an establishment, `IMP`: hospital or nursing home.
    Inpatient,
    /// Emergency, `EMER`.
    Emergency,
    /// Outside any establishment, `AMB`.
    Ambulatory,
    /// Consultation in an establishment, `EXTERNE`.
    External,
}

impl StayKind {
    pub(crate) fn concept(self) -> Concept {
        match self {
            Self::Inpatient => Concept::new("IMP", "Hospitalisation (établissement, y compris HAD)", System::ActCode),
            Self::Emergency => Concept::new("EMER", "Passage aux urgences (établissement)", System::ActCode),
            Self::Ambulatory => Concept::new("AMB", "Ambulatoire (hors établissement)", System::ActCode),
            Self::External => Concept::new("EXTERNE", "Acte et consultation externe (établissement)", System::EncounterKind),
        }
    }
}

/// The stay or visit during which the document was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Identifier of the stay.
    pub id: Option<Id>,
    /// Kind.
    pub kind: StayKind,
    /// Start.
    pub start: Option<Timestamp>,
    /// End.
    pub end: Option<Timestamp>,
    /// Professional responsible for the stay; the identifier is required.
    pub responsible: Option<Professional>,
    /// Sector of activity of the place.
    pub sector: Sector,
    /// Name of the place.
    pub place: Option<String>,
    /// Address of the place.
    pub address: Option<Address>,
}

/// The document this one replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Its unique identifier.
    pub id: Id,
    /// Its version.
    pub version: Option<u32>,
}
