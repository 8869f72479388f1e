//! Structured entries, kept lightly.

use crate::datatype::{Code, Id};
use crate::timestamp::Timestamp;

/// The text of an entry: its own, or a place in the narrative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryText {
    /// Text written in the entry.
    pub text: Option<String>,
    /// Identifier in the narrative (without `#`).
    pub reference: Option<String>,
}

/// A quantity. The number is kept as written: no rounding is ever made here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quantity {
    /// Decimal number as written.
    pub value: Option<String>,
    /// UCUM unit; `1` or absent for a count.
    pub unit: Option<String>,
    /// The same in the words of the author (`translation/originalText`).
    pub told: Option<EntryText>,
}

/// A quantity or an interval of quantities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Range {
    /// The quantity itself.
    pub value: Option<Quantity>,
    /// Lower bound.
    pub low: Option<Quantity>,
    /// Upper bound.
    pub high: Option<Quantity>,
    /// Whether the lower bound itself is left out (`inclusive="false"`).
    pub above: bool,
    /// Whether the upper bound itself is left out (`inclusive="false"`).
    pub below: bool,
}

/// The value of an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// `BL`.
    Boolean(bool),
    /// `CD`, `CE`, `CV`, `CO`.
    Code(Code),
    /// `PQ` or `IVL_PQ`.
    Quantity(Range),
    /// `INT` or `REAL`, as written.
    Number(String),
    /// `ST` or `ED`.
    Text(String),
    /// `TS` or `IVL_TS`.
    Time(Box<EntryTime>),
    /// `RTO`.
    Ratio {
        /// Numerator.
        numerator: Quantity,
        /// Denominator.
        denominator: Quantity,
    },
    /// Absent, with the HL7 reason.
    Absent(String),
    /// A type this reader does not map, with its text and `value` attribute.
    Other {
        /// Declared type.
        data_type: String,
        /// What could be read.
        text: Option<String>,
    },
}

/// A time of an entry: point, interval, repetition or a combination.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryTime {
    /// HL7 type declared: `IVL_TS`, `PIVL_TS`, `EIVL_TS`, `SXPR_TS`…
    pub data_type: Option<String>,
    /// HL7 operator with the preceding time: `A` intersection, `I` union…
    pub operator: Option<String>,
    /// Point.
    pub value: Option<Timestamp>,
    /// Start; for a repetition, start of its phase.
    pub low: Option<Timestamp>,
    /// End; for a repetition, end of its phase.
    pub high: Option<Timestamp>,
    /// Duration of an interval.
    pub width: Option<Quantity>,
    /// Period of a repetition.
    pub period: Option<Quantity>,
    /// Event of daily life the repetition is tied to, such as `ACM` before breakfast.
    pub event: Option<String>,
    /// Distance from the event.
    pub offset: Option<Range>,
    /// HL7 reason for absence.
    pub null_flavor: Option<String>,
    /// Parts of a combination.
    pub parts: Vec<EntryTime>,
}

/// A product given, prescribed or dispensed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Product {
    /// Code, such as CIS or CIP.
    pub code: Option<Code>,
    /// Name.
    pub name: Option<String>,
    /// Batch number.
    pub lot: Option<String>,
}

/// Values that are usual, or that mean something, for an observation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceRange {
    /// The values.
    pub value: Option<Value>,
    /// The same in words.
    pub text: Option<EntryText>,
    /// What a value in the range means, such as `N` normal.
    pub interpretation: Option<Code>,
}

/// Someone or something that takes part in an entry, such as the agent of an allergy or a specimen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryParticipant {
    /// HL7 type, such as `CSM` for the agent of an allergy; `SPC` for a specimen.
    pub type_code: Option<String>,
    /// What it is.
    pub code: Option<Code>,
    /// Its name.
    pub name: Option<String>,
}

/// A clinical statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Name of the element: `observation`, `act`, `substanceAdministration`…
    pub kind: String,
    /// Link to the parent statement: `SUBJ`, `REFR`, `COMP`…
    pub relation: Option<String>,
    /// Whether the direction of the link is reversed.
    pub inverted: bool,
    /// HL7 mood: `EVN` done, `INT` intended, `RQO` requested…
    pub mood: Option<String>,
    /// Whether the statement is negated ("no known allergy", "not given").
    pub negated: bool,
    /// Reason for absence of the whole statement.
    pub null_flavor: Option<String>,
    /// Models the statement says it follows, in itself or in the element that holds it.
    pub template_ids: Vec<Id>,
    /// Identifiers.
    pub ids: Vec<Id>,
    /// What is stated.
    pub code: Option<Code>,
    /// Text.
    pub text: Option<EntryText>,
    /// `active`, `completed`, `aborted`…
    pub status: Option<String>,
    /// Times, in order: several for a posology.
    pub effective_times: Vec<EntryTime>,
    /// Values.
    pub values: Vec<Value>,
    /// Interpretation of the values.
    pub interpretations: Vec<Code>,
    /// What the values are compared with.
    pub references: Vec<ReferenceRange>,
    /// Where on the body.
    pub target_sites: Vec<Code>,
    /// Route of administration.
    pub route: Option<Code>,
    /// Dose.
    pub dose: Option<Range>,
    /// Rate of administration.
    pub rate: Option<Range>,
    /// Largest dose in a time: numerator, denominator.
    pub max_dose: Option<(Quantity, Quantity)>,
    /// Conditions of the statement, such as that of a drug taken if needed; an empty text when the
    /// document gives none.
    pub preconditions: Vec<EntryText>,
    /// Product.
    pub product: Option<Product>,
    /// Participants.
    pub participants: Vec<EntryParticipant>,
    /// Statements under this one.
    pub entries: Vec<Entry>,
}
