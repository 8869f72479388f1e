//! SIU: appointments (HL7 chapter 10; no French profile is public).

use crate::datatype::{Code, EntityId};
use crate::draft::{Draft, Envelope, SegmentDraft};
use crate::error::{Hl7Error, excerpt};
use crate::event::SiuEvent;
use crate::header::{MessageKind, Version};
use crate::message::Message;
use crate::observation::{note, note_draft};
use crate::patient::Patient;
use crate::person::Professional;
use crate::reading::{Reading, every, expect_kind, one, required, text};
use crate::resource::Resource;
use crate::timestamp::Timestamp;
use crate::visit::Visit;

/// What a SIU message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// MSH-9.2.
    pub event: SiuEvent,
    /// SCH-1: number given by who asked.
    pub placer: Option<EntityId>,
    /// SCH-2: number given by who keeps the diary.
    pub filler: Option<EntityId>,
    /// SCH-5: the diary.
    pub schedule: Option<Code>,
    /// SCH-6: why the message is sent, for a change or a cancellation.
    pub event_reason: Option<Code>,
    /// SCH-7: why the patient comes.
    pub reason: Option<Code>,
    /// SCH-8: kind of appointment.
    pub kind: Option<Code>,
    /// SCH-9: duration, a number as written.
    pub duration: Option<String>,
    /// SCH-10: its unit.
    pub duration_unit: Option<Code>,
    /// SCH-11.4, else TQ1-7: start.
    pub start: Option<Timestamp>,
    /// SCH-11.5, else TQ1-8: end.
    pub end: Option<Timestamp>,
    /// SCH-16: whom to ask.
    pub contacts: Vec<Professional>,
    /// SCH-25: status in the diary: `Booked`, `Cancelled`, `Noshow`…
    pub status: Option<Code>,
    /// PID; `None` for slots.
    pub patient: Option<Patient>,
    /// PV1.
    pub visit: Option<Visit>,
    /// AIS, AIG, AIL, AIP, in order.
    pub resources: Vec<Resource>,
    /// NTE-3.
    pub notes: Vec<String>,
    /// Defects that did not prevent the reading, in plain English.
    pub warnings: Vec<String>,
}

impl Appointment {
    /// An event of a diary, everything else to fill in.
    pub fn new(event: SiuEvent) -> Self {
        Self {
            event,
            placer: None,
            filler: None,
            schedule: None,
            event_reason: None,
            reason: None,
            kind: None,
            duration: None,
            duration_unit: None,
            start: None,
            end: None,
            contacts: Vec::new(),
            status: None,
            patient: None,
            visit: None,
            resources: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Reads a SIU message.
    ///
    /// # Errors
    /// [`Hl7Error::UnsupportedMessage`], [`Hl7Error::UnsupportedEvent`], [`Hl7Error::SeveralPatients`];
    /// [`Hl7Error::Missing`] without SCH, without any number of appointment (SCH-1 or SCH-2), or without
    /// patient unless slots are meant.
    pub fn read(message: &Message) -> Result<Self, Hl7Error> {
        expect_kind(message, &["SIU"])?;
        let code = message.header().kind.event.as_deref().unwrap_or("");
        let event = SiuEvent::from_code(code).ok_or_else(|| Hl7Error::UnsupportedEvent { event: excerpt(code) })?;
        let mut reading = Reading::new(message);
        let mut read = Self::new(event);
        read.read_sch(message, &mut reading)?;
        read.patient = match message.segment("PID") {
            None if event.is_of_slots() => None,
            _ => Some(Patient::read(message, &mut reading)?),
        };
        read.visit = Visit::read(message, &mut reading);
        let mut group = None;
        for segment in message.segments() {
            match segment.name() {
                "RGS" => group = text(segment, 1).or_else(|| text(segment, 3)),
                "NTE" => read.notes.extend(note(segment)),
                _ => read.resources.extend(Resource::read(segment, group.as_ref(), &mut reading)),
            }
        }
        read.warnings = reading.into_warnings();
        Ok(read)
    }

    fn read_sch(&mut self, message: &Message, reading: &mut Reading) -> Result<(), Hl7Error> {
        let sch = required(message, "SCH")?;
        self.placer = one(sch, 1);
        self.filler = one(sch, 2);
        if self.placer.is_none() && self.filler.is_none() {
            return Err(Hl7Error::missing("SCH-1"));
        }
        self.schedule = one(sch, 5);
        self.event_reason = one(sch, 6);
        self.reason = one(sch, 7);
        self.kind = one(sch, 8);
        self.duration = text(sch, 9);
        self.duration_unit = one(sch, 10);
        self.contacts = every(sch, 16);
        self.status = one(sch, 25);
        let part = |n| sch.field(11).component(n).subcomponent(1).opt();
        for (raw, into) in [(part(4), &mut self.start), (part(5), &mut self.end)] {
            let Some(raw) = raw else { continue };
            *into = Timestamp::parse(&raw);
            if into.is_none() {
                reading.warn(sch, 11, &format!("the time \"{}\" is not readable and was left out", excerpt(&raw)));
            }
        }
        if let Some(tq1) = message.segment("TQ1") {
            self.start = self.start.take().or_else(|| reading.time(tq1, 7));
            self.end = self.end.take().or_else(|| reading.time(tq1, 8));
        }
        if self.start.is_none() {
            reading.warn(sch, 11, "the appointment has no time");
        }
        Ok(())
    }

    /// Prints the message as HL7 2.5.
    ///
    /// # Errors
    /// [`Hl7Error::Missing`] for SCH-1 and SCH-2, and for the patient unless slots are meant;
    /// [`Hl7Error::Unencodable`].
    pub fn print(&self, envelope: &Envelope) -> Result<Vec<u8>, Hl7Error> {
        if self.placer.is_none() && self.filler.is_none() {
            return Err(Hl7Error::missing("SCH-1"));
        }
        let version = Version { number: "2.5".to_owned(), ..Version::default() };
        let kind = MessageKind::new("SIU", self.event.code(), "SIU_S12");
        let mut draft = Draft::new(envelope, &kind, &version, None);
        draft.push(&self.sch());
        for (at, note) in self.notes.iter().enumerate() {
            draft.push(&note_draft(at + 1, note));
        }
        match &self.patient {
            Some(patient) => draft.push(&patient.draft()?),
            None if self.event.is_of_slots() => {}
            None => return Err(Hl7Error::missing("PID")),
        }
        if let Some(visit) = &self.visit {
            visit.push(&mut draft, false)?;
        }
        let mut group: Option<&String> = None;
        let mut rank = 0;
        for resource in &self.resources {
            rank += 1;
            if rank == 1 || resource.group.as_ref() != group {
                group = resource.group.as_ref();
                draft.push(&SegmentDraft::new("RGS").text(1, group.map_or("1", String::as_str)));
            }
            draft.push(&resource.draft(rank));
        }
        draft.print()
    }

    fn sch(&self) -> SegmentDraft {
        let time = |t: &Option<Timestamp>| t.as_ref().map(|t| t.raw.clone()).unwrap_or_default();
        SegmentDraft::new("SCH")
            .value(1, self.placer.as_ref())
            .value(2, self.filler.as_ref())
            .value(5, self.schedule.as_ref())
            .value(6, self.event_reason.as_ref())
            .value(7, self.reason.as_ref())
            .value(8, self.kind.as_ref())
            .opt(9, self.duration.as_ref())
            .value(10, self.duration_unit.as_ref())
            .components(11, &["", "", "", &time(&self.start), &time(&self.end)])
            .values(16, &self.contacts)
            .value(25, self.status.as_ref())
    }
}
