//! Moments of documents in the words of the record.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use kernel::dates::DatePartielle;

/// A moment of a document, whatever its standard.
pub(crate) trait Moment {
    /// Year, month, day as written.
    fn jour(&self) -> (u16, Option<u8>, Option<u8>);
    /// Hour and minute.
    fn heure(&self) -> Option<(u8, u8)>;
    /// Offset from UTC, in minutes.
    fn decalage(&self) -> Option<i16>;
}

macro_rules! moment {
    ($standard:ty) => {
        impl Moment for $standard {
            fn jour(&self) -> (u16, Option<u8>, Option<u8>) {
                (self.year, self.month, self.day)
            }
            fn heure(&self) -> Option<(u8, u8)> {
                Some((self.hour?, self.minute.unwrap_or(0)))
            }
            fn decalage(&self) -> Option<i16> {
                self.offset_minutes
            }
        }
    };
}
moment!(cda_r2::Timestamp);
moment!(hl7v2::Timestamp);

/// The day, the month or the year of a moment; `None` when it is not in the calendar.
pub(crate) fn partielle(moment: &impl Moment) -> Option<DatePartielle> {
    let (annee, mois, jour) = moment.jour();
    let court = |nombre: u8| i8::try_from(nombre).ok();
    DatePartielle::new(i16::try_from(annee).ok()?, mois.and_then(court), jour.and_then(court)).ok()
}

/// The instant of a moment, and whether its hour is a guess (noon): the document gives the day only. `None` without a day.
pub(crate) fn instant(moment: &impl Moment) -> Option<(Timestamp, bool)> {
    let jour = partielle(moment).filter(|date| date.jour().is_some())?.au_plus_tot();
    let (heure, minute) = moment.heure().unwrap_or((12, 0));
    let local =
        DateTime::from_parts(jour, jiff::civil::Time::new(i8::try_from(heure).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?);
    let fuseau = match moment.decalage() {
        Some(minutes) => TimeZone::fixed(Offset::from_seconds(i32::from(minutes) * 60).ok()?),
        None => kernel::clock::fuseau_par_defaut(),
    };
    Some((kernel::dates::instant_local(local, &fuseau), moment.heure().is_none()))
}
