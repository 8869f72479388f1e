//! One function a resource, each with the profile it claims.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::model::{Contact, ContactRole, Document, Event, EventStatus, Gender, Organization, Patient, Stay, StayStatus};
use crate::write::GUIDE;

const CORE: &str = "https://hl7.fr/ig/fhir/core/";
pub(crate) const LOCAL: &str = "https://identifiant-medicosocial-localusager.esante.gouv.fr";
pub(crate) const STAY: &str = "https://identifiant-medicosocial-sejour.esante.gouv.fr";
pub(crate) const EVENT: &str = "https://identifiant-medicosocial-evenement.esante.gouv.fr";
pub(crate) const STRUCTURE: &str = "urn:oid:1.2.250.1.71.4.2.2";
pub(crate) const ROLE: &str = "https://mos.esante.gouv.fr/NOS/TRE_R260-HL7RoleClass/FHIR/TRE-R260-HL7RoleClass";
const CONTACT: &str = "https://identifiant-medicosocial-contact.esante.gouv.fr";
const ABSENT: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
/// Authorities of the INS, with their codes in FR Core.
pub(crate) const INS: [(&str, &str); 4] = [
    ("1.2.250.1.213.1.4.8", "INS-NIR"),
    ("1.2.250.1.213.1.4.9", "INS-NIA"),
    ("1.2.250.1.213.1.4.10", "INS-NIR-TEST"),
    ("1.2.250.1.213.1.4.11", DEMO),
];
/// Code of a demonstration number.
const DEMO: &str = "INS-NIR-DEMO";

/// Where the entries of a bundle are.
pub(crate) struct Links {
    pub(crate) patient: String,
    pub(crate) organization: String,
    pub(crate) stay: String,
}

fn to(url: &str) -> Value {
    json!({ "reference": url })
}

fn profile(name: &str) -> Value {
    json!({ "profile": [format!("{GUIDE}{name}")] })
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(key.into(), value);
    }
}

fn words(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

/// `tddui-patient-ins` with a qualified INS, else `tddui-patient`.
pub(crate) fn patient(patient: &Patient) -> Value {
    let mut identifiers = Vec::new();
    let code = patient.ins.as_ref().and_then(|ins| INS.iter().find(|(oid, _)| *oid == ins.oid).map(|(_, code)| (ins, *code)));
    // The profile demands a birth place with its code: without one the number stays here.
    let code = code.filter(|_| patient.birth_place.is_some());
    if let Some((ins, code)) = code {
        identifiers.push(json!({
            "use": "official",
            "type": { "coding": [{ "system": format!("{CORE}CodeSystem/fr-core-cs-v2-0203"), "code": code }] },
            "system": format!("urn:oid:{}", ins.oid),
            "value": ins.number,
        }));
    }
    identifiers.push(json!({
        "use": "usual",
        "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PI", "display": "Patient internal identifier" }] },
        "system": LOCAL,
        "value": patient.local_id,
    }));
    let mut resource = object(json!({
        "resourceType": "Patient",
        "meta": profile(if code.is_some() { "tddui-patient-ins" } else { "tddui-patient" }),
        "identifier": identifiers,
        "name": names(patient),
        "gender": match patient.gender { Gender::Male => "male", Gender::Female => "female", Gender::Unknown => "unknown" },
        "birthDate": patient.birth_date,
    }));
    if code.is_none() {
        let order = json!({ "url": format!("{GUIDE}tddui-birth-order"), "valuePositiveInt": 1 });
        put(&mut resource, "_birthDate", Some(json!({ "extension": [order] })));
    }
    let extensions = extensions(patient, code.map(|(_, code)| code));
    put(&mut resource, "extension", (!extensions.is_empty()).then_some(Value::Array(extensions)));
    Value::Object(resource)
}

fn extensions(patient: &Patient, ins: Option<&str>) -> Vec<Value> {
    // Said of a qualified identity only: with it, a patient without number would match both slices of the bundle.
    let reliability = ins.map(|code| {
        // A demonstration number is that of an invented person, and fr-core-1 (FR Core 2.1.0) forgets it beside `VALI`.
        let status = if code == DEMO { "FICT" } else { "VALI" };
        let coding = json!({ "system": format!("{CORE}CodeSystem/fr-core-cs-v2-0445"), "code": status });
        json!({
            "url": format!("{CORE}StructureDefinition/fr-core-identity-reliability"),
            "extension": [{ "url": "identityStatus", "valueCoding": coding }],
        })
    });
    let place = patient.birth_place.as_ref().map(|insee| {
        let system = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
        let coding = json!({ "system": system, "code": insee });
        let code = json!({ "url": format!("{CORE}StructureDefinition/fr-core-address-insee-code"), "valueCoding": coding });
        json!({ "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "valueAddress": { "extension": [code] } })
    });
    reliability.into_iter().chain(place).collect()
}

fn names(patient: &Patient) -> Vec<Value> {
    let list = words(&patient.given_names).unwrap_or(&patient.given);
    let extension =
        json!({ "url": format!("{CORE}StructureDefinition/fr-core-patient-birth-list-given-name"), "valueString": list });
    let birth = json!({ "extension": [extension], "use": "official", "family": patient.family, "given": [patient.given] });
    let used = patient.used.as_ref().map(|(family, given)| json!({ "use": "usual", "family": family, "given": [given] }));
    std::iter::once(birth).chain(used).collect()
}

/// `tddui-organization`.
pub(crate) fn organization(organization: &Organization) -> Value {
    json!({
        "resourceType": "Organization",
        "meta": profile("tddui-organization"),
        "identifier": [{
            "use": "official",
            "type": { "coding": [{ "system": format!("{CORE}CodeSystem/fr-core-cs-v2-0203"), "code": "IDNST" }] },
            "system": STRUCTURE,
            "value": format!("1{}", organization.finess),
        }],
        "name": organization.name,
    })
}

/// `tddui-encounter-sejour`.
pub(crate) fn stay(stay: &Stay, links: &Links) -> Value {
    let label = |name: &str, text: &str| words(text).map(|text| json!({ "url": format!("{GUIDE}{name}"), "valueString": text }));
    let planned = stay.planned_end.as_ref().map(|day| {
        json!({ "url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate", "valueDateTime": day })
    });
    let admission = stay
        .start
        .as_ref()
        .filter(|_| stay.status != StayStatus::Planned)
        .map(|day| json!({ "url": format!("{GUIDE}tddui-admission-date"), "valueDateTime": day }));
    let start = stay.start.as_ref().filter(|_| stay.status == StayStatus::Planned).map(|day| {
        json!({ "url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedStartDate", "valueDateTime": day })
    });
    let entry = label("tddui-entry-mode-label", &stay.entry);
    let exit = label("tddui-exit-mode-label", &stay.exit);
    let extensions: Vec<Value> = [start, planned, admission, entry, exit].into_iter().flatten().collect();
    let kind = json!({
        "system": "https://interop.esante.gouv.fr/ig/fhir/tddui/CodeSystem/tddui-encounter-identifier",
        "code": "SEJ",
        "display": "Identifiant du séjour",
    });
    let mut resource = object(json!({
        "resourceType": "Encounter",
        "meta": profile("tddui-encounter-sejour"),
        "identifier": [{ "type": { "coding": [kind] }, "system": STAY, "value": stay.id }],
        "status": match stay.status { StayStatus::Planned => "planned", StayStatus::InProgress => "in-progress", StayStatus::Finished => "finished" },
        "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": stay.class },
        "subject": to(&links.patient),
        "serviceProvider": to(&links.organization),
    }));
    put(&mut resource, "extension", (!extensions.is_empty()).then_some(Value::Array(extensions)));
    if stay.status != StayStatus::Planned {
        let mut period = Map::new();
        put(&mut period, "start", stay.start.clone().map(Value::String));
        put(&mut period, "end", stay.end.clone().map(Value::String));
        put(&mut resource, "period", (!period.is_empty()).then_some(Value::Object(period)));
    }
    Value::Object(resource)
}

/// `tddui-encounter-evenement`, in words: the guide's slice `text`.
pub(crate) fn event(event: &Event, links: &Links, stay: bool) -> Value {
    let mut resource = object(json!({
        "resourceType": "Encounter",
        "meta": profile("tddui-encounter-evenement"),
        "identifier": [{ "type": { "text": "Identifiant de l'évènement" }, "system": EVENT, "value": event.id }],
        "status": match event.status { EventStatus::Planned => "planned", EventStatus::Finished => "finished" },
        "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP" },
        "type": [{ "coding": [{ "system": ABSENT, "code": "not-permitted" }], "text": event.label }],
        "subject": to(&links.patient),
        "period": { "start": event.start, "end": event.end },
    }));
    put(&mut resource, "partOf", stay.then(|| to(&links.stay)));
    Value::Object(resource)
}

/// `tddui-related-person-contact`.
pub(crate) fn contact(contact: &Contact, links: &Links) -> Value {
    let code = match contact.role {
        ContactRole::Emergency => Some("ECON"),
        ContactRole::Trusted => Some("NOK"),
        ContactRole::Other => None,
    };
    let mut relations: Vec<Value> =
        code.map(|code| json!({ "coding": [{ "system": ROLE, "code": code }] })).into_iter().collect();
    relations.extend(words(&contact.link).map(|link| json!({ "text": link })));
    let mut telecoms = Vec::new();
    telecoms.extend(words(&contact.phone).map(|value| json!({ "system": "phone", "value": value })));
    telecoms.extend(words(&contact.email).map(|value| json!({ "system": "email", "value": value })));
    let mut resource = object(json!({
        "resourceType": "RelatedPerson",
        "meta": profile("tddui-related-person-contact"),
        "identifier": [{ "system": CONTACT, "value": contact.id }],
        "patient": to(&links.patient),
        "name": [{ "text": contact.name }],
    }));
    put(&mut resource, "relationship", (!relations.is_empty()).then_some(Value::Array(relations)));
    put(&mut resource, "telecom", (!telecoms.is_empty()).then_some(Value::Array(telecoms)));
    put(&mut resource, "address", words(&contact.address).map(|text| json!([{ "text": text }])));
    let comment = words(&contact.comment)
        .map(|text| json!([{ "url": format!("{GUIDE}tddui-related-person-contact-description"), "valueString": text }]));
    put(&mut resource, "extension", comment);
    Value::Object(resource)
}

/// `tddui-document-reference`; the establishment is its author, the words of the real one are in the description.
pub(crate) fn document(document: &Document, links: &Links) -> Value {
    let (code, label) = &document.kind;
    let loinc = code.split_once('-').is_some_and(|(head, _)| !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_digit()));
    let system = if loinc {
        "http://loinc.org"
    } else {
        "https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire"
    };
    let kind = words(code).map(|code| {
        let mut coding = object(json!({ "system": system, "code": code }));
        put(&mut coding, "display", words(label).map(Value::from));
        json!({ "coding": [coding] })
    });
    let attachment =
        json!({ "contentType": document.media_type, "data": STANDARD.encode(&document.bytes), "title": document.title });
    let mut resource = object(json!({
        "resourceType": "DocumentReference",
        "meta": profile("tddui-document-reference"),
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": document.id },
        "status": "current",
        "subject": to(&links.patient),
        "author": [to(&links.organization)],
        "content": [{ "attachment": attachment }],
    }));
    put(&mut resource, "type", kind);
    put(&mut resource, "date", words(&document.date).map(Value::from));
    put(&mut resource, "description", words(&document.author).map(Value::from));
    Value::Object(resource)
}
