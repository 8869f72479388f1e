//! Text made safe for XML.

use std::borrow::Cow;

use crate::charset::is_double_encoding;

/// What was done to a text that could not be printed as given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Altered {
    /// Characters XML cannot hold became spaces.
    pub(crate) replaced: bool,
    /// The text looks as if an earlier system had encoded it twice.
    pub(crate) suspicious: bool,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags.
    Content,
    /// In an attribute between double quotes.
    Attribute,
}

/// Whether XML 1.0 can hold the character, by itself or as a reference.
fn is_xml_char(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text as it is printed: each character XML 1.0 cannot hold (control codes but tab, line feed
/// and carriage return; U+FFFE and U+FFFF) is a space, for it most often separated words.
pub fn legible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml_char) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_xml_char(c) { c } else { ' ' }).collect())
}

/// Appends `text`, escaped for its place.
///
/// Sequences such as "Ã©", which make a receiver suspect damage, are printed with a character
/// reference: the text is the one given, and the bytes do not look encoded twice.
pub(crate) fn push(out: &mut String, text: &str, place: Place) -> Altered {
    let mut altered = Altered::default();
    let mut previous = out.chars().next_back();
    for c in text.chars() {
        let doubtful = previous.is_some_and(|before| is_double_encoding(before, c));
        altered.suspicious |= doubtful;
        altered.replaced |= !is_xml_char(c);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if place == Place::Attribute => out.push_str("&quot;"),
            '\t' if place == Place::Attribute => out.push_str("&#9;"),
            '\n' if place == Place::Attribute => out.push_str("&#10;"),
            _ if !is_xml_char(c) => out.push(' '),
            _ if doubtful => out.push_str(&format!("&#{};", u32::from(c))),
            _ => out.push(c),
        }
        previous = Some(c);
    }
    altered
}
