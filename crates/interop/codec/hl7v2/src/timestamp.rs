//! HL7 points in time.

/// How far a [`Timestamp`] goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Year only.
    Year,
    /// Year and month.
    Month,
    /// A day.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// A fraction of a second.
    Fraction,
}

/// A point in time of HL7 version 2 (`TS`, `DTM`): `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]`.
///
/// Month and day are kept as written, from 0 to 99: birth dates certified by the national
/// identity service may be "lunar" (month or day 00, or a month above 12). Ask
/// [`Timestamp::is_calendar_date`] before any computation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Timestamp {
    /// The value as written.
    pub raw: String,
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month as written, 0 to 99.
    pub month: Option<u8>,
    /// Day as written, 0 to 99.
    pub day: Option<u8>,
    /// Hour, 0 to 23.
    pub hour: Option<u8>,
    /// Minute, 0 to 59.
    pub minute: Option<u8>,
    /// Second, 0 to 60.
    pub second: Option<u8>,
    /// Digits after the decimal point: 1 to 4 in the standard, up to 9 accepted.
    pub fraction: Option<String>,
    /// Offset from UTC in minutes, -899 to 899; `None` when the message gives none: the time is then
    /// the sender's local time.
    pub offset_minutes: Option<i16>,
}

impl Timestamp {
    /// Reads a value; `None` when it does not have the format. An offset is accepted after a day at
    /// least.
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let (clock, offset_minutes) = match raw.find(['+', '-']) {
            Some(at) => (raw.get(..at)?, Some(offset(raw.get(at..)?)?)),
            None => (raw, None),
        };
        let (digits, fraction) = match clock.split_once('.') {
            Some((digits, fraction)) => (digits, Some(fraction)),
            None => (clock, None),
        };
        if !matches!(digits.len(), 4 | 6 | 8 | 10 | 12 | 14) || !all_digits(digits) {
            return None;
        }
        let valid_fraction = |f: &str| digits.len() == 14 && (1..=9).contains(&f.len()) && all_digits(f);
        if (offset_minutes.is_some() && digits.len() < 8) || !fraction.is_none_or(valid_fraction) {
            return None;
        }
        let pair = |at: usize| digits.get(at..at + 2).and_then(|two| two.parse::<u8>().ok());
        let stamp = Self {
            raw: raw.to_owned(),
            year: digits.get(..4)?.parse().ok()?,
            month: pair(4),
            day: pair(6),
            hour: pair(8),
            minute: pair(10),
            second: pair(12),
            fraction: fraction.map(str::to_owned),
            offset_minutes,
        };
        let clock_fits =
            stamp.hour.is_none_or(|h| h < 24) && stamp.minute.is_none_or(|m| m < 60) && stamp.second.is_none_or(|s| s <= 60);
        clock_fits.then_some(stamp)
    }

    /// How far the value goes.
    pub fn precision(&self) -> Precision {
        if self.fraction.is_some() {
            return Precision::Fraction;
        }
        let steps = [
            (self.second, Precision::Second),
            (self.minute, Precision::Minute),
            (self.hour, Precision::Hour),
            (self.day, Precision::Day),
            (self.month, Precision::Month),
        ];
        steps.iter().find(|(part, _)| part.is_some()).map_or(Precision::Year, |(_, p)| *p)
    }

    /// Whether the parts given are a date of the calendar: false for a "lunar" date.
    pub fn is_calendar_date(&self) -> bool {
        let Some(month) = self.month else {
            return self.year > 0;
        };
        let leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return false,
        };
        self.year > 0 && self.day.is_none_or(|day| (1..=last).contains(&day))
    }

    /// Year, month and day when all three are given, as `YYYY-MM-DD`; a lunar date keeps its 00.
    pub fn date_iso(&self) -> Option<String> {
        Some(format!("{:04}-{:02}-{:02}", self.year, self.month?, self.day?))
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Minutes of an offset written `±ZZZZ`.
fn offset(text: &str) -> Option<i16> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.get(1..)?;
    if digits.len() != 4 || !all_digits(digits) {
        return None;
    }
    let hours: i16 = digits.get(..2)?.parse().ok()?;
    let minutes: i16 = digits.get(2..)?.parse().ok()?;
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
