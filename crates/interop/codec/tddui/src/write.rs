//! A transfer as a transaction bundle.

use serde_json::{Value, json};

use crate::error::TdduiError;
use crate::model::{Document, Event, Organization, Patient, Stay, Transfer};
use crate::resources::{self, Links};

/// Base of the canonical addresses of the guide.
pub(crate) const GUIDE: &str = "https://interop.esante.gouv.fr/ig/fhir/tddui/StructureDefinition/";

/// Writes a transfer: one transaction, creations only, references by `urn:uuid`.
///
/// # Errors
/// [`TdduiError::Invalid`] when a mandatory field is missing or has not the shape the guide demands.
pub fn write(transfer: &Transfer) -> Result<Vec<u8>, TdduiError> {
    check(transfer)?;
    let urn = |rank: usize| format!("urn:uuid:{}{:012x}", &transfer.id[..24], rank);
    let links = Links { patient: urn(1), organization: urn(2), stay: urn(3) };
    let mut entries = vec![
        entry(&links.patient, &resources::patient(&transfer.patient)),
        entry(&links.organization, &resources::organization(&transfer.organization)),
    ];
    // The last stay is the one events belong to.
    let last = transfer.stays.len().saturating_sub(1);
    for (rank, stay) in transfer.stays.iter().enumerate() {
        let own = if rank == last { links.stay.clone() } else { urn(0x100 + rank) };
        entries.push(entry(&own, &resources::stay(stay, &links)));
    }
    for (rank, event) in transfer.events.iter().enumerate() {
        entries.push(entry(&urn(0x1000 + rank), &resources::event(event, &links, !transfer.stays.is_empty())));
    }
    for (rank, contact) in transfer.contacts.iter().enumerate() {
        entries.push(entry(&urn(0x10_0000 + rank), &resources::contact(contact, &links)));
    }
    for (rank, document) in transfer.documents.iter().enumerate() {
        entries.push(entry(&urn(0x20_0000 + rank), &resources::document(document, &links)));
    }
    let bundle = json!({
        "resourceType": "Bundle",
        "id": transfer.id,
        "meta": { "profile": [format!("{GUIDE}tddui-bundle")] },
        "type": "transaction",
        "entry": entries,
    });
    serde_json::to_vec_pretty(&bundle).map_err(|error| TdduiError::NotJson(error.to_string()))
}

fn entry(url: &str, resource: &Value) -> Value {
    let kind = &resource["resourceType"];
    json!({ "fullUrl": url, "resource": resource, "request": { "method": "POST", "url": kind } })
}

fn check(transfer: &Transfer) -> Result<(), TdduiError> {
    let uuid = transfer.id.len() == 36
        && transfer.id.bytes().enumerate().all(|(rank, byte)| match rank {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        });
    let rules = [
        (uuid, "the transfer's id is not a lowercase UUID"),
        (patient(&transfer.patient), "the patient's identifier, names or date of birth"),
        (organization(&transfer.organization), "the establishment's FINESS number or name"),
        (transfer.stays.iter().all(stay), "a stay's identifier or dates"),
        (transfer.events.iter().all(event), "an event's identifier, words or dates"),
        (transfer.contacts.iter().all(|one| text(&one.name) && text(&one.id)), "a contact's name or identifier"),
        (transfer.documents.iter().all(document), "a document's identifier, title, type or bytes"),
    ];
    rules.into_iter().find(|(held, _)| !held).map_or(Ok(()), |(_, what)| Err(TdduiError::Invalid(what)))
}

fn text(text: &str) -> bool {
    !text.trim().is_empty()
}

fn patient(patient: &Patient) -> bool {
    business(&patient.local_id, None) && text(&patient.family) && text(&patient.given) && date(&patient.birth_date)
}

fn organization(organization: &Organization) -> bool {
    organization.finess.len() == 9
        && organization.finess.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text(&organization.name)
}

fn stay(stay: &Stay) -> bool {
    let dates = [&stay.start, &stay.end, &stay.planned_end];
    business(&stay.id, Some("SEJOUR")) && dates.into_iter().flatten().all(|day| date(day))
}

fn event(event: &Event) -> bool {
    business(&event.id, Some("EVN")) && text(&event.label) && text(&event.start) && text(&event.end)
}

fn document(document: &Document) -> bool {
    document.id.starts_with("urn:") && text(&document.title) && text(&document.media_type) && !document.bytes.is_empty()
}

/// `3` + nine characters of FINESS + `/` + local id, then `-TAG-` and a number where the object has a tag.
fn business(id: &str, tag: Option<&str>) -> bool {
    let Some((finess, local)) = id.split_once('/') else { return false };
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let finess = finess.len() == 10 && finess.starts_with('3') && plain(finess);
    finess
        && match tag {
            None => plain(local),
            Some(tag) => local.split_once(&format!("-{tag}-")).is_some_and(|(local, number)| plain(local) && plain(number)),
        }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub(crate) fn date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [year, rest @ ..] if digits(year, 4) && rest.len() <= 2 && rest.iter().all(|part| digits(part, 2)))
}
