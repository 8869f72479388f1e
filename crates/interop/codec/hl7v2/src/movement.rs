//! The French segments of PAM.fr: ZBE, ZFM, ZFA, ZFD (IHE PAM, national extension France, 2.11).

use crate::datatype::EntityId;
use crate::draft::SegmentDraft;
use crate::error::Hl7Error;
use crate::person::Organization;
use crate::reading::{Reading, every, one, text};
use crate::timestamp::Timestamp;
use crate::value::Segment;

/// What a message does to a movement (ZBE-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MovementAction {
    /// `INSERT`, a new movement.
    Insert,
    /// `UPDATE`, a change of a movement already sent.
    Update,
    /// `CANCEL`, the movement did not happen.
    Cancel,
}

impl MovementAction {
    /// Word to write in ZBE-4.
    pub fn code(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Update => "UPDATE",
            Self::Cancel => "CANCEL",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Insert, Self::Update, Self::Cancel].into_iter().find(|action| action.code() == code)
    }
}

/// A movement of a stay (ZBE).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// ZBE-1: identifiers of the movement, at least one; the same for its updates and its cancellation.
    pub ids: Vec<EntityId>,
    /// ZBE-2: when the movement starts.
    pub start: Timestamp,
    /// ZBE-3: when it ends. PAM.fr 2.11 no longer allows it; it is read and never written.
    pub end: Option<Timestamp>,
    /// ZBE-4.
    pub action: MovementAction,
    /// ZBE-5: whether the movement is past, and not the present one; `None` when not said, which is told.
    pub historical: Option<bool>,
    /// ZBE-6: event that made the movement, for an update or a cancellation: `A01`.
    pub original_event: Option<String>,
    /// ZBE-7: unit medically responsible from this movement on.
    pub medical_unit: Option<Organization>,
    /// ZBE-8: unit responsible for care from this movement on.
    pub care_unit: Option<Organization>,
    /// ZBE-9: what changes, as letters: `H` lodging, `M` medical responsibility, `S` care responsibility,
    /// `L` bed, `D` administrative regime, `C` a correction without movement; or a combination (`HMS`).
    pub nature: Option<String>,
}

impl Movement {
    /// Reads ZBE. A ZBE shifted by one field from ZBE-4 on, as in an official example, is read and told.
    pub(crate) fn read(zbe: Segment<'_>, reading: &mut Reading) -> Result<Self, Hl7Error> {
        let ids: Vec<EntityId> = every(zbe, 1);
        if ids.is_empty() {
            return Err(Hl7Error::missing(zbe.path(1)));
        }
        let raw_start = text(zbe, 2).ok_or_else(|| Hl7Error::missing(zbe.path(2)))?;
        let start = Timestamp::parse(&raw_start).ok_or_else(|| Hl7Error::invalid(zbe.path(2), &raw_start))?;
        let shift = usize::from(is_shifted(zbe));
        if shift == 1 {
            reading.warn(zbe, 4, "the segment is shifted by one field from here on, and was read so");
        }
        let word = text(zbe, 4 + shift).ok_or_else(|| Hl7Error::missing(zbe.path(4)))?;
        let action = MovementAction::from_code(&word).ok_or_else(|| Hl7Error::invalid(zbe.path(4), &word))?;
        let movement = Self {
            ids,
            start,
            end: reading.time(zbe, 3),
            action,
            historical: reading.flag(zbe, 5 + shift),
            original_event: text(zbe, 6 + shift),
            medical_unit: one(zbe, 7 + shift),
            care_unit: one(zbe, 8 + shift),
            nature: zbe.field(9 + shift).component(1).opt(),
        };
        movement.tell(zbe, reading);
        Ok(movement)
    }

    fn tell(&self, zbe: Segment<'_>, reading: &mut Reading) {
        if self.historical.is_none() {
            reading.warn(zbe, 5, "the movement does not say whether it is past");
        }
        if self.original_event.is_none() && self.action != MovementAction::Insert {
            reading.warn(zbe, 6, "an update or a cancellation does not say what it changes");
        }
        if !self.nature.as_deref().is_some_and(is_nature) {
            reading.warn(zbe, 9, "the nature of the movement is absent or not known");
        }
    }

    /// As a ZBE segment.
    pub(crate) fn draft(&self) -> Result<SegmentDraft, Hl7Error> {
        if self.ids.is_empty() {
            return Err(Hl7Error::missing("ZBE-1"));
        }
        let historical = self.historical.ok_or_else(|| Hl7Error::missing("ZBE-5"))?;
        if self.original_event.is_none() && self.action != MovementAction::Insert {
            return Err(Hl7Error::missing("ZBE-6"));
        }
        let nature = self.nature.as_deref().ok_or_else(|| Hl7Error::missing("ZBE-9"))?;
        if !is_nature(nature) {
            return Err(Hl7Error::invalid("ZBE-9", nature));
        }
        Ok(SegmentDraft::new("ZBE")
            .values(1, &self.ids)
            .time(2, Some(&self.start))
            .text(4, self.action.code())
            .flag(5, Some(historical))
            .opt(6, self.original_event.as_ref())
            .value(7, self.medical_unit.as_ref())
            .value(8, self.care_unit.as_ref())
            .text(9, nature))
    }
}

fn is_shifted(zbe: Segment<'_>) -> bool {
    let is_action = |n| text(zbe, n).is_some_and(|word| MovementAction::from_code(&word).is_some());
    zbe.field(4).is_empty() && is_action(5)
}

/// Whether the letters are a nature of PAM.fr: `C` or `D` alone, else some of `HMSL` in that order, or `LD`.
fn is_nature(letters: &str) -> bool {
    if matches!(letters, "C" | "D" | "LD") {
        return true;
    }
    let ranks: Vec<Option<usize>> = letters.chars().map(|c| "HMSL".find(c)).collect();
    !ranks.is_empty() && ranks.iter().all(Option::is_some) && ranks.is_sorted_by(|a, b| a < b)
}

/// How the stay starts and ends in the terms of the French activity data (ZFM, codes of the PMSI).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PmsiModes {
    /// ZFM-1: `6` from another unit, `7` transfer, `8` from home, `0` transfer for a procedure, `N` birth.
    pub entry: Option<String>,
    /// ZFM-2: `6`, `7`, `8` home, `9` death, `0` transfer for a procedure, `4` left, `5` trial leave.
    pub exit: Option<String>,
    /// ZFM-3: kind of place the patient came from.
    pub origin: Option<String>,
    /// ZFM-4: kind of place the patient goes to.
    pub destination: Option<String>,
    /// ZFM-5: whether the patient went through emergencies.
    pub through_emergencies: Option<String>,
}

impl PmsiModes {
    pub(crate) fn read(zfm: Segment<'_>) -> Self {
        let field = |n| text(zfm, n);
        Self { entry: field(1), exit: field(2), origin: field(3), destination: field(4), through_emergencies: field(5) }
    }

    pub(crate) fn draft(&self) -> SegmentDraft {
        SegmentDraft::new("ZFM")
            .opt(1, self.entry.as_ref())
            .opt(2, self.exit.as_ref())
            .opt(3, self.origin.as_ref())
            .opt(4, self.destination.as_ref())
            .opt(5, self.through_emergencies.as_ref())
    }
}

/// The shared record (DMP) of the patient and what the patient accepts (ZFA).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DmpStatus {
    /// ZFA-1: `ACTIF`, `FERME`, `INEXISTANT`.
    pub status: Option<String>,
    /// ZFA-2: when the status was asked for.
    pub status_at: Option<Timestamp>,
    /// ZFA-3: when the record was closed.
    pub closed_at: Option<Timestamp>,
    /// ZFA-9: about feeding the record: `INO` informed and not opposed, `IO` informed and opposed, `NA`
    /// not collected.
    pub feeding: Option<String>,
    /// ZFA-10: when that was collected.
    pub feeding_at: Option<Timestamp>,
    /// ZFA-11: about consulting the record: `IC` informed and consenting, `INC` not consenting, `NA`.
    pub consulting: Option<String>,
    /// ZFA-12: when that was collected.
    pub consulting_at: Option<Timestamp>,
}

impl DmpStatus {
    pub(crate) fn read(zfa: Segment<'_>, reading: &mut Reading) -> Self {
        Self {
            status: text(zfa, 1),
            status_at: reading.time(zfa, 2),
            closed_at: reading.time(zfa, 3),
            feeding: zfa.field(9).component(1).opt(),
            feeding_at: reading.time(zfa, 10),
            consulting: zfa.field(11).component(1).opt(),
            consulting_at: reading.time(zfa, 12),
        }
    }

    pub(crate) fn draft(&self) -> SegmentDraft {
        SegmentDraft::new("ZFA")
            .opt(1, self.status.as_ref())
            .time(2, self.status_at.as_ref())
            .time(3, self.closed_at.as_ref())
            .opt(9, self.feeding.as_ref())
            .time(10, self.feeding_at.as_ref())
            .opt(11, self.consulting.as_ref())
            .time(12, self.consulting_at.as_ref())
    }
}

/// What completes the identity (ZFD).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityComplement {
    /// ZFD-1: lunar date of birth: day, month and year as written, joined by `-` in that order.
    pub lunar_birth: Option<String>,
    /// ZFD-2: weeks of gestation.
    pub gestation_weeks: Option<String>,
    /// ZFD-3: consent to text messages.
    pub sms_consent: Option<bool>,
    /// ZFD-4: whether the date of birth was corrected (a fictive date).
    pub birth_corrected: Option<bool>,
    /// ZFD-5: how the identity was obtained: `INSI`, `CV` insurance card, `SM` typed…
    pub obtained_by: Option<String>,
    /// ZFD-6: when the INSi service was asked.
    pub insi_at: Option<Timestamp>,
    /// ZFD-7: paper that proved the identity.
    pub proof: Option<String>,
    /// ZFD-8: end of validity of that paper.
    pub proof_until: Option<Timestamp>,
}

impl IdentityComplement {
    pub(crate) fn read(zfd: Segment<'_>, reading: &mut Reading) -> Self {
        let lunar: Vec<String> = (1..=3).filter_map(|n| zfd.field(1).component(n).opt()).collect();
        Self {
            lunar_birth: (!lunar.is_empty()).then(|| lunar.join("-")),
            gestation_weeks: text(zfd, 2),
            sms_consent: reading.flag(zfd, 3),
            birth_corrected: reading.flag(zfd, 4),
            obtained_by: text(zfd, 5),
            insi_at: reading.time(zfd, 6),
            proof: text(zfd, 7),
            proof_until: reading.time(zfd, 8),
        }
    }

    pub(crate) fn draft(&self) -> SegmentDraft {
        let lunar: Vec<&str> = self.lunar_birth.as_deref().map(|l| l.split('-').collect()).unwrap_or_default();
        SegmentDraft::new("ZFD")
            .components(1, &lunar)
            .opt(2, self.gestation_weeks.as_ref())
            .flag(3, self.sms_consent)
            .flag(4, self.birth_corrected)
            .opt(5, self.obtained_by.as_ref())
            .time(6, self.insi_at.as_ref())
            .opt(7, self.proof.as_ref())
            .time(8, self.proof_until.as_ref())
    }
}
