//! Devices, aids and belongings which go with the person (46264-8).

use cda_r2::{ClinicalDocument, Entry, Section, Timestamp, Value};

use super::statement::{affirms, comment, label, period, text_of};
use super::{Listed, sections};
use crate::concept::{Concept, System, Term};
use crate::scribe::SectionModel;

/// Section of devices; its templates differ from one model to the other, its code does not.
const DEVICES: SectionModel = SectionModel {
    templates: &[],
    code: Concept::new("46264-8", "Dispositifs médicaux", System::Loinc),
    title: "Dispositifs médicaux",
};

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What the document says.
    pub label: String,
    /// Code, usually EMDN.
    pub code: Option<Term>,
    /// Where on the body.
    pub site: Option<String>,
    /// Since.
    pub start: Option<Timestamp>,
    /// Until.
    pub end: Option<Timestamp>,
    /// Comment.
    pub comment: Option<String>,
}

/// The devices the person has. One the document says the person does not have is no device, and is
/// not counted either; one only prescribed (`INT`) is counted in [`Listed::unread`].
pub fn devices(document: &ClinicalDocument) -> Listed<Vec<Device>> {
    let mut found = Listed { list: Vec::new(), unread: 0 };
    for section in sections(document, &DEVICES) {
        for entry in section.entries.iter().filter(|entry| !is_absent(entry)) {
            match read(section, entry) {
                Some(device) => found.list.push(device),
                None => found.unread += 1,
            }
        }
    }
    found
}

/// The answer "no" of a check list, or no answer.
fn is_absent(entry: &Entry) -> bool {
    entry.values.iter().any(|value| matches!(value, Value::Boolean(false) | Value::Absent(_))) || entry.kind == "observationMedia"
}

fn read(section: &Section, entry: &Entry) -> Option<Device> {
    if !affirms(entry) || entry.mood.as_deref().is_some_and(|mood| mood != "EVN") {
        return None;
    }
    let device = entry.participants.iter().find(|one| one.type_code.as_deref() == Some("DEV"));
    let code = device.and_then(|one| one.code.as_ref()).or(entry.code.as_ref())?;
    let valued = entry.values.iter().find_map(|value| match value {
        Value::Code(code) => label(section, code),
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    let told = device.and_then(|one| one.name.clone()).or(valued).filter(|told| !told.trim().is_empty());
    let site = entry.target_sites.iter().find(|site| site.code.is_some()).and_then(|site| label(section, site));
    let (start, end) = period(entry);
    Some(Device {
        label: told.or_else(|| label(section, code)).or_else(|| text_of(section, entry))?,
        code: Term::of_code(code),
        site,
        start: start.filter(|_| device.is_some()),
        end,
        comment: comment(section, entry),
    })
}
