//! Dates of searches: `ge2026-11`, against what resources say (FHIR R4, 3.1.1.4.5).

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// How a date is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// The range of the search contains that of the resource.
    Equal,
    /// It does not.
    NotEqual,
    /// Some of the resource is after.
    Greater,
    /// Some of the resource is before.
    Less,
    /// After, or within.
    GreaterOrEqual,
    /// Before, or within.
    LessOrEqual,
    /// All of the resource is after.
    StartsAfter,
    /// All of the resource is before.
    EndsBefore,
}

/// Instants from the first, included, to the last, excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// First instant.
    pub low: Timestamp,
    /// End, excluded.
    pub high: Timestamp,
}

impl DateRange {
    /// One instant, to the microsecond records are kept at.
    pub fn instant(at: Timestamp) -> Self {
        Self { low: at, high: at.checked_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX) }
    }

    /// From a start to an end which may not have come.
    pub fn period(start: Timestamp, end: Option<Timestamp>) -> Self {
        Self { low: start, high: end.map_or(Timestamp::MAX, |end| Self::instant(end).high) }
    }

    /// A year, a month, a day or an instant as FHIR writes them; days are those of `zone`. `None` for anything else.
    pub fn read(text: &str, zone: &TimeZone) -> Option<Self> {
        if text.len() > 40 || !text.is_ascii() {
            return None;
        }
        if text.contains('T') {
            return read_instant(text);
        }
        let mut parts = text.split('-');
        let number = |part: &str, length: usize| -> Option<i16> {
            (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
        };
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2)).map_or(Some(None), |part| part.map(Some))?;
        let day = parts.next().map(|part| number(part, 2)).map_or(Some(None), |part| part.map(Some))?;
        if parts.next().is_some() || !(1850..=2199).contains(&year) {
            return None;
        }
        Self::civil(year, month.map(i8::try_from).transpose().ok()?, day.map(i8::try_from).transpose().ok()?, zone)
    }

    /// A year, with its month and its day when they are known.
    pub fn civil(year: i16, month: Option<i8>, day: Option<i8>, zone: &TimeZone) -> Option<Self> {
        let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        let next = match (month, day) {
            (Some(_), Some(_)) => first.tomorrow().ok()?,
            (Some(_), None) => first.last_of_month().tomorrow().ok()?,
            _ => date(year + 1, 1, 1),
        };
        let start = |day: Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp());
        Some(Self { low: start(first)?, high: start(next)? })
    }
}

/// `2026-11-21T08:00Z`, with seconds or fractions or not; the zone is required.
fn read_instant(text: &str) -> Option<DateRange> {
    let at: Timestamp = text.parse().ok()?;
    let (_, time) = text.split_once('T')?;
    let clock: &str = time.split(['Z', '+', '-']).next()?;
    let width = match clock.len() {
        5 => SignedDuration::from_mins(1),
        8 => SignedDuration::from_secs(1),
        _ => SignedDuration::from_millis(1),
    };
    Some(DateRange { low: at, high: at.checked_add(width).ok()? })
}

/// A date of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateFilter {
    /// How it is compared.
    pub prefix: Prefix,
    /// With what.
    pub range: DateRange,
}

impl DateFilter {
    /// Reads `ge2026-11-21`; `None` for anything else, `ap` included.
    pub fn read(text: &str, zone: &TimeZone) -> Option<Self> {
        let (prefix, rest) = text.split_at_checked(2)?;
        let (prefix, rest) = match prefix {
            "eq" => (Prefix::Equal, rest),
            "ne" => (Prefix::NotEqual, rest),
            "gt" => (Prefix::Greater, rest),
            "lt" => (Prefix::Less, rest),
            "ge" => (Prefix::GreaterOrEqual, rest),
            "le" => (Prefix::LessOrEqual, rest),
            "sa" => (Prefix::StartsAfter, rest),
            "eb" => (Prefix::EndsBefore, rest),
            _ => (Prefix::Equal, text),
        };
        Some(Self { prefix, range: DateRange::read(rest, zone)? })
    }

    /// True if a resource of this range is searched.
    pub fn matches(&self, resource: DateRange) -> bool {
        let searched = self.range;
        let within = searched.low <= resource.low && resource.high <= searched.high;
        match self.prefix {
            Prefix::Equal => within,
            Prefix::NotEqual => !within,
            Prefix::Greater => resource.high > searched.high,
            Prefix::Less => resource.low < searched.low,
            Prefix::GreaterOrEqual => resource.high > searched.high || within,
            Prefix::LessOrEqual => resource.low < searched.low || within,
            Prefix::StartsAfter => resource.low >= searched.high,
            Prefix::EndsBefore => resource.high <= searched.low,
        }
    }
}
