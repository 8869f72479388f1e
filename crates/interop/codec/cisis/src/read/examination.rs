//! Results of a laboratory or of another examination.
//!
//! Read in the laboratory entries (IHE LAB, 1.3.6.1.4.1.19376.1.3.1), whatever the section, and in
//! the section of results 30954-2. Former results a laboratory recalls (`REFR`) are left where they
//! are: they belong to another report.

use cda_r2::{ClinicalDocument, Entry, Range, Section, Timestamp, Value};

use super::Listed;
use super::statement::{affirms, comment, has, is_measured, label, measure, text_of};
use crate::concept::Term;
use crate::measure::Measure;
use crate::results::RESULTS_CODE;

/// Entry of a report of a laboratory, IHE LAB.
const LABORATORY: &str = "1.3.6.1.4.1.19376.1.3.1";
/// Observation of a laboratory, IHE LAB.
const OBSERVATION: &str = "1.3.6.1.4.1.19376.1.3.1.6";
/// A comment: it says no result.
const COMMENT: &str = "48767-8";

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// A quantity.
    Measure(Measure),
    /// Bounds of a quantity.
    Between(Bounds),
    /// Yes or no.
    Boolean(bool),
    /// Words, or a number without unit.
    Text(String),
}

/// An interval of quantities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Lower bound.
    pub low: Option<Measure>,
    /// Whether the lower bound itself is left out.
    pub above: bool,
    /// Upper bound.
    pub high: Option<Measure>,
    /// Whether the upper bound itself is left out.
    pub below: bool,
}

/// A value a result is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The interval, when it is given as one.
    pub bounds: Option<Bounds>,
    /// The same in words.
    pub text: Option<String>,
    /// What a value in the range means, such as `N` normal.
    pub meaning: Option<String>,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// Titles it stands under, the widest first: section, panel.
    pub titles: Vec<String>,
    /// What was isolated from the sample and the result is about: a germ.
    pub isolate: Option<String>,
    /// Where on the body.
    pub site: Option<String>,
    /// What was measured, as the document says it.
    pub label: String,
    /// Code, usually LOINC.
    pub code: Option<Term>,
    /// What was found.
    pub finding: Finding,
    /// Interpretation: HL7 codes, such as `N`, `H`, `LL`, `R`.
    pub flags: Vec<String>,
    /// Values it is compared with.
    pub references: Vec<Reference>,
    /// When.
    pub time: Option<Timestamp>,
    /// Comment.
    pub comment: Option<String>,
}

/// Every result of a document, in its order.
pub fn examinations(document: &ClinicalDocument) -> Listed<Vec<Examination>> {
    let mut found = Listed { list: Vec::new(), unread: 0 };
    for section in document.sections() {
        let results = section.code.as_ref().is_some_and(|code| RESULTS_CODE.is(code));
        for entry in section.entries.iter().filter(|entry| results || has(entry, LABORATORY)) {
            let titles = section.title.clone().filter(|title| !title.trim().is_empty()).into_iter().collect();
            let place = Place { section, titles, isolate: None, laboratory: has(entry, LABORATORY) };
            place.visit(entry, &mut found);
        }
    }
    found
}

/// Where a statement stands.
struct Place<'d> {
    section: &'d Section,
    titles: Vec<String>,
    isolate: Option<String>,
    laboratory: bool,
}

impl Place<'_> {
    /// Depth is bounded by that of the XML.
    fn visit(&self, entry: &Entry, found: &mut Listed<Vec<Examination>>) {
        if entry.kind == "observation" {
            match self.read(entry) {
                Some(examination) => found.list.push(examination),
                None => found.unread += usize::from(is_measured(entry) || self.laboratory),
            }
            return;
        }
        let holds = matches!(entry.kind.as_str(), "act" | "organizer") && !is_comment(entry);
        if !holds {
            return;
        }
        let mut titles = self.titles.clone();
        if entry.kind == "organizer" {
            let title = entry.code.as_ref().and_then(|code| label(self.section, code));
            titles.extend(title.filter(|title| !self.titles.contains(title)));
        }
        let isolate = entry.participants.iter().find(|one| one.type_code.as_deref() == Some("SPC"));
        let isolate = isolate.and_then(|one| one.name.clone().or_else(|| label(self.section, one.code.as_ref()?)));
        let isolate = isolate.or_else(|| self.isolate.clone());
        let place = Place { section: self.section, titles, isolate, laboratory: self.laboratory };
        if !affirms(entry) {
            // A panel withdrawn says nothing: each of its results is counted.
            found.unread += entry.entries.iter().filter(|inner| inner.relation.as_deref() != Some("REFR")).count().max(1);
            return;
        }
        for inner in entry.entries.iter().filter(|inner| inner.relation.as_deref() != Some("REFR")) {
            place.visit(inner, found);
        }
    }

    fn read(&self, entry: &Entry) -> Option<Examination> {
        if !affirms(entry) || (self.laboratory && !has(entry, OBSERVATION)) {
            return None;
        }
        let code = entry.code.as_ref()?;
        let own = label(self.section, code);
        let own = if self.laboratory { own } else { code.display.clone().or(own) };
        Some(Examination {
            titles: self.titles.clone(),
            isolate: self.isolate.clone(),
            site: entry.target_sites.iter().find_map(|site| label(self.section, site)),
            label: own.or_else(|| text_of(self.section, entry))?,
            code: Term::of_code(code),
            finding: self.finding(entry)?,
            flags: entry.interpretations.iter().filter_map(|code| code.code.clone()).collect(),
            references: entry.references.iter().map(|range| self.reference(range)).collect(),
            time: entry.effective_times.first().and_then(|time| time.value.clone().or_else(|| time.low.clone())),
            comment: comment(self.section, entry),
        })
    }

    /// One value makes a finding; several of them cannot be told as one.
    fn finding(&self, entry: &Entry) -> Option<Finding> {
        let [value] = entry.values.as_slice() else { return None };
        let text = match value {
            Value::Quantity(range) => return quantity(range),
            Value::Boolean(yes) => return Some(Finding::Boolean(*yes)),
            Value::Code(code) => label(self.section, code)?,
            Value::Number(text) | Value::Text(text) => text.clone(),
            _ => return None,
        };
        (!text.trim().is_empty()).then_some(Finding::Text(text))
    }

    fn reference(&self, range: &cda_r2::ReferenceRange) -> Reference {
        let bounds = match &range.value {
            Some(Value::Quantity(range)) => Some(bounds(range)).filter(|bounds| bounds.low.is_some() || bounds.high.is_some()),
            _ => None,
        };
        let text = range.text.as_ref().and_then(|text| super::statement::resolved(self.section, text));
        Reference { bounds, text, meaning: range.interpretation.as_ref().and_then(|code| code.code.clone()) }
    }
}

fn is_comment(entry: &Entry) -> bool {
    entry.code.as_ref().is_some_and(|code| code.code.as_deref() == Some(COMMENT))
}

fn quantity(range: &Range) -> Option<Finding> {
    if let Some(value) = &range.value {
        return measure(value).map(Finding::Measure);
    }
    let bounds = bounds(range);
    (bounds.low.is_some() || bounds.high.is_some()).then_some(Finding::Between(bounds))
}

fn bounds(range: &Range) -> Bounds {
    let read = |bound: &Option<cda_r2::Quantity>| bound.as_ref().and_then(measure);
    Bounds { low: read(&range.low), above: range.above, high: read(&range.high), below: range.below }
}
