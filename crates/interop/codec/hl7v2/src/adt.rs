//! ADT: admissions, movements and identities (IHE PAM, national extension France, 2.11).

use crate::draft::{Draft, Envelope, SegmentDraft};
use crate::error::{Hl7Error, excerpt};
use crate::event::AdtEvent;
use crate::header::{MessageKind, Version};
use crate::message::Message;
use crate::movement::{DmpStatus, IdentityComplement, Movement, PmsiModes};
use crate::patient::{Merge, Patient};
use crate::person::Professional;
use crate::reading::{Reading, every, expect_kind};
use crate::timestamp::Timestamp;
use crate::visit::Visit;

/// What an ADT message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adt {
    /// MSH-9.2.
    pub event: AdtEvent,
    /// EVN-2: when the event was recorded.
    pub recorded: Option<Timestamp>,
    /// EVN-3: when a planned event should happen.
    pub planned: Option<Timestamp>,
    /// EVN-5: who recorded it.
    pub operators: Vec<Professional>,
    /// EVN-6: when it happened.
    pub occurred: Option<Timestamp>,
    /// PID.
    pub patient: Patient,
    /// PV1 and PV2.
    pub visit: Option<Visit>,
    /// ZBE; messages outside France have none.
    pub movement: Option<Movement>,
    /// MRG, for A40, A44 and A47.
    pub merge: Option<Merge>,
    /// ZFM.
    pub pmsi: Option<PmsiModes>,
    /// ZFA.
    pub dmp: Option<DmpStatus>,
    /// ZFD.
    pub complement: Option<IdentityComplement>,
    /// Defects that did not prevent the reading, in plain English.
    pub warnings: Vec<String>,
}

impl Adt {
    /// An event about a patient, everything else to fill in.
    pub fn new(event: AdtEvent, patient: Patient) -> Self {
        Self {
            event,
            recorded: None,
            planned: None,
            operators: Vec::new(),
            occurred: None,
            patient,
            visit: None,
            movement: None,
            merge: None,
            pmsi: None,
            dmp: None,
            complement: None,
            warnings: Vec::new(),
        }
    }

    /// Reads an ADT message.
    ///
    /// # Errors
    /// [`Hl7Error::UnsupportedMessage`], [`Hl7Error::UnsupportedEvent`], [`Hl7Error::SeveralPatients`];
    /// [`Hl7Error::Missing`] without PID-3, without PV1 for an event of a stay, without MRG for a merge,
    /// or for ZBE-1, ZBE-2 and ZBE-4; [`Hl7Error::Invalid`] for a wrong ZBE-2 or ZBE-4.
    pub fn read(message: &Message) -> Result<Self, Hl7Error> {
        expect_kind(message, &["ADT"])?;
        let code = message.header().kind.event.as_deref().ok_or_else(|| Hl7Error::missing("MSH-9.2"))?;
        let event = AdtEvent::from_code(code).ok_or_else(|| Hl7Error::UnsupportedEvent { event: excerpt(code) })?;
        let mut reading = Reading::new(message);
        let mut adt = Self::new(event, Patient::read(message, &mut reading)?);
        adt.read_event(message, code, &mut reading);
        adt.visit = Visit::read(message, &mut reading);
        if event.is_of_a_stay() && adt.visit.is_none() {
            return Err(Hl7Error::missing("PV1"));
        }
        adt.merge = message.segment("MRG").map(Merge::read);
        adt.check_merge()?;
        adt.movement = match message.segment("ZBE") {
            Some(zbe) => Some(Movement::read(zbe, &mut reading)?),
            None => None,
        };
        if event.is_movement() && adt.movement.is_none() {
            reading.warn_whole("ZBE: absent, the movement has no identifier");
        }
        for name in ["MRG", "ZBE", "ZFM", "ZFA", "ZFD"].into_iter().filter(|name| message.all(name).count() > 1) {
            reading.warn_whole(&format!("{name}: only the first segment is read"));
        }
        adt.pmsi = message.segment("ZFM").map(PmsiModes::read);
        adt.dmp = message.segment("ZFA").map(|zfa| DmpStatus::read(zfa, &mut reading));
        adt.complement = message.segment("ZFD").map(|zfd| IdentityComplement::read(zfd, &mut reading));
        adt.warnings = reading.into_warnings();
        Ok(adt)
    }

    fn read_event(&mut self, message: &Message, code: &str, reading: &mut Reading) {
        let Some(evn) = message.segment("EVN") else {
            reading.warn_whole("EVN: absent");
            return;
        };
        if evn.field(1).opt().is_some_and(|other| other != code) {
            reading.warn(evn, 1, "the event is not that of MSH-9, which is the one used");
        }
        self.recorded = reading.time(evn, 2);
        self.planned = reading.time(evn, 3);
        self.operators = every(evn, 5);
        self.occurred = reading.time(evn, 6);
    }

    /// A40 and A47 replace identifiers, A44 moves a file: without the former ones they mean nothing.
    fn check_merge(&self) -> Result<(), Hl7Error> {
        let merge = self.merge.as_ref();
        match self.event {
            AdtEvent::A40 | AdtEvent::A47 if merge.is_none_or(|m| m.identifiers.is_empty()) => Err(Hl7Error::missing("MRG-1")),
            AdtEvent::A44 if merge.is_none_or(|m| m.account.is_none()) => Err(Hl7Error::missing("MRG-3")),
            _ => Ok(()),
        }
    }

    /// Prints the message as PAM.fr 2.11 wants it: `2.5^FRA^2.11`, profile `2.11^IHE_FRANCE-2.11-PAM`.
    ///
    /// # Errors
    /// [`Hl7Error::UnsupportedEvent`] for A08, which PAM.fr replaces by Z99, Z86 and Z87;
    /// [`Hl7Error::Missing`] and [`Hl7Error::Invalid`] for what the profile demands;
    /// [`Hl7Error::Unencodable`].
    pub fn print(&self, envelope: &Envelope) -> Result<Vec<u8>, Hl7Error> {
        let code = self.event.code();
        if !self.event.is_of_pam_fr() {
            return Err(Hl7Error::UnsupportedEvent { event: code.to_owned() });
        }
        let kind = MessageKind::new("ADT", code, self.event.structure());
        let version = Version { number: "2.5".to_owned(), country: Some("FRA".to_owned()), extension: Some("2.11".to_owned()) };
        let mut draft = Draft::new(envelope, &kind, &version, Some(("2.11", "IHE_FRANCE-2.11-PAM")));
        if self.event.is_movement() && self.event != AdtEvent::A05 && self.occurred.is_none() {
            return Err(Hl7Error::missing("EVN-6"));
        }
        draft.push(
            &SegmentDraft::new("EVN")
                .time(2, self.recorded.as_ref().or(Some(&envelope.time)))
                .time(3, self.planned.as_ref())
                .values(5, &self.operators)
                .time(6, self.occurred.as_ref()),
        );
        draft.push(&self.patient.draft()?);
        self.check_merge()?;
        if let Some(merge) = &self.merge {
            draft.push(&merge.draft());
        }
        self.push_stay(&mut draft)?;
        draft.print()
    }

    fn push_stay(&self, draft: &mut Draft) -> Result<(), Hl7Error> {
        match &self.visit {
            Some(visit) => visit.push(draft, self.event.is_movement())?,
            None if self.event.is_of_a_stay() => return Err(Hl7Error::missing("PV1")),
            None => {}
        }
        match &self.movement {
            Some(movement) => draft.push(&movement.draft()?),
            None if self.event.is_movement() => return Err(Hl7Error::missing("ZBE")),
            None => {}
        }
        let complements = [
            self.dmp.as_ref().map(DmpStatus::draft),
            self.pmsi.as_ref().map(PmsiModes::draft),
            self.complement.as_ref().map(IdentityComplement::draft),
        ];
        for segment in complements.iter().flatten() {
            draft.push_unless_empty(segment);
        }
        Ok(())
    }
}
