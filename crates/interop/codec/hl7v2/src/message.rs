//! A message as an ordered list of segments.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::charset::{Charset, decode};
use crate::delimiters::Delimiters;
use crate::error::Hl7Error;
use crate::escape::{Syntax, has_unknown, push_control};
use crate::header::Header;
use crate::limits::{Limits, Warnings};
use crate::lines::{Line, cut};
use crate::segment_names::is_known;
use crate::value::Segment;

/// Where one segment stands in the text.
#[derive(Debug, Clone)]
struct Place {
    whole: Range<usize>,
    /// Its fields, in the list of all fields.
    fields: Range<usize>,
    /// Its rank among the segments of the same name; `None` when it is alone.
    occurrence: Option<usize>,
}

/// A message, every segment kept in its order, those this crate does not know included.
#[derive(Debug, Clone)]
pub struct Message {
    text: String,
    syntax: Syntax,
    places: Vec<Place>,
    fields: Vec<Range<usize>>,
    header: Header,
    limits: Limits,
    warnings: Warnings,
}

impl Message {
    /// Reads one message. MLLP framing bytes, a byte order mark and blank lines around it are
    /// dropped.
    ///
    /// # Errors
    /// Any variant of [`Hl7Error`] up to [`Hl7Error::UnsupportedVersion`], but
    /// [`Hl7Error::AttachmentsTooLarge`] and [`Hl7Error::Unencodable`]; and [`Hl7Error::Missing`] or
    /// [`Hl7Error::Invalid`] about MSH-9, MSH-10, MSH-11 and MSH-12.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, Hl7Error> {
        Self::parse_agreed(bytes, limits, None)
    }

    /// Reads one message of a sender with whom a charset was agreed for messages whose MSH-18 is
    /// empty. A declared charset always wins.
    ///
    /// # Errors
    /// As [`Message::parse`].
    pub fn parse_agreed(bytes: &[u8], limits: &Limits, agreed: Option<Charset>) -> Result<Self, Hl7Error> {
        if bytes.len() > limits.max_bytes {
            return Err(Hl7Error::TooLarge { limit: limits.max_bytes });
        }
        let mut warnings = Warnings::new(limits);
        let body = body_of(bytes)?;
        // Before the charset, which is only found where the separators are right.
        Delimiters::read(&String::from_utf8_lossy(body.get(..body.len().min(64)).unwrap_or_default()), &mut Warnings::default())?;
        let declared = declared_charset(body);
        let decoded = decode(body, &declared, agreed, limits, &mut warnings)?;
        let delimiters = Delimiters::read(&decoded.text, &mut warnings)?;
        let lines = cut(&decoded.text, &delimiters, limits.max_segments)?;
        let syntax = Syntax { delimiters, charset: decoded.charset };
        let (places, fields) = index(&decoded.text, &delimiters, &lines, limits.max_values)?;
        let mut message =
            Self { text: decoded.text, syntax, places, fields, header: Header::default(), limits: *limits, warnings };
        message.examine(&lines)?;
        let (header, told) = Header::read(&message)?;
        message.header = header;
        for warning in told {
            message.warnings.push(|| warning);
        }
        Ok(message)
    }

    /// MSH.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The separators the message declares.
    pub fn delimiters(&self) -> &Delimiters {
        &self.syntax.delimiters
    }

    /// The charset the bytes were read in.
    pub fn charset(&self) -> Charset {
        self.syntax.charset
    }

    /// The bounds the message was read with, which its views obey too.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Defects that did not prevent the reading, in plain English.
    pub fn warnings(&self) -> &[String] {
        self.warnings.as_slice()
    }

    /// Every segment, in order.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        (0..self.places.len()).map(|index| Segment { message: self, index })
    }

    /// The segments of a name, in order.
    pub fn all<'m, 'n>(&'m self, name: &'n str) -> impl Iterator<Item = Segment<'m>> + use<'m, 'n> {
        self.segments().filter(move |segment| segment.name() == name)
    }

    /// The first segment of a name.
    pub fn segment(&self, name: &str) -> Option<Segment<'_>> {
        self.all(name).next()
    }

    /// Fields whose value is `""`, the order to erase what the receiver holds, as `PID-13`. Views
    /// show such fields as absent.
    pub fn erased_fields(&self) -> Vec<String> {
        self.segments()
            .flat_map(|segment| (1..=segment.field_count()).map(move |n| (segment, n)))
            .filter(|(segment, n)| segment.field(*n).is_null())
            .map(|(segment, n)| segment.path(n))
            .collect()
    }

    /// The message printed again with its own separators and charset: each segment as it was,
    /// carriage returns at the ends, line breaks and control characters inside values escaped.
    ///
    /// # Errors
    /// [`Hl7Error::Unencodable`] when a message read as Windows-1252 holds what 8859/1 cannot write.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Hl7Error> {
        let mut text = String::with_capacity(self.text.len());
        let d = &self.syntax.delimiters;
        for segment in self.segments() {
            text.push_str(segment.name());
            // MSH-1 is the separator itself.
            let from = if segment.name() == "MSH" { 2 } else { 1 };
            for n in from..=segment.field_count() {
                text.push(d.field);
                segment.field(n).raw().chars().for_each(|c| push_control(&mut text, c, d.escape));
            }
            text.push('\r');
        }
        self.syntax.charset.encode(&text)
    }

    pub(crate) fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    pub(crate) fn raw_of(&self, index: usize) -> &str {
        self.places.get(index).and_then(|place| self.text.get(place.whole.clone())).unwrap_or_default()
    }

    pub(crate) fn name_of(&self, index: usize) -> &str {
        self.raw_of(index).get(..3).unwrap_or_default()
    }

    pub(crate) fn field_of(&self, index: usize, n: usize) -> &str {
        let Some(place) = self.places.get(index) else { return "" };
        let at = n.checked_sub(1).map(|at| place.fields.start + at).filter(|at| *at < place.fields.end);
        at.and_then(|at| self.fields.get(at)).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    pub(crate) fn field_count_of(&self, index: usize) -> usize {
        self.places.get(index).map_or(0, |place| place.fields.len())
    }

    pub(crate) fn occurrence_of(&self, index: usize) -> Option<usize> {
        self.places.get(index).and_then(|place| place.occurrence)
    }

    /// Refuses what is not one message, and tells what is odd in the segments.
    fn examine(&mut self, lines: &[Line]) -> Result<(), Hl7Error> {
        if self.all("MSH").count() > 1 {
            return Err(Hl7Error::SeveralMessages);
        }
        let mut warnings = std::mem::take(&mut self.warnings);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (segment, line) in self.segments().zip(lines) {
            let name = segment.name();
            if seen.insert(name) && !is_known(name) {
                warnings.push(|| format!("{name}: HL7 defines no such segment"));
            }
            if line.broken {
                let last = segment.path(segment.field_count());
                warnings.push(|| format!("{last}: line breaks inside the segment were kept as text"));
            }
            if segment.raw().bytes().any(|b| matches!(b, 0..=8 | 11 | 12 | 14..=31 | 127)) {
                warnings.push(|| format!("{name}: the segment holds control characters"));
            }
            let from = if name == "MSH" { 3 } else { 1 };
            for n in (from..=segment.field_count()).filter(|n| has_unknown(segment.field(*n).raw(), &self.syntax)) {
                warnings.push(|| format!("{}: an escape sequence is not known and was kept as written", segment.path(n)));
            }
        }
        self.warnings = warnings;
        Ok(())
    }
}

/// The bytes from MSH on, without what may surround a message.
fn body_of(bytes: &[u8]) -> Result<&[u8], Hl7Error> {
    let surrounds = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | 0x0B | 0x1C);
    let mut body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    while let Some((_, rest)) = body.split_first().filter(|(first, _)| surrounds(first)) {
        body = rest;
    }
    body = body.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(body);
    while let Some((_, rest)) = body.split_last().filter(|(last, _)| matches!(last, b'\r' | b'\n' | 0x1C)) {
        body = rest;
    }
    match body {
        [b'M', b'S', b'H', next, ..] if *next != 0 => Ok(body),
        [b'F' | b'B', b'H', b'S', ..] => Err(Hl7Error::Batch),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'M', 0, ..] | [0, b'M', ..] => {
            Err(Hl7Error::UnsupportedCharset { charset: "UTF-16".to_owned() })
        }
        _ => Err(Hl7Error::NotHl7),
    }
}

/// First repetition of MSH-18, read before the charset is known: its name is always ASCII.
fn declared_charset(body: &[u8]) -> String {
    let end = memchr::memchr2(b'\r', b'\n', body).unwrap_or(body.len());
    let header = body.get(..end).unwrap_or_default();
    let separator = header.get(3).copied().unwrap_or_default();
    let repetition = header.get(5).copied().unwrap_or_default();
    // MSH-1 is the separator itself: the eighteenth field is the seventeenth piece after the name.
    let field = header.split(|b| *b == separator).nth(17).unwrap_or_default();
    let first = field.split(|b| *b == repetition).next().unwrap_or_default();
    let name: String = first.iter().map(|&b| char::from(b)).collect();
    name.trim().to_owned()
}

/// Finds the fields of every segment, and counts what is inside them.
fn index(text: &str, d: &Delimiters, lines: &[Line], max: usize) -> Result<(Vec<Place>, Vec<Range<usize>>), Hl7Error> {
    let mut fields: Vec<Range<usize>> = Vec::new();
    let mut places = Vec::with_capacity(lines.len());
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    let mut inner = 0;
    for line in lines {
        let raw = text.get(line.range.clone()).unwrap_or_default();
        inner += [d.repetition, d.component, d.subcomponent].iter().map(|c| raw.matches(*c).count()).sum::<usize>();
        let first = fields.len();
        let base = line.range.start;
        if raw.starts_with("MSH") {
            fields.push(base + 3..base + 3 + d.field.len_utf8());
        }
        // A name without separator, followed by lines that belong to it, has its text in field 1.
        let unseparated = raw.len() > 3 && !raw.get(3..).is_some_and(|rest| rest.starts_with(d.field));
        let mut from = unseparated.then_some(base + 3);
        for (at, separator) in raw.match_indices(d.field) {
            fields.extend(from.map(|start| start..base + at));
            from = Some(base + at + separator.len());
            if fields.len() + inner > max {
                return Err(Hl7Error::TooManyValues { limit: max });
            }
        }
        fields.extend(from.map(|start| start..line.range.end));
        *totals.entry(raw.get(..3).unwrap_or_default()).or_default() += 1;
        places.push(Place { whole: line.range.clone(), fields: first..fields.len(), occurrence: None });
    }
    if fields.len() + inner > max {
        return Err(Hl7Error::TooManyValues { limit: max });
    }
    number(text, &mut places, &totals);
    Ok((places, fields))
}

/// Gives its rank to every segment that is not alone of its name.
fn number(text: &str, places: &mut [Place], totals: &BTreeMap<&str, usize>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for place in places {
        let name = text.get(place.whole.start..place.whole.start + 3).unwrap_or_default();
        let rank = seen.entry(name).or_default();
        *rank += 1;
        place.occurrence = totals.get(name).filter(|total| **total > 1).map(|_| *rank);
    }
}
