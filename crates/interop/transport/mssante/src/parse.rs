//! Parsing of a received message.

use mail_parser::HeaderName;

use crate::compose::MES_HEADER;
use crate::headers::{Headers, shown};
use crate::limits::Limits;
use crate::mail::{Attachment, Mail, MailError, MailKind, Mailbox};
use crate::mime::{Leaf, Walk, split_header};
use crate::report::{DeliveryReport, DispositionReport, address};
use crate::subject::SubjectKind;

/// Parses a message as it came from the mailbox (RFC 5322 bytes).
///
/// Nothing is dropped silently: what is not the text is an attachment, what could not be decoded is kept
/// as it stands, and every defect is told in [`Mail::warnings`].
///
/// # Errors
/// [`MailError`] for a message out of the limits or that is none; the caller has its bytes.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Mail, MailError> {
    let mut parts = 0;
    Parsing { limits, parts: &mut parts }.message(bytes, 0)
}

struct Parsing<'p> {
    limits: &'p Limits,
    /// Parts met so far, in the message and the messages inside.
    parts: &'p mut usize,
}

impl Parsing<'_> {
    fn message(&mut self, bytes: &[u8], depth: usize) -> Result<Mail, MailError> {
        if bytes.len() > self.limits.max_bytes {
            return Err(MailError::TooLarge { limit: self.limits.max_bytes });
        }
        let (block, _) = split_header(bytes);
        if block.len() > self.limits.max_header_bytes {
            return Err(MailError::HeaderTooLarge);
        }
        let (headers, is_bounded) = Headers::parse(block, self.limits);
        if !is_bounded {
            return Err(MailError::HeaderTooLarge);
        }
        if headers.is_empty() {
            return Err(MailError::NotAMessage);
        }
        let mut warnings = Vec::new();
        let mut mail = self.envelope(&headers, &mut warnings);
        let leaves = Walk { limits: self.limits, parts: self.parts, warnings: &mut warnings }.leaves(bytes, headers)?;
        self.contents(&mut mail, &leaves, depth, &mut warnings)?;
        mail.warnings = self.bounded(warnings);
        Ok(mail)
    }

    fn bounded(&self, mut warnings: Vec<String>) -> Vec<String> {
        if warnings.len() > self.limits.max_warnings {
            warnings.truncate(self.limits.max_warnings);
            warnings.push("other warnings were left out".to_owned());
        }
        warnings
    }

    fn envelope(&self, headers: &Headers<'_>, warnings: &mut Vec<String>) -> Mail {
        warn_of_repetitions(headers, warnings);
        let mut mailboxes = |name: HeaderName<'static>| -> Vec<Mailbox> {
            let (found, is_whole) = headers.mailboxes(&name, self.limits.max_addresses);
            if !is_whole {
                warnings.push(format!("the header {} names more addresses than accepted", name.as_str()));
            }
            found
        };
        let subject = headers.text(&HeaderName::Subject).unwrap_or_default();
        let automatic = headers.raw("Auto-Submitted").unwrap_or_default();
        Mail {
            kind: MailKind::Ordinary,
            message_id: headers.ids(&HeaderName::MessageId).into_iter().next(),
            in_reply_to: headers.ids(&HeaderName::InReplyTo),
            references: headers.ids(&HeaderName::References),
            date: headers
                .get(&HeaderName::Date)
                .and_then(|v| v.as_datetime())
                .filter(|d| d.is_valid())
                .map(mail_parser::DateTime::to_timestamp),
            return_path: return_path(headers),
            from: mailboxes(HeaderName::From),
            reply_to: mailboxes(HeaderName::ReplyTo),
            to: mailboxes(HeaderName::To),
            cc: mailboxes(HeaderName::Cc),
            receipt_to: mailboxes(HeaderName::DispositionNotificationTo),
            original_recipient: headers.raw("Original-Recipient").map(|value| address(&value)),
            closes_exchange: headers.raw(MES_HEADER).is_some_and(|value| value.eq_ignore_ascii_case("FIN")),
            is_automatic: !automatic.is_empty() && !automatic.to_ascii_lowercase().starts_with("no"),
            subject_kind: SubjectKind::of(&subject),
            subject,
            text: None,
            html: None,
            text_is_from_html: false,
            attachments: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn contents(
        &mut self,
        mail: &mut Mail,
        leaves: &[Leaf<'_>],
        depth: usize,
        warnings: &mut Vec<String>,
    ) -> Result<(), MailError> {
        let mut text = Text::default();
        for leaf in leaves {
            let is_text =
                leaf.may_be_text && !leaf.is_message && !leaf.headers.is_attachment() && leaf.headers.file_name().is_none();
            match leaf.headers.media_type().as_str() {
                "text/plain" if is_text => text.plain.push(decoded_text(leaf, warnings)),
                "text/html" if is_text && text.html.is_none() => text.html = Some(decoded_text(leaf, warnings)),
                _ => mail.attachments.push(self.attachment(leaf, depth, warnings)?),
            }
        }
        mail.html.clone_from(&text.html);
        (mail.text, mail.text_is_from_html) = text.finish(self.limits.max_text, warnings);
        mail.kind = self.kind(mail, warnings);
        Ok(())
    }

    fn attachment(&mut self, leaf: &Leaf<'_>, depth: usize, warnings: &mut Vec<String>) -> Result<Attachment, MailError> {
        let decoded = leaf.decode();
        let name = leaf.headers.file_name();
        if decoded.is_damaged {
            warnings.push(format!("the attachment {} cannot be decoded", shown(name.as_deref().unwrap_or("without name"))));
        }
        let media_type = if leaf.is_message { "message/rfc822".to_owned() } else { leaf.headers.media_type() };
        let message = if leaf.is_message { self.inside(&decoded.bytes, depth, warnings)? } else { None };
        Ok(Attachment { name, media_type, bytes: decoded.bytes, damaged: decoded.is_damaged, message })
    }

    /// The message inside an attachment; one that cannot be read is kept as bytes.
    fn inside(&mut self, bytes: &[u8], depth: usize, warnings: &mut Vec<String>) -> Result<Option<Box<Mail>>, MailError> {
        if depth >= self.limits.max_messages {
            warnings.push("messages are nested deeper than accepted: they are kept whole".to_owned());
            return Ok(None);
        }
        match self.message(bytes, depth + 1) {
            Ok(mail) => Ok(Some(Box::new(mail))),
            Err(error @ MailError::TooManyParts { .. }) => Err(error),
            Err(error) => {
                warnings.push(format!("a message inside cannot be read: {error}"));
                Ok(None)
            }
        }
    }

    fn kind(&self, mail: &Mail, warnings: &mut Vec<String>) -> MailKind {
        let part = |media_type: &str| mail.attachments.iter().find(|a| a.media_type == media_type);
        if let Some(status) = part("message/disposition-notification") {
            return MailKind::Disposition(DispositionReport::parse(&status.bytes));
        }
        if let Some(status) = part("message/delivery-status").or_else(|| part("message/global-delivery-status")) {
            let (mut report, is_whole) = DeliveryReport::parse(&status.bytes, self.limits);
            if !is_whole {
                warnings.push("the report names more recipients than accepted".to_owned());
            }
            report.original_message_id = self.returned_id(mail);
            return MailKind::Delivery(report);
        }
        if matches!(mail.subject_kind, SubjectKind::Refusal { .. }) {
            return MailKind::Refusal;
        }
        let announced = matches!(mail.subject_kind, SubjectKind::Documents { .. });
        let is_zip = |a: &Attachment| matches!(a.media_type.as_str(), "application/zip" | "application/x-zip-compressed");
        let is_package = |a: &Attachment| a.is_package() || (announced && is_zip(a));
        let positions = mail.attachments.iter().enumerate();
        let packages: Vec<usize> = positions.clone().filter(|(_, a)| is_package(a)).map(|(n, _)| n).collect();
        if packages.is_empty() {
            if announced {
                warnings.push("the subject announces documents but there is no package".to_owned());
            }
            return MailKind::Ordinary;
        }
        let readable = positions.clone().find(|(_, a)| a.is_pdf()).map(|(n, _)| n);
        MailKind::Documents { packages, readable }
    }

    /// `Message-ID` of the message, or of the header, that a report returns.
    fn returned_id(&self, mail: &Mail) -> Option<String> {
        let returned = mail.attachments.iter().find_map(|a| a.message.as_deref()).and_then(|m| m.message_id.clone());
        returned.or_else(|| {
            let header = mail.attachments.iter().find(|a| a.media_type == "text/rfc822-headers")?;
            let block = header.bytes.get(..header.bytes.len().min(self.limits.max_header_bytes))?;
            Headers::parse(block, self.limits).0.ids(&HeaderName::MessageId).into_iter().next()
        })
    }
}

fn warn_of_repetitions(headers: &Headers<'_>, warnings: &mut Vec<String>) {
    for name in [HeaderName::From, HeaderName::MessageId, HeaderName::Subject, HeaderName::To, HeaderName::ContentType] {
        if headers.count(&name) > 1 {
            warnings.push(format!("the header {} is repeated: only the first is read", name.as_str()));
        }
    }
}

/// The envelope sender the last server noted; its null form `<>` is an empty text.
fn return_path(headers: &Headers<'_>) -> Option<String> {
    if headers.count(&HeaderName::ReturnPath) == 0 {
        return None;
    }
    Some(headers.ids(&HeaderName::ReturnPath).into_iter().next().unwrap_or_default())
}

fn decoded_text(leaf: &Leaf<'_>, warnings: &mut Vec<String>) -> String {
    let (text, is_damaged) = leaf.text();
    if is_damaged {
        warnings.push("the text of the message cannot be decoded".to_owned());
    }
    text
}

/// The text of a message, in the making.
#[derive(Default)]
struct Text {
    plain: Vec<String>,
    html: Option<String>,
}

impl Text {
    fn finish(self, limit: usize, warnings: &mut Vec<String>) -> (Option<String>, bool) {
        let from_html = self.plain.iter().all(|text| text.trim().is_empty()) && self.html.is_some();
        let text = match &self.html {
            Some(html) if from_html => mail_parser::decoders::html::html_to_text(html),
            _ if self.plain.is_empty() => return (None, false),
            _ => self.plain.join("\n\n"),
        };
        if text.chars().count() <= limit {
            return (Some(text), from_html);
        }
        warnings.push("the text of the message is longer than accepted: its end is left out".to_owned());
        (Some(text.chars().take(limit).collect()), from_html)
    }
}
