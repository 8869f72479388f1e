//! Times of the metadata.

use std::fmt;

/// A time of the metadata: 4, 6, 8, 10, 12 or 14 digits `YYYYMMDDhhmmss`, in UTC whenever it has hours
/// (IHE ITI TF-3 4.2.3.1.7, data type DTM).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UtcTime(String);

impl UtcTime {
    /// Reads digits that are already in UTC; `None` when they are not a time.
    pub fn parse(digits: &str) -> Option<Self> {
        Civil::parse(digits).map(|_| Self(digits.to_owned()))
    }

    /// Converts an HL7 time as a CDA document writes it, `YYYYMMDDhhmmss+hhmm`, to UTC and the same
    /// precision. A fraction of a second is dropped. `None` when it is not a time, or when it has hours
    /// and no zone: its UTC value is then unknown.
    pub fn from_hl7(written: &str) -> Option<Self> {
        let zone_at = written.find(['+', '-', 'Z']);
        let (local, zone) = zone_at.map_or((written, ""), |at| written.split_at(at));
        let digits = match local.split_once('.') {
            Some((whole, fraction)) if whole.len() == 14 && fraction.bytes().all(|b| b.is_ascii_digit()) => whole,
            Some(_) => return None,
            None => local,
        };
        let civil = Civil::parse(digits)?;
        if digits.len() <= 8 {
            return Some(Self(digits.to_owned()));
        }
        Some(Self(civil.minus_minutes(zone_minutes(zone)?).print(digits.len())))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Minutes east of UTC of `Z`, `+hhmm` or `-hhmm`; at most 14 hours.
fn zone_minutes(zone: &str) -> Option<i32> {
    if zone == "Z" {
        return Some(0);
    }
    let digits = zone.get(1..).filter(|d| d.len() == 4 && d.bytes().all(|b| b.is_ascii_digit()))?;
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..)?.parse().ok()?;
    if hours > 14 || minutes > 59 {
        return None;
    }
    let total = hours * 60 + minutes;
    Some(if zone.starts_with('-') { -total } else { total })
}

/// A date and a time of day, without zone. Parts that were not written have their lowest value.
#[derive(Clone, Copy)]
struct Civil {
    year: i32,
    month: i32,
    day: i32,
    minute_of_day: i32,
    second: i32,
}

impl Civil {
    fn parse(digits: &str) -> Option<Self> {
        let length = digits.len();
        if !matches!(length, 4 | 6 | 8 | 10 | 12 | 14) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part = |from: usize, to: usize, absent: i32| match digits.get(from..to) {
            Some(text) => text.parse::<i32>().ok(),
            None => Some(absent),
        };
        let (hour, minute) = (part(8, 10, 0)?, part(10, 12, 0)?);
        let civil = Self {
            year: part(0, 4, 0)?,
            month: part(4, 6, 1)?,
            day: part(6, 8, 1)?,
            minute_of_day: hour * 60 + minute,
            second: part(12, 14, 0)?,
        };
        let in_range = civil.year >= 1
            && (1..=12).contains(&civil.month)
            && (1..=days_in(civil.year, civil.month)).contains(&civil.day)
            && hour < 24
            && minute < 60
            && civil.second <= 60;
        in_range.then_some(civil)
    }

    /// The same instant seen from a zone `minutes` further west; less than a day.
    fn minus_minutes(mut self, minutes: i32) -> Self {
        self.minute_of_day -= minutes;
        if self.minute_of_day < 0 {
            self.minute_of_day += 24 * 60;
            self.day -= 1;
            if self.day == 0 {
                self.month -= 1;
                if self.month == 0 {
                    (self.year, self.month) = (self.year - 1, 12);
                }
                self.day = days_in(self.year, self.month);
            }
        } else if self.minute_of_day >= 24 * 60 {
            self.minute_of_day -= 24 * 60;
            self.day += 1;
            if self.day > days_in(self.year, self.month) {
                (self.day, self.month) = (1, self.month + 1);
                if self.month > 12 {
                    (self.year, self.month) = (self.year + 1, 1);
                }
            }
        }
        self
    }

    fn print(self, length: usize) -> String {
        let mut digits = format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}",
            self.year,
            self.month,
            self.day,
            self.minute_of_day / 60,
            self.minute_of_day % 60,
            self.second
        );
        digits.truncate(length);
        digits
    }
}

fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
