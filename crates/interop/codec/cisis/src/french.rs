//! Values as a French reader sees them.

use cda_r2::Timestamp;

/// A date or a time: `2026`, `11/2026`, `03/11/2026`, `03/11/2026 à 09:15`. Lunar dates keep their
/// zeros.
pub(crate) fn time(time: &Timestamp) -> String {
    let year = format!("{:04}", time.year);
    let date = match (time.month, time.day) {
        (Some(month), Some(day)) => format!("{day:02}/{month:02}/{year}"),
        (Some(month), None) => format!("{month:02}/{year}"),
        _ => year,
    };
    match (time.hour, time.minute) {
        (Some(hour), Some(minute)) => format!("{date} à {hour:02}:{minute:02}"),
        (Some(hour), None) => format!("{date} à {hour:02} h"),
        _ => date,
    }
}

/// A date or a time, or nothing.
pub(crate) fn optional_time(found: Option<&Timestamp>) -> String {
    found.map(time).unwrap_or_default()
}

/// `oui`, `non`, or that nothing was recorded.
pub(crate) fn yes_no(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "oui",
        Some(false) => "non",
        None => "non renseigné",
    }
}

/// A number with the French decimal comma.
pub(crate) fn number(value: &str) -> String {
    value.replace('.', ",")
}
