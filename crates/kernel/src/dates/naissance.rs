//! Dates of birth, known in full or in part.

use super::{ErreurDate, date_courte, decouper, mois_abrege};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A date of birth whose day, or day and month, may be unknown (« date lunaire », written 00/00/AAAA).
///
/// What is unknown is stored as unknown; the conventional day that some exchanges ask for is made at the last moment
/// by [`DateNaissance::conventionnelle`]. Serialised as ISO with zeros: `1936-04-12`, `1936-04-00`, `1936-00-00`.
/// `Debug` hides it: it is an identity trait.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateNaissance {
    annee: i16,
    mois: i8,
    jour: i8,
}

/// Age in completed years; a span when the date of birth is incomplete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Age {
    /// Completed years, born at the latest possible day.
    pub min: u16,
    /// Completed years, born at the earliest possible day.
    pub max: u16,
}

impl DateNaissance {
    /// `mois` and `jour` are 0 when unknown; a day without a month is refused, and so is a year outside 1850 to 2199.
    pub fn new(annee: i16, mois: i8, jour: i8) -> Result<Self, ErreurDate> {
        if !(1850..=2199).contains(&annee) {
            return Err(ErreurDate::Annee);
        }
        if mois == 0 && jour != 0 {
            return Err(ErreurDate::JourSansMois);
        }
        Date::new(annee, mois.max(i8::from(mois == 0)), jour.max(i8::from(jour == 0))).map_err(|_| ErreurDate::Inexistante)?;
        Ok(Self { annee, mois, jour })
    }

    /// The date, when it is known in full.
    pub fn complete(&self) -> Option<Date> {
        Date::new(self.annee, self.mois, self.jour).ok()
    }

    /// Year of birth.
    pub fn annee(&self) -> i16 {
        self.annee
    }

    /// Month of birth, 1 to 12, when known.
    pub fn mois(&self) -> Option<i8> {
        (self.mois > 0).then_some(self.mois)
    }

    /// Day of birth, 1 to 31, when known.
    pub fn jour(&self) -> Option<i8> {
        (self.jour > 0).then_some(self.jour)
    }

    /// Earliest day the person can be born on.
    pub fn au_plus_tot(&self) -> Date {
        jiff::civil::date(self.annee, self.mois.max(1), self.jour.max(1))
    }

    /// Latest day the person can be born on.
    pub fn au_plus_tard(&self) -> Date {
        match (self.mois, self.jour) {
            (0, _) => jiff::civil::date(self.annee, 12, 31),
            (mois, 0) => jiff::civil::date(self.annee, mois, 1).last_of_month(),
            (mois, jour) => jiff::civil::date(self.annee, mois, jour),
        }
    }

    /// The complete date to send where an incomplete one cannot be: an unknown day becomes the first of the month;
    /// an unknown day and month become 31 December, as on French civil registers for births known by the year alone.
    pub fn conventionnelle(&self) -> Date {
        if self.mois == 0 { self.au_plus_tard() } else { self.au_plus_tot() }
    }

    /// Age on `jour`, in completed years; `None` when the person cannot be born yet.
    ///
    /// Someone born on 29 February gets a year older on 29 February in leap years, on 1 March in the others.
    pub fn age_le(&self, jour: Date) -> Option<Age> {
        let max = annees_revolues(self.au_plus_tot(), jour)?;
        Some(Age { min: annees_revolues(self.au_plus_tard(), jour).unwrap_or(0), max })
    }

    /// Whether the birthday is on `jour`; never for an incomplete date. 29 February is kept on 1 March in common years.
    pub fn anniversaire_le(&self, jour: Date) -> bool {
        let bissextile_reporte = (self.mois, self.jour) == (2, 29) && !jour.in_leap_year();
        let (mois, quantieme) = if bissextile_reporte { (3, 1) } else { (self.mois, self.jour) };
        (mois, quantieme) == (jour.month(), jour.day())
    }

    /// « 12/04/1936 », zeros for what is unknown: the form of input fields and of most exchanges.
    pub fn jj_mm_aaaa(&self) -> String {
        format!("{:02}/{:02}/{}", self.jour, self.mois, self.annee)
    }

    /// « 1936-04-12 », zeros for what is unknown.
    pub fn iso(&self) -> String {
        format!("{}-{:02}-{:02}", self.annee, self.mois, self.jour)
    }
}

fn annees_revolues(naissance: Date, jour: Date) -> Option<u16> {
    if jour < naissance {
        return None;
    }
    let passe = (jour.month(), jour.day()) >= (naissance.month(), naissance.day());
    u16::try_from(jour.year() - naissance.year() - i16::from(!passe)).ok()
}

impl From<Date> for DateNaissance {
    fn from(date: Date) -> Self {
        Self { annee: date.year(), mois: date.month(), jour: date.day() }
    }
}

impl FromStr for DateNaissance {
    type Err = ErreurDate;
    /// Reads `JJ/MM/AAAA` or ISO, with `00` for an unknown day or month.
    fn from_str(texte: &str) -> Result<Self, ErreurDate> {
        let (annee, mois, jour) = decouper(texte).ok_or(ErreurDate::FormeNaissance)?;
        Self::new(annee, mois, jour)
    }
}

impl TryFrom<String> for DateNaissance {
    type Error = ErreurDate;
    fn try_from(texte: String) -> Result<Self, ErreurDate> {
        texte.parse()
    }
}

impl From<DateNaissance> for String {
    fn from(date: DateNaissance) -> Self {
        date.iso()
    }
}

/// « 12 avr. 1936 », « avr. 1936 (jour inconnu) », « 1936 (jour et mois inconnus) ».
impl fmt::Display for DateNaissance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.complete(), self.mois()) {
            (Some(date), _) => f.write_str(&date_courte(date)),
            (None, Some(mois)) => write!(f, "{} {} (jour inconnu)", mois_abrege(mois), self.annee),
            (None, None) => write!(f, "{} (jour et mois inconnus)", self.annee),
        }
    }
}

impl fmt::Debug for DateNaissance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DateNaissance(…)")
    }
}

/// « 88 ans », « 88 ou 89 ans », « 1 an » (no-break space before the unit).
impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unite = if self.max > 1 { "ans" } else { "an" };
        if self.min == self.max {
            write!(f, "{}\u{a0}{unite}", self.max)
        } else {
            write!(f, "{} ou {}\u{a0}{unite}", self.min, self.max)
        }
    }
}
