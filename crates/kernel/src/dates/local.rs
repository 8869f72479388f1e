//! Passing from the clock on the wall to the instant, and back.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::{AmbiguousOffset, Offset, TimeZone},
};

use super::saison;

/// The civil day it is at `instant` in the establishment.
pub fn jour_local(instant: Timestamp, fuseau: &TimeZone) -> Date {
    saison::horloge(instant, fuseau).unwrap_or_else(|| fuseau.to_datetime(instant)).date()
}

/// The one instant at which something planned at a wall-clock time is due.
///
/// - Ordinary time: that time.
/// - Clocks go forward and the time does not exist (02:30 on 28 March 2027 in Paris): moved after the gap by the
///   length of the gap, 03:30. It is due once. Something else planned at 03:30 that night falls on the same instant:
///   what identifies a planned act is its civil date and time, never its instant.
/// - Clocks go back and the time comes twice (02:30 on 25 October 2026): the first occurrence, and only that one.
///
/// An interval (« toutes les 12 heures ») is another rule: add the duration to the instant, not to the wall clock.
/// Times beyond what [`Timestamp`] holds (years -9999 and 9999) give its first or last value.
pub fn instant_local(moment: DateTime, fuseau: &TimeZone) -> Timestamp {
    if let Some(instant) = saison::instant(moment, fuseau) {
        return instant;
    }
    let borne = if moment.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    fuseau.to_ambiguous_timestamp(moment).compatible().unwrap_or(borne)
}

/// Offsets before and after, when this wall-clock time comes twice.
pub(super) fn decalage_double(moment: DateTime, fuseau: &TimeZone) -> Option<(Offset, Offset)> {
    match fuseau.to_ambiguous_timestamp(moment).offset() {
        AmbiguousOffset::Fold { before, after } => Some((before, after)),
        AmbiguousOffset::Gap { .. } | AmbiguousOffset::Unambiguous { .. } => None,
    }
}
