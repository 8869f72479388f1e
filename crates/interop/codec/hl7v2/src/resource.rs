//! AIS, AIG, AIL, AIP: what an appointment needs.

use crate::datatype::Code;
use crate::draft::SegmentDraft;
use crate::person::{Location, Professional};
use crate::reading::{Reading, every, one, text};
use crate::timestamp::Timestamp;
use crate::value::Segment;

/// What is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceKind {
    /// AIS: a service.
    Service(Option<Code>),
    /// AIG: equipment, transport… with its kind.
    General(Option<Code>, Option<Code>),
    /// AIL: places, with their kind.
    Places(Vec<Location>, Option<Code>),
    /// AIP: persons, with their role.
    Persons(Vec<Professional>, Option<Code>),
}

/// A resource of an appointment, with its own time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// RGS-1: resources of a same group are needed together.
    pub group: Option<String>,
    /// What is booked.
    pub kind: ResourceKind,
    /// Field 2: `A` added, `D` deleted, `U` changed, `X` no change.
    pub action: Option<String>,
    /// Start; `None` for that of the appointment.
    pub start: Option<Timestamp>,
    /// Duration, a number as written.
    pub duration: Option<String>,
    /// Its unit.
    pub duration_unit: Option<Code>,
    /// Status in the diary.
    pub status: Option<Code>,
}

/// Numbers of the fields of a resource segment: start, duration, unit, status.
struct Layout {
    name: &'static str,
    start: usize,
    duration: usize,
    unit: usize,
    status: usize,
}

const AIS: Layout = Layout { name: "AIS", start: 4, duration: 7, unit: 8, status: 10 };
const AIG: Layout = Layout { name: "AIG", start: 8, duration: 11, unit: 12, status: 14 };
const AIL: Layout = Layout { name: "AIL", start: 6, duration: 9, unit: 10, status: 12 };
const AIP: Layout = Layout { name: "AIP", start: 6, duration: 9, unit: 10, status: 12 };

impl Resource {
    /// Reads a segment; `None` when it is not that of a resource.
    pub(crate) fn read(segment: Segment<'_>, group: Option<&String>, reading: &mut Reading) -> Option<Self> {
        let (layout, kind) = match segment.name() {
            "AIS" => (AIS, ResourceKind::Service(one(segment, 3))),
            "AIG" => (AIG, ResourceKind::General(one(segment, 3), one(segment, 4))),
            "AIL" => (AIL, ResourceKind::Places(every(segment, 3), one(segment, 4))),
            "AIP" => (AIP, ResourceKind::Persons(every(segment, 3), one(segment, 4))),
            _ => return None,
        };
        Some(Self {
            group: group.cloned(),
            kind,
            action: text(segment, 2),
            start: reading.time(segment, layout.start),
            duration: text(segment, layout.duration),
            duration_unit: one(segment, layout.unit),
            status: one(segment, layout.status),
        })
    }

    pub(crate) fn draft(&self, rank: usize) -> SegmentDraft {
        let layout = match self.kind {
            ResourceKind::Service(_) => AIS,
            ResourceKind::General(..) => AIG,
            ResourceKind::Places(..) => AIL,
            ResourceKind::Persons(..) => AIP,
        };
        let draft = SegmentDraft::new(layout.name)
            .text(1, rank.to_string())
            .opt(2, self.action.as_ref())
            .time(layout.start, self.start.as_ref())
            .opt(layout.duration, self.duration.as_ref())
            .value(layout.unit, self.duration_unit.as_ref())
            .value(layout.status, self.status.as_ref());
        match &self.kind {
            ResourceKind::Service(code) => draft.value(3, code.as_ref()),
            ResourceKind::General(code, kind) => draft.value(3, code.as_ref()).value(4, kind.as_ref()),
            ResourceKind::Places(places, kind) => draft.values(3, places).value(4, kind.as_ref()),
            ResourceKind::Persons(persons, kind) => draft.values(3, persons).value(4, kind.as_ref()),
        }
    }
}
