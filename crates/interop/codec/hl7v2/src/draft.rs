//! Building messages, segment by segment.

use crate::charset::Charset;
use crate::datatype::{Authority, Datatype, join, raw};
use crate::error::Hl7Error;
use crate::escape::escape;
use crate::header::{MessageKind, Processing, Version};
use crate::timestamp::Timestamp;

/// Last field number a draft accepts; no segment of HL7 has as many.
const MAX_FIELD: usize = 200;

/// What MSH says of a message to send, its type apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// MSH-3.
    pub sending_application: Authority,
    /// MSH-4.
    pub sending_facility: Authority,
    /// MSH-5.
    pub receiving_application: Authority,
    /// MSH-6.
    pub receiving_facility: Authority,
    /// MSH-7, and EVN-2 where the message has one.
    pub time: Timestamp,
    /// MSH-10, unique for the sender.
    pub control_id: String,
    /// MSH-11.
    pub processing: Processing,
    /// Charset the bytes are written in.
    pub charset: Charset,
}

/// A segment being written. Fields are set in any order; every text is escaped.
#[derive(Debug, Clone)]
pub struct SegmentDraft {
    name: &'static str,
    fields: Vec<String>,
}

impl SegmentDraft {
    /// An empty segment.
    pub fn new(name: &'static str) -> Self {
        Self { name, fields: Vec::new() }
    }

    /// Sets field `n` to a text. Field numbers above 200 are ignored.
    #[must_use]
    pub fn text(self, n: usize, text: impl AsRef<str>) -> Self {
        self.raw(n, escape(text.as_ref()))
    }

    /// Sets field `n` when there is a text.
    #[must_use]
    pub fn opt(self, n: usize, text: Option<impl AsRef<str>>) -> Self {
        match text {
            Some(text) => self.text(n, text),
            None => self,
        }
    }

    /// Sets field `n` to components.
    #[must_use]
    pub fn components(self, n: usize, components: &[&str]) -> Self {
        let parts: Vec<String> = components.iter().map(|part| escape(part)).collect();
        self.raw(n, join(&parts, "^"))
    }

    /// Sets field `n` to a structured value, when there is one.
    #[must_use]
    pub fn value<'v, T: Datatype + 'v>(self, n: usize, value: impl Into<Option<&'v T>>) -> Self {
        match value.into() {
            Some(value) => self.raw(n, value.print()),
            None => self,
        }
    }

    /// Sets field `n` to the repetitions of a structured value.
    #[must_use]
    pub fn values<T: Datatype>(self, n: usize, values: &[T]) -> Self {
        let printed: Vec<String> = values.iter().map(Datatype::print).collect();
        self.raw(n, printed.join("~"))
    }

    /// Sets field `n` to a point in time, when there is one.
    #[must_use]
    pub fn time(self, n: usize, time: Option<&Timestamp>) -> Self {
        self.opt(n, time.map(|t| &t.raw))
    }

    /// Sets field `n` to `Y` or `N`, when it is known.
    #[must_use]
    pub fn flag(self, n: usize, flag: Option<bool>) -> Self {
        self.opt(n, flag.map(|yes| if yes { "Y" } else { "N" }))
    }

    /// Sets field `n` to a value whose separators are already right.
    #[must_use]
    pub(crate) fn raw(mut self, n: usize, value: String) -> Self {
        if n == 0 || n > MAX_FIELD {
            return self;
        }
        if self.fields.len() < n {
            self.fields.resize(n, String::new());
        }
        if let Some(field) = self.fields.get_mut(n - 1) {
            *field = value;
        }
        self
    }

    /// Whether no field was set.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.iter().all(String::is_empty)
    }

    fn print(&self, into: &mut String) {
        into.push_str(self.name);
        let fields = join(&self.fields, "|");
        if !fields.is_empty() {
            into.push('|');
            into.push_str(&fields);
        }
        into.push('\r');
    }
}

/// A message being written, with the standard separators.
#[derive(Debug, Clone)]
pub struct Draft {
    text: String,
    charset: Charset,
}

impl Draft {
    /// A message with its MSH: type, version and profile (MSH-21) besides the envelope.
    pub fn new(envelope: &Envelope, kind: &MessageKind, version: &Version, profile: Option<(&str, &str)>) -> Self {
        let mut msh = SegmentDraft::new("MSH")
            .value(2, &envelope.sending_application)
            .value(3, &envelope.sending_facility)
            .value(4, &envelope.receiving_application)
            .value(5, &envelope.receiving_facility)
            .time(6, Some(&envelope.time))
            .components(8, &[&kind.code, kind.event.as_deref().unwrap_or(""), kind.structure.as_deref().unwrap_or("")])
            .text(9, &envelope.control_id)
            .text(10, envelope.processing.code())
            .raw(11, version.print())
            .text(16, "FRA")
            .text(17, envelope.charset.hl7_name());
        if let Some((version, name)) = profile {
            msh = msh.components(20, &[version, name]);
        }
        Self::start(msh, envelope.charset)
    }

    /// A message from an MSH whose fields are numbered one less than in the standard: MSH-1 is the
    /// separator itself, and MSH-2 is written here.
    pub(crate) fn start(msh: SegmentDraft, charset: Charset) -> Self {
        let mut text = String::new();
        msh.raw(1, "^~\\&".to_owned()).print(&mut text);
        Self { text, charset }
    }

    /// Adds a segment.
    pub fn push(&mut self, segment: &SegmentDraft) {
        segment.print(&mut self.text);
    }

    /// Adds a segment when it holds something: PAM.fr forbids empty Z segments.
    pub fn push_unless_empty(&mut self, segment: &SegmentDraft) {
        if !segment.is_empty() {
            self.push(segment);
        }
    }

    /// The bytes, every segment ended by a carriage return.
    ///
    /// # Errors
    /// [`Hl7Error::Unencodable`] and [`Hl7Error::DoubleEncoded`].
    pub fn print(&self) -> Result<Vec<u8>, Hl7Error> {
        self.charset.encode(&self.text)
    }

    /// The same in another charset.
    pub(crate) fn print_in(&self, charset: Charset) -> Result<Vec<u8>, Hl7Error> {
        charset.encode(&self.text)
    }
}

impl Version {
    /// As MSH-12.
    pub(crate) fn print(&self) -> String {
        let parts = [Some(self.number.as_str()), self.country.as_deref(), self.extension.as_deref()];
        join(&parts.map(raw), "^")
    }
}

impl MessageKind {
    /// The type, event and structure of MSH-9.
    pub fn new(code: &str, event: &str, structure: &str) -> Self {
        Self { code: code.to_owned(), event: Some(event.to_owned()), structure: Some(structure.to_owned()) }
    }
}
