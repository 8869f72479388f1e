//! What the typed views share while they read: warnings, the budget of files, and field readers.

use crate::datatype::Datatype;
use crate::error::{Hl7Error, excerpt};
use crate::limits::{Limits, Warnings};
use crate::message::Message;
use crate::timestamp::Timestamp;
use crate::value::Segment;

/// State of one view being read.
pub(crate) struct Reading {
    pub(crate) limits: Limits,
    /// Bytes of files decoded so far.
    pub(crate) attachment_bytes: usize,
    warnings: Warnings,
}

impl Reading {
    pub(crate) fn new(message: &Message) -> Self {
        let limits = *message.limits();
        Self { limits, attachment_bytes: 0, warnings: Warnings::new(&limits) }
    }

    /// Notes a tolerated defect of field `n`.
    pub(crate) fn warn(&mut self, segment: Segment<'_>, n: usize, what: &str) {
        self.warnings.push(|| format!("{}: {what}", segment.path(n)));
    }

    /// Notes a tolerated defect of the message as a whole.
    pub(crate) fn warn_whole(&mut self, what: &str) {
        self.warnings.push(|| what.to_owned());
    }

    pub(crate) fn into_warnings(self) -> Vec<String> {
        self.warnings.into_list()
    }

    /// The point in time of a field; one that has not the format is told and left out.
    pub(crate) fn time(&mut self, segment: Segment<'_>, n: usize) -> Option<Timestamp> {
        let raw = segment.field(n).component(1).opt()?;
        let parsed = Timestamp::parse(&raw);
        if parsed.is_none() {
            self.warn(segment, n, &format!("the time \"{}\" is not readable and was left out", excerpt(&raw)));
        }
        parsed
    }

    /// A field that may only be `Y` or `N` (HL7 table 0136); anything else is told and left out.
    pub(crate) fn flag(&mut self, segment: Segment<'_>, n: usize) -> Option<bool> {
        match segment.field(n).component(1).opt()?.as_str() {
            "Y" => Some(true),
            "N" => Some(false),
            other => {
                let shown = excerpt(other);
                self.warn(segment, n, &format!("\"{shown}\" is neither Y nor N and was left out"));
                None
            }
        }
    }

    /// A code of a closed list; one outside the list is told and left out.
    pub(crate) fn code<T>(&mut self, segment: Segment<'_>, n: usize, known: impl Fn(&str) -> Option<T>) -> Option<T> {
        let raw = segment.field(n).component(1).opt()?;
        let found = known(&raw);
        if found.is_none() {
            self.warn(segment, n, &format!("the code \"{}\" is not known and was left out", excerpt(&raw)));
        }
        found
    }
}

/// The text of a field, its repetitions and components as written.
pub(crate) fn text(segment: Segment<'_>, n: usize) -> Option<String> {
    segment.field(n).opt()
}

/// The first repetition of a field, as a data type.
pub(crate) fn one<T: Datatype>(segment: Segment<'_>, n: usize) -> Option<T> {
    segment.field(n).repetitions().next().and_then(T::read)
}

/// Every repetition of a field, as a data type.
pub(crate) fn every<T: Datatype>(segment: Segment<'_>, n: usize) -> Vec<T> {
    segment.field(n).repetitions().filter_map(T::read).collect()
}

/// The only segment of a name that views allow once.
///
/// # Errors
/// [`Hl7Error::Missing`] when there is none.
pub(crate) fn required<'m>(message: &'m Message, name: &str) -> Result<Segment<'m>, Hl7Error> {
    message.segment(name).ok_or_else(|| Hl7Error::missing(name))
}

/// The PID segment.
///
/// # Errors
/// [`Hl7Error::Missing`] when there is none, [`Hl7Error::SeveralPatients`] when there are several.
pub(crate) fn patient_segment(message: &Message) -> Result<Segment<'_>, Hl7Error> {
    match message.all("PID").count() {
        0 => Err(Hl7Error::missing("PID")),
        1 => required(message, "PID"),
        _ => Err(Hl7Error::SeveralPatients),
    }
}

/// Refuses a message of another type.
pub(crate) fn expect_kind(message: &Message, kinds: &[&str]) -> Result<(), Hl7Error> {
    let kind = &message.header().kind.code;
    if kinds.contains(&kind.as_str()) {
        return Ok(());
    }
    Err(Hl7Error::UnsupportedMessage { kind: excerpt(kind) })
}
