//! Composing of a mail with documents.

use std::time::SystemTime;

use crate::address::{Address, MessageId};
use crate::build::{self, Correspondent};
use crate::outgoing::{ComposeError, OutgoingMail, Policy};
use crate::subject::DocumentSubject;

/// Name of the package among the attachments.
pub(crate) const PACKAGE_NAME: &str = "IHE_XDM.zip";
/// Header by which the sender of a mail to a citizen closes the exchange.
pub(crate) const MES_HEADER: &str = "X-MSS-MES";

/// A readable PDF copy of the documents.
#[derive(Debug, Clone, Copy)]
pub struct ReadableCopy<'a> {
    /// Name of the file, `DLU.pdf`.
    pub name: &'a str,
    /// The PDF.
    pub bytes: &'a [u8],
}

/// A mail that carries an XDM package, as the French guides shape it: subject `XDM/1.0/DDM+…`, a text,
/// `IHE_XDM.zip`, a readable PDF. Identifier and date are given, never made here: the same mail has the
/// same bytes.
#[derive(Debug, Clone, Copy)]
pub struct DocumentMail<'a> {
    /// Identifier of the message, the same for every attempt.
    pub message_id: &'a MessageId,
    /// Date of the message.
    pub date: SystemTime,
    /// The sending mailbox; non-delivery reports come back to it.
    pub from: &'a Correspondent,
    /// Mailbox a person answers to, when it is not the sending one.
    pub reply_to: Option<&'a Correspondent>,
    /// Recipients.
    pub to: &'a [Address],
    /// Document and patient.
    pub subject: &'a DocumentSubject,
    /// Text of the mail.
    pub text: &'a str,
    /// The bytes of `IHE_XDM.zip`.
    pub package: &'a [u8],
    /// The readable copy.
    pub readable: Option<ReadableCopy<'a>>,
    /// Message this one answers.
    pub in_reply_to: Option<&'a MessageId>,
    /// `X-MSS-MES: FIN`: a citizen must not answer.
    pub closes_exchange: bool,
    /// Whether the recipient's system shall say that it integrated the documents
    /// (`Disposition-Notification-To`, to the sending mailbox: another one would not be answered).
    pub wants_receipt: bool,
    /// Whether the operator shall say that it delivered the message (RFC 3461 `NOTIFY=SUCCESS`).
    pub wants_delivery_report: bool,
}

impl DocumentMail<'_> {
    /// Composes the message.
    ///
    /// # Errors
    /// [`ComposeError`]: no recipient, a recipient outside of the trusted domains, a message too large.
    pub fn compose(&self, policy: &Policy) -> Result<OutgoingMail, ComposeError> {
        policy.check_recipients(self.to)?;
        let mut builder = build::message(self.message_id, self.date, self.from, self.to, &self.subject.print())?;
        if let Some(reply_to) = self.reply_to {
            builder = builder.reply_to(build::mailbox(reply_to)?);
        }
        if let Some(id) = self.in_reply_to {
            builder = builder.in_reply_to(id.bracketed()).references(id.bracketed());
        }
        if self.closes_exchange {
            builder = build::header(builder, MES_HEADER, "FIN");
        }
        if self.wants_receipt {
            builder = build::header(builder, "Disposition-Notification-To", &format!("<{}>", self.from.address));
        }
        let mut parts = build::multipart("multipart/mixed", self.message_id)?
            .singlepart(build::text(self.text))
            .singlepart(build::attachment(PACKAGE_NAME, "application/zip", self.package)?);
        if let Some(copy) = self.readable {
            parts = parts.singlepart(build::attachment(copy.name, "application/pdf", copy.bytes)?);
        }
        let message = builder.multipart(parts).map_err(ComposeError::malformed)?;
        let mail = OutgoingMail {
            message_id: self.message_id.clone(),
            sender: Some(self.from.address.clone()),
            recipients: self.to.to_vec(),
            bytes: message.formatted(),
            delivery_report: self.wants_delivery_report,
        };
        mail.checked(policy)
    }
}
