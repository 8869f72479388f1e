//! Building of messages with `lettre`.

use std::time::SystemTime;

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, Message, MessageBuilder, MultiPart, SinglePart};
use sha1::{Digest, Sha1};

use crate::address::{Address, MessageId};
use crate::outgoing::ComposeError;
use crate::subject::one_line;

/// First second of the year 9999, from which `lettre` prints no date.
const YEAR_9999: u64 = 253_370_764_800;

/// A mailbox with the name to show beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// The address.
    pub address: Address,
    /// The name, if any.
    pub name: Option<String>,
}

impl Correspondent {
    /// An address without a name.
    pub fn new(address: Address) -> Self {
        Self { address, name: None }
    }

    /// An address with a name.
    pub fn named(address: Address, name: impl Into<String>) -> Self {
        Self { address, name: Some(name.into()) }
    }
}

/// Starts a message.
pub(crate) fn message(
    id: &MessageId,
    date: SystemTime,
    from: &Correspondent,
    to: &[Address],
    subject: &str,
) -> Result<MessageBuilder, ComposeError> {
    let seconds = date.duration_since(SystemTime::UNIX_EPOCH).map_err(ComposeError::malformed)?.as_secs();
    if seconds >= YEAR_9999 {
        return Err(ComposeError::malformed("a date no mail can have"));
    }
    let mut builder =
        Message::builder().date(date).message_id(Some(id.bracketed())).from(mailbox(from)?).subject(one_line(subject));
    for address in to {
        builder = builder.to(mailbox(&Correspondent::new(address.clone()))?);
    }
    Ok(builder)
}

/// A mailbox in the types of `lettre`.
pub(crate) fn mailbox(correspondent: &Correspondent) -> Result<Mailbox, ComposeError> {
    let name = correspondent.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, envelope(&correspondent.address)?))
}

/// An address in the types of `lettre`.
pub(crate) fn envelope(address: &Address) -> Result<lettre::Address, ComposeError> {
    lettre::Address::new(address.local(), address.domain()).map_err(ComposeError::malformed)
}

/// Adds a header whose value is ASCII and was checked.
pub(crate) fn header(builder: MessageBuilder, name: &'static str, value: &str) -> MessageBuilder {
    builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), one_line(value)))
}

/// A multipart of the given type; its boundary is made from the identifier of the message, so that the
/// same message has the same bytes, and holds `=_`, which no encoded content does.
pub(crate) fn multipart(kind: &str, id: &MessageId) -> Result<MultiPart, ComposeError> {
    let mut boundary = String::from("=_");
    for byte in Sha1::digest(id.as_str().as_bytes()).iter().take(12) {
        boundary.extend(char::from_digit(u32::from(byte >> 4), 16));
        boundary.extend(char::from_digit(u32::from(byte & 15), 16));
    }
    let content_type = ContentType::parse(&format!("{kind}; boundary=\"{boundary}\"")).map_err(ComposeError::malformed)?;
    Ok(MultiPart::builder().header(content_type).build())
}

/// A text part.
pub(crate) fn text(content: &str) -> SinglePart {
    SinglePart::plain(content.to_owned())
}

/// An attachment, always in base64: other encodings would change the ends of lines.
pub(crate) fn attachment(name: &str, media_type: &str, bytes: &[u8]) -> Result<SinglePart, ComposeError> {
    let kind = ContentType::parse(media_type).map_err(ComposeError::malformed)?;
    let body = Body::new_with_encoding(bytes.to_vec(), ContentTransferEncoding::Base64)
        .map_err(|_| ComposeError::malformed("an attachment cannot be encoded"))?;
    let name: String = one_line(name).chars().filter(|c| !matches!(c, '/' | '\\' | '"')).take(120).collect();
    Ok(Attachment::new(name).body(body, kind))
}

/// A part whose content is already in its final form: ASCII lines that end with CRLF.
pub(crate) fn raw(media_type: &str, content: Vec<u8>) -> Result<SinglePart, ComposeError> {
    let kind = ContentType::parse(media_type).map_err(ComposeError::malformed)?;
    let encoding = if content.is_ascii() { ContentTransferEncoding::SevenBit } else { ContentTransferEncoding::EightBit };
    Ok(SinglePart::builder().header(kind).body(Body::dangerous_pre_encoded(content, encoding)))
}
