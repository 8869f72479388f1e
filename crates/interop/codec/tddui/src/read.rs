//! A bundle of any software as plain values.

use std::collections::{BTreeMap, HashSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::error::TdduiError;
use crate::fields::{array, day, extension, identifier, owned, text};
use crate::model::{
    Contact, ContactRole, Document, Event, EventStatus, Gender, Organization, Patient, Qualified, Read, Stay, StayStatus,
};
use crate::resources::{EVENT, INS, LOCAL, ROLE, STAY, STRUCTURE};

/// What is accepted at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the bundle.
    pub bytes: usize,
    /// Entries.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 50 << 20, entries: 5_000 }
    }
}

/// Reads a bundle.
///
/// # Errors
/// Not a transaction of creations, not exactly one patient, a patient without names, sex or date of birth, too large.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Read, TdduiError> {
    if bytes.len() > limits.bytes {
        return Err(TdduiError::TooLarge("bytes"));
    }
    let bundle: Value = serde_json::from_slice(bytes).map_err(|error| TdduiError::NotJson(error.to_string()))?;
    if text(&bundle, "/resourceType") != "Bundle" || text(&bundle, "/type") != "transaction" {
        return Err(TdduiError::NotATransaction);
    }
    let entries = array(&bundle, "entry");
    if entries.len() > limits.entries {
        return Err(TdduiError::TooLarge("entries"));
    }
    let mut found = Found { read: empty(), patients: Vec::new(), others: BTreeMap::new() };
    for (rank, entry) in entries.iter().enumerate() {
        if text(entry, "/request/method") != "POST" {
            return Err(TdduiError::NotACreation(rank));
        }
        let resource = entry.get("resource").unwrap_or(&Value::Null);
        let (kind, url) = (text(resource, "/resourceType"), text(entry, "/request/url"));
        if kind != url {
            found.read.defects.push(format!("entry {rank}: request.url {url:?} instead of {kind:?}"));
        }
        found.version(resource);
        found.take(rank, resource);
    }
    unresolved(entries, &mut found.read.defects);
    found.finish()
}

struct Found {
    read: Read,
    patients: Vec<Result<Patient, TdduiError>>,
    others: BTreeMap<String, usize>,
}

fn empty() -> Read {
    let patient = Patient {
        local_id: String::new(),
        ins: None,
        family: String::new(),
        given: String::new(),
        given_names: String::new(),
        used: None,
        gender: Gender::Unknown,
        birth_date: String::new(),
        birth_place: None,
    };
    Read {
        patient,
        organizations: Vec::new(),
        stays: Vec::new(),
        events: Vec::new(),
        contacts: Vec::new(),
        documents: Vec::new(),
        others: Vec::new(),
        defects: Vec::new(),
        version: None,
    }
}

impl Found {
    fn version(&mut self, resource: &Value) {
        let claimed = array(resource.get("meta").unwrap_or(&Value::Null), "profile").iter().filter_map(Value::as_str);
        let version = claimed.filter_map(|profile| profile.split_once('|')).map(|(_, version)| version.to_owned()).next();
        self.read.version = self.read.version.take().or(version);
    }

    fn take(&mut self, rank: usize, resource: &Value) {
        let read = &mut self.read;
        match text(resource, "/resourceType") {
            "Patient" => self.patients.push(patient(resource)),
            "Organization" => read.organizations.push(organization(resource)),
            "Encounter" if identifier(resource, STAY).is_some() => read.stays.push(stay(resource)),
            "Encounter" => read.events.push(event(resource)),
            "RelatedPerson" => read.contacts.push(contact(rank, resource)),
            "DocumentReference" => {
                if let Some(document) = document(rank, resource) {
                    read.documents.push(document);
                } else {
                    read.defects.push(format!("entry {rank}: a document without readable content"));
                    self.count("DocumentReference");
                }
            }
            other => self.count(if other.is_empty() { "?" } else { other }),
        }
    }

    fn count(&mut self, kind: &str) {
        *self.others.entry(kind.chars().take(80).collect()).or_default() += 1;
    }

    fn finish(mut self) -> Result<Read, TdduiError> {
        let count = self.patients.len();
        let (Some(patient), 1) = (self.patients.pop(), count) else { return Err(TdduiError::Patients(count)) };
        self.read.patient = patient?;
        self.read.others = self.others.into_iter().collect();
        Ok(self.read)
    }
}

/// References which lead to no entry: told, since the bundle promised to hold what it names.
fn unresolved(entries: &[Value], defects: &mut Vec<String>) {
    let mut known = HashSet::new();
    for entry in entries {
        known.insert(text(entry, "/fullUrl").to_owned());
        known.insert(format!("{}/{}", text(entry, "/resource/resourceType"), text(entry, "/resource/id")));
    }
    for (rank, entry) in entries.iter().enumerate() {
        let mut missing = Vec::new();
        references(entry.get("resource").unwrap_or(&Value::Null), &mut missing);
        missing.retain(|reference| !reference.starts_with('#') && !known.contains(*reference));
        missing.retain(|reference| !known.iter().any(|full| full.ends_with(&format!("/{reference}"))));
        defects.extend(missing.iter().map(|reference| format!("entry {rank}: {reference:?} is not in the bundle")));
    }
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("reference").and_then(Value::as_str));
            map.values().for_each(|inner| references(inner, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}

fn patient(resource: &Value) -> Result<Patient, TdduiError> {
    let names = array(resource, "name");
    let of = |usage: &str| names.iter().find(|name| text(name, "/use") == usage);
    let birth = of("official").or(names.first()).ok_or(TdduiError::PatientLacks("a name"))?;
    let (family, given) = (owned(birth, "/family"), owned(birth, "/given/0"));
    let listed = extension(birth, "birth-list-given-name").map(|found| owned(found, "/valueString")).unwrap_or_default();
    let given_names = if listed.is_empty() { given.clone() } else { listed };
    if family.is_empty() || given_names.is_empty() {
        return Err(TdduiError::PatientLacks("a name"));
    }
    let birth_date = day(text(resource, "/birthDate")).ok_or(TdduiError::PatientLacks("a date of birth"))?;
    let gender = match text(resource, "/gender") {
        "male" => Gender::Male,
        "female" => Gender::Female,
        "unknown" | "other" => Gender::Unknown,
        _ => return Err(TdduiError::PatientLacks("a sex")),
    };
    let used = of("usual").map(|name| (owned(name, "/family"), owned(name, "/given/0")));
    let place = extension(resource, "patient-birthPlace").and_then(|found| found.get("valueAddress"));
    let birth_place = place.and_then(|place| extension(place, "insee-code")).map(|found| owned(found, "/valueCoding/code"));
    let ins = INS.iter().find_map(|(oid, _)| {
        Some(Qualified { oid: (*oid).to_owned(), number: identifier(resource, &format!("urn:oid:{oid}"))?.to_owned() })
    });
    Ok(Patient {
        local_id: identifier(resource, LOCAL).unwrap_or_default().to_owned(),
        ins,
        family,
        given,
        given_names,
        used,
        gender,
        birth_date,
        birth_place: birth_place.filter(|code| !code.is_empty()),
    })
}

fn organization(resource: &Value) -> Organization {
    let national = identifier(resource, STRUCTURE).and_then(|value| value.strip_prefix('1'));
    let finess = national.or_else(|| identifier(resource, "https://finess.esante.gouv.fr"));
    Organization { finess: finess.unwrap_or_default().to_owned(), name: owned(resource, "/name") }
}

fn stay(resource: &Value) -> Stay {
    let dated = |end: &str| extension(resource, end).and_then(|found| day(text(found, "/valueDateTime")));
    let label = |end: &str| extension(resource, end).map(|found| owned(found, "/valueString")).unwrap_or_default();
    Stay {
        id: identifier(resource, STAY).unwrap_or_default().to_owned(),
        status: match text(resource, "/status") {
            "planned" => StayStatus::Planned,
            "finished" | "cancelled" => StayStatus::Finished,
            _ => StayStatus::InProgress,
        },
        class: owned(resource, "/class/code"),
        start: day(text(resource, "/period/start"))
            .or_else(|| dated("tddui-admission-date"))
            .or_else(|| dated("plannedStartDate")),
        end: day(text(resource, "/period/end")),
        planned_end: dated("plannedEndDate"),
        entry: label("tddui-entry-mode-label"),
        exit: label("tddui-exit-mode-label"),
    }
}

fn event(resource: &Value) -> Event {
    let kind = array(resource, "type").first().unwrap_or(&Value::Null);
    let label = [owned(kind, "/text"), owned(kind, "/coding/0/display"), owned(kind, "/coding/0/code")];
    Event {
        id: identifier(resource, EVENT).unwrap_or_default().to_owned(),
        label: label.into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
        status: if text(resource, "/status") == "finished" { EventStatus::Finished } else { EventStatus::Planned },
        start: owned(resource, "/period/start"),
        end: owned(resource, "/period/end"),
    }
}

fn contact(rank: usize, resource: &Value) -> Contact {
    let relations = array(resource, "relationship");
    let code = relations.iter().flat_map(|one| array(one, "coding")).find(|coding| text(coding, "/system") == ROLE);
    let link = relations.iter().map(|one| {
        let words = owned(one, "/text");
        if words.is_empty() { owned(one, "/coding/0/display") } else { words }
    });
    let name = array(resource, "name").first().unwrap_or(&Value::Null);
    let whole = [owned(name, "/text"), format!("{} {}", owned(name, "/given/0"), owned(name, "/family")).trim().to_owned()];
    let telecom = |system: &str| {
        let found = array(resource, "telecom").iter().find(|one| text(one, "/system") == system);
        found.map(|one| owned(one, "/value")).unwrap_or_default()
    };
    let address = array(resource, "address").first().unwrap_or(&Value::Null);
    let lines = array(address, "line").iter().filter_map(Value::as_str).map(str::to_owned);
    let lines = lines.chain([format!("{} {}", owned(address, "/postalCode"), owned(address, "/city")).trim().to_owned()]);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let written = owned(address, "/text");
    Contact {
        id: array(resource, "identifier").first().map_or_else(|| rank.to_string(), |one| owned(one, "/value")),
        role: match code.map(|coding| text(coding, "/code")) {
            Some("ECON") => ContactRole::Emergency,
            Some("NOK") => ContactRole::Trusted,
            _ => ContactRole::Other,
        },
        link: link.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", "),
        name: whole.into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
        phone: telecom("phone"),
        email: telecom("email"),
        address: if written.is_empty() { lines.join(", ") } else { written },
        comment: extension(resource, "contact-description")
            .or_else(|| extension(resource, "tddui-comment"))
            .map(|found| owned(found, "/valueString"))
            .unwrap_or_default(),
    }
}

fn document(rank: usize, resource: &Value) -> Option<Document> {
    let attachment = resource.pointer("/content/0/attachment")?;
    let bytes = STANDARD.decode(text(attachment, "/data")).ok().filter(|bytes| !bytes.is_empty())?;
    let master = owned(resource, "/masterIdentifier/value");
    let title = [owned(attachment, "/title"), owned(resource, "/description"), owned(resource, "/type/coding/0/display")];
    let date = [text(resource, "/date"), text(attachment, "/creation"), text(resource, "/context/period/start")];
    Some(Document {
        id: if master.is_empty() { format!("entry:{rank}") } else { master },
        title: title.into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
        kind: (owned(resource, "/type/coding/0/code"), owned(resource, "/type/coding/0/display")),
        date: date.into_iter().find(|text| !text.is_empty()).unwrap_or_default().chars().take(40).collect(),
        author: owned(resource, "/description"),
        media_type: owned(attachment, "/contentType"),
        bytes,
    })
}
