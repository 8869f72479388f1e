//! A span of whole days.

use super::{ErreurDate, date_courte};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// From a day to a day, both included, or still running when there is no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Brute")]
pub struct Periode {
    du: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    au: Option<Date>,
}

#[derive(Deserialize)]
struct Brute {
    du: Date,
    #[serde(default)]
    au: Option<Date>,
}

impl TryFrom<Brute> for Periode {
    type Error = ErreurDate;
    fn try_from(brute: Brute) -> Result<Self, ErreurDate> {
        Self::new(brute.du, brute.au)
    }
}

impl Periode {
    /// Refuses an end before the beginning; one single day is `new(jour, Some(jour))`.
    pub fn new(du: Date, au: Option<Date>) -> Result<Self, ErreurDate> {
        if au.is_some_and(|fin| fin < du) {
            return Err(ErreurDate::FinAvantDebut);
        }
        Ok(Self { du, au })
    }

    /// Running since `du`, without a known end.
    pub fn depuis(du: Date) -> Self {
        Self { du, au: None }
    }

    /// First day.
    pub fn du(&self) -> Date {
        self.du
    }

    /// Last day, included; `None` while it runs.
    pub fn au(&self) -> Option<Date> {
        self.au
    }

    /// The same period, ended on `au` (included).
    pub fn close_le(&self, au: Date) -> Result<Self, ErreurDate> {
        Self::new(self.du, Some(au))
    }

    /// Whether `jour` is one of its days.
    pub fn contient(&self, jour: Date) -> bool {
        self.du <= jour && self.au.is_none_or(|fin| jour <= fin)
    }

    /// Whether the two have at least one day in common.
    pub fn chevauche(&self, autre: &Self) -> bool {
        self.au.is_none_or(|fin| autre.du <= fin) && autre.au.is_none_or(|fin| self.du <= fin)
    }
}

/// « du 21 nov. 2026 au 3 déc. 2026 », « le 21 nov. 2026 », « depuis le 21 nov. 2026 ».
impl fmt::Display for Periode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let du = date_courte(self.du);
        match self.au {
            None => write!(f, "depuis le {du}"),
            Some(fin) if fin == self.du => write!(f, "le {du}"),
            Some(fin) => write!(f, "du {du} au {}", date_courte(fin)),
        }
    }
}
