//! Local days of Europe/Paris around "now", and the passage from a day and a minute to an instant.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// Days told before today.
pub const JOURS: i64 = 60;
/// Margin kept before the window, so that a late night or a plan line may begin before it.
const AVANT: i64 = 120;
const APRES: i64 = 40;
/// Minutes of a civil day.
pub(super) const MINUTES_JOUR: i64 = 1440;

/// The calendar of one story.
#[derive(Clone, Debug)]
pub struct Calendrier {
    maintenant: i64,
    aujourdhui: Date,
    minute: i64,
    origine: i64,
    fuseau: TimeZone,
    minuits: Vec<i64>,
}

impl Calendrier {
    /// Anchors the calendar to `maintenant` in Europe/Paris.
    pub fn nouveau(maintenant: Timestamp) -> Result<Self, jiff::Error> {
        let fuseau = TimeZone::get("Europe/Paris")?;
        let local = maintenant.to_zoned(fuseau.clone());
        let aujourdhui = local.date();
        let epoque = jiff::civil::date(1970, 1, 1);
        let origine = i64::from(aujourdhui.since(epoque)?.get_days());
        let mut minuits = Vec::new();
        for j in -AVANT..=APRES {
            let jour = aujourdhui.checked_add(j.days())?;
            minuits.push(jour.to_zoned(fuseau.clone())?.timestamp().as_second());
        }
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        Ok(Self { maintenant: maintenant.as_second(), aujourdhui, minute, origine, fuseau, minuits })
    }

    /// Now, to the second.
    pub fn maintenant(&self) -> Timestamp {
        Timestamp::from_second(self.maintenant).unwrap_or_default()
    }

    /// First instant of the history: sixty days before now.
    pub fn depuis(&self) -> Timestamp {
        Timestamp::from_second(self.maintenant - JOURS * 86_400).unwrap_or_default()
    }

    /// Minutes since local midnight, now.
    pub fn minute_courante(&self) -> i64 {
        self.minute
    }

    /// The civil day `j` (0 = today, -1 = yesterday).
    pub fn date(&self, j: i64) -> Date {
        self.aujourdhui.checked_add(j.days()).unwrap_or(self.aujourdhui)
    }

    /// The day of any instant, in the window or not.
    pub fn jour_de(&self, instant: Timestamp) -> i64 {
        self.rang(instant.to_zoned(self.fuseau.clone()).date())
    }

    /// The day of a civil date (0 = today).
    pub fn rang(&self, date: Date) -> i64 {
        self.aujourdhui.until(date).map_or(0, |ecart| i64::from(ecart.get_days()))
    }

    /// Days since 1970-01-01 of day `j`.
    pub fn jour_absolu(&self, j: i64) -> i64 {
        self.origine + j
    }

    /// Weekday of day `j`, 0 = Monday.
    pub fn jour_semaine(&self, j: i64) -> i64 {
        (self.jour_absolu(j) + 3).rem_euclid(7)
    }

    /// The instant of day `j` at `minute` after local midnight; minutes may overflow into other days.
    /// A local time skipped by summer time is moved after the gap, a repeated one is the first.
    pub fn instant(&self, j: i64, minute: i64) -> Timestamp {
        let j = j + minute.div_euclid(MINUTES_JOUR);
        let minute = minute.rem_euclid(MINUTES_JOUR);
        let place = usize::try_from(j + AVANT).unwrap_or(0);
        let (Some(debut), Some(fin)) = (self.minuits.get(place), self.minuits.get(place + 1)) else {
            return self.loin(j, minute);
        };
        if fin - debut == 86_400 { Timestamp::from_second(debut + minute * 60).unwrap_or_default() } else { self.loin(j, minute) }
    }

    /// Day and minute of an instant of the window.
    pub fn local(&self, instant: Timestamp) -> (i64, i64) {
        let secondes = instant.as_second();
        let place = self.minuits.partition_point(|m| *m <= secondes).saturating_sub(1);
        let j = i64::try_from(place).unwrap_or(0) - AVANT;
        let debut = self.minuits.get(place).copied().unwrap_or(secondes);
        let ecoule = (secondes - debut).div_euclid(60);
        let longueur = self.minuits.get(place + 1).map_or(86_400, |fin| fin - debut);
        if longueur == 86_400 {
            return (j, ecoule);
        }
        let civil = instant.to_zoned(self.fuseau.clone());
        (j, i64::from(civil.hour()) * 60 + i64::from(civil.minute()))
    }

    fn loin(&self, j: i64, minute: i64) -> Timestamp {
        self.date(j)
            .at(0, 0, 0, 0)
            .checked_add(minute.minutes())
            .and_then(|t| t.to_zoned(self.fuseau.clone()))
            .map(|z| z.timestamp())
            .unwrap_or_default()
    }
}
