//! Reading of the header.

use crate::datatype::{Code, Id, Interval, child_time};
use crate::error::CdaError;
use crate::header::{
    Author, Encounter, Facility, Header, Informant, Participant, Performer, RelatedDocument, ServiceEvent, Signature,
};
use crate::party::{Address, Entity, Organization};
use crate::patient;
use crate::reader::{Element, Reader, attribute, child, child_text, children, excerpt, missing, path, single};
use crate::timestamp::Timestamp;

/// Identifier of the CDA R2 schema.
const TYPE_ID: (&str, &str) = ("2.16.840.1.113883.1.3", "POCD_HD000040");

/// Reads everything but the body.
pub(crate) fn read(reader: &mut Reader<'_>, root: Element<'_>) -> Result<Header, CdaError> {
    check_type(reader, root)?;
    let id = single(root, "id")?.and_then(Id::read).ok_or_else(|| missing(root, "id"))?;
    let code =
        single(root, "code")?.and_then(Code::read).filter(|code| code.code.is_some()).ok_or_else(|| missing(root, "code"))?;
    let header = Header {
        realm: child(root, "realmCode").and_then(|node| attribute(node, "code")),
        template_ids: Id::read_all(root, "templateId"),
        id,
        set_id: single(root, "setId")?.and_then(Id::read),
        version_number: version(reader, root)?,
        code,
        title: child_text(root, "title"),
        effective_time: creation(root)?,
        confidentiality: Code::read_child(root, "confidentialityCode"),
        language: child(root, "languageCode").and_then(|node| attribute(node, "code")),
        patient: patient::read(reader, root)?,
        authors: children(root, "author").map(|node| author(reader, node)).collect(),
        informants: children(root, "informant").filter_map(informant).collect(),
        custodian: custodian(root),
        recipients: participants(reader, root, "informationRecipient", "intendedRecipient"),
        legal_authenticator: single(root, "legalAuthenticator")?.map(|node| signature(reader, node)),
        authenticators: children(root, "authenticator").map(|n| signature(reader, n)).collect(),
        participants: participants(reader, root, "participant", "associatedEntity"),
        orders: children(root, "inFulfillmentOf")
            .filter_map(|node| child(node, "order"))
            .flat_map(|order| Id::read_all(order, "id"))
            .collect(),
        service_events: children(root, "documentationOf")
            .filter_map(|node| child(node, "serviceEvent"))
            .map(|event| service_event(reader, event))
            .collect(),
        related_documents: related_documents(reader, root)?,
        encounter: encounter(reader, root)?,
    };
    warn_absences(reader, &header);
    Ok(header)
}

fn check_type(reader: &mut Reader<'_>, root: Element<'_>) -> Result<(), CdaError> {
    let Some(id) = single(root, "typeId")?.and_then(Id::read) else {
        reader.warn_at(root, "typeId is missing");
        return Ok(());
    };
    if (id.root.as_str(), id.extension.as_deref()) == (TYPE_ID.0, Some(TYPE_ID.1)) {
        return Ok(());
    }
    let extension = id.extension.unwrap_or_default();
    Err(CdaError::NotCda { root: format!("ClinicalDocument of type {}", excerpt(&extension)) })
}

fn creation(root: Element<'_>) -> Result<Timestamp, CdaError> {
    let node = single(root, "effectiveTime")?;
    let raw = node.and_then(|found| attribute(found, "value")).ok_or_else(|| missing(root, "effectiveTime"))?;
    Timestamp::parse(&raw)
        .filter(Timestamp::is_calendar_date)
        .ok_or_else(|| CdaError::Invalid { path: format!("{}/effectiveTime", path(root)), value: excerpt(&raw) })
}

fn version(reader: &mut Reader<'_>, parent: Element<'_>) -> Result<Option<u32>, CdaError> {
    let Some(raw) = single(parent, "versionNumber")?.and_then(|node| attribute(node, "value")) else {
        return Ok(None);
    };
    let version = raw.parse::<u32>().ok().filter(|number| *number > 0);
    if version.is_none() {
        let message = format!("versionNumber \"{}\" is not a positive integer", excerpt(&raw));
        reader.warn_at(parent, &message);
    }
    Ok(version)
}

fn author(reader: &mut Reader<'_>, node: Element<'_>) -> Author {
    Author {
        time: child_time(reader, node, "time"),
        function: Code::read_child(node, "functionCode"),
        entity: child(node, "assignedAuthor").map(Entity::read).unwrap_or_default(),
    }
}

fn informant(node: Element<'_>) -> Option<Informant> {
    let role = child(node, "relatedEntity").or_else(|| child(node, "assignedEntity"))?;
    Some(Informant { entity: Entity::read(role) })
}

fn custodian(root: Element<'_>) -> Option<Organization> {
    let assigned = child(child(root, "custodian")?, "assignedCustodian")?;
    child(assigned, "representedCustodianOrganization").map(Organization::read)
}

fn signature(reader: &mut Reader<'_>, node: Element<'_>) -> Signature {
    Signature {
        time: child_time(reader, node, "time"),
        signature_code: child(node, "signatureCode").and_then(|found| attribute(found, "code")),
        entity: child(node, "assignedEntity").map(Entity::read).unwrap_or_default(),
    }
}

fn participants(reader: &mut Reader<'_>, root: Element<'_>, name: &str, role: &str) -> Vec<Participant> {
    let read = |node: Element<'_>| Participant {
        type_code: attribute(node, "typeCode"),
        function: Code::read_child(node, "functionCode"),
        time: Interval::read_child(reader, node, "time"),
        entity: child(node, role).map(Entity::read).unwrap_or_default(),
    };
    children(root, name).map(read).collect()
}

fn service_event(reader: &mut Reader<'_>, node: Element<'_>) -> ServiceEvent {
    let mut performers = Vec::new();
    for performer in children(node, "performer") {
        performers.push(Performer {
            type_code: attribute(performer, "typeCode"),
            function: Code::read_child(performer, "functionCode"),
            time: Interval::read_child(reader, performer, "time"),
            entity: child(performer, "assignedEntity").map(Entity::read).unwrap_or_default(),
        });
    }
    ServiceEvent {
        ids: Id::read_all(node, "id"),
        code: Code::read_child(node, "code"),
        period: Interval::read_child(reader, node, "effectiveTime"),
        performers,
    }
}

fn related_documents(reader: &mut Reader<'_>, root: Element<'_>) -> Result<Vec<RelatedDocument>, CdaError> {
    let mut found = Vec::new();
    for node in children(root, "relatedDocument") {
        let parent = child(node, "parentDocument").ok_or_else(|| missing(node, "parentDocument"))?;
        let ids = Id::read_all(parent, "id");
        if ids.is_empty() {
            return Err(missing(parent, "id"));
        }
        found.push(RelatedDocument {
            type_code: attribute(node, "typeCode"),
            ids,
            set_id: single(parent, "setId")?.and_then(Id::read),
            version_number: version(reader, parent)?,
            code: Code::read_child(parent, "code"),
        });
    }
    if found.iter().filter(|r| r.type_code.as_deref() == Some("RPLC")).count() > 1 {
        return Err(CdaError::Repeated { path: format!("{}/relatedDocument[RPLC]", path(root)) });
    }
    Ok(found)
}

fn encounter(reader: &mut Reader<'_>, root: Element<'_>) -> Result<Option<Encounter>, CdaError> {
    let component = single(root, "componentOf")?;
    let Some(node) = component.and_then(|found| child(found, "encompassingEncounter")) else {
        return Ok(None);
    };
    let facility = child(node, "location").and_then(|found| child(found, "healthCareFacility"));
    let responsible = child(node, "responsibleParty").and_then(|found| child(found, "assignedEntity"));
    Ok(Some(Encounter {
        ids: Id::read_all(node, "id"),
        code: Code::read_child(node, "code"),
        period: Interval::read_child(reader, node, "effectiveTime"),
        discharge: Code::read_child(node, "dischargeDispositionCode"),
        facility: facility.map(read_facility),
        responsible: responsible.map(Entity::read),
    }))
}

fn read_facility(node: Element<'_>) -> Facility {
    let place = child(node, "location");
    Facility {
        ids: Id::read_all(node, "id"),
        code: Code::read_child(node, "code"),
        name: place.and_then(|found| child_text(found, "name")),
        addresses: place.map(|found| Address::read_all(found, "addr")).unwrap_or_default(),
    }
}

/// Tells which parts of the French minimal header are absent, though the document can be used.
fn warn_absences(reader: &mut Reader<'_>, header: &Header) {
    let signed = header.legal_authenticator.as_ref().and_then(|s| s.signature_code.as_deref());
    let parts = [
        ("realmCode FR", header.realm.as_deref() == Some("FR")),
        ("title", header.title.is_some()),
        ("setId", header.set_id.is_some()),
        ("versionNumber", header.version_number.is_some()),
        ("confidentialityCode", header.confidentiality.is_some()),
        ("languageCode", header.language.is_some()),
        ("author", !header.authors.is_empty()),
        ("custodian", header.custodian.is_some()),
        ("legalAuthenticator", header.legal_authenticator.is_some()),
        ("legalAuthenticator/signatureCode S", signed == Some("S")),
        ("documentationOf/serviceEvent", !header.service_events.is_empty()),
        ("componentOf/encompassingEncounter", header.encounter.is_some()),
    ];
    for (name, _) in parts.iter().filter(|(_, present)| !present) {
        reader.warn(format!("the header has no {name}, which the French minimal header requires"));
    }
}
