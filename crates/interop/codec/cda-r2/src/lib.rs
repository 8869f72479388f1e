//! A strict, bounded reader and printer of HL7 CDA R2 documents as published in France (CI-SIS).
//!
//! [`parse`] turns the bytes of one document into a [`ClinicalDocument`]: header, patient with its
//! national identifiers, professionals, and a body that is either a tree of sections (narrative as
//! typed blocks, structured entries kept lightly, embedded media decoded) or one embedded file.
//!
//! The reader never guesses: a document whose charset lies, that holds a DTD, two patients or a
//! damaged body is refused with a [`CdaError`]. What can be read in spite of a defect is read, and
//! the defect is told in [`ClinicalDocument::warnings`].
//!
//! [`write::print`] is the way back: a header, sections or a file, and well-formed bytes.
//!
//! Nothing is fetched, nothing is resolved outside the bytes given, and every cost is bounded by
//! [`Limits`].
//!
//! ```
//! use cda_r2::{parse, Limits};
//! let error = parse(b"<html/>", &Limits::default()).unwrap_err();
//! assert_eq!(error.code(), "not_cda");
//! ```

mod attachment;
mod body;
mod charset;
mod datatype;
mod document;
mod entry;
mod entry_read;
mod error;
mod header;
mod header_read;
mod limits;
mod name;
mod narrative;
mod narrative_read;
mod narrative_table;
mod party;
mod patient;
mod preflight;
mod reader;
mod timestamp;
pub mod write;

pub use attachment::{Attachment, Media};
pub use body::{Body, Section};
pub use datatype::{Code, Id, Interval};
pub use document::{ClinicalDocument, parse};
pub use entry::{Entry, EntryParticipant, EntryText, EntryTime, Product, Quantity, Range, ReferenceRange, Value};
pub use error::CdaError;
pub use header::{
    Author, Encounter, Facility, Header, Informant, Participant, Performer, RelatedDocument, ServiceEvent, Signature,
};
pub use limits::Limits;
pub use name::{NamePart, NamePartKind, PersonName};
pub use narrative::{
    Block, Cell, Content, Inline, List, ListItem, Marks, MediaReference, Narrative, Paragraph, Revision, Row, Table,
};
pub use party::{Address, AddressPart, Entity, Organization, Telecom, TelecomKind};
pub use patient::{Birthplace, InsKind, Patient, Sex};
pub use timestamp::{Precision, Timestamp};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
