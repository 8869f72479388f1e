//! Writer and strict, bounded reader of IHE XDM packages as exchanged in France.
//!
//! A package is the ZIP archive `IHE_XDM.zip` that travels as the attachment of a secure health mail
//! (IHE ITI TF-2 3.32 "Distribute Document Set on Media"): submission sets, each one a folder with its
//! `METADATA.XML` (ebRS 3.0 registry objects) and its documents.
//!
//! [`write()`] prints the packages of given [`Subset`]s, the same bytes for the same input. [`read`] opens
//! a package that anybody may have made: every cost is bounded by [`Limits`], every path stays inside the
//! archive, hashes and sizes are verified, and what is refused is refused with an [`XdmError`] that has a
//! stable [`XdmError::code`]. What is read in spite of a defect is told in [`Package::warnings`].
//!
//! This crate looks at the package and its metadata, never inside the documents: the caller compares
//! [`DocumentEntry::patient_id`] with the patient of each document.
//!
//! ```
//! use xdm::{read, Limits};
//! let error = read(b"not an archive", &Limits::default()).unwrap_err();
//! assert_eq!(error.code(), "not_zip");
//! ```

mod archive;
mod author;
mod check;
mod coded;
mod ebrim;
mod entry;
mod error;
mod hl7;
mod index;
mod limits;
mod metadata_read;
mod metadata_write;
mod package;
mod patient;
mod preflight;
mod print;
mod reader;
mod registry;
mod time;
mod writer;

pub use author::{Author, Organization, Person, PersonKind};
pub use coded::Code;
pub use entry::{DocumentEntry, Relation, RelationKind, Slot, SubmissionSet};
pub use error::XdmError;
pub use limits::Limits;
pub use package::{Document, OtherFile, Package, Role, Subset};
pub use patient::{Name, PatientId, PatientInfo};
pub use reader::read;
pub use time::UtcTime;
pub use writer::{Origin, write};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
