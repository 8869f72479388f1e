//! Headers of a message or of a part, read by `mail-parser` after their size was bounded.

use mail_parser::{ContentType, Header, HeaderName, HeaderValue, Message, MessageParser};

use crate::address::excerpt;
use crate::limits::Limits;
use crate::mail::Mailbox;
use crate::subject::one_line;

/// Longest `Content-Type` or `Content-Disposition`; reading them costs the square of their parameters.
const MAX_CONTENT_FIELD: usize = 8 * 1024;

/// The header of a message or of a part.
pub(crate) struct Headers<'m>(Option<Message<'m>>);

impl<'m> Headers<'m> {
    /// Reads a header block. Fields out of bounds make it empty: `false` comes beside it.
    pub(crate) fn parse(block: &'m [u8], limits: &Limits) -> (Self, bool) {
        if !is_bounded(block, limits) {
            return (Self(None), false);
        }
        let parser = MessageParser::new()
            .with_mime_headers()
            .with_date_headers()
            .with_address_headers()
            .with_message_ids()
            .header_address(HeaderName::DispositionNotificationTo)
            .header_id(HeaderName::ReturnPath)
            .header_text(HeaderName::Subject)
            .default_header_raw();
        (Self(parser.parse_headers(block)), true)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.fields().is_empty()
    }

    fn fields(&self) -> &[Header<'m>] {
        self.0.as_ref().map(Message::headers).unwrap_or_default()
    }

    /// The first field of this name: what a server adds stands above what the sender wrote.
    pub(crate) fn get(&self, name: &HeaderName<'_>) -> Option<&HeaderValue<'m>> {
        self.fields().iter().find(|field| field.name == *name).map(|field| &field.value)
    }

    /// How often a field occurs.
    pub(crate) fn count(&self, name: &HeaderName<'_>) -> usize {
        self.fields().iter().filter(|field| field.name == *name).count()
    }

    /// The raw text of the first field with a name this crate alone knows.
    pub(crate) fn raw(&self, name: &str) -> Option<String> {
        let field = self.fields().iter().find(|field| field.name().eq_ignore_ascii_case(name))?;
        field.value.as_text().map(one_line)
    }

    /// An unstructured text on one line.
    pub(crate) fn text(&self, name: &HeaderName<'_>) -> Option<String> {
        self.get(name)?.as_text().map(one_line)
    }

    /// Identifiers without angle brackets.
    pub(crate) fn ids(&self, name: &HeaderName<'_>) -> Vec<String> {
        match self.get(name) {
            Some(HeaderValue::Text(id)) => vec![clean(id)],
            Some(HeaderValue::TextList(ids)) => ids.iter().map(|id| clean(id)).collect(),
            _ => Vec::new(),
        }
    }

    /// Mailboxes of an address header, groups flattened; at most `limit`, `false` when some were left.
    pub(crate) fn mailboxes(&self, name: &HeaderName<'_>, limit: usize) -> (Vec<Mailbox>, bool) {
        let Some(HeaderValue::Address(address)) = self.get(name) else { return (Vec::new(), true) };
        let one = |addr: &mail_parser::Addr<'_>| {
            let address = clean(addr.address.as_deref().unwrap_or_default());
            let name = addr.name.as_deref().map(clean).filter(|name| !name.is_empty());
            (!address.is_empty() || name.is_some()).then_some(Mailbox { name, address })
        };
        let mut all = address.iter().filter_map(one);
        let kept: Vec<_> = all.by_ref().take(limit).collect();
        (kept, all.next().is_none())
    }

    /// The type of the content.
    pub(crate) fn content_type(&self) -> Option<&ContentType<'m>> {
        self.get(&HeaderName::ContentType).and_then(HeaderValue::as_content_type)
    }

    /// The media type in lower case: `text/plain` when absent.
    pub(crate) fn media_type(&self) -> String {
        let Some(kind) = self.content_type() else { return "text/plain".to_owned() };
        let subtype = kind.subtype().unwrap_or_default();
        clean(&format!("{}/{subtype}", kind.ctype())).to_ascii_lowercase()
    }

    /// Whether the part says that it is an attachment.
    pub(crate) fn is_attachment(&self) -> bool {
        let disposition = self.get(&HeaderName::ContentDisposition).and_then(HeaderValue::as_content_type);
        disposition.is_some_and(ContentType::is_attachment)
    }

    /// The name of the file, its last component only.
    pub(crate) fn file_name(&self) -> Option<String> {
        let disposition = self.get(&HeaderName::ContentDisposition).and_then(HeaderValue::as_content_type);
        let name = disposition.and_then(|d| d.attribute("filename")).or_else(|| self.content_type()?.attribute("name"))?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let name: String = clean(name).chars().take(200).collect();
        (!name.is_empty() && name != "." && name != "..").then_some(name)
    }

    /// The transfer encoding in lower case.
    pub(crate) fn transfer_encoding(&self) -> String {
        self.text(&HeaderName::ContentTransferEncoding).unwrap_or_default().to_ascii_lowercase()
    }
}

fn clean(text: &str) -> String {
    one_line(text)
}

/// Whether every field has a reasonable length, and there are not too many.
fn is_bounded(block: &[u8], limits: &Limits) -> bool {
    let (mut fields, mut length) = (0_usize, 0_usize);
    let mut is_content = false;
    for line in block.split_inclusive(|&b| b == b'\n') {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            (fields, length) = (fields + 1, 0);
            let start: Vec<u8> = line.iter().take(40).filter(|b| !b.is_ascii_whitespace()).copied().collect();
            is_content = start.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
        }
        length += line.len();
        if fields > limits.max_fields || (is_content && length > MAX_CONTENT_FIELD) {
            return false;
        }
    }
    true
}

/// A short form of a value for a warning.
pub(crate) fn shown(value: &str) -> String {
    excerpt(value)
}
