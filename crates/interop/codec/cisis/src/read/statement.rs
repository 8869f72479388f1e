//! What one statement says.

use cda_r2::{Code, Entry, EntryText, EntryTime, Quantity, Section, Timestamp, Value};

use super::posology;
use crate::allergy::{Allergy, AllergyKind, Severity};
use crate::concept::Term;
use crate::measure::{Decimal, Measure};
use crate::narrative::anchored_text;
use crate::problem::Problem;
use crate::route::Route;
use crate::surgery::Surgery;
use crate::treatment::{Dose, Drug, INSTRUCTIONS, Treatment};
use crate::vaccination::Vaccination;
use crate::vital::{VitalKind, VitalSign};

/// Model of a comment, IHE PCC.
const COMMENT: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.2";
/// Model of a severity, IHE PCC.
const SEVERITY: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.1";
/// Model of what is taken if needed, IHE PCC.
const CONDITIONAL: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.10";

/// Whether a statement says nothing, or says that something is not: these types cannot.
pub(super) fn is_void(entry: &Entry) -> bool {
    entry.negated || entry.null_flavor.is_some() || entry.status.as_deref() == Some("nullified")
}

/// Whether a statement was withdrawn before its end. A concern may be: what it is about remains.
fn is_withdrawn(entry: &Entry) -> bool {
    matches!(entry.status.as_deref(), Some("aborted" | "cancelled" | "nullified"))
}

pub(super) fn affirms(entry: &Entry) -> bool {
    !is_void(entry) && !is_withdrawn(entry)
}

/// Whether the document says of a problem that it is not established (LOINC 66455-7, certainty).
fn is_doubted(entry: &Entry) -> bool {
    told(entry, "66455-7").is_some_and(|certainty| certainty != "confirmed")
}

/// Whether the document says of a problem that it no longer holds (LOINC 33999-4, clinical status).
pub(super) fn is_over(entry: &Entry) -> bool {
    told(entry, "33999-4").is_some_and(|status| matches!(status, "inactive" | "resolved" | "remission"))
}

/// The code that answers a question (LOINC) under a statement.
fn told<'e>(entry: &'e Entry, question: &str) -> Option<&'e str> {
    let asked = |inner: &&Entry| inner.code.as_ref().is_some_and(|code| code.code.as_deref() == Some(question));
    let answer = entry.entries.iter().find(asked)?;
    answer.values.iter().find_map(as_code)?.code.as_deref()
}

pub(super) fn problem(section: &Section, entry: &Entry) -> Option<Problem> {
    if !affirms(entry) || !has(entry, super::PROBLEM) || is_doubted(entry) {
        return None;
    }
    let value = entry.values.iter().find_map(as_code);
    let label = value.and_then(|code| label(section, code)).or_else(|| text_of(section, entry))?;
    let code = value.and_then(Term::of_code);
    let (start, end) = period(entry);
    Some(Problem { label, code, start, end, comment: comment(section, entry) })
}

pub(super) fn allergy(section: &Section, entry: &Entry) -> Option<Allergy> {
    if !affirms(entry) || !has(entry, super::PROBLEM) || is_doubted(entry) || is_over(entry) {
        return None;
    }
    let participant = entry.participants.iter().find(|one| one.type_code.as_deref() == Some("CSM"));
    let coded = participant.and_then(|one| one.code.as_ref());
    let named = participant.and_then(|one| one.name.clone()).filter(|name| !name.is_empty());
    let value = entry.values.iter().find_map(as_code);
    let agent = named.or_else(|| coded.or(value).and_then(|code| label(section, code)))?;
    let shown = entry.entries.iter().filter(|inner| inner.relation.as_deref() == Some("MFST") && !is_void(inner));
    let shown = shown.filter_map(|inner| inner.values.iter().find_map(as_code).and_then(|code| label(section, code)));
    let reactions: Vec<String> = shown.collect();
    let reaction = (!reactions.is_empty()).then(|| reactions.join(" ; "));
    let severity = entry.entries.iter().find(|inner| has(inner, SEVERITY));
    let severity = severity.and_then(|inner| inner.values.iter().find_map(as_code).and_then(Severity::of_code));
    let (start, end) = period(entry);
    Some(Allergy {
        kind: entry.code.as_ref().and_then(AllergyKind::of_code).unwrap_or_default(),
        agent,
        agent_code: coded.and_then(Term::of_code),
        reaction,
        severity,
        start,
        end,
        comment: comment(section, entry),
    })
}

pub(super) fn treatment(section: &Section, entry: &Entry) -> Option<Treatment> {
    if !affirms(entry) {
        return None;
    }
    let drug = drug(section, entry)?;
    let (start, end) = period(entry);
    Some(Treatment {
        drug,
        dosage: dosage(section, entry),
        dose: dose(entry),
        route: entry.route.as_ref().and_then(Route::of_code),
        as_needed: condition(section, entry),
        start,
        end,
        reason: reason(section, entry),
        comment: comment(section, entry),
    })
}

pub(super) fn vaccination(section: &Section, entry: &Entry) -> Option<Vaccination> {
    // Negated, it is a vaccination that was not done: the type says so. Planned, it says neither.
    let done = entry.mood.as_deref().is_none_or(|mood| mood == "EVN");
    if !done || entry.null_flavor.is_some() || is_withdrawn(entry) {
        return None;
    }
    let told = text_of(section, entry);
    let product = drug(section, entry);
    let label = told.or_else(|| product.as_ref().map(|drug| drug.label.clone()))?;
    let date = entry.effective_times.first().and_then(|time| time.value.clone());
    let lot = entry.product.as_ref().and_then(|product| product.lot.clone());
    let product = product.filter(|drug| !same_words(&drug.label, &label) || !drug.codes.is_empty());
    Some(Vaccination { label, given: !entry.negated, product, lot, date, comment: comment(section, entry) })
}

/// A product name keeps its words and not its line breaks, which the narrative keeps.
fn same_words(one: &str, other: &str) -> bool {
    one.split_ascii_whitespace().eq(other.split_ascii_whitespace())
}

fn drug(section: &Section, entry: &Entry) -> Option<Drug> {
    let product = entry.product.as_ref()?;
    let code = product.code.as_ref();
    let label = product.name.clone().or_else(|| code.and_then(|code| label(section, code)))?;
    let all = code.into_iter().flat_map(|code| std::iter::once(code).chain(&code.translations));
    Some(Drug { label, codes: all.filter_map(Term::of_code).collect() })
}

/// When it is taken if needed only: the condition, empty when the document tells none.
fn condition(section: &Section, entry: &Entry) -> Option<String> {
    let told = entry.preconditions.iter().find_map(|text| resolved(section, text));
    told.or_else(|| (has(entry, CONDITIONAL) || !entry.preconditions.is_empty()).then(String::new))
}

/// Why it is given.
fn reason(section: &Section, entry: &Entry) -> Option<String> {
    let why = entry.entries.iter().find(|inner| inner.relation.as_deref() == Some("RSON") && !is_void(inner))?;
    why.code.as_ref().and_then(|code| label(section, code)).or_else(|| text_of(section, why))
}

/// The posology in words: the instructions to the patient, then what only quantities say.
fn dosage(section: &Section, entry: &Entry) -> String {
    let instruction = entry.entries.iter().find(|inner| has(inner, INSTRUCTIONS[1]));
    let instruction = instruction.and_then(|inner| text_of(section, inner));
    let steps = entry.entries.iter().filter(|inner| inner.kind == "substanceAdministration");
    let steps = steps.filter_map(|step| posology::step(step, dose(step).as_ref()));
    let alone = dose(entry).is_none().then(|| posology::frequency(entry, |text| resolved(section, text))).flatten();
    alone.into_iter().chain(instruction).chain(steps).chain(posology::bounds(entry)).collect::<Vec<_>>().join("\n")
}

pub(super) fn dose(entry: &Entry) -> Option<Dose> {
    let range = entry.dose.as_ref()?;
    let low = measure(range.low.as_ref().or(range.value.as_ref())?)?;
    let high = range.high.as_ref().and_then(measure).filter(|high| *high != low);
    let whole = entry.effective_times.iter().chain(entry.effective_times.iter().flat_map(|time| &time.parts));
    let repeated = whole.into_iter().find_map(|time| time.period.as_ref());
    Some(Dose { low, high, period: repeated.and_then(measure) })
}

pub(super) fn measure(quantity: &Quantity) -> Option<Measure> {
    Measure::new(quantity.value.as_deref()?, quantity.unit.as_deref().unwrap_or_default()).ok()
}

pub(super) fn vital_sign(entry: &Entry) -> Option<VitalSign> {
    if !affirms(entry) {
        return None;
    }
    let kind = VitalKind::ALL.into_iter().find(|kind| entry.code.as_ref().is_some_and(|code| kind.concept().is(code)))?;
    let quantity = entry.values.iter().find_map(|value| match value {
        Value::Quantity(range) => range.value.as_ref(),
        _ => None,
    })?;
    let value = quantity.value.as_deref().filter(|_| quantity.unit.as_deref() == Some(kind.unit()))?;
    let time = entry.effective_times.first().and_then(|time| time.value.clone());
    Some(VitalSign { kind, value: Decimal::new(value).ok()?, time })
}

/// Whether a statement has a value; what was asked and not measured has none.
pub(super) fn is_measured(entry: &Entry) -> bool {
    entry.values.iter().any(|value| match value {
        Value::Absent(_) => false,
        Value::Quantity(range) => [&range.value, &range.low, &range.high].into_iter().flatten().any(|own| own.value.is_some()),
        _ => true,
    })
}

pub(super) fn has(entry: &Entry, template: &str) -> bool {
    entry.template_ids.iter().any(|own| own.root == template)
}

pub(super) fn as_code(value: &Value) -> Option<&Code> {
    match value {
        Value::Code(code) => Some(code),
        _ => None,
    }
}

/// What a coded value says: its text, in itself or in the narrative, else its label.
pub(super) fn label(section: &Section, code: &Code) -> Option<String> {
    let referred = || code.original_reference.as_deref().and_then(|anchor| anchored_text(&section.narrative, anchor));
    let text = code.original_text.clone().or_else(referred).filter(|text| !text.is_empty());
    text.or_else(|| code.display.clone()).or_else(|| code.code.clone())
}

/// The text of an entry, in the narrative or in itself.
pub(super) fn text_of(section: &Section, entry: &Entry) -> Option<String> {
    resolved(section, entry.text.as_ref()?)
}

pub(super) fn resolved(section: &Section, text: &EntryText) -> Option<String> {
    let referred = text.reference.as_deref().and_then(|anchor| anchored_text(&section.narrative, anchor));
    referred.filter(|found| !found.is_empty()).or_else(|| text.text.clone())
}

pub(super) fn comment(section: &Section, entry: &Entry) -> Option<String> {
    text_of(section, entry.entries.iter().find(|inner| has(inner, COMMENT))?)
}

/// Start and end, of an interval or of a point.
pub(super) fn period(entry: &Entry) -> (Option<Timestamp>, Option<Timestamp>) {
    let time: Option<&EntryTime> = entry.effective_times.iter().find(|time| time.period.is_none());
    let start = time.and_then(|time| time.low.clone().or_else(|| time.value.clone()));
    (start, time.and_then(|time| time.high.clone()))
}

/// An act of surgery done.
pub(super) fn surgery(section: &Section, entry: &Entry) -> Option<Surgery> {
    let done = entry.mood.as_deref().is_none_or(|mood| mood == "EVN");
    if !affirms(entry) || !done || entry.kind != "procedure" {
        return None;
    }
    let told = || text_of(section, entry);
    let label = entry.code.as_ref().and_then(|code| label(section, code)).or_else(told)?;
    let (date, _) = period(entry);
    Some(Surgery { label, code: entry.code.as_ref().and_then(Term::of_code), date, comment: comment(section, entry) })
}
