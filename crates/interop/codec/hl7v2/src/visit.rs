//! PV1 and PV2: the stay.

use crate::datatype::{Code, Identifier};
use crate::draft::{Draft, SegmentDraft};
use crate::error::Hl7Error;
use crate::message::Message;
use crate::person::{Location, Professional};
use crate::reading::{Reading, every, one, text};
use crate::timestamp::Timestamp;

/// Class of a patient (PV1-2, HL7 table 0004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PatientClass {
    /// `I`, in hospital.
    Inpatient,
    /// `O`, outpatient.
    Outpatient,
    /// `E`, emergencies.
    Emergency,
    /// `R`, recurring sessions.
    Recurring,
    /// `N`, not applicable or not known to the sender.
    NotApplicable,
    /// `P`, before admission.
    Preadmission,
    /// `B`, obstetrics.
    Obstetrics,
    /// `C`, commercial account.
    Commercial,
}

impl PatientClass {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Inpatient, "I"),
        (Self::Outpatient, "O"),
        (Self::Emergency, "E"),
        (Self::Recurring, "R"),
        (Self::NotApplicable, "N"),
        (Self::Preadmission, "P"),
        (Self::Obstetrics, "B"),
        (Self::Commercial, "C"),
    ];

    /// Code to write in PV1-2.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(class, _)| *class == self).map_or("N", |(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(class, _)| *class)
    }
}

/// The stay a message is about (PV1, PV2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// PV1-2.
    pub class: Option<PatientClass>,
    /// PV1-3: where the patient is.
    pub location: Option<Location>,
    /// PV1-4: type of admission, `R` routine, `E` emergency…
    pub admission_type: Option<String>,
    /// PV1-5: number given before the admission.
    pub preadmission: Option<Identifier>,
    /// PV1-6: where the patient was before a transfer.
    pub prior_location: Option<Location>,
    /// PV1-7: doctors in charge.
    pub attending: Vec<Professional>,
    /// PV1-8: doctors who sent the patient.
    pub referring: Vec<Professional>,
    /// PV1-10: discipline or service.
    pub service: Option<String>,
    /// PV1-14: where the patient came from.
    pub admit_source: Option<String>,
    /// PV1-17: admitting doctors.
    pub admitting: Vec<Professional>,
    /// PV1-19: number of the stay.
    pub number: Option<Identifier>,
    /// PV1-36: how the stay ended.
    pub discharge_disposition: Option<String>,
    /// PV1-37: where the patient went.
    pub discharged_to: Option<String>,
    /// PV1-44: start of the stay.
    pub admitted: Option<Timestamp>,
    /// PV1-45: end of the stay.
    pub discharged: Option<Timestamp>,
    /// PV2-3: reason of the admission.
    pub reason: Option<Code>,
    /// PV2-8: expected start.
    pub expected_admission: Option<Timestamp>,
    /// PV2-9: expected end.
    pub expected_discharge: Option<Timestamp>,
    /// PV2-12: description of the stay.
    pub description: Option<String>,
    /// PV2-47: expected return of a patient on leave.
    pub expected_return: Option<Timestamp>,
}

impl Visit {
    /// Reads PV1 and PV2; `None` when there is no PV1.
    pub(crate) fn read(message: &Message, reading: &mut Reading) -> Option<Self> {
        let pv1 = message.segment("PV1")?;
        if message.all("PV1").count() > 1 {
            reading.warn_whole("PV1: only the first stay is read");
        }
        let visit = Self {
            class: reading.code(pv1, 2, PatientClass::from_code),
            location: one(pv1, 3),
            admission_type: text(pv1, 4),
            preadmission: one(pv1, 5),
            prior_location: one(pv1, 6),
            attending: every(pv1, 7),
            referring: every(pv1, 8),
            service: text(pv1, 10),
            admit_source: text(pv1, 14),
            admitting: every(pv1, 17),
            number: one(pv1, 19),
            discharge_disposition: text(pv1, 36),
            discharged_to: pv1.field(37).component(1).opt(),
            admitted: reading.time(pv1, 44),
            discharged: reading.time(pv1, 45),
            ..Self::default()
        };
        let Some(pv2) = message.segment("PV2") else { return Some(visit) };
        Some(Self {
            reason: one(pv2, 3),
            expected_admission: reading.time(pv2, 8),
            expected_discharge: reading.time(pv2, 9),
            description: text(pv2, 12),
            expected_return: reading.time(pv2, 47),
            ..visit
        })
    }

    /// Adds PV1, and PV2 when it holds something. The visit number may only be absent when
    /// `numbered` is false or the class is `N`.
    pub(crate) fn push(&self, draft: &mut Draft, numbered: bool) -> Result<(), Hl7Error> {
        let class = self.class.ok_or_else(|| Hl7Error::missing("PV1-2"))?;
        if numbered && self.number.is_none() && class != PatientClass::NotApplicable {
            return Err(Hl7Error::missing("PV1-19"));
        }
        // PV1-51 V: the stay is that of a visit, as PAM.fr writes it.
        let indicator = self.number.as_ref().map(|_| "V");
        draft.push(
            &SegmentDraft::new("PV1")
                .text(1, "1")
                .text(2, class.code())
                .value(3, self.location.as_ref())
                .opt(4, self.admission_type.as_ref())
                .value(5, self.preadmission.as_ref())
                .value(6, self.prior_location.as_ref())
                .values(7, &self.attending)
                .values(8, &self.referring)
                .opt(10, self.service.as_ref())
                .opt(14, self.admit_source.as_ref())
                .values(17, &self.admitting)
                .value(19, self.number.as_ref())
                .opt(36, self.discharge_disposition.as_ref())
                .opt(37, self.discharged_to.as_ref())
                .time(44, self.admitted.as_ref())
                .time(45, self.discharged.as_ref())
                .opt(51, indicator),
        );
        draft.push_unless_empty(
            &SegmentDraft::new("PV2")
                .value(3, self.reason.as_ref())
                .time(8, self.expected_admission.as_ref())
                .time(9, self.expected_discharge.as_ref())
                .opt(12, self.description.as_ref())
                .time(47, self.expected_return.as_ref()),
        );
        Ok(())
    }
}
