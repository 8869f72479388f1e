//! When a planned act falls due: a pure function, right on the nights when clocks change (INV-45, INV-46).

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use kernel::dates::instant_local;
use serde::{Deserialize, Serialize};

use crate::cle::Cle;
use crate::poste::{Creneau, Poste};

/// Minutes before and after its time within which an act is neither early nor late.
pub const TOLERANCE_MIN: u16 = 60;

/// A day of the week, as it is written in the referentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Jour {
    /// Monday.
    Lun,
    /// Tuesday.
    Mar,
    /// Wednesday.
    Mer,
    /// Thursday.
    Jeu,
    /// Friday.
    Ven,
    /// Saturday.
    Sam,
    /// Sunday.
    Dim,
}

impl Jour {
    /// Every day with its code and name.
    pub const TOUS: [(Self, &'static str, &'static str); 7] = [
        (Self::Lun, "lun", "lundi"),
        (Self::Mar, "mar", "mardi"),
        (Self::Mer, "mer", "mercredi"),
        (Self::Jeu, "jeu", "jeudi"),
        (Self::Ven, "ven", "vendredi"),
        (Self::Sam, "sam", "samedi"),
        (Self::Dim, "dim", "dimanche"),
    ];

    /// The day of a date.
    pub fn de(date: Date) -> Self {
        match date.weekday() {
            Weekday::Monday => Self::Lun,
            Weekday::Tuesday => Self::Mar,
            Weekday::Wednesday => Self::Mer,
            Weekday::Thursday => Self::Jeu,
            Weekday::Friday => Self::Ven,
            Weekday::Saturday => Self::Sam,
            Weekday::Sunday => Self::Dim,
        }
    }

    /// Its name on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUS.iter().find(|(jour, ..)| *jour == self).map_or("", |(.., libelle)| libelle)
    }

    /// Its code in forms.
    pub fn code(self) -> &'static str {
        Self::TOUS.iter().find(|(jour, ..)| *jour == self).map_or("", |(_, code, _)| code)
    }
}

/// On which days an act falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Rythme {
    /// Every day.
    Quotidien,
    /// Some days of the week.
    Hebdomadaire {
        /// At least one.
        jours: Vec<Jour>,
    },
    /// Every n days from a date.
    Intervalle {
        /// Days, 1 and more; 0 is read as 1.
        tous_les: u16,
        /// The first day.
        depuis: Date,
    },
    /// A day of the month; the last day of months which are shorter.
    Mensuel {
        /// 1 to 31.
        jour: i8,
    },
    /// Given dates.
    Dates {
        /// In any order.
        dates: Vec<Date>,
    },
    /// Every n hours of elapsed time from an instant, whatever the clocks do: not the same rule as « à 20:00 ».
    Heures {
        /// Hours, 1 and more; 0 is read as 1.
        toutes_les: u16,
        /// The first time.
        depuis: Timestamp,
    },
    /// Never due by itself: done when needed.
    SiBesoin,
}

/// At what time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Moment {
    /// A wall-clock time.
    Heure {
        /// The time.
        heure: Time,
        /// Minutes of tolerance on either side.
        #[serde(default = "tolerance")]
        tolerance_min: u16,
    },
    /// Any time of a shift.
    Poste {
        /// The shift.
        poste: Poste,
    },
}

fn tolerance() -> u16 {
    TOLERANCE_MIN
}

/// When an act falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// Days.
    pub rythme: Rythme,
    /// Times of these days; unused by `Heures` and `SiBesoin`.
    #[serde(default)]
    pub moments: Vec<Moment>,
}

/// One time an act is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Its name: civil date and time, never the instant (two acts at 02:30 stay distinct when clocks change).
    pub cle: Cle,
    /// When it is due.
    pub due: Timestamp,
    /// From when it may be done.
    pub debut: Timestamp,
    /// After when it is late.
    pub fin: Timestamp,
}

impl Moment {
    /// At this time, with the usual tolerance.
    pub fn a(heure: Time) -> Self {
        Self::Heure { heure, tolerance_min: TOLERANCE_MIN }
    }

    /// Time it is named after.
    pub fn heure(self) -> Time {
        match self {
            Self::Heure { heure, .. } => heure,
            Self::Poste { poste } => poste.debut(),
        }
    }

    /// « 08:30 », « matin ».
    pub fn libelle(self) -> String {
        match self {
            Self::Heure { heure, .. } => kernel::dates::heure(heure),
            Self::Poste { poste } => format!("dans le poste de {}", poste.libelle()),
        }
    }

    fn occurrence(self, jour: Date, fuseau: &TimeZone) -> Occurrence {
        let moment = jour.to_datetime(self.heure());
        let due = instant_local(moment, fuseau);
        let (debut, fin) = match self {
            Self::Heure { tolerance_min, .. } => autour(due, tolerance_min),
            Self::Poste { .. } => (due, Creneau::de(moment).fin(fuseau)),
        };
        Occurrence { cle: Cle::prevue(moment), due, debut, fin }
    }
}

/// The window of so many minutes on either side of an instant.
pub(crate) fn autour(due: Timestamp, minutes: u16) -> (Timestamp, Timestamp) {
    let marge = SignedDuration::from_mins(i64::from(minutes));
    (due.checked_sub(marge).unwrap_or(due), due.checked_add(marge).unwrap_or(due))
}

impl Recurrence {
    /// Every day at these times.
    pub fn quotidien(heures: &[Time]) -> Self {
        Self { rythme: Rythme::Quotidien, moments: heures.iter().copied().map(Moment::a).collect() }
    }

    /// On these days at these times.
    pub fn de(rythme: Rythme, heures: &[Time]) -> Self {
        Self { rythme, moments: heures.iter().copied().map(Moment::a).collect() }
    }

    /// When needed.
    pub fn si_besoin() -> Self {
        Self { rythme: Rythme::SiBesoin, moments: Vec::new() }
    }

    /// True if it is never due by itself.
    pub fn est_si_besoin(&self) -> bool {
        self.rythme == Rythme::SiBesoin
    }

    fn tombe(&self, jour: Date) -> bool {
        match &self.rythme {
            Rythme::Quotidien => true,
            Rythme::Hebdomadaire { jours } => jours.contains(&Jour::de(jour)),
            Rythme::Intervalle { tous_les, depuis } => {
                let ecart = (jour - *depuis).get_days();
                ecart >= 0 && ecart % i32::from((*tous_les).max(1)) == 0
            }
            Rythme::Mensuel { jour: quantieme } => jour.day() == (*quantieme).clamp(1, jour.days_in_month()),
            Rythme::Dates { dates } => dates.contains(&jour),
            Rythme::Heures { .. } | Rythme::SiBesoin => false,
        }
    }
}

/// The times a recurrence in force from `du` to `au` (both included) is due on a civil day, in order.
pub fn occurrences(recurrence: &Recurrence, du: Date, au: Option<Date>, jour: Date, fuseau: &TimeZone) -> Vec<Occurrence> {
    if jour < du || au.is_some_and(|au| jour > au) {
        return Vec::new();
    }
    if let Rythme::Heures { toutes_les, depuis } = recurrence.rythme {
        return par_heures(toutes_les, depuis, jour, fuseau);
    }
    if !recurrence.tombe(jour) {
        return Vec::new();
    }
    let mut dues: Vec<Occurrence> = recurrence.moments.iter().map(|moment| moment.occurrence(jour, fuseau)).collect();
    if dues.len() > 1 {
        dues.sort_by(|a, b| (a.due, &a.cle).cmp(&(b.due, &b.cle)));
        dues.dedup_by(|a, b| a.cle == b.cle);
    }
    dues
}

/// Every n hours of elapsed time: in the hour that comes twice, the second pass is named apart.
fn par_heures(toutes_les: u16, depuis: Timestamp, jour: Date, fuseau: &TimeZone) -> Vec<Occurrence> {
    let pas = i64::from(toutes_les.max(1)) * 3600;
    let minuit = |date: Date| instant_local(date.to_datetime(Time::midnight()), fuseau);
    let debut = minuit(jour);
    let fin = jour.checked_add(1.day()).map_or(debut, minuit);
    let ecoule = debut.as_second() - depuis.as_second();
    let premier = if ecoule <= 0 { 0 } else { (ecoule + pas - 1) / pas };
    (premier..)
        .map_while(|rang| depuis.checked_add(SignedDuration::from_secs(rang.checked_mul(pas)?)).ok())
        .take_while(|due| *due < fin)
        .map(|due| {
            let civil: DateTime = fuseau.to_datetime(due);
            let (debut, limite) = autour(due, TOLERANCE_MIN.min(toutes_les.max(1).saturating_mul(30)));
            let seconde = instant_local(civil, fuseau) < due;
            Occurrence { cle: Cle::horaire(civil, seconde), due, debut, fin: limite }
        })
        .collect()
}
