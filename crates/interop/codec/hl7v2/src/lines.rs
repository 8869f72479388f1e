//! Where segments start and end.
//!
//! HL7 ends a segment with a carriage return. Files and some senders use a line feed or both, and
//! some put unescaped line breaks inside a value (wrapped base64, texts of several lines). The end
//! of MSH, which never holds a line break, shows what ends segments in a message; any other
//! line break is part of the value it stands in.

use std::ops::Range;

use memchr::memchr2;

use crate::delimiters::Delimiters;
use crate::error::Hl7Error;
use crate::segment_names::{is_known, is_name};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Break {
    CarriageReturn,
    LineFeed,
    Both,
}

/// The place of one segment in the text.
pub(crate) struct Line {
    pub(crate) range: Range<usize>,
    /// Whether line breaks stand inside the segment.
    pub(crate) broken: bool,
}

/// Cuts a text that starts with MSH into segments.
///
/// # Errors
/// [`Hl7Error::TooManySegments`], [`Hl7Error::BrokenHeader`].
pub(crate) fn cut(text: &str, delimiters: &Delimiters, max: usize) -> Result<Vec<Line>, Hl7Error> {
    let bytes = text.as_bytes();
    let mut lines: Vec<Line> = Vec::new();
    let mut usual = None;
    let mut before = None;
    let mut start = 0;
    let mut count = 0;
    while start < bytes.len() {
        let (end, found, next) = line_end(bytes, start);
        let line = text.get(start..end).unwrap_or_default();
        let blank = line.chars().all(char::is_whitespace);
        match lines.last_mut() {
            _ if blank => {}
            Some(open) if !starts_segment(line, delimiters, before, usual) => {
                if count == 1 {
                    return Err(Hl7Error::BrokenHeader);
                }
                open.range.end = end;
                open.broken = true;
            }
            _ if count == max => return Err(Hl7Error::TooManySegments { limit: max }),
            _ => {
                count += 1;
                lines.push(Line { range: start..end, broken: false });
            }
        }
        usual = usual.or(found);
        before = found;
        start = next;
    }
    Ok(lines)
}

fn line_end(bytes: &[u8], start: usize) -> (usize, Option<Break>, usize) {
    let rest = bytes.get(start..).unwrap_or_default();
    let Some(at) = memchr2(b'\r', b'\n', rest) else {
        return (bytes.len(), None, bytes.len());
    };
    let end = start + at;
    match rest.get(at..) {
        Some([b'\r', b'\n', ..]) => (end, Some(Break::Both), end + 2),
        Some([b'\r', ..]) => (end, Some(Break::CarriageReturn), end + 1),
        _ => (end, Some(Break::LineFeed), end + 1),
    }
}

fn starts_segment(line: &str, delimiters: &Delimiters, before: Option<Break>, usual: Option<Break>) -> bool {
    let named = line.as_bytes().get(..3).is_some_and(is_name);
    let form = named
        && match line.get(3..).and_then(|rest| rest.chars().next()) {
            Some(next) => next == delimiters.field,
            None => is_known(line),
        };
    // A lone line feed is data where carriage returns end the segments.
    form && (before == usual || before != Some(Break::LineFeed))
}
