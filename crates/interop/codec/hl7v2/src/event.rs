//! Events of ADT and SIU messages.

/// Events of ADT messages a medico-social product reads (PAM.fr 2.11, and A08 of the international
/// profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AdtEvent {
    /// Admission.
    A01,
    /// Transfer.
    A02,
    /// End of a stay.
    A03,
    /// Registration of an outpatient.
    A04,
    /// Preadmission.
    A05,
    /// From outpatient to inpatient.
    A06,
    /// From inpatient to outpatient.
    A07,
    /// Change of a stay; PAM.fr uses Z99.
    A08,
    /// Cancellation of an admission.
    A11,
    /// Cancellation of a transfer.
    A12,
    /// Cancellation of an end of stay.
    A13,
    /// Planned admission.
    A14,
    /// Leave of absence.
    A21,
    /// Return from leave.
    A22,
    /// Creation of an identity.
    A28,
    /// Change of an identity.
    A31,
    /// Cancellation of a preadmission.
    A38,
    /// Merge of two identities.
    A40,
    /// Move of an administrative file to another identity.
    A44,
    /// Change of a patient number.
    A47,
    /// Cancellation of a leave of absence.
    A52,
    /// Cancellation of a return from leave.
    A53,
    /// Change of the doctor in charge.
    A54,
    /// Cancellation of a change of doctor.
    A55,
    /// Change of the unit medically responsible.
    Z80,
    /// Cancellation of Z80.
    Z81,
    /// Of the family of Z80; no public text tells the difference: ZBE-9 says what changes.
    Z82,
    /// Cancellation of Z82.
    Z83,
    /// Change of the unit responsible for care.
    Z84,
    /// Cancellation of Z84.
    Z85,
    /// Of the family of Z84; no public text tells the difference: ZBE-9 says what changes.
    Z86,
    /// Cancellation of Z86.
    Z87,
    /// No public text tells its meaning: ZBE-9 says what changes.
    Z88,
    /// Cancellation of Z88.
    Z89,
    /// Update of a movement, of whatever kind.
    Z99,
}

/// Event, code and message structure (HL7 table 0354).
const ADT: [(AdtEvent, &str, &str); 35] = [
    (AdtEvent::A01, "A01", "ADT_A01"),
    (AdtEvent::A02, "A02", "ADT_A02"),
    (AdtEvent::A03, "A03", "ADT_A03"),
    (AdtEvent::A04, "A04", "ADT_A01"),
    (AdtEvent::A05, "A05", "ADT_A05"),
    (AdtEvent::A06, "A06", "ADT_A06"),
    (AdtEvent::A07, "A07", "ADT_A06"),
    (AdtEvent::A08, "A08", "ADT_A01"),
    (AdtEvent::A11, "A11", "ADT_A09"),
    (AdtEvent::A12, "A12", "ADT_A12"),
    (AdtEvent::A13, "A13", "ADT_A01"),
    (AdtEvent::A14, "A14", "ADT_A05"),
    (AdtEvent::A21, "A21", "ADT_A21"),
    (AdtEvent::A22, "A22", "ADT_A21"),
    (AdtEvent::A28, "A28", "ADT_A05"),
    (AdtEvent::A31, "A31", "ADT_A05"),
    (AdtEvent::A38, "A38", "ADT_A38"),
    (AdtEvent::A40, "A40", "ADT_A39"),
    (AdtEvent::A44, "A44", "ADT_A43"),
    (AdtEvent::A47, "A47", "ADT_A30"),
    (AdtEvent::A52, "A52", "ADT_A52"),
    (AdtEvent::A53, "A53", "ADT_A52"),
    (AdtEvent::A54, "A54", "ADT_A54"),
    (AdtEvent::A55, "A55", "ADT_A52"),
    (AdtEvent::Z80, "Z80", "ADT_A01"),
    (AdtEvent::Z81, "Z81", "ADT_A01"),
    (AdtEvent::Z82, "Z82", "ADT_A01"),
    (AdtEvent::Z83, "Z83", "ADT_A01"),
    (AdtEvent::Z84, "Z84", "ADT_A01"),
    (AdtEvent::Z85, "Z85", "ADT_A01"),
    (AdtEvent::Z86, "Z86", "ADT_A01"),
    (AdtEvent::Z87, "Z87", "ADT_A01"),
    (AdtEvent::Z88, "Z88", "ADT_A01"),
    (AdtEvent::Z89, "Z89", "ADT_A01"),
    (AdtEvent::Z99, "Z99", "ADT_A01"),
];

impl AdtEvent {
    /// Every event, in the order of its code.
    pub fn all() -> impl Iterator<Item = Self> {
        ADT.iter().map(|(event, _, _)| *event)
    }

    /// Code of MSH-9.2.
    pub fn code(self) -> &'static str {
        ADT.iter().find(|(event, _, _)| *event == self).map_or("", |(_, code, _)| code)
    }

    /// Structure of MSH-9.3 (HL7 2.5).
    pub fn structure(self) -> &'static str {
        ADT.iter().find(|(event, _, _)| *event == self).map_or("", |(_, _, structure)| structure)
    }

    /// The event of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        ADT.iter().find(|(_, known, _)| *known == code).map(|(event, _, _)| *event)
    }

    /// Whether the message is about a stay, so that it must hold PV1.
    pub fn is_of_a_stay(self) -> bool {
        !matches!(self, Self::A28 | Self::A31 | Self::A40 | Self::A44 | Self::A47)
    }

    /// Whether the message makes, changes or cancels a movement, so that PAM.fr wants a ZBE.
    pub fn is_movement(self) -> bool {
        self.is_of_a_stay() && self != Self::A08
    }

    /// Whether the event cancels another.
    pub fn cancels(self) -> bool {
        matches!(self, Self::A11 | Self::A12 | Self::A13 | Self::A38 | Self::A52 | Self::A53 | Self::A55)
            || matches!(self, Self::Z81 | Self::Z83 | Self::Z85 | Self::Z87 | Self::Z89)
    }

    /// Whether this crate prints the event: PAM.fr has no A08, and Z86 and Z87 are only known from
    /// other readers.
    pub fn is_of_pam_fr(self) -> bool {
        !matches!(self, Self::A08 | Self::Z86 | Self::Z87)
    }
}

/// Events of SIU messages (HL7 chapter 10): what happens to an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SiuEvent {
    /// New appointment.
    S12,
    /// Appointment moved to another time.
    S13,
    /// Appointment changed.
    S14,
    /// Appointment cancelled.
    S15,
    /// Appointment discontinued: what remains of it will not happen.
    S16,
    /// Appointment deleted, entered by mistake.
    S17,
    /// Service or resource added.
    S18,
    /// Service or resource changed.
    S19,
    /// Service or resource cancelled.
    S20,
    /// Service or resource discontinued.
    S21,
    /// Service or resource deleted.
    S22,
    /// Slots blocked.
    S23,
    /// Slots opened.
    S24,
    /// The patient did not come.
    S26,
}

const SIU: [(SiuEvent, &str); 14] = [
    (SiuEvent::S12, "S12"),
    (SiuEvent::S13, "S13"),
    (SiuEvent::S14, "S14"),
    (SiuEvent::S15, "S15"),
    (SiuEvent::S16, "S16"),
    (SiuEvent::S17, "S17"),
    (SiuEvent::S18, "S18"),
    (SiuEvent::S19, "S19"),
    (SiuEvent::S20, "S20"),
    (SiuEvent::S21, "S21"),
    (SiuEvent::S22, "S22"),
    (SiuEvent::S23, "S23"),
    (SiuEvent::S24, "S24"),
    (SiuEvent::S26, "S26"),
];

impl SiuEvent {
    /// Every event, in the order of its code.
    pub fn all() -> impl Iterator<Item = Self> {
        SIU.iter().map(|(event, _)| *event)
    }

    /// Code of MSH-9.2.
    pub fn code(self) -> &'static str {
        SIU.iter().find(|(event, _)| *event == self).map_or("", |(_, code)| code)
    }

    /// The event of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        SIU.iter().find(|(_, known)| *known == code).map(|(event, _)| *event)
    }

    /// Whether slots of a diary are meant, and no patient.
    pub fn is_of_slots(self) -> bool {
        matches!(self, Self::S23 | Self::S24)
    }
}
