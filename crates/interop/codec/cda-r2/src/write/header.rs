//! The header as elements, in the order of the schema.

use crate::datatype::Code;
use crate::header::{
    Author, Encounter, Facility, Header, Informant, Participant, Performer, RelatedDocument, ServiceEvent, Signature,
};
use crate::party::{Entity, Organization};
use crate::patient::{Birthplace, Patient};
use crate::write::element::Element;
use crate::write::error::WriteError;
use crate::write::part::{self, Role, code, entity, id, interval, named_id, organization, time};
use crate::write::printer::Printer;

const ASSIGNED: Role = Role {
    name: "assignedEntity",
    person: "assignedPerson",
    organization: "representedOrganization",
    coded: true,
    identified: true,
};
const AUTHOR: Role = Role { name: "assignedAuthor", ..ASSIGNED };
const ASSOCIATED: Role =
    Role { name: "associatedEntity", person: "associatedPerson", organization: "scopingOrganization", ..ASSIGNED };
const RECIPIENT: Role = Role {
    name: "intendedRecipient",
    person: "informationRecipient",
    organization: "receivedOrganization",
    coded: false,
    identified: true,
};
/// A relative has neither identifier nor organisation in CDA.
const RELATED: Role = Role { name: "relatedEntity", person: "relatedPerson", organization: "", coded: true, identified: false };
const GUARDIAN: Role =
    Role { name: "guardian", person: "guardianPerson", organization: "guardianOrganization", coded: true, identified: true };

/// Every part of the header.
pub(crate) fn parts(printer: &mut Printer<'_>, header: &Header) -> Result<Vec<Element>, WriteError> {
    required(printer, "id", Some(&header.id.root))?;
    required(printer, "title", header.title.as_deref())?;
    required(printer, "code", header.code.code.as_deref())?;
    let mut parts = document(header);
    parts.push(Element::new("recordTarget").child(patient(printer, &header.patient)));
    parts.extend(header.authors.iter().map(author));
    parts.extend(header.informants.iter().map(|found| informant(printer, found)));
    parts.extend(header.custodian.as_ref().map(|found| custodian(printer, found)));
    parts.extend(header.recipients.iter().map(recipient));
    parts.extend(header.legal_authenticator.iter().map(|found| signature("legalAuthenticator", found)));
    parts.extend(header.authenticators.iter().map(|found| signature("authenticator", found)));
    parts.extend(header.participants.iter().map(participant));
    let orders = header.orders.iter().map(|order| Element::new("order").child(id(order)));
    parts.extend(orders.map(|order| Element::new("inFulfillmentOf").child(order)));
    parts.extend(header.service_events.iter().map(service_event));
    for related in &header.related_documents {
        parts.push(related_document(printer, related)?);
    }
    parts.extend(header.encounter.as_ref().map(encounter));
    Ok(parts)
}

fn required(printer: &Printer<'_>, name: &str, value: Option<&str>) -> Result<(), WriteError> {
    let present = value.is_some_and(|text| !text.trim().is_empty());
    if present { Ok(()) } else { Err(WriteError::Missing { path: printer.path_of(name) }) }
}

/// What identifies and qualifies the document itself.
fn document(header: &Header) -> Vec<Element> {
    let type_id = Element::new("typeId").with("root", "2.16.840.1.113883.1.3").with("extension", "POCD_HD000040");
    let mut parts: Vec<Element> = header.realm.iter().map(|realm| Element::new("realmCode").with("code", realm)).collect();
    parts.push(type_id);
    parts.extend(header.template_ids.iter().map(|template| named_id("templateId", template)));
    parts.push(id(&header.id));
    parts.push(code("code", &header.code));
    parts.extend(header.title.iter().map(|title| Element::new("title").text(title)));
    parts.push(time("effectiveTime", &header.effective_time));
    let normal = Code { code: Some("N".to_owned()), system: Some("2.16.840.1.113883.5.25".to_owned()), ..Code::default() };
    parts.push(code("confidentialityCode", header.confidentiality.as_ref().unwrap_or(&normal)));
    parts.extend(header.language.iter().map(|language| Element::new("languageCode").with("code", language)));
    parts.extend(header.set_id.iter().map(|set| named_id("setId", set)));
    parts.extend(header.version_number.map(version));
    parts
}

fn version(number: u32) -> Element {
    Element::new("versionNumber").with("value", number.to_string())
}

fn patient(printer: &mut Printer<'_>, patient: &Patient) -> Element {
    let names = patient.names.iter().map(part::person_name);
    let gender = patient.gender.as_ref().map(|gender| code("administrativeGenderCode", gender));
    let person = Element::new("patient")
        .children(names)
        .children(gender)
        .children(patient.birth_time.as_ref().map(|birth| time("birthTime", birth)))
        .children(patient.guardians.iter().map(|found| guardian(printer, found)))
        .children(patient.birthplace.as_ref().map(birthplace));
    Element::new("patientRole")
        .children(patient.ids.iter().map(id))
        .children(patient.addresses.iter().map(part::address))
        .children(patient.telecoms.iter().map(part::telecom))
        .child(person)
        .children(patient.provider.as_ref().map(|own| organization("providerOrganization", own)))
}

fn birthplace(birthplace: &Birthplace) -> Element {
    let parts = [("county", &birthplace.insee_code), ("city", &birthplace.city), ("country", &birthplace.country)];
    let written = parts.into_iter().filter_map(|(name, value)| Some(Element::new(name).text(value.as_ref()?)));
    let address = Element::new("addr").children(written);
    let place = Element::new("place")
        .children(birthplace.name.as_ref().map(|name| Element::new("name").text(name)))
        .children((!address.nodes.is_empty()).then_some(address));
    Element::new("birthplace").child(place)
}

/// CDA has a guardian be a person or an organisation.
fn guardian(printer: &mut Printer<'_>, guardian: &Entity) -> Element {
    if guardian.names.is_empty() || guardian.organization.is_none() {
        return entity(&GUARDIAN, guardian);
    }
    printer.warn("CDA has no place for the organisation of a guardian who is a person; it was left out");
    entity(&GUARDIAN, &Entity { organization: None, ..guardian.clone() })
}

fn author(author: &Author) -> Element {
    Element::new("author")
        .children(author.function.as_ref().map(|function| code("functionCode", function)))
        .child(author.time.as_ref().map_or_else(|| Element::new("time").absent("UNK"), |found| time("time", found)))
        .child(entity(&AUTHOR, &author.entity))
}

/// A relative (`relatedEntity`), or a professional when the class says nothing else.
fn informant(printer: &mut Printer<'_>, informant: &Informant) -> Element {
    let found = &informant.entity;
    if found.class_code.as_deref().is_none_or(|class| class == "ASSIGNED") {
        return Element::new("informant").child(entity(&ASSIGNED, found));
    }
    if !found.ids.is_empty() || found.organization.is_some() {
        printer.warn("CDA has no place for the identifier or the organisation of a relative; they were left out");
    }
    Element::new("informant").child(entity(&RELATED, &Entity { organization: None, ..found.clone() }))
}

/// CDA has one telecom and one address for a custodian, and no practice setting.
fn custodian(printer: &mut Printer<'_>, custodian: &Organization) -> Element {
    if custodian.telecoms.len() > 1 || custodian.addresses.len() > 1 || custodian.industry.is_some() {
        printer.warn("CDA has one telecom, one address and no setting for the custodian; the others were left out");
    }
    let first = Organization {
        telecoms: custodian.telecoms.iter().take(1).cloned().collect(),
        addresses: custodian.addresses.iter().take(1).cloned().collect(),
        industry: None,
        ..custodian.clone()
    };
    let own = organization("representedCustodianOrganization", &first);
    Element::new("custodian").child(Element::new("assignedCustodian").child(own))
}

fn recipient(recipient: &Participant) -> Element {
    let holder = Element::new("informationRecipient").maybe("typeCode", recipient.type_code.as_deref());
    holder.child(entity(&RECIPIENT, &recipient.entity))
}

fn signature(name: &'static str, signature: &Signature) -> Element {
    let when = signature.time.as_ref();
    Element::new(name)
        .child(when.map_or_else(|| Element::new("time").absent("UNK"), |found| time("time", found)))
        .child(Element::new("signatureCode").with("code", signature.signature_code.as_deref().unwrap_or("S")))
        .child(entity(&ASSIGNED, &signature.entity))
}

/// The French minimal header wants the time of a participation: `NA` says it has none.
fn participant(participant: &Participant) -> Element {
    let when = participant.time.as_ref();
    let mut who = entity(&ASSOCIATED, &participant.entity);
    if participant.entity.class_code.is_none() {
        who = who.with("classCode", "PROV");
    }
    Element::new("participant")
        .maybe("typeCode", participant.type_code.as_deref())
        .children(participant.function.as_ref().map(|function| code("functionCode", function)))
        .child(when.map_or_else(|| Element::new("time").absent("NA"), |found| interval("time", found)))
        .child(who)
}

fn service_event(event: &ServiceEvent) -> Element {
    let inner = Element::new("serviceEvent")
        .children(event.ids.iter().map(id))
        .children(event.code.as_ref().map(|kind| code("code", kind)))
        .children(event.period.as_ref().map(|period| interval("effectiveTime", period)))
        .children(event.performers.iter().map(performer));
    Element::new("documentationOf").child(inner)
}

fn performer(performer: &Performer) -> Element {
    Element::new("performer")
        .with("typeCode", performer.type_code.as_deref().unwrap_or("PRF"))
        .children(performer.function.as_ref().map(|function| code("functionCode", function)))
        .children(performer.time.as_ref().map(|found| interval("time", found)))
        .child(entity(&ASSIGNED, &performer.entity))
}

fn related_document(printer: &Printer<'_>, related: &RelatedDocument) -> Result<Element, WriteError> {
    if related.ids.is_empty() {
        return Err(WriteError::Missing { path: printer.path_of("relatedDocument/parentDocument/id") });
    }
    let parent = Element::new("parentDocument")
        .children(related.ids.iter().map(id))
        .children(related.code.as_ref().map(|kind| code("code", kind)))
        .children(related.set_id.iter().map(|set| named_id("setId", set)))
        .children(related.version_number.map(version));
    Ok(Element::new("relatedDocument").maybe("typeCode", related.type_code.as_deref()).child(parent))
}

fn encounter(encounter: &Encounter) -> Element {
    let period = encounter.period.as_ref();
    let responsible = encounter.responsible.as_ref().map(|found| entity(&ASSIGNED, found));
    let inner = Element::new("encompassingEncounter")
        .children(encounter.ids.iter().map(id))
        .children(encounter.code.as_ref().map(|kind| code("code", kind)))
        .child(period.map_or_else(|| Element::new("effectiveTime").absent("UNK"), |found| interval("effectiveTime", found)))
        .children(encounter.discharge.as_ref().map(|kind| code("dischargeDispositionCode", kind)))
        .children(responsible.map(|found| Element::new("responsibleParty").child(found)))
        .children(encounter.facility.as_ref().map(|found| Element::new("location").child(facility(found))));
    Element::new("componentOf").child(inner)
}

fn facility(facility: &Facility) -> Element {
    let place = Element::new("location")
        .children(facility.name.as_ref().map(|name| Element::new("name").text(name)))
        .children(facility.addresses.iter().map(part::address));
    Element::new("healthCareFacility")
        .children(facility.ids.iter().map(id))
        .children(facility.code.as_ref().map(|kind| code("code", kind)))
        .children((!place.nodes.is_empty()).then_some(place))
}
