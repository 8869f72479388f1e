//! What French documents ask of their times.

use cda_r2::write::{Element, Section};
use cda_r2::{Precision, Timestamp};

use crate::error::{CisisError, excerpt};

/// CI-SIS: a time with an hour says its offset; the main times of a document have an hour.
pub(crate) fn zoned(which: &'static str, time: &Timestamp, hour_required: bool) -> Result<(), CisisError> {
    let clock = time.precision() >= Precision::Hour;
    let precise = time.precision() >= Precision::Minute || !hour_required;
    if precise && (!clock || time.offset_minutes.is_some()) {
        return Ok(());
    }
    Err(CisisError::TimeZone { which, value: time.raw.clone() })
}

/// Both ends are zoned, and the end does not come first, as far as both say it in the same way.
pub(crate) fn ordered(which: &'static str, start: Option<&Timestamp>, end: Option<&Timestamp>) -> Result<(), CisisError> {
    for time in [start, end].into_iter().flatten() {
        zoned(which, time, false)?;
    }
    let (Some(start), Some(end)) = (start, end) else {
        return Ok(());
    };
    let day = |time: &Timestamp| (time.year, time.month.unwrap_or_default(), time.day.unwrap_or_default());
    let whole = start.day.is_some() && end.day.is_some();
    let backwards = if whole { day(end) < day(start) } else { end.year < start.year };
    if backwards { Err(CisisError::Backwards { which }) } else { Ok(()) }
}

/// Every time of the entries is one, and is zoned.
pub(crate) fn check_entries(sections: &[Section]) -> Result<(), CisisError> {
    sections.iter().try_for_each(|section| {
        section.entries.iter().try_for_each(check_times)?;
        check_entries(&section.sections)
    })
}

/// Times stand in `effectiveTime`, itself or its bounds: other bounds are quantities.
fn check_times(element: &Element) -> Result<(), CisisError> {
    if element.name() != "effectiveTime" {
        return element.elements().try_for_each(check_times);
    }
    let bounds = element.elements().filter(|bound| matches!(bound.name(), "low" | "high"));
    for value in std::iter::once(element).chain(bounds).filter_map(|time| time.attribute("value")) {
        let time = Timestamp::parse(value).ok_or_else(|| CisisError::InvalidTime { value: excerpt(value) })?;
        zoned("an entry", &time, false)?;
    }
    Ok(())
}
