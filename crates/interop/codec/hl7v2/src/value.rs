//! Segments, fields and what is inside them.

use std::borrow::Cow;

use crate::escape::{Syntax, unescape};
use crate::message::Message;

/// A segment of a message, in its place.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'m> {
    pub(crate) message: &'m Message,
    pub(crate) index: usize,
}

impl<'m> Segment<'m> {
    /// Its three characters.
    pub fn name(&self) -> &'m str {
        self.message.name_of(self.index)
    }

    /// Field `n`, counted from 1 as in the standard (MSH-1 is the separator itself). An absent field
    /// is an empty value.
    pub fn field(&self, n: usize) -> Value<'m> {
        Value { raw: self.message.field_of(self.index, n), syntax: self.message.syntax() }
    }

    /// Number of the last field written, even empty.
    pub fn field_count(&self) -> usize {
        self.message.field_count_of(self.index)
    }

    /// The whole segment as written, without its end.
    pub fn raw(&self) -> &'m str {
        self.message.raw_of(self.index)
    }

    /// How warnings and errors call field `n`: `PID-3`, or `OBX[2]-5` when the message has several
    /// segments of that name.
    pub fn path(&self, n: usize) -> String {
        match self.message.occurrence_of(self.index) {
            Some(occurrence) => format!("{}[{occurrence}]-{n}", self.name()),
            None => format!("{}-{n}", self.name()),
        }
    }
}

/// A field, a repetition, a component or a subcomponent, as written.
#[derive(Debug, Clone, Copy)]
pub struct Value<'m> {
    raw: &'m str,
    syntax: &'m Syntax,
}

impl<'m> Value<'m> {
    /// As written, escape sequences included.
    pub fn raw(&self) -> &'m str {
        self.raw
    }

    /// Whether nothing but white space is written.
    pub fn is_empty(&self) -> bool {
        self.raw.trim().is_empty()
    }

    /// Whether the value is `""`: HL7's order to erase what the receiver holds, which is something
    /// else than an absent value.
    pub fn is_null(&self) -> bool {
        self.raw.trim() == "\"\""
    }

    /// The repetitions of a field; an empty field has none.
    pub fn repetitions(&self) -> impl Iterator<Item = Value<'m>> + use<'m> {
        let syntax = self.syntax;
        let raw = if self.is_empty() { None } else { Some(self.raw) };
        raw.into_iter().flat_map(move |raw| raw.split(syntax.delimiters.repetition)).map(move |raw| Value { raw, syntax })
    }

    /// Component `n`, counted from 1, of the first repetition; an absent one is an empty value.
    #[must_use]
    pub fn component(&self, n: usize) -> Value<'m> {
        self.first(self.syntax.delimiters.repetition).nth(self.syntax.delimiters.component, n)
    }

    /// Subcomponent `n`, counted from 1, of the first component of the first repetition.
    #[must_use]
    pub fn subcomponent(&self, n: usize) -> Value<'m> {
        self.component(1).nth(self.syntax.delimiters.subcomponent, n)
    }

    /// Number of components of the first repetition, at least 1.
    pub fn component_count(&self) -> usize {
        let first = self.first(self.syntax.delimiters.repetition);
        first.raw.split(self.syntax.delimiters.component).count()
    }

    /// The text, escape sequences replaced: separators, line breaks (`\.br\`, `\.sp\`) and
    /// hexadecimal bytes become what they stand for, highlighting disappears, sequences this reader
    /// does not know stay as written. Separators inside the value are kept: no text is lost.
    pub fn text(&self) -> Cow<'m, str> {
        unescape(self.raw, self.syntax)
    }

    /// The text without the white space around it; `None` when it is empty or `""`.
    pub fn opt(&self) -> Option<String> {
        if self.is_null() {
            return None;
        }
        let text = self.text();
        let trimmed = text.trim();
        match trimmed.len() {
            0 => None,
            whole if whole == text.len() => Some(text.into_owned()),
            _ => Some(trimmed.to_owned()),
        }
    }

    fn first(self, separator: char) -> Self {
        self.nth(separator, 1)
    }

    fn nth(self, separator: char, n: usize) -> Self {
        let raw = n.checked_sub(1).and_then(|at| self.raw.split(separator).nth(at)).unwrap_or_default();
        Self { raw, syntax: self.syntax }
    }
}
