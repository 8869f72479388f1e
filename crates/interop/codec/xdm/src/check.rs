//! What metadata must have to be written, and what is told when they are read.

use crate::author::{Author, Organization, Person};
use crate::coded::Code;
use crate::ebrim::{FREE_TEXT, LONG_NAME};
use crate::entry::{DocumentEntry, Slot, SubmissionSet};
use crate::error::XdmError;
use crate::hl7::is_oid;
use crate::package::Subset;
use crate::patient::PatientId;

/// The mandatory metadata of a submission set that are absent.
pub(crate) fn absent_in_submission(set: &SubmissionSet) -> Vec<String> {
    let present = [
        ("sourceId", !set.source_id.is_empty()),
        ("patientId", set.patient_id.is_some()),
        ("submissionTime", set.submission_time.is_some()),
        ("contentTypeCode", set.content_type.is_some()),
        ("author", has_person(&set.authors)),
    ];
    absent("submission set", &present)
}

/// The mandatory metadata of a document that are absent (DMP rules, which XDM follows).
pub(crate) fn absent_in_entry(entry: &DocumentEntry) -> Vec<String> {
    let present = [
        ("mimeType", !entry.mime_type.is_empty()),
        ("title", entry.title.is_some()),
        ("patientId", entry.patient_id.is_some()),
        ("sourcePatientId", entry.source_patient_id.is_some()),
        ("sourcePatientInfo", !entry.source_patient.names.is_empty()),
        ("classCode", entry.class_code.is_some()),
        ("typeCode", entry.type_code.is_some()),
        ("formatCode", entry.format_code.is_some()),
        ("confidentialityCode", !entry.confidentiality.is_empty()),
        ("healthcareFacilityTypeCode", entry.facility_type.is_some()),
        ("practiceSettingCode", entry.practice_setting.is_some()),
        ("author", has_person(&entry.authors)),
        ("legalAuthenticator", entry.legal_authenticator.is_some()),
        ("creationTime", entry.creation_time.is_some()),
        ("serviceStartTime", entry.service_start.is_some()),
        ("languageCode", entry.language.is_some()),
    ];
    absent("document", &present)
}

fn has_person(authors: &[Author]) -> bool {
    !authors.is_empty() && authors.iter().all(|author| author.person.is_some())
}

fn absent(owner: &str, present: &[(&str, bool)]) -> Vec<String> {
    present.iter().filter(|(_, there)| !there).map(|(name, _)| format!("{owner}: {name}")).collect()
}

/// Refuses to write metadata that a French receiver would refuse.
pub(crate) fn subset(subset: &Subset) -> Result<(), XdmError> {
    submission(&subset.submission)?;
    if subset.documents.is_empty() {
        return Err(XdmError::NoDocument);
    }
    let set = &subset.submission;
    let mut uuids = vec![set.entry_uuid.as_str()];
    for document in &subset.documents {
        entry(&document.entry)?;
        if uuids.contains(&document.entry.entry_uuid.as_str()) {
            return Err(XdmError::Repeated { field: format!("entryUUID {}", document.entry.entry_uuid) });
        }
        uuids.push(&document.entry.entry_uuid);
        let differs = |id: &PatientId| set.patient_id.as_ref().is_some_and(|other| !other.same_as(id));
        if document.entry.patient_id.as_ref().is_some_and(differs) {
            return Err(XdmError::SeveralPatients { path: "the submission set".to_owned() });
        }
    }
    Ok(())
}

fn submission(set: &SubmissionSet) -> Result<(), XdmError> {
    if let Some(field) = absent_in_submission(set).into_iter().next() {
        return Err(XdmError::Missing { field });
    }
    let owner = "submission set";
    uuid(owner, "entryUUID", &set.entry_uuid)?;
    oid(owner, "uniqueId", &set.unique_id)?;
    oid(owner, "sourceId", &set.source_id)?;
    patient(owner, "patientId", set.patient_id.as_ref())?;
    codes(owner, "contentTypeCode", set.content_type.as_slice())?;
    authors(owner, &set.authors)?;
    free_texts(owner, set.title.as_ref(), set.comments.as_ref())?;
    long_names(owner, "intendedRecipient", &set.intended_recipients)?;
    slots(owner, &set.other_slots)
}

fn entry(entry: &DocumentEntry) -> Result<(), XdmError> {
    if let Some(field) = absent_in_entry(entry).into_iter().next() {
        return Err(XdmError::Missing { field });
    }
    let owner = "document";
    uuid(owner, "entryUUID", &entry.entry_uuid)?;
    let (root, extension) = entry.unique_id.split_once('^').unwrap_or((&entry.unique_id, "-"));
    oid(owner, "uniqueId", root)?;
    plain(owner, "uniqueId", extension, 16)?;
    plain(owner, "mimeType", &entry.mime_type, LONG_NAME)?;
    patient(owner, "patientId", entry.patient_id.as_ref())?;
    patient(owner, "sourcePatientId", entry.source_patient_id.as_ref())?;
    long_names(owner, "sourcePatientInfo", &entry.source_patient.print())?;
    for (field, code) in [
        ("classCode", &entry.class_code),
        ("typeCode", &entry.type_code),
        ("formatCode", &entry.format_code),
        ("healthcareFacilityTypeCode", &entry.facility_type),
        ("practiceSettingCode", &entry.practice_setting),
    ] {
        codes(owner, field, code.as_slice())?;
    }
    codes(owner, "confidentialityCode", &entry.confidentiality)?;
    codes(owner, "eventCodeList", &entry.events)?;
    authors(owner, &entry.authors)?;
    if let Some(authenticator) = &entry.legal_authenticator {
        person(owner, "legalAuthenticator", authenticator)?;
    }
    free_texts(owner, entry.title.as_ref(), entry.comments.as_ref())?;
    long_names(owner, "languageCode", entry.language.as_slice())?;
    slots(owner, &entry.other_slots)
}

fn uuid(owner: &str, field: &str, value: &str) -> Result<(), XdmError> {
    let digits = value.strip_prefix("urn:uuid:").unwrap_or_default();
    let shape = |(at, b): (usize, u8)| if matches!(at, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() };
    if digits.len() == 36 && digits.bytes().enumerate().all(shape) {
        return Ok(());
    }
    Err(XdmError::invalid(format!("{owner}: {field}"), value))
}

fn oid(owner: &str, field: &str, value: &str) -> Result<(), XdmError> {
    if is_oid(value) { Ok(()) } else { Err(XdmError::invalid(format!("{owner}: {field}"), value)) }
}

/// A text that is there, fits, and that XML 1.0 can hold.
fn plain(owner: &str, field: &str, value: &str, limit: usize) -> Result<(), XdmError> {
    if value.trim().is_empty() || value.chars().count() > limit || !is_printable(value) {
        return Err(XdmError::invalid(format!("{owner}: {field}"), value));
    }
    Ok(())
}

fn is_printable(value: &str) -> bool {
    !value.chars().any(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn patient(owner: &str, field: &str, id: Option<&PatientId>) -> Result<(), XdmError> {
    let Some(id) = id else { return Ok(()) };
    let field = format!("{owner}: {field}");
    // NH is the type of the national identity, and of it alone.
    let type_fits = id.is_ins() == (id.id_type.as_deref() == Some("NH"));
    let value_fits = if id.is_ins() { is_ins(&id.value) } else { !id.value.trim().is_empty() };
    if !is_oid(&id.authority) || !type_fits || !value_fits || !is_printable(&id.value) || id.print().len() > LONG_NAME {
        return Err(XdmError::Invalid { field, value: crate::error::excerpt(&id.print()) });
    }
    Ok(())
}

/// Fifteen characters: a NIR or NIA with its key, Corsica as `2A` or `2B`. The key itself is a matter of
/// identity, for the caller: test identities may have a wrong one.
fn is_ins(value: &str) -> bool {
    let digits = |text: Option<&str>| text.is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit()));
    let department = value.get(5..7).is_some_and(|d| matches!(d, "2A" | "2B") || digits(Some(d)));
    value.len() == 15 && digits(value.get(..5)) && department && digits(value.get(7..))
}

fn codes(owner: &str, field: &str, codes: &[Code]) -> Result<(), XdmError> {
    for code in codes {
        plain(owner, field, &code.code, LONG_NAME)?;
        plain(owner, &format!("{field}: codingScheme"), &code.scheme, LONG_NAME)?;
        plain(owner, &format!("{field}: display name"), &code.display, FREE_TEXT)?;
    }
    Ok(())
}

fn authors(owner: &str, authors: &[Author]) -> Result<(), XdmError> {
    for author in authors {
        if let Some(one) = &author.person {
            person(owner, "authorPerson", one)?;
        }
        for institution in &author.institutions {
            organization(owner, institution)?;
        }
        long_names(owner, "authorRole", &author.roles)?;
        long_names(owner, "authorSpecialty", &author.specialties)?;
    }
    Ok(())
}

fn person(owner: &str, field: &str, person: &Person) -> Result<(), XdmError> {
    let named = !person.id.is_empty() && !person.family.is_empty() && !person.id_type.is_empty();
    if !named || person.kind == crate::PersonKind::Unknown || !is_oid(&person.authority) {
        return Err(XdmError::invalid(format!("{owner}: {field}"), &person.print()));
    }
    plain(owner, field, &person.print(), LONG_NAME)
}

fn organization(owner: &str, organization: &Organization) -> Result<(), XdmError> {
    let complete = [&organization.name, &organization.id, &organization.id_type].iter().all(|text| !text.is_empty());
    if !complete || !is_oid(&organization.authority) {
        return Err(XdmError::invalid(format!("{owner}: authorInstitution"), &organization.print()));
    }
    plain(owner, "authorInstitution", &organization.print(), LONG_NAME)
}

fn free_texts(owner: &str, title: Option<&String>, comments: Option<&String>) -> Result<(), XdmError> {
    for (field, text) in [("title", title), ("comments", comments)] {
        if let Some(text) = text {
            plain(owner, field, text, FREE_TEXT)?;
        }
    }
    Ok(())
}

fn long_names(owner: &str, field: &str, values: &[String]) -> Result<(), XdmError> {
    values.iter().try_for_each(|value| plain(owner, field, value, LONG_NAME))
}

fn slots(owner: &str, slots: &[Slot]) -> Result<(), XdmError> {
    for slot in slots {
        plain(owner, "slot name", &slot.name, LONG_NAME)?;
        long_names(owner, &slot.name, &slot.values)?;
    }
    Ok(())
}
