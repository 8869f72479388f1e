//! Shifts: a round belongs to a day and a shift, and a night belongs to the day it starts.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, time};
use jiff::tz::TimeZone;
use kernel::dates::instant_local;
use serde::{Deserialize, Serialize};

/// A shift of the house (06:45–13:45, 13:45–20:45, 20:45–06:45, ux.md W16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Poste {
    /// From 06:45.
    Matin,
    /// From 13:45.
    ApresMidi,
    /// From 20:45 to 06:45 the day after.
    Nuit,
}

const MATIN: Time = time(6, 45, 0, 0);
const APRES_MIDI: Time = time(13, 45, 0, 0);
const NUIT: Time = time(20, 45, 0, 0);

impl Poste {
    /// Every shift in the order of the day.
    pub const TOUS: [Self; 3] = [Self::Matin, Self::ApresMidi, Self::Nuit];

    /// Stable code, in lanes and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Matin => "matin",
            Self::ApresMidi => "apres-midi",
            Self::Nuit => "nuit",
        }
    }

    /// Word on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Matin => "matin",
            Self::ApresMidi => "après-midi",
            Self::Nuit => "nuit",
        }
    }

    /// Wall-clock time the shift starts at.
    pub fn debut(self) -> Time {
        match self {
            Self::Matin => MATIN,
            Self::ApresMidi => APRES_MIDI,
            Self::Nuit => NUIT,
        }
    }
}

impl FromStr for Poste {
    type Err = ();

    fn from_str(texte: &str) -> Result<Self, ()> {
        Self::TOUS.into_iter().find(|poste| poste.code() == texte).ok_or(())
    }
}

/// A shift of a given day: what a round is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Creneau {
    /// The day the shift starts.
    pub jour: Date,
    /// The shift.
    pub poste: Poste,
}

impl Creneau {
    /// The shift a wall-clock time belongs to; before 06:45 it is the night of the day before.
    pub fn de(moment: DateTime) -> Self {
        let (jour, heure) = (moment.date(), moment.time());
        if heure < MATIN {
            return Self { jour: jour.yesterday().unwrap_or(jour), poste: Poste::Nuit };
        }
        let poste = if heure < APRES_MIDI {
            Poste::Matin
        } else if heure < NUIT {
            Poste::ApresMidi
        } else {
            Poste::Nuit
        };
        Self { jour, poste }
    }

    /// The shift it is at this instant.
    pub fn a(instant: Timestamp, fuseau: &TimeZone) -> Self {
        Self::de(fuseau.to_datetime(instant))
    }

    /// The shift before.
    #[must_use]
    pub fn precedent(self) -> Self {
        match self.poste {
            Poste::Matin => Self { jour: self.jour.yesterday().unwrap_or(self.jour), poste: Poste::Nuit },
            Poste::ApresMidi => Self { poste: Poste::Matin, ..self },
            Poste::Nuit => Self { poste: Poste::ApresMidi, ..self },
        }
    }

    /// The shift after.
    #[must_use]
    pub fn suivant(self) -> Self {
        match self.poste {
            Poste::Matin => Self { poste: Poste::ApresMidi, ..self },
            Poste::ApresMidi => Self { poste: Poste::Nuit, ..self },
            Poste::Nuit => Self { jour: self.jour.tomorrow().unwrap_or(self.jour), poste: Poste::Matin },
        }
    }

    /// When it starts.
    pub fn debut(self, fuseau: &TimeZone) -> Timestamp {
        instant_local(self.jour.to_datetime(self.poste.debut()), fuseau)
    }

    /// When it ends (excluded).
    pub fn fin(self, fuseau: &TimeZone) -> Timestamp {
        self.suivant().debut(fuseau)
    }

    /// Civil days on which something of this shift may be due.
    pub fn jours(self) -> impl Iterator<Item = Date> {
        let lendemain = if self.poste == Poste::Nuit { self.jour.tomorrow().ok() } else { None };
        std::iter::once(self.jour).chain(lendemain)
    }
}

/// `2026-11-21/matin`, the end of a lane.
impl std::fmt::Display for Creneau {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.jour, self.poste.code())
    }
}
