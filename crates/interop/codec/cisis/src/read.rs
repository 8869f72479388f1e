//! The lists of a document received, as the types they are written from.
//!
//! Sections are found by their LOINC code, whatever the model of the document: a DLU, a return
//! sheet, a letter, a summary. What has no code keeps its text. `None` means that the document has
//! no such section; a list whose entries say nothing readable is [`Recorded::Unknown`]. What an entry
//! says that these types cannot is counted in [`Listed::unread`], and the narrative remains what a
//! person must read.
//!
//! Not read: what stands in the narrative only.

mod device;
mod examination;
mod posology;
mod statement;

use cda_r2::{ClinicalDocument, Code, Entry, Section};

use crate::allergy::{self, Allergy};
use crate::concept::{Concept, System};
use crate::problem::{self, Problem};
use crate::recorded::{Recorded, Wording};
use crate::scribe::SectionModel;
use crate::surgery::{self, Surgery};
use crate::treatment::{self, Treatment};
use crate::vaccination::{self, Vaccination};
use crate::vital::{MODEL as VITAL_SIGNS, VitalSign};
pub use device::{Device, devices};
pub use examination::{Bounds, Examination, Finding, Reference, examinations};
pub use posology::sentence as posology;
use statement::{as_code, has, is_measured, is_void, text_of};

/// A list of problems, by the section that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemList {
    /// Pathologies, 11450-4.
    Active,
    /// Medical history, 11348-0.
    History,
    /// Diagnosis of a stay or of an emergency, 11535-2.
    Diagnosis,
}

/// A list of treatments, by the section that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreatmentList {
    /// Current treatments, 10160-0.
    Current,
    /// On admission, 42346-7.
    Admission,
    /// Stopped during a stay, 18610-6.
    Stopped,
    /// On discharge, 10183-2.
    Discharge,
    /// Prescribed, 57828-6.
    Prescribed,
}

/// Section of a prescription of medicines (eP-MED-DM).
const PRESCRIBED: SectionModel = SectionModel {
    templates: &[],
    code: Concept::new("57828-6", "Prescription de médicaments", System::Loinc),
    title: "Prescription de médicaments",
};

/// A list read, and what could not be read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<L> {
    /// The list.
    pub list: L,
    /// How many statements say something else than an item or a known state: negated ("does not
    /// have"), cancelled, over, not established, without a text, in another unit, or a state that
    /// items contradict. Above
    /// zero, the list is not the whole: the narrative must be read.
    pub unread: usize,
}

/// Model of an observation of a problem, IHE PCC.
const PROBLEM: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.5";

/// The problems of a list.
pub fn problems(document: &ClinicalDocument, list: ProblemList) -> Option<Listed<Recorded<Problem>>> {
    let model = match list {
        ProblemList::Active => &problem::ACTIVE,
        ProblemList::History => &problem::HISTORY,
        ProblemList::Diagnosis => &problem::DISCHARGE,
    };
    let holds = move |section: &Section, entry: &Entry| {
        let past = list == ProblemList::Active && statement::is_over(entry);
        statement::problem(section, entry).filter(|_| !past)
    };
    collect(document, model, &problem::WORDING, |section| observed(section), holds)
}

/// The acts of surgery undergone (47519-4).
pub fn surgeries(document: &ClinicalDocument) -> Option<Listed<Recorded<Surgery>>> {
    let model = &surgery::MODEL;
    collect(document, model, &surgery::WORDING, |section| section.entries.iter().collect(), statement::surgery)
}

/// The allergies.
pub fn allergies(document: &ClinicalDocument) -> Option<Listed<Recorded<Allergy>>> {
    collect(document, &allergy::MODEL, &allergy::WORDING, |section| observed(section), statement::allergy)
}

/// The treatments of a list.
pub fn treatments(document: &ClinicalDocument, list: TreatmentList) -> Option<Listed<Recorded<Treatment>>> {
    let model = match list {
        TreatmentList::Current => &treatment::CURRENT,
        TreatmentList::Admission => &treatment::ADMISSION,
        TreatmentList::Stopped => &treatment::STOPPED,
        TreatmentList::Discharge => &treatment::DISCHARGE,
        TreatmentList::Prescribed => &PRESCRIBED,
    };
    collect(document, model, &treatment::WORDING, |section| section.entries.iter().collect(), statement::treatment)
}

/// The vaccinations.
pub fn vaccinations(document: &ClinicalDocument) -> Option<Listed<Recorded<Vaccination>>> {
    let model = &vaccination::MODEL;
    collect(document, model, &vaccination::WORDING, |section| section.entries.iter().collect(), statement::vaccination)
}

/// The vital signs measured, those of a known kind in its own unit.
pub fn vital_signs(document: &ClinicalDocument) -> Listed<Vec<VitalSign>> {
    let organizers = sections(document, &VITAL_SIGNS).flat_map(|section| &section.entries);
    let measured: Vec<&Entry> = organizers.flat_map(|organizer| &organizer.entries).filter(|e| is_measured(e)).collect();
    let list: Vec<VitalSign> = measured.iter().filter_map(|entry| statement::vital_sign(entry)).collect();
    let unread = measured.len() - list.len();
    Listed { list, unread }
}

fn sections<'d>(document: &'d ClinicalDocument, model: &SectionModel) -> impl Iterator<Item = &'d Section> {
    let wanted = model.code.code;
    let is = move |section: &&Section| section.code.as_ref().and_then(|own| own.code.as_deref()) == Some(wanted);
    document.sections().into_iter().filter(is)
}

/// What each concern of a section is about; a concern about nothing known stands for itself.
fn observed(section: &Section) -> Vec<&Entry> {
    section.entries.iter().flat_map(about).collect()
}

fn about(concern: &Entry) -> Vec<&Entry> {
    let found: Vec<&Entry> = concern.entries.iter().filter(|entry| has(entry, PROBLEM)).collect();
    if found.is_empty() || is_void(concern) { vec![concern] } else { found }
}

/// The items of the sections of a model, or the state their only entry tells.
fn collect<'d, T>(
    document: &'d ClinicalDocument,
    model: &SectionModel,
    wording: &Wording,
    entries: impl Fn(&'d Section) -> Vec<&'d Entry>,
    read: impl Fn(&Section, &Entry) -> Option<T>,
) -> Option<Listed<Recorded<T>>> {
    let mut known = false;
    let (mut items, mut states, mut unread) = (Vec::new(), Vec::new(), 0);
    for section in sections(document, model) {
        known = true;
        for entry in entries(section) {
            match (reason(section, entry, wording), read(section, entry)) {
                (Some((code, sentence)), _) if !entry.negated => states.push(wording.state(&code, sentence)),
                (None, Some(item)) => items.push(item),
                _ => unread += 1,
            }
        }
    }
    let list = if items.is_empty() {
        let state = states.pop().unwrap_or_default();
        unread += states.iter().filter(|other| !same_state(other, &state)).count();
        state
    } else {
        unread += states.len();
        Recorded::Items(items)
    };
    known.then_some(Listed { list, unread })
}

/// Why an entry stands for no item, and the sentence that says so.
fn reason(section: &Section, entry: &Entry, wording: &Wording) -> Option<(Code, Option<String>)> {
    let valued = entry.values.iter().find_map(as_code);
    let code =
        valued.or(entry.code.as_ref().filter(|_| matches!(entry.kind.as_str(), "substanceAdministration" | "procedure")))?;
    let absent = code.system.as_deref() == Some(System::AbsentOrUnknown.oid())
        || wording.none.is(code)
        || matches!(code.null_flavor.as_deref(), Some("NASK" | "NAV"));
    absent.then(|| (code.clone(), code.original_text.clone().or_else(|| text_of(section, entry))))
}

fn same_state<T>(one: &Recorded<T>, other: &Recorded<T>) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}
