//! The name of one time an act is due: what two tablets recognise as the same thing.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use kernel::dates::instant_local;
use serde::{Deserialize, Serialize};

use crate::poste::Creneau;

/// The name of an occurrence, by the clock on the wall.
///
/// Four forms: `2026-11-21T08:30` planned; `2026-10-25T02:30h` second pass of the hour that comes twice (rules by
/// elapsed hours only); `2026-11-21T08:30>2026-11-21T14:30` postponed; `?2026-11-21T10:12` done without being due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cle {
    moment: DateTime,
    seconde: bool,
    reporte: Option<DateTime>,
    libre: bool,
}

/// Not a name of an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a planned time")]
pub struct CleIllisible;

fn a_la_minute(moment: DateTime) -> DateTime {
    moment.date().to_datetime(Time::constant(moment.hour(), moment.minute(), 0, 0))
}

impl Cle {
    /// A planned time.
    pub fn prevue(moment: DateTime) -> Self {
        Self { moment: a_la_minute(moment), seconde: false, reporte: None, libre: false }
    }

    /// A time of a rule by elapsed hours; `seconde` in the second pass of the hour that comes twice.
    pub fn horaire(moment: DateTime, seconde: bool) -> Self {
        Self { seconde, ..Self::prevue(moment) }
    }

    /// Done when needed, without being due.
    pub fn libre(moment: DateTime) -> Self {
        Self { libre: true, ..Self::prevue(moment) }
    }

    /// The same occurrence, put off to another time.
    #[must_use]
    pub fn reportee(&self, a: DateTime) -> Self {
        Self { reporte: Some(a_la_minute(a)), ..self.clone() }
    }

    /// The wall-clock time it is expected at now.
    pub fn attendue(&self) -> DateTime {
        self.reporte.unwrap_or(self.moment)
    }

    /// The wall-clock time it was planned at.
    pub fn origine(&self) -> DateTime {
        self.moment
    }

    /// True if it was put off.
    pub fn est_reportee(&self) -> bool {
        self.reporte.is_some()
    }

    /// True if it was done without being due: two of them are never the same thing.
    pub fn est_libre(&self) -> bool {
        self.libre
    }

    /// The round it belongs to.
    pub fn creneau(&self) -> Creneau {
        Creneau::de(self.attendue())
    }

    /// When it is expected.
    pub fn due(&self, fuseau: &TimeZone) -> Timestamp {
        let due = instant_local(self.attendue(), fuseau);
        if self.seconde && self.reporte.is_none() {
            return fuseau.to_ambiguous_timestamp(self.moment).later().unwrap_or(due);
        }
        due
    }
}

fn minute(f: &mut fmt::Formatter<'_>, moment: DateTime) -> fmt::Result {
    write!(f, "{}T{:02}:{:02}", moment.date(), moment.hour(), moment.minute())
}

impl fmt::Display for Cle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.libre {
            f.write_str("?")?;
        }
        minute(f, self.moment)?;
        if self.seconde {
            f.write_str("h")?;
        }
        if let Some(reporte) = self.reporte {
            f.write_str(">")?;
            minute(f, reporte)?;
        }
        Ok(())
    }
}

fn lire_minute(texte: &str) -> Result<DateTime, CleIllisible> {
    if texte.len() != 16 {
        return Err(CleIllisible);
    }
    texte.parse().map_err(|_| CleIllisible)
}

impl FromStr for Cle {
    type Err = CleIllisible;

    fn from_str(texte: &str) -> Result<Self, CleIllisible> {
        let (libre, texte) = texte.strip_prefix('?').map_or((false, texte), |reste| (true, reste));
        let (prevue, reporte) = texte.split_once('>').map_or((texte, None), |(prevue, reporte)| (prevue, Some(reporte)));
        let (seconde, prevue) = prevue.strip_suffix('h').map_or((false, prevue), |reste| (true, reste));
        Ok(Self { moment: lire_minute(prevue)?, seconde, reporte: reporte.map(lire_minute).transpose()?, libre })
    }
}

impl TryFrom<String> for Cle {
    type Error = CleIllisible;
    fn try_from(texte: String) -> Result<Self, CleIllisible> {
        texte.parse()
    }
}

impl From<Cle> for String {
    fn from(cle: Cle) -> Self {
        cle.to_string()
    }
}
