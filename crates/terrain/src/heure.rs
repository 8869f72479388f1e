//! Judging the hours a tablet gives: its clock may be wrong, or moved.

use jiff::{SignedDuration, Timestamp};

use crate::{FaitSource, Operation};

/// Tolerance on an hour (seconds): above it an hour is doubtful.
pub const SAUT_MAX_S: i64 = 120;

/// Why an hour must be confirmed by its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doute {
    /// The tablet saw its own clock jump.
    HorlogeDeplacee,
    /// Entered later than it was received.
    SaisiApresReception,
    /// Done later than it was entered.
    FaitApresSaisie,
    /// Entered before the device was enrolled.
    AvantEnrolement,
}

/// The hours of an act, brought to the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeureJugee {
    /// When it was done.
    pub fait_a: Timestamp,
    /// When it was entered.
    pub saisi_a: Timestamp,
    /// When the server received it.
    pub recu_a: Timestamp,
    /// Tablet's clock minus server's, milliseconds.
    pub decalage_ms: i64,
    /// Why the hour must be confirmed, if it must.
    pub doute: Option<Doute>,
}

impl HeureJugee {
    /// Corrects the tablet's hours by the measured gap, and says whether they can be believed.
    ///
    /// An hour chosen by its author is corrected too: she chose it on the tablet's clock (« il y a 15 min »).
    pub fn juger(operation: &Operation, recu_a: Timestamp, enrole_a: Timestamp) -> Self {
        let gap = SignedDuration::from_millis(operation.horloge_decalage_ms);
        let corrige = |t: Timestamp| t.checked_sub(gap).unwrap_or(t);
        let (fait_a, saisi_a) = (corrige(operation.fait_a), corrige(operation.saisi_a));
        let marge = SignedDuration::from_secs(SAUT_MAX_S);
        let doute = if operation.heure_a_confirmer {
            Some(Doute::HorlogeDeplacee)
        } else if saisi_a.duration_since(recu_a) > marge {
            Some(Doute::SaisiApresReception)
        } else if enrole_a.duration_since(saisi_a) > marge {
            Some(Doute::AvantEnrolement)
        } else if operation.fait_source == FaitSource::Choisi && fait_a.duration_since(saisi_a) > marge {
            Some(Doute::FaitApresSaisie)
        } else {
            None
        };
        Self { fait_a, saisi_a, recu_a, decalage_ms: operation.horloge_decalage_ms, doute }
    }

    /// The hour by which the act takes its place in a day: the reception when the tablet's hour cannot be believed, so that a
    /// wrong clock never moves an act to another due slot.
    pub const fn de_reference(&self) -> Timestamp {
        match self.doute {
            None | Some(Doute::FaitApresSaisie) => self.fait_a,
            Some(_) => self.recu_a,
        }
    }
}
