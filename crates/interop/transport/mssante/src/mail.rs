//! A received message, parsed.

use crate::address::Address;
use crate::report::{DeliveryReport, DispositionReport};
use crate::subject::SubjectKind;

/// Reason for not parsing a message. The raw bytes are with the caller: nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// More bytes than [`crate::Limits::max_bytes`].
    #[error("the message is larger than the {limit} bytes accepted")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// A header of more bytes than [`crate::Limits::max_header_bytes`], or of more fields than
    /// [`crate::Limits::max_fields`].
    #[error("the header of the message is larger than accepted")]
    HeaderTooLarge,
    /// More parts than [`crate::Limits::max_parts`].
    #[error("the message has more than the {limit} parts accepted")]
    TooManyParts {
        /// Limit in parts.
        limit: usize,
    },
    /// No header at all.
    #[error("this is not a message")]
    NotAMessage,
}

impl MailError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::HeaderTooLarge => "header_too_large",
            Self::TooManyParts { .. } => "too_many_parts",
            Self::NotAMessage => "not_a_message",
        }
    }
}

/// A mailbox as a header names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Name shown, if any.
    pub name: Option<String>,
    /// The address as written: it may be one that [`Address`] refuses.
    pub address: String,
}

impl Mailbox {
    /// The address, when it is one mail may be sent to.
    pub fn valid(&self) -> Option<Address> {
        Address::new(&self.address).ok()
    }
}

/// A file attached to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Name, without any folder; never to be used as a path.
    pub name: Option<String>,
    /// Media type in lower case, `application/zip`.
    pub media_type: String,
    /// The content, decoded from its transfer encoding; for a message inside, that message.
    pub bytes: Vec<u8>,
    /// Whether the transfer encoding could not be undone: `bytes` is then what stands in the message.
    pub damaged: bool,
    /// The message inside, when the attachment is one and it was not nested too deep.
    pub message: Option<Box<Mail>>,
}

impl Attachment {
    /// Whether it is an XDM package, by its name.
    pub fn is_package(&self) -> bool {
        self.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("IHE_XDM.zip"))
    }

    /// Whether it is a PDF, by its type or its name.
    pub fn is_pdf(&self) -> bool {
        let by_name = self.name.as_deref().and_then(|name| name.rsplit_once('.'));
        self.media_type == "application/pdf" || by_name.is_some_and(|(_, ext)| ext.eq_ignore_ascii_case("pdf"))
    }
}

/// What a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MailKind {
    /// It carries XDM packages: their positions in [`Mail::attachments`].
    Documents {
        /// The packages; more than one is rare but met.
        packages: Vec<usize>,
        /// The first readable PDF.
        readable: Option<usize>,
    },
    /// The operator tells what became of a message (DSN, RFC 3464).
    Delivery(DeliveryReport),
    /// The recipient's system tells what became of a message (MDN, RFC 8098).
    Disposition(DispositionReport),
    /// An ordinary mail whose subject says that documents were refused.
    Refusal,
    /// Anything else.
    Ordinary,
}

/// A received message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What it is.
    pub kind: MailKind,
    /// `Message-ID`, without angle brackets, as written.
    pub message_id: Option<String>,
    /// `In-Reply-To`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// `References`, without angle brackets.
    pub references: Vec<String>,
    /// `Date`, in seconds since 1970, when it can be read.
    pub date: Option<i64>,
    /// The envelope sender as the last server noted it in `Return-Path`: `Some("")` for the null sender
    /// of reports, `None` when there is no such header.
    pub return_path: Option<String>,
    /// `From`.
    pub from: Vec<Mailbox>,
    /// `Reply-To`.
    pub reply_to: Vec<Mailbox>,
    /// `To`.
    pub to: Vec<Mailbox>,
    /// `Cc`.
    pub cc: Vec<Mailbox>,
    /// `Disposition-Notification-To`: where a receipt is wanted.
    pub receipt_to: Vec<Mailbox>,
    /// `Original-Recipient`, address only.
    pub original_recipient: Option<String>,
    /// `X-MSS-MES: FIN`: the sender wants no answer.
    pub closes_exchange: bool,
    /// `Auto-Submitted` says that a machine sent it.
    pub is_automatic: bool,
    /// Subject, decoded, on one line; empty when there is none.
    pub subject: String,
    /// What the subject announces.
    pub subject_kind: SubjectKind,
    /// The text of the message; from its HTML when there is no plain text.
    pub text: Option<String>,
    /// Whether [`Mail::text`] was made from [`Mail::html`].
    pub text_is_from_html: bool,
    /// The HTML form of the text, as written: to be sanitised before it is shown.
    pub html: Option<String>,
    /// Everything that is not the text, in the order of the message.
    pub attachments: Vec<Attachment>,
    /// Defects that did not prevent the reading, in plain English.
    pub warnings: Vec<String>,
}
