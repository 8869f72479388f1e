//! OBX and NTE: one result, one document, one flag.

use crate::attachment::Attachment;
use crate::datatype::{Code, Datatype};
use crate::draft::SegmentDraft;
use crate::error::Hl7Error;
use crate::person::{Organization, Professional};
use crate::reading::{Reading, every, one, text};
use crate::timestamp::Timestamp;
use crate::value::Segment;

/// Status of a result (OBX-11, HL7 table 0085) or of a request (OBR-25, table 0123).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResultStatus {
    /// `F`
    Final,
    /// `C`, replaces a final result.
    Corrected,
    /// `D`, takes the result away.
    Deleted,
    /// `P`
    Preliminary,
    /// `R`, entered and not verified.
    Unverified,
    /// `S`, partial.
    Partial,
    /// `A`, some of the results.
    Some,
    /// `I`, specimen in the laboratory, result pending.
    Pending,
    /// `X`, cannot be obtained.
    Unobtainable,
    /// `U`, changed to final without sending the result again.
    FinalUnsent,
    /// `W`, the earlier result was of another patient or wrong.
    Wrong,
    /// `N`, not asked.
    NotAsked,
    /// `O`, detail of an order without result.
    OrderDetail,
}

impl ResultStatus {
    const ALL: [(Self, &'static str); 13] = [
        (Self::Final, "F"),
        (Self::Corrected, "C"),
        (Self::Deleted, "D"),
        (Self::Preliminary, "P"),
        (Self::Unverified, "R"),
        (Self::Partial, "S"),
        (Self::Some, "A"),
        (Self::Pending, "I"),
        (Self::Unobtainable, "X"),
        (Self::FinalUnsent, "U"),
        (Self::Wrong, "W"),
        (Self::NotAsked, "N"),
        (Self::OrderDetail, "O"),
    ];

    /// Letter of the table.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(status, _)| *status == self).map_or("", |(_, code)| code)
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(status, _)| *status)
    }
}

/// The value of a result (OBX-5), by its type (OBX-2). Numbers are kept as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultValue {
    /// `NM`: a number as written.
    Number(String),
    /// `SN`: comparator (`<`, `>=`…), number, separator (`-`, `/`, `:`) and second number, as written.
    Structured {
        /// SN-1.
        comparator: Option<String>,
        /// SN-2.
        first: Option<String>,
        /// SN-3.
        separator: Option<String>,
        /// SN-4.
        second: Option<String>,
    },
    /// `CE`, `CWE`, `CNE`.
    Coded(Code),
    /// `DT`, `TS`, `DTM`.
    Time(Timestamp),
    /// `ED`.
    File(Attachment),
    /// `ST`, `TX`, `FT` and every other type: the text, components as written.
    Text(String),
}

/// One observation (OBX) with its comments (NTE).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observation {
    /// OBX-2 as written.
    pub value_type: Option<String>,
    /// OBX-3: what is observed.
    pub code: Option<Code>,
    /// OBX-4: groups observations of a same code.
    pub sub_id: Option<String>,
    /// OBX-5, every repetition.
    pub values: Vec<ResultValue>,
    /// OBX-6: unit.
    pub unit: Option<Code>,
    /// OBX-7: reference range as written.
    pub reference_range: Option<String>,
    /// OBX-8: `H`, `L`, `HH`, `LL`, `A`, `N`…
    pub abnormal_flags: Vec<String>,
    /// OBX-11; `None` when absent or not known, which is told.
    pub status: Option<ResultStatus>,
    /// OBX-14: when it was observed.
    pub observed: Option<Timestamp>,
    /// OBX-15: laboratory, in older messages.
    pub producer: Option<Code>,
    /// OBX-16: who answers for the result.
    pub responsible: Vec<Professional>,
    /// OBX-17: methods.
    pub methods: Vec<Code>,
    /// OBX-19: when it was analysed.
    pub analysed: Option<Timestamp>,
    /// OBX-23: laboratory that made the result.
    pub laboratory: Option<Organization>,
    /// Comments that follow (NTE-3).
    pub notes: Vec<String>,
}

impl Observation {
    /// Reads OBX.
    ///
    /// # Errors
    /// [`Hl7Error::AttachmentsTooLarge`].
    pub(crate) fn read(obx: Segment<'_>, reading: &mut Reading) -> Result<Self, Hl7Error> {
        let value_type = text(obx, 2);
        let status = reading.code(obx, 11, ResultStatus::from_code);
        if obx.field(11).is_empty() {
            reading.warn(obx, 11, "the status of the result is absent");
        }
        Ok(Self {
            values: values(obx, value_type.as_deref().unwrap_or(""), reading)?,
            value_type,
            code: one(obx, 3),
            sub_id: text(obx, 4),
            unit: one(obx, 6),
            reference_range: text(obx, 7),
            abnormal_flags: obx.field(8).repetitions().filter_map(|v| v.component(1).opt()).collect(),
            status,
            observed: reading.time(obx, 14),
            producer: one(obx, 15),
            responsible: every(obx, 16),
            methods: every(obx, 17),
            analysed: reading.time(obx, 19),
            laboratory: one(obx, 23),
            notes: Vec::new(),
        })
    }

    /// The first file it carries.
    pub fn file(&self) -> Option<&Attachment> {
        self.values.iter().find_map(|value| if let ResultValue::File(file) = value { Some(file) } else { None })
    }

    /// As an OBX segment; files have their kind in capitals in ORU messages.
    pub(crate) fn draft(&self, rank: usize, capitals: bool) -> Result<SegmentDraft, Hl7Error> {
        let path = |n: usize| format!("OBX[{rank}]-{n}");
        let code = self.code.as_ref().ok_or_else(|| Hl7Error::missing(path(3)))?;
        let status = self.status.ok_or_else(|| Hl7Error::missing(path(11)))?;
        let value_type = self.value_type.as_deref().ok_or_else(|| Hl7Error::missing(path(2)))?;
        let values: Vec<String> = self.values.iter().map(|value| value.print(capitals)).collect();
        let flags: Vec<String> = self.abnormal_flags.iter().map(|flag| crate::escape::escape(flag)).collect();
        Ok(SegmentDraft::new("OBX")
            .text(1, rank.to_string())
            .text(2, value_type)
            .value(3, code)
            .opt(4, self.sub_id.as_ref())
            .raw(5, values.join("~"))
            .value(6, self.unit.as_ref())
            .opt(7, self.reference_range.as_ref())
            .raw(8, flags.join("~"))
            .text(11, status.code())
            .time(14, self.observed.as_ref())
            .value(15, self.producer.as_ref())
            .values(16, &self.responsible)
            .values(17, &self.methods)
            .time(19, self.analysed.as_ref())
            .value(23, self.laboratory.as_ref()))
    }
}

fn values(obx: Segment<'_>, value_type: &str, reading: &mut Reading) -> Result<Vec<ResultValue>, Hl7Error> {
    if value_type == "ED" {
        return Ok(vec![ResultValue::File(Attachment::read(obx, 5, reading)?)]);
    }
    let read = |value: crate::value::Value<'_>| match value_type {
        "NM" => value.opt().map(ResultValue::Number),
        "SN" => structured(value),
        "CE" | "CWE" | "CNE" => Code::read(value).map(ResultValue::Coded),
        "DT" | "TS" | "DTM" => {
            let raw = value.opt()?;
            Some(Timestamp::parse(&raw).map_or(ResultValue::Text(raw), ResultValue::Time))
        }
        _ => value.opt().map(ResultValue::Text),
    };
    Ok(obx.field(5).repetitions().filter_map(read).collect())
}

fn structured(value: crate::value::Value<'_>) -> Option<ResultValue> {
    let part = |n| value.component(n).opt();
    let read = ResultValue::Structured { comparator: part(1), first: part(2), separator: part(3), second: part(4) };
    (!value.is_empty()).then_some(read)
}

impl ResultValue {
    fn print(&self, capitals: bool) -> String {
        match self {
            Self::Number(text) | Self::Text(text) => crate::escape::escape(text),
            Self::Structured { comparator, first, separator, second } => {
                let parts = [comparator, first, separator, second].map(|p| crate::datatype::raw(p.as_deref()));
                crate::datatype::join(&parts, "^")
            }
            Self::Coded(code) => code.print(),
            Self::Time(time) => crate::escape::escape(&time.raw),
            Self::File(file) => file.print(capitals),
        }
    }
}

/// The comment of an NTE segment, its repetitions as lines.
pub(crate) fn note(nte: Segment<'_>) -> Option<String> {
    let lines: Vec<String> = nte.field(3).repetitions().filter_map(|line| line.opt()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A comment as an NTE segment, one repetition a line.
pub(crate) fn note_draft(rank: usize, text: &str) -> SegmentDraft {
    let lines: Vec<String> = text.lines().map(crate::escape::escape).collect();
    SegmentDraft::new("NTE").text(1, rank.to_string()).raw(3, lines.join("~"))
}
