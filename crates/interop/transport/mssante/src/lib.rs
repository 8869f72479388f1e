//! Client of MSSanté, the French secure health mail.
//!
//! [`DocumentMail`] composes a mail that carries an XDM package; [`SmtpServer::submit`] hands it to the
//! operator and tells what became of it for every recipient. [`ImapServer::open`] opens a mailbox, whose
//! messages [`Inbox::receive`] hands to a durable [`Store`] before the server is told anything. [`parse`]
//! reads a message that anybody may have sent, every cost bounded by [`Limits`]; [`receipt_address`] and
//! [`Answer`] answer it.
//!
//! Identifiers and dates are given by the caller, nothing is read from the system. Nothing is retried and
//! nothing is stored here: the caller keeps messages, outcomes and cursors, and decides.
//!
//! ```
//! use mssante::{Address, TrustedDomains};
//! let citizen = Address::citizen("279035121518989").unwrap();
//! assert!(TrustedDomains::default().trust(&citizen));
//! ```

mod address;
mod build;
mod compose;
mod headers;
mod imap;
mod integration;
mod limits;
mod mail;
mod mime;
mod net;
mod outcome;
mod outgoing;
mod parse;
mod receipt;
mod report;
mod smtp;
mod subject;

pub use address::{Address, AddressError, MessageId, TrustedDomains};
pub use build::Correspondent;
pub use compose::{DocumentMail, ReadableCopy};
pub use imap::{AfterStore, Content, Cursor, ImapError, ImapServer, Inbox, Login, ReceiveError, Received, Store, Tally, Wake};
pub use integration::IntegrationCode;
pub use limits::Limits;
pub use mail::{Attachment, Mail, MailError, MailKind, Mailbox};
pub use net::{ClientCertificate, NetError, Tls};
pub use outcome::{LaterReason, Outcome, Stage, Submission};
pub use outgoing::{ComposeError, OutgoingMail, Policy};
pub use parse::parse;
pub use receipt::{Answer, Composed, Integration, NoReceipt, receipt_address};
pub use report::{DeliveryAction, DeliveryRecipient, DeliveryReport, DispositionReport, DispositionType, IntegrationFailure};
pub use smtp::SmtpServer;
pub use subject::{DocumentSubject, SubjectKind};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
