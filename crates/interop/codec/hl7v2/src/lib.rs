//! A strict, bounded reader and printer of HL7 v2 messages (ER7) as exchanged in France: IHE PAM.fr
//! admissions and movements, laboratory results, CDA documents carried by MDM and ORU, appointments,
//! and their acknowledgments.
//!
//! [`Message::parse`] turns the bytes of one message into an ordered list of segments, those it does
//! not know included, with its [`Header`]. Typed views read from it: [`Adt`], [`Report`],
//! [`DocumentMessage`], [`Appointment`], [`Ack`]. Each view can be printed.
//!
//! The reader never guesses: bytes that are not in the charset of MSH-18, several patients or a
//! damaged document are refused with an [`Hl7Error`]. What can be read in spite of a defect is read,
//! and the defect is told in the warnings of the message or of the view.
//!
//! Nothing is fetched, no clock is read, and every cost is bounded by [`Limits`].
//!
//! ```
//! use hl7v2::{Limits, Message};
//! let bytes = b"MSH|^~\\&|GAM|CHU|DUI|EHPAD|20261103||ADT^A01^ADT_A01|1|T|2.5^FRA^2.11\rPID|1||7^^^CHU^PI||ESSAI^ANNE^^^^^L\r";
//! let message = Message::parse(bytes, &Limits::default())?;
//! assert_eq!(message.header().kind.event.as_deref(), Some("A01"));
//! assert_eq!(message.segment("PID").unwrap().field(5).component(2).text(), "ANNE");
//! # Ok::<(), hl7v2::Hl7Error>(())
//! ```

mod ack;
mod adt;
mod appointment;
mod attachment;
mod charset;
mod datatype;
mod delimiters;
mod distribution;
mod document;
mod document_print;
mod document_read;
mod draft;
mod error;
mod escape;
mod event;
mod fault;
mod header;
mod limits;
mod lines;
mod message;
mod movement;
mod observation;
mod participation;
mod patient;
mod person;
mod reading;
mod report;
mod resource;
mod segment_names;
mod timestamp;
mod value;
mod visit;

pub use ack::{Ack, AckCode, AckStamp};
pub use adt::Adt;
pub use appointment::Appointment;
pub use attachment::Attachment;
pub use charset::Charset;
pub use datatype::{Authority, Code, Datatype, EntityId, Identifier};
pub use delimiters::Delimiters;
pub use distribution::Distribution;
pub use document::{CarriedDocument, Carrier, DocumentAction, DocumentMessage, Mail};
pub use draft::{Draft, Envelope, SegmentDraft};
pub use error::Hl7Error;
pub use event::{AdtEvent, SiuEvent};
pub use fault::{DocumentError, ErrorCondition, Fault, Severity};
pub use header::{Header, MessageKind, Processing, Version};
pub use limits::Limits;
pub use message::Message;
pub use movement::{DmpStatus, IdentityComplement, Movement, MovementAction, PmsiModes};
pub use observation::{Observation, ResultStatus, ResultValue};
pub use participation::{Participant, ParticipantRole};
pub use patient::{InsKind, Merge, Patient, Sex};
pub use person::{Address, Location, Organization, PersonName, Professional, Telecom};
pub use report::{Order, Report};
pub use resource::{Resource, ResourceKind};
pub use timestamp::{Precision, Timestamp};
pub use value::{Segment, Value};
pub use visit::{PatientClass, Visit};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
