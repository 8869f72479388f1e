//! The work a plan asks of each shift, so that a template is not applied blindly.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::plan::SoinPrevu;
use crate::poste::{Creneau, Poste};
use crate::tour::fuseau;

/// Minutes and acts of an average day, by shift.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Charge {
    /// Minutes a day in each shift, rounded.
    pub minutes: [u32; 3],
    /// Acts a week in each shift.
    pub actes: [u32; 3],
}

/// Weighs acts over the four weeks from a day; those which stopped weigh nothing.
pub fn charge<'a>(lignes: impl IntoIterator<Item = &'a SoinPrevu>, du: Date, now: Timestamp) -> Charge {
    const JOURS: i32 = 28;
    let fuseau = fuseau();
    let mut minutes = [0_u32; 3];
    let mut actes = [0_u32; 3];
    for ligne in lignes.into_iter().filter(|ligne| ligne.arret.as_ref().is_none_or(|arret| arret.le > now)) {
        for decalage in 0..JOURS {
            let Ok(jour) = du.checked_add(decalage.days()) else { continue };
            for occurrence in crate::recurrence::occurrences(&ligne.recurrence, ligne.du.min(du), ligne.au, jour, &fuseau) {
                let rang = match Creneau::de(occurrence.cle.attendue()).poste {
                    Poste::Matin => 0,
                    Poste::ApresMidi => 1,
                    Poste::Nuit => 2,
                };
                minutes[rang] += u32::from(ligne.duree_min);
                actes[rang] += 1;
            }
        }
    }
    Charge { minutes: minutes.map(|total| (total + 14) / 28), actes: actes.map(|total| total.div_ceil(4)) }
}
