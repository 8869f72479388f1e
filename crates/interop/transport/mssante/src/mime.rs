//! The structure of a message: parts and messages inside, every cost bounded.
//!
//! `mail-parser` reads headers and undoes encodings; the structure is walked here, because a hostile one
//! must cost neither stack nor memory: its depth, its number of parts and its delimiters are counted.

use mail_parser::{Encoding, MessageParser};
use memchr::memmem;

use crate::headers::Headers;
use crate::limits::Limits;
use crate::mail::MailError;

/// A part without parts of its own.
pub(crate) struct Leaf<'m> {
    pub(crate) headers: Headers<'m>,
    /// Content as it stands in the message.
    content: &'m [u8],
    /// Whether it is a message that may be opened.
    pub(crate) is_message: bool,
    /// Whether it may be a piece of the text: neither returned by a report, nor beside the root of a set.
    pub(crate) may_be_text: bool,
}

/// A decoded content.
pub(crate) struct Decoded {
    pub(crate) bytes: Vec<u8>,
    /// Whether the transfer encoding could not be undone.
    pub(crate) is_damaged: bool,
}

impl Leaf<'_> {
    /// The content, its transfer encoding undone, its charset untouched.
    pub(crate) fn decode(&self) -> Decoded {
        let raw = |is_damaged| Decoded { bytes: self.content.to_vec(), is_damaged };
        if self.content.is_empty() || !self.is_encoded() {
            return raw(false);
        }
        let message = self.alone("application/octet-stream");
        let parsed = MessageParser::default().parse(&message);
        match parsed.as_ref().and_then(|message| message.parts.first()) {
            Some(part) if !part.is_encoding_problem && part.encoding != Encoding::None => {
                Decoded { bytes: part.contents().to_vec(), is_damaged: false }
            }
            _ => raw(true),
        }
    }

    /// The text of a `text/plain` or `text/html` part, read in its declared charset, and whether its
    /// transfer encoding could not be undone.
    pub(crate) fn text(&self) -> (String, bool) {
        let charset = self.headers.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or("utf-8");
        let charset: String = charset.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.:".contains(*c)).take(40).collect();
        let message = self.alone(&format!("text/plain; charset=\"{charset}\""));
        let parsed = MessageParser::default().parse(&message);
        match parsed.as_ref().and_then(|message| message.parts.first()) {
            Some(part) => {
                let is_damaged = part.is_encoding_problem && self.is_encoded();
                (part.text_contents().unwrap_or_default().to_owned(), is_damaged)
            }
            None => (String::from_utf8_lossy(self.content).into_owned(), false),
        }
    }

    fn is_encoded(&self) -> bool {
        matches!(self.headers.transfer_encoding().as_str(), "base64" | "quoted-printable")
    }

    /// The content as a message of its own, under a header made here: what the sender wrote in his could
    /// be read in another way by the parser than it was by the walk.
    fn alone(&self, content_type: &str) -> Vec<u8> {
        let encoding = if self.is_encoded() { self.headers.transfer_encoding() } else { "8bit".to_owned() };
        let header = format!("Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n");
        [header.as_bytes(), self.content].concat()
    }
}

/// A walk over the structure of a message.
pub(crate) struct Walk<'w> {
    pub(crate) limits: &'w Limits,
    /// Parts met so far, in the whole message and the messages inside.
    pub(crate) parts: &'w mut usize,
    pub(crate) warnings: &'w mut Vec<String>,
}

impl Walk<'_> {
    /// The leaves of a message whose header was read already, in order.
    pub(crate) fn leaves<'m>(&mut self, whole: &'m [u8], headers: Headers<'m>) -> Result<Vec<Leaf<'m>>, MailError> {
        let mut leaves = Vec::new();
        self.part(whole, headers, Place { depth: 0, may_be_text: true, is_digest: false }, &mut leaves)?;
        Ok(leaves)
    }

    fn part<'m>(
        &mut self,
        whole: &'m [u8],
        headers: Headers<'m>,
        place: Place,
        leaves: &mut Vec<Leaf<'m>>,
    ) -> Result<(), MailError> {
        *self.parts += 1;
        if *self.parts > self.limits.max_parts {
            return Err(MailError::TooManyParts { limit: self.limits.max_parts });
        }
        let (_, content) = split_header(whole);
        let media_type = headers.media_type();
        if media_type.starts_with("multipart/") {
            let boundary = headers.content_type().and_then(|kind| kind.attribute("boundary")).map(str::to_owned);
            let inside = self.parts_inside(content, boundary.as_deref(), place.depth);
            if let Some(inside) = inside {
                let is_digest = media_type == "multipart/digest";
                for (position, part) in inside.into_iter().enumerate() {
                    self.inside(part, &media_type, Place { depth: place.depth + 1, is_digest, ..place }, position, leaves)?;
                }
                return Ok(());
            }
        }
        let is_message = matches!(media_type.as_str(), "message/rfc822" | "message/global")
            || (place.is_digest && headers.content_type().is_none());
        leaves.push(Leaf { headers, content, is_message, may_be_text: place.may_be_text });
        Ok(())
    }

    fn inside<'m>(
        &mut self,
        part: &'m [u8],
        parent: &str,
        place: Place,
        position: usize,
        leaves: &mut Vec<Leaf<'m>>,
    ) -> Result<(), MailError> {
        let (block, _) = split_header(part);
        let (headers, is_bounded) = if block.len() > self.limits.max_part_header_bytes {
            (Headers::parse(b"", self.limits).0, false)
        } else {
            Headers::parse(block, self.limits)
        };
        if !is_bounded {
            self.warnings.push("the header of a part is larger than accepted: the part is kept whole".to_owned());
        }
        // Of a report, only the first part is for people; of a related set, only the first part is the text.
        let first_only = matches!(parent, "multipart/report" | "multipart/related");
        let may_be_text = place.may_be_text && is_bounded && (position == 0 || !first_only);
        self.part(part, headers, Place { may_be_text, ..place }, leaves)
    }

    /// The parts of a multipart; `None` when it is too deep or has no usable boundary, and is kept whole.
    fn parts_inside<'m>(&mut self, content: &'m [u8], boundary: Option<&str>, depth: usize) -> Option<Vec<&'m [u8]>> {
        if depth >= self.limits.max_depth {
            self.warnings.push("parts are nested deeper than accepted: they are kept whole".to_owned());
            return None;
        }
        let Some(boundary) = boundary.filter(|b| !b.is_empty() && b.len() <= 200) else {
            self.warnings.push("a multipart has no usable boundary: it is kept whole".to_owned());
            return None;
        };
        let (parts, is_closed) = cut(content, boundary.as_bytes(), self.limits.max_parts);
        if parts.is_empty() {
            self.warnings.push("a multipart holds no part: it is kept whole".to_owned());
            return None;
        }
        if !is_closed {
            self.warnings.push("a multipart is not closed: the message may be truncated".to_owned());
        }
        Some(parts)
    }
}

/// Where a part stands.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    may_be_text: bool,
    /// Whether the parent is a `multipart/digest`, whose parts are messages by default.
    is_digest: bool,
}

/// Cuts the content of a multipart at its delimiters (RFC 2046 5.1.1): a line that starts with `--` and
/// the boundary, white space only behind. At most one part more than `limit`: it will be refused.
fn cut<'m>(content: &'m [u8], boundary: &[u8], limit: usize) -> (Vec<&'m [u8]>, bool) {
    let delimiter = [b"--", boundary].concat();
    let mut parts = Vec::new();
    let mut start = None;
    for at in memmem::find_iter(content, &delimiter) {
        // Looked at first: a line is read once, however often the delimiter stands in it.
        if at != 0 && content.get(at - 1) != Some(&b'\n') {
            continue;
        }
        let rest = content.get(at + delimiter.len()..).unwrap_or_default();
        let line_end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..line_end).unwrap_or_default();
        let (is_close, tail) = line.strip_prefix(b"--").map_or((false, line), |tail| (true, tail));
        if !tail.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Some(start) = start {
            parts.push(without_line_end(content.get(start..at).unwrap_or_default()));
        }
        if is_close {
            return (parts, true);
        }
        if parts.len() > limit {
            return (parts, false);
        }
        start = Some(at + delimiter.len() + line_end);
    }
    if let Some(rest) = start.and_then(|start| content.get(start..))
        && !rest.is_empty()
    {
        parts.push(rest);
    }
    (parts, false)
}

/// The end of line before a delimiter belongs to the delimiter.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// Header block, its empty line included, and content.
pub(crate) fn split_header(whole: &[u8]) -> (&[u8], &[u8]) {
    if let Some(rest) = whole.strip_prefix(b"\r\n").or_else(|| whole.strip_prefix(b"\n")) {
        return (&[], rest);
    }
    let crlf = memmem::find(whole, b"\n\r\n").map(|at| at + 3);
    let lf = memmem::find(whole, b"\n\n").map(|at| at + 2);
    let end = match (crlf, lf) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b).unwrap_or(whole.len()),
    };
    (whole.get(..end).unwrap_or_default(), whole.get(end..).unwrap_or_default())
}
