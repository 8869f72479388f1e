//! A date known to the year, the month or the day: how a history is told.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::format::{date_courte, mois_en_lettres};
use super::{ErreurDate, lire_date};

/// A year from 1850 to 2199, with its month and its day when they are known.
///
/// Written `2021`, `2021-03` or `2021-03-15` in records; ordered by its earliest day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DatePartielle {
    annee: i16,
    mois: Option<i8>,
    jour: Option<i8>,
}

impl DatePartielle {
    /// A year, a month of a year, or a day.
    ///
    /// # Errors
    /// [`ErreurDate::Annee`] outside 1850 to 2199, [`ErreurDate::Inexistante`] for a month or a day which is not in the calendar.
    pub fn new(annee: i16, mois: Option<i8>, jour: Option<i8>) -> Result<Self, ErreurDate> {
        if !(1850..=2199).contains(&annee) {
            return Err(ErreurDate::Annee);
        }
        let jour_du_calendrier = Date::new(annee, mois.unwrap_or(1), jour.unwrap_or(1));
        if jour_du_calendrier.is_err() || (jour.is_some() && mois.is_none()) {
            return Err(ErreurDate::Inexistante);
        }
        Ok(Self { annee, mois, jour })
    }

    /// As a carer types it: `2021`, `03/2021`, `15/03/2021`, or as records write it.
    ///
    /// # Errors
    /// [`ErreurDate::Forme`] for anything else, and those of [`DatePartielle::new`].
    pub fn lire(texte: &str) -> Result<Self, ErreurDate> {
        let texte = texte.trim();
        let parties: Vec<&str> = texte.split(['/', '-', '.']).collect();
        let nombre = |texte: &str| texte.parse().ok().filter(|_| texte.bytes().all(|octet| octet.is_ascii_digit()));
        match parties.as_slice() {
            [annee] if annee.len() == 4 => Self::new(nombre(annee).ok_or(ErreurDate::Forme)?, None, None),
            [a, b] => {
                let (annee, mois) = if a.len() == 4 { (a, b) } else { (b, a) };
                let mois = nombre(mois).and_then(|mois| i8::try_from(mois).ok()).ok_or(ErreurDate::Forme)?;
                let annee = nombre(annee).filter(|_| annee.len() == 4).ok_or(ErreurDate::Forme)?;
                Self::new(annee, Some(mois), None)
            }
            _ => lire_date(texte).map(Self::from).and_then(|date| Self::new(date.annee, date.mois, date.jour)),
        }
    }

    /// The year.
    pub fn annee(self) -> i16 {
        self.annee
    }

    /// The month, 1 to 12, when it is known.
    pub fn mois(self) -> Option<i8> {
        self.mois
    }

    /// The day of the month, when it is known.
    pub fn jour(self) -> Option<i8> {
        self.jour
    }

    /// The first day it may be.
    pub fn au_plus_tot(self) -> Date {
        Date::new(self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1)).unwrap_or(Date::MIN)
    }

    /// « 2021 », « mars 2021 », « 15 mars 2021 ».
    pub fn en_lettres(self) -> String {
        match (self.mois, self.jour) {
            (Some(_), Some(_)) => date_courte(self.au_plus_tot()),
            (Some(mois), None) => format!("{} {}", mois_en_lettres(mois), self.annee),
            _ => self.annee.to_string(),
        }
    }
}

impl From<Date> for DatePartielle {
    fn from(date: Date) -> Self {
        Self { annee: date.year(), mois: Some(date.month()), jour: Some(date.day()) }
    }
}

impl fmt::Display for DatePartielle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.annee)?;
        if let Some(mois) = self.mois {
            write!(f, "-{mois:02}")?;
        }
        self.jour.map_or(Ok(()), |jour| write!(f, "-{jour:02}"))
    }
}

impl FromStr for DatePartielle {
    type Err = ErreurDate;
    fn from_str(texte: &str) -> Result<Self, ErreurDate> {
        Self::lire(texte)
    }
}

impl TryFrom<String> for DatePartielle {
    type Error = ErreurDate;
    fn try_from(texte: String) -> Result<Self, ErreurDate> {
        Self::lire(&texte)
    }
}

impl From<DatePartielle> for String {
    fn from(date: DatePartielle) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_what_is_known() {
        for (typed, kept, read) in [
            ("2021", "2021", "2021"),
            ("03/2021", "2021-03", "mars 2021"),
            ("2021-3", "2021-03", "mars 2021"),
            ("15/03/2021", "2021-03-15", "15 mars 2021"),
            ("2021-03-15", "2021-03-15", "15 mars 2021"),
        ] {
            let date = DatePartielle::lire(typed).unwrap();
            assert_eq!((date.to_string().as_str(), date.en_lettres().as_str()), (kept, read));
            assert_eq!(DatePartielle::lire(kept), Ok(date));
        }
    }

    #[test]
    fn what_is_no_date_is_said() {
        for typed in ["", "21", "1849", "13/2021", "31/02/2021", "mars 2021", "+202", "2021-", "0021"] {
            assert!(DatePartielle::lire(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_year_comes_before_its_months() {
        let lues: Vec<_> = ["2021", "2021-01", "2021-01-02", "2022"].map(|texte| DatePartielle::lire(texte).unwrap()).to_vec();
        assert!(lues.windows(2).all(|deux| deux[0] < deux[1]));
    }
}
