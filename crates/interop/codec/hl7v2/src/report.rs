//! ORU^R01: results of a laboratory, with the documents they may carry.

use crate::datatype::{Code, EntityId};
use crate::draft::{Draft, Envelope, SegmentDraft};
use crate::error::{Hl7Error, excerpt};
use crate::header::{MessageKind, Version};
use crate::message::Message;
use crate::observation::{Observation, ResultStatus, note, note_draft};
use crate::patient::Patient;
use crate::person::Professional;
use crate::reading::{Reading, every, expect_kind, one, text};
use crate::timestamp::Timestamp;
use crate::value::Segment;
use crate::visit::{PatientClass, Visit};

/// One request and its results (ORC, OBR and what follows).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// ORC-1: `NW`, `RE` results follow, `SC` status changed, `RO` replaced, `CA` cancelled…
    pub control: Option<String>,
    /// OBR-2, else ORC-2: number given by who asked.
    pub placer: Option<EntityId>,
    /// OBR-3, else ORC-3: number given by the laboratory.
    pub filler: Option<EntityId>,
    /// OBR-4: what was asked.
    pub service: Option<Code>,
    /// OBR-7: when the sample was taken.
    pub observed: Option<Timestamp>,
    /// OBR-14: when the laboratory received it.
    pub received: Option<Timestamp>,
    /// SPM-4, else OBR-15: the sample.
    pub specimen: Option<Code>,
    /// OBR-16, else ORC-12: who asked.
    pub requesters: Vec<Professional>,
    /// OBR-22: when the results were reported.
    pub reported: Option<Timestamp>,
    /// OBR-24: section of the laboratory.
    pub section: Option<String>,
    /// OBR-25.
    pub status: Option<ResultStatus>,
    /// OBR-28: who also receives the results.
    pub copies_to: Vec<Professional>,
    /// Comments on the whole.
    pub notes: Vec<String>,
    /// The results, in order.
    pub observations: Vec<Observation>,
}

/// What an ORU^R01 message says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// PID.
    pub patient: Patient,
    /// PV1.
    pub visit: Option<Visit>,
    /// Requests with their results, in order.
    pub orders: Vec<Order>,
    /// Defects that did not prevent the reading, in plain English.
    pub warnings: Vec<String>,
}

impl Report {
    /// Reads an ORU^R01 message. A CDA it carries is an observation whose value is a file; use
    /// [`crate::DocumentMessage`] for what concerns that document.
    ///
    /// # Errors
    /// [`Hl7Error::UnsupportedMessage`], [`Hl7Error::UnsupportedEvent`], [`Hl7Error::SeveralPatients`],
    /// [`Hl7Error::AttachmentsTooLarge`]; [`Hl7Error::Missing`] without PID-3 or OBR.
    pub fn read(message: &Message) -> Result<Self, Hl7Error> {
        expect_kind(message, &["ORU"])?;
        let event = message.header().kind.event.as_deref().unwrap_or("");
        if event != "R01" {
            return Err(Hl7Error::UnsupportedEvent { event: excerpt(event) });
        }
        let mut reading = Reading::new(message);
        let patient = Patient::read(message, &mut reading)?;
        let visit = Visit::read(message, &mut reading);
        let orders = read_orders(message, &mut reading)?;
        if orders.is_empty() {
            return Err(Hl7Error::missing("OBR"));
        }
        Ok(Self { patient, visit, orders, warnings: reading.into_warnings() })
    }

    /// Prints the message as HL7 2.5. It claims the profile `2.1^CISIS_CDA_HL7_V2` when a result is an
    /// XML file, which is what that profile is about.
    ///
    /// # Errors
    /// [`Hl7Error::Missing`] for the code, type or status of a result, and for PID-3, PID-5 and OBR-4;
    /// [`Hl7Error::Unencodable`].
    pub fn print(&self, envelope: &Envelope) -> Result<Vec<u8>, Hl7Error> {
        let files = self.orders.iter().flat_map(|order| &order.observations).filter_map(Observation::file);
        let carries = files.into_iter().any(crate::attachment::Attachment::is_xml);
        let version = Version { number: "2.5".to_owned(), ..Version::default() };
        let profile = carries.then_some(("2.1", "CISIS_CDA_HL7_V2"));
        let mut draft = Draft::new(envelope, &MessageKind::new("ORU", "R01", "ORU_R01"), &version, profile);
        draft.push(&self.patient.draft()?);
        let unknown = Visit { class: Some(PatientClass::NotApplicable), ..Visit::default() };
        self.visit.as_ref().unwrap_or(&unknown).push(&mut draft, false)?;
        for (rank, order) in self.orders.iter().enumerate() {
            order.push(&mut draft, rank + 1)?;
        }
        draft.print()
    }
}

fn read_orders(message: &Message, reading: &mut Reading) -> Result<Vec<Order>, Hl7Error> {
    let mut orders: Vec<Order> = Vec::new();
    let mut common = None;
    for segment in message.segments() {
        match segment.name() {
            "ORC" => common = Some(segment),
            "OBR" => orders.push(Order::read(common.take(), segment, reading)),
            "OBX" => match orders.last_mut() {
                Some(order) => order.observations.push(Observation::read(segment, reading)?),
                None => reading.warn(segment, 3, "a result stands before any request and was left out"),
            },
            "NTE" => keep_note(segment, &mut orders, reading),
            "SPM" => {
                if let Some(order) = orders.last_mut() {
                    order.specimen = one(segment, 4).or(order.specimen.take());
                }
            }
            _ => {}
        }
    }
    Ok(orders)
}

fn keep_note(segment: Segment<'_>, orders: &mut [Order], reading: &mut Reading) {
    let Some(comment) = note(segment) else { return };
    let Some(order) = orders.last_mut() else {
        reading.warn(segment, 3, "a comment stands before any request and was left out");
        return;
    };
    match order.observations.last_mut() {
        Some(observation) => observation.notes.push(comment),
        None => order.notes.push(comment),
    }
}

impl Order {
    fn read(common: Option<Segment<'_>>, obr: Segment<'_>, reading: &mut Reading) -> Self {
        let from_common = |n| common.and_then(|orc| one(orc, n));
        let mut requesters: Vec<Professional> = every(obr, 16);
        if let (true, Some(orc)) = (requesters.is_empty(), common) {
            requesters = every(orc, 12);
        }
        Self {
            control: common.and_then(|orc| text(orc, 1)),
            placer: one(obr, 2).or_else(|| from_common(2)),
            filler: one(obr, 3).or_else(|| from_common(3)),
            service: one(obr, 4),
            observed: reading.time(obr, 7),
            received: reading.time(obr, 14),
            specimen: one(obr, 15),
            requesters,
            reported: reading.time(obr, 22),
            section: text(obr, 24),
            status: reading.code(obr, 25, ResultStatus::from_code),
            copies_to: every(obr, 28),
            notes: Vec::new(),
            observations: Vec::new(),
        }
    }

    fn push(&self, draft: &mut Draft, rank: usize) -> Result<(), Hl7Error> {
        let service = self.service.as_ref().ok_or_else(|| Hl7Error::missing(format!("OBR[{rank}]-4")))?;
        draft.push(
            &SegmentDraft::new("ORC")
                .text(1, self.control.as_deref().unwrap_or("RE"))
                .value(2, self.placer.as_ref())
                .value(3, self.filler.as_ref())
                .values(12, &self.requesters),
        );
        draft.push(
            &SegmentDraft::new("OBR")
                .text(1, rank.to_string())
                .value(2, self.placer.as_ref())
                .value(3, self.filler.as_ref())
                .value(4, service)
                .time(7, self.observed.as_ref())
                .time(14, self.received.as_ref())
                .value(15, self.specimen.as_ref())
                .values(16, &self.requesters)
                .time(22, self.reported.as_ref())
                .opt(24, self.section.as_ref())
                .opt(25, self.status.map(ResultStatus::code))
                .values(28, &self.copies_to),
        );
        push_notes(draft, &self.notes);
        for (at, observation) in self.observations.iter().enumerate() {
            draft.push(&observation.draft(at + 1, true)?);
            push_notes(draft, &observation.notes);
        }
        Ok(())
    }
}

fn push_notes(draft: &mut Draft, notes: &[String]) {
    for (at, note) in notes.iter().enumerate() {
        draft.push(&note_draft(at + 1, note));
    }
}
