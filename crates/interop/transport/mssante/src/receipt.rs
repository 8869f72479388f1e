//! Answers of our system to mail with documents: receipts (MDN) and refusals.

use std::time::SystemTime;

use crate::address::{Address, MessageId};
use crate::build::{self, Correspondent};
use crate::integration::IntegrationCode;
use crate::mail::{Mail, MailKind};
use crate::mime::split_header;
use crate::outgoing::{ComposeError, OutgoingMail, Policy};
use crate::subject::{one_line, plain_letter, refusal};

/// Longest line of a message (RFC 5322 2.1.1).
const MAX_LINE: usize = 998;

/// What our system did with the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integration<'a> {
    /// They were integrated.
    Processed,
    /// Somebody read the message, which held no document: they are told that it was displayed.
    Displayed,
    /// They were refused.
    Refused {
        /// Why.
        code: IntegrationCode,
        /// The label of the code, in the words of the table.
        label: &'a str,
    },
}

/// Why no receipt answers a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoReceipt {
    /// No receipt was asked for.
    NotRequested,
    /// It was asked for more than one address, or for one that is no address.
    UnusableAddress,
    /// It was asked for another address than `Return-Path`, or there is none: only a person may send it
    /// (RFC 8098 2.1).
    OtherThanReturnPath,
    /// The message is a report itself or was made by a machine that expects no answer.
    Automatic,
    /// The message has no identifier a receipt could name.
    NoMessageId,
}

impl NoReceipt {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotRequested => "not_requested",
            Self::UnusableAddress => "unusable_address",
            Self::OtherThanReturnPath => "other_than_return_path",
            Self::Automatic => "automatic",
            Self::NoMessageId => "no_message_id",
        }
    }
}

/// Where a receipt of `mail` may be sent without asking anybody.
///
/// # Errors
/// [`NoReceipt`]: why there shall be none.
pub fn receipt_address(mail: &Mail) -> Result<Address, NoReceipt> {
    let wanted = match mail.receipt_to.as_slice() {
        [] => return Err(NoReceipt::NotRequested),
        [one] => one.valid().ok_or(NoReceipt::UnusableAddress)?,
        _ => return Err(NoReceipt::UnusableAddress),
    };
    if matches!(mail.kind, MailKind::Delivery(_) | MailKind::Disposition(_)) || mail.return_path.as_deref() == Some("") {
        return Err(NoReceipt::Automatic);
    }
    let back = mail.return_path.as_deref().and_then(|path| Address::new(path).ok());
    if back.as_ref() != Some(&wanted) {
        return Err(NoReceipt::OtherThanReturnPath);
    }
    if mail.message_id.is_none() {
        return Err(NoReceipt::NoMessageId);
    }
    Ok(wanted)
}

/// The answer to a received message.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Identifier of the answer.
    pub message_id: &'a MessageId,
    /// Date of the answer.
    pub date: SystemTime,
    /// The mailbox that received the message.
    pub from: &'a Correspondent,
    /// The message, as it came.
    pub original: &'a [u8],
    /// The message, parsed.
    pub mail: &'a Mail,
    /// What was done with its documents.
    pub integration: Integration<'a>,
    /// What a person reads; code and label are added to it.
    pub text: &'a str,
}

/// An answer with what did not fit in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The answer.
    pub mail: OutgoingMail,
    /// What the guide wants in the answer and was left out, in plain English: attachments that would
    /// make it too large, an original that is not in the form of a message.
    pub left_out: Vec<String>,
}

impl Answer<'_> {
    /// Composes the receipt (RFC 8098, `multipart/report`): a text, the disposition, the original, and
    /// the attachments of the original again. Its envelope sender is null: nobody answers a receipt.
    ///
    /// Call [`receipt_address`] first: `to` is what it gave.
    ///
    /// # Errors
    /// [`ComposeError`].
    pub fn receipt(&self, to: &Address, policy: &Policy) -> Result<Composed, ComposeError> {
        let kind = "multipart/report; report-type=disposition-notification";
        let disposition = Part { media_type: "message/disposition-notification", content: self.disposition().into_bytes() };
        self.compose(kind, Some(&disposition), None, to, policy)
    }

    /// Composes the ordinary mail that tells a refusal when no receipt was asked for: the same subject,
    /// the original and its attachments.
    ///
    /// # Errors
    /// [`ComposeError`].
    pub fn ordinary(&self, to: &Address, policy: &Policy) -> Result<Composed, ComposeError> {
        self.compose("multipart/mixed", None, Some(&self.from.address), to, policy)
    }

    /// Tries with the original and its attachments, then leaves out the attachments, then the content
    /// of the original, until the answer fits.
    fn compose(
        &self,
        kind: &str,
        status: Option<&Part>,
        sender: Option<&Address>,
        to: &Address,
        policy: &Policy,
    ) -> Result<Composed, ComposeError> {
        policy.check_recipients(std::slice::from_ref(to))?;
        let mut left_out = Vec::new();
        let mut returned = Returned::all(self.original, &mut left_out);
        loop {
            let bytes = self.print(kind, status, &returned, to)?;
            let mail = OutgoingMail {
                message_id: self.message_id.clone(),
                sender: sender.cloned(),
                recipients: vec![to.clone()],
                bytes,
                delivery_report: false,
            };
            match mail.checked(policy) {
                Err(ComposeError::TooLarge { .. }) if returned.reduce(self.original, &mut left_out) => {}
                checked => return checked.map(|mail| Composed { mail, left_out }),
            }
        }
    }

    fn print(&self, kind: &str, status: Option<&Part>, returned: &Returned, to: &Address) -> Result<Vec<u8>, ComposeError> {
        let subject = match self.integration {
            Integration::Processed | Integration::Displayed => self.mail.subject.clone(),
            Integration::Refused { code, .. } => refusal(code, &self.mail.subject),
        };
        let mut builder = build::message(self.message_id, self.date, self.from, std::slice::from_ref(to), &subject)?;
        if let Some(id) = self.original_id() {
            builder = builder.in_reply_to(id.bracketed()).references(id.bracketed());
        }
        builder = build::header(builder, "Auto-Submitted", "auto-replied");
        let mut parts = build::multipart(kind, self.message_id)?.singlepart(build::text(&self.words()));
        if let Some(status) = status {
            parts = parts.singlepart(build::raw(status.media_type, status.content.clone())?);
        }
        if let Some(original) = &returned.original {
            parts = parts.singlepart(build::raw(original.media_type, original.content.clone())?);
        }
        if returned.has_attachments {
            for file in self.mail.attachments.iter().filter(|file| !file.media_type.starts_with("message/")) {
                let name = file.name.as_deref().unwrap_or("document");
                let media_type = if file.media_type.contains('/') { &file.media_type } else { "application/octet-stream" };
                let part = build::attachment(name, media_type, &file.bytes)
                    .or_else(|_| build::attachment(name, "application/octet-stream", &file.bytes))?;
                parts = parts.singlepart(part);
            }
        }
        Ok(builder.multipart(parts).map_err(ComposeError::malformed)?.formatted())
    }

    fn original_id(&self) -> Option<MessageId> {
        MessageId::new(self.mail.message_id.as_deref()?).ok()
    }

    fn words(&self) -> String {
        match self.integration {
            Integration::Processed | Integration::Displayed => self.text.to_owned(),
            Integration::Refused { code, label } => {
                format!("{}\n\n{} : {}\n", self.text.trim_end(), code.number(), one_line(label))
            }
        }
    }

    /// The machine-readable part, in ASCII as RFC 8098 wants it.
    fn disposition(&self) -> String {
        let us = &self.from.address;
        let original = self.mail.original_recipient.as_deref().and_then(|text| Address::new(text).ok());
        let original = original.as_ref().unwrap_or(us);
        let mut fields = format!("Original-Recipient: rfc822;{original}\r\nFinal-Recipient: rfc822;{us}\r\n");
        if let Some(id) = self.original_id() {
            fields.push_str(&format!("Original-Message-ID: {}\r\n", id.bracketed()));
        }
        // Somebody's own gesture is the cause of a display (RFC 8098 3.2.6.1); the receipt leaves by itself all the same.
        fields.push_str(match self.integration {
            Integration::Displayed => "Disposition: manual-action/MDN-sent-automatically; displayed",
            _ => "Disposition: automatic-action/MDN-sent-automatically; processed",
        });
        if let Integration::Refused { code, label } = self.integration {
            fields.push_str(&format!("/Error: {}^{}", code.number(), ascii(label)));
        }
        fields.push_str("\r\n");
        fields
    }
}

/// A part in its final form.
struct Part {
    media_type: &'static str,
    content: Vec<u8>,
}

/// What an answer gives back of the original.
struct Returned {
    original: Option<Part>,
    has_attachments: bool,
}

impl Returned {
    fn all(original: &[u8], left_out: &mut Vec<String>) -> Self {
        let content = crlf(original);
        if is_sendable(&content) {
            return Self { original: Some(Part { media_type: "message/rfc822", content }), has_attachments: true };
        }
        left_out.push("the original is not in a form that can be sent on: its header is returned".to_owned());
        Self { original: header_of(original), has_attachments: true }
    }

    /// Gives back less; `false` when there is nothing less.
    fn reduce(&mut self, original: &[u8], left_out: &mut Vec<String>) -> bool {
        if self.has_attachments {
            self.has_attachments = false;
            left_out.push("the attachments of the original would make the answer too large".to_owned());
            return true;
        }
        if self.original.as_ref().is_some_and(|part| part.media_type == "message/rfc822") {
            self.original = header_of(original);
            left_out.push("the original would make the answer too large: its header is returned".to_owned());
            return true;
        }
        false
    }
}

fn header_of(original: &[u8]) -> Option<Part> {
    let content = crlf(split_header(original).0);
    is_sendable(&content).then_some(Part { media_type: "text/rfc822-headers", content })
}

/// Whether `content` may stand in a message without any encoding.
fn is_sendable(content: &[u8]) -> bool {
    !content.contains(&0) && content.split(|&b| b == b'\n').all(|line| line.len() <= MAX_LINE + 1)
}

/// Every end of line as CRLF.
fn crlf(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 64);
    let mut bytes = content.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                out.extend_from_slice(b"\r\n");
            }
            b'\n' => out.extend_from_slice(b"\r\n"),
            other => out.push(other),
        }
    }
    out
}

/// A label without accents, on one line, of a reasonable length.
fn ascii(label: &str) -> String {
    let plain = |c: char| Some(plain_letter(c)).filter(char::is_ascii).unwrap_or('?');
    one_line(label).chars().map(plain).take(200).collect()
}
