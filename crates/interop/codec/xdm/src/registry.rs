//! Reading of the objects of an ebRIM registry: slots, classifications, identifiers.

use roxmltree::Node;

use crate::author::{Author, Organization, Person};
use crate::coded::Code;
use crate::ebrim::{self, RIM};
use crate::entry::{RelationKind, Slot};
use crate::error::XdmError;
use crate::patient::PatientId;

/// The kind of an association, from its URI.
pub(crate) fn relation(uri: &str) -> RelationKind {
    match uri.strip_prefix(ebrim::IHE_ASSOCIATION) {
        Some("RPLC") => RelationKind::Replaces,
        Some("APND") => RelationKind::Appends,
        Some("XFRM") => RelationKind::Transforms,
        Some("XFRM_RPLC") => RelationKind::TransformsAndReplaces,
        Some("signs") => RelationKind::Signs,
        _ => RelationKind::Other(uri.to_owned()),
    }
}

/// Whether `node` is the ebRIM element `name`.
pub(crate) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(RIM)
}

/// The ebRIM children called `name`.
pub(crate) fn children<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> + use<'a> {
    node.children().filter(move |child| is(*child, name))
}

/// All the values of the slots called `name`.
pub(crate) fn slot(node: Node<'_, '_>, name: &str) -> Vec<String> {
    node.children().filter(|c| is(*c, "Slot") && c.attribute("name") == Some(name)).flat_map(slot_values).collect()
}

fn slot_values(slot: Node<'_, '_>) -> Vec<String> {
    let value = |v: Node<'_, '_>| v.children().filter_map(|t| t.text().filter(|_| t.is_text())).collect::<String>();
    slot.descendants().filter(|v| is(*v, "Value")).map(value).collect()
}

/// The slots that are not among `known`.
pub(crate) fn other_slots(node: Node<'_, '_>, known: &[&str]) -> Vec<Slot> {
    let slots = node.children().filter(|c| is(*c, "Slot"));
    slots
        .map(|s| Slot { name: s.attribute("name").unwrap_or_default().to_owned(), values: slot_values(s) })
        .filter(|s| !known.contains(&s.name.as_str()))
        .collect()
}

/// A URI may be cut in several values, `1|first` then `2|rest` (IHE ITI TF-3 4.2.3.2.27).
pub(crate) fn uri(node: Node<'_, '_>) -> Option<String> {
    let mut pieces: Vec<(u32, String)> = Vec::new();
    for value in slot(node, "URI") {
        let numbered = value.split_once('|').and_then(|(n, text)| Some((n.parse::<u32>().ok()?, text.to_owned())));
        pieces.push(numbered.unwrap_or((0, value)));
    }
    pieces.sort_by_key(|(number, _)| *number);
    let uri: String = pieces.into_iter().map(|(_, text)| text).collect();
    let uri = uri.trim();
    (!uri.is_empty()).then(|| uri.to_owned())
}

/// The text of the `Name` or `Description` of an object.
pub(crate) fn localized(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    let holder = node.children().find(|c| is(*c, name))?;
    let string = holder.children().find(|c| is(*c, "LocalizedString"))?;
    string.attribute("value").filter(|value| !value.trim().is_empty()).map(str::to_owned)
}

/// The codes of a classification scheme.
pub(crate) fn codes(node: Node<'_, '_>, scheme: &str) -> Vec<Code> {
    let classified = node.children().filter(|c| is(*c, "Classification") && c.attribute("classificationScheme") == Some(scheme));
    classified
        .map(|c| Code {
            code: c.attribute("nodeRepresentation").unwrap_or_default().to_owned(),
            scheme: slot(c, "codingScheme").into_iter().next().unwrap_or_default(),
            display: localized(c, "Name").unwrap_or_default(),
        })
        .collect()
}

/// The authors of a document or of a submission set.
pub(crate) fn authors(node: Node<'_, '_>, scheme: &str) -> Vec<Author> {
    let classified = node.children().filter(|c| is(*c, "Classification") && c.attribute("classificationScheme") == Some(scheme));
    classified
        .map(|c| Author {
            person: slot(c, "authorPerson").first().map(|value| Person::parse(value)),
            institutions: slot(c, "authorInstitution").iter().map(|value| Organization::parse(value)).collect(),
            roles: slot(c, "authorRole"),
            specialties: slot(c, "authorSpecialty"),
        })
        .collect()
}

/// The external identifier of a scheme, which must not be repeated.
pub(crate) fn single_identifier(node: Node<'_, '_>, scheme: &str, field: &str) -> Result<Option<String>, XdmError> {
    let mut found = node
        .children()
        .filter(|c| is(*c, "ExternalIdentifier") && c.attribute("identificationScheme") == Some(scheme))
        .filter_map(|c| c.attribute("value"))
        .map(str::trim)
        .filter(|value| !value.is_empty());
    let first = found.next();
    if found.next().is_some() {
        return Err(XdmError::Repeated { field: field.to_owned() });
    }
    Ok(first.map(str::to_owned))
}

/// The identifier of a patient, which must be there and readable.
pub(crate) fn patient_id(written: Option<String>, field: &str) -> Result<PatientId, XdmError> {
    let written = written.ok_or_else(|| XdmError::missing(field))?;
    PatientId::parse(&written).ok_or_else(|| XdmError::invalid(field, &written))
}
