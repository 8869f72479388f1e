//! Between two changes of the clocks, the wall clock is the instant and a constant: a round of a thousand acts asks it
//! three thousand times.

use std::cell::RefCell;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Around a change of the clocks the time zone is asked itself: longer than any change, and than any offset.
const MARGE: SignedDuration = SignedDuration::from_hours(48);

/// A stretch of time between two changes of the clocks of a zone.
#[derive(Debug, Clone)]
struct Saison {
    fuseau: TimeZone,
    debut: Timestamp,
    fin: Timestamp,
    decalage: Offset,
}

thread_local! {
    static DERNIERE: RefCell<Option<Saison>> = const { RefCell::new(None) };
}

impl Saison {
    fn de(instant: Timestamp, fuseau: &TimeZone) -> Self {
        // A change at this very instant begins the stretch: it is neither before nor after it.
        let apres = instant.saturating_add(SignedDuration::from_nanos(1)).unwrap_or(instant);
        let debut = fuseau.preceding(apres).next().map_or(Timestamp::MIN, |change| change.timestamp());
        let fin = fuseau.following(instant).next().map_or(Timestamp::MAX, |change| change.timestamp());
        Self { fuseau: fuseau.clone(), debut, fin, decalage: fuseau.to_offset(instant) }
    }

    fn comprend(&self, instant: Timestamp, fuseau: &TimeZone) -> bool {
        self.debut <= instant && instant < self.fin && self.fuseau == *fuseau
    }

    /// Its offset, far enough from both ends.
    fn decalage(&self, instant: Timestamp) -> Option<Offset> {
        let loin = instant.duration_since(self.debut) > MARGE && self.fin.duration_since(instant) > MARGE;
        loin.then_some(self.decalage)
    }
}

/// The offset at this instant when no clock changes within two days of it; `None` near a change.
fn constant(instant: Timestamp, fuseau: &TimeZone) -> Option<Offset> {
    DERNIERE.with_borrow_mut(|derniere| {
        if let Some(connue) = derniere.as_ref().filter(|connue| connue.comprend(instant, fuseau)) {
            return connue.decalage(instant);
        }
        derniere.insert(Saison::de(instant, fuseau)).decalage(instant)
    })
}

/// The wall clock at this instant, when it is the only instant of that wall clock; `None` near a change of the clocks.
pub(super) fn horloge(instant: Timestamp, fuseau: &TimeZone) -> Option<DateTime> {
    constant(instant, fuseau).map(|decalage| decalage.to_datetime(instant))
}

/// The instant of a wall clock which comes exactly once; `None` near a change of the clocks.
pub(super) fn instant(moment: DateTime, fuseau: &TimeZone) -> Option<Timestamp> {
    let utc = Offset::UTC.to_timestamp(moment).ok()?;
    constant(utc, fuseau)?.to_timestamp(moment).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones() -> [TimeZone; 4] {
        ["Europe/Paris", "America/St_Johns", "Pacific/Apia", "UTC"].map(|nom| TimeZone::get(nom).unwrap())
    }

    /// Every half hour of three years, far from changes and near them, zones taken in turn and one after the other.
    #[test]
    fn a_season_says_what_the_time_zone_says() {
        let debut: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let (mut connus, mut autres) = (0, 0);
        for rang in 0..3 * 366 * 48_i64 {
            let instant = debut + SignedDuration::from_mins(30 * rang);
            for fuseau in &zones() {
                match horloge(instant, fuseau) {
                    Some(local) => {
                        connus += 1;
                        assert_eq!(local, fuseau.to_datetime(instant));
                        assert_eq!(fuseau.to_ambiguous_timestamp(local).unambiguous().unwrap(), instant);
                        assert!(super::instant(local, fuseau).is_none_or(|trouve| trouve == instant));
                    }
                    None => autres += 1,
                }
            }
        }
        assert!(connus > 20 * autres && autres > 0, "{connus} known, {autres} asked");
    }

    #[test]
    fn wall_clocks_near_a_change_are_left_to_the_time_zone() {
        let paris = &zones()[0];
        for moment in ["2026-03-29T02:30", "2026-10-25T02:30", "2026-10-25T03:00", "2026-10-24T12:00", "2027-03-28T02:30"] {
            assert_eq!(instant(moment.parse().unwrap(), paris), None, "{moment}");
        }
        let ete = instant("2026-07-14T08:00".parse().unwrap(), paris);
        assert_eq!(ete, Some("2026-07-14T06:00:00Z".parse().unwrap()));
    }
}
