//! The night: three parts, each with its round, over the whole house.

use std::str::FromStr;

use jiff::civil::DateTime;

use crate::composition::SoinDuTour;

/// A part of the night: a resident is to be seen once in each round planned in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// Until midnight.
    Soiree,
    /// From midnight to 04:00.
    Milieu,
    /// From 04:00.
    Fin,
}

impl Passage {
    /// Every part in order.
    pub const TOUS: [Self; 3] = [Self::Soiree, Self::Milieu, Self::Fin];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Soiree => "soiree",
            Self::Milieu => "milieu",
            Self::Fin => "fin",
        }
    }

    /// Words on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Soiree => "première ronde",
            Self::Milieu => "ronde de milieu de nuit",
            Self::Fin => "ronde de fin de nuit",
        }
    }

    /// The part a wall-clock time belongs to; the day counts as the end of the night before.
    pub fn de(moment: DateTime) -> Self {
        match moment.hour() {
            0..=3 => Self::Milieu,
            4..=19 => Self::Fin,
            _ => Self::Soiree,
        }
    }

    /// True if this time belongs to it.
    pub fn contient(self, moment: DateTime) -> bool {
        Self::de(moment) == self
    }
}

impl FromStr for Passage {
    type Err = ();

    fn from_str(texte: &str) -> Result<Self, ()> {
        Self::TOUS.into_iter().find(|passage| passage.code() == texte).ok_or(())
    }
}

/// True for the act by which a resident is seen during a round.
pub(crate) fn est_ronde(soin: &SoinDuTour) -> bool {
    soin.ligne.acte == "ronde_nuit"
}

/// True for a change or a turn in bed.
pub(crate) fn est_change(soin: &SoinDuTour) -> bool {
    soin.ligne.categorie == "continence"
        || matches!(soin.ligne.acte.as_str(), "change_nuit" | "position_nuit" | "changement_position")
}

/// True for what makes a resident one to watch tonight.
pub(crate) fn est_surveillance(soin: &SoinDuTour) -> bool {
    soin.ligne.categorie == "surveillance" || (soin.ligne.a_risque && !est_ronde(soin))
}
