//! Points in time and texts of HL7, as ours.

use hl7v2::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use kernel::dates::instant_local;

/// Longest text kept of a field, in characters: names of services and places are shorter.
const TEXTE_MAX: usize = 160;

/// The instant, when a whole day of the calendar is given; the hours not given are zero, those without an offset are those of
/// the sender, in our own time zone.
pub(crate) fn instant(lu: &Timestamp, fuseau: &TimeZone) -> Option<jiff::Timestamp> {
    let petit = |part: Option<u8>| part.and_then(|part| i8::try_from(part).ok());
    let (mois, jour) = (petit(lu.month)?, petit(lu.day)?);
    let (heure, minute) = (petit(lu.hour).unwrap_or(0), petit(lu.minute).unwrap_or(0));
    // HL7 allows the leap second 60, which no calendar of ours has.
    let seconde = petit(lu.second).unwrap_or(0).min(59);
    let annee = i16::try_from(lu.year).ok()?;
    let moment = DateTime::new(annee, mois, jour, heure, minute, seconde, 0).ok()?;
    let Some(decalage) = lu.offset_minutes else { return Some(instant_local(moment, fuseau)) };
    let decalage = Offset::from_seconds(i32::from(decalage) * 60).ok()?;
    decalage.to_timestamp(moment).ok()
}

/// A text made showable: no control character, no run of spaces, bounded.
pub(crate) fn propre(texte: &str) -> Option<String> {
    let net: Vec<&str> = texte.split(|c: char| c.is_control() || c.is_whitespace()).filter(|mot| !mot.is_empty()).collect();
    let net: String = net.join(" ").chars().take(TEXTE_MAX).collect();
    (!net.is_empty()).then_some(net)
}
