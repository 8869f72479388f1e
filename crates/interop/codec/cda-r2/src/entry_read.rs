//! Reading of structured entries. Recursion is bounded by the depth of the XML, checked before.

use crate::datatype::{Code, Id, child_time, reference_target, time};
use crate::entry::{Entry, EntryParticipant, EntryText, EntryTime, Product, Quantity, Range, ReferenceRange, Value};
use crate::reader::{Element, Reader, attribute, child, child_text, children, is, text_of, xsi_type};

/// The clinical statements CDA defines.
const STATEMENTS: [&str; 9] = [
    "act",
    "encounter",
    "observation",
    "observationMedia",
    "organizer",
    "procedure",
    "regionOfInterest",
    "substanceAdministration",
    "supply",
];

/// Reads the statement held by an `entry`, `entryRelationship` or `component`.
pub(crate) fn read(reader: &mut Reader<'_>, holder: Element<'_>) -> Option<Entry> {
    let node = holder.children().find(|node| STATEMENTS.iter().any(|name| is(*node, name)))?;
    let mut entry = Entry {
        kind: node.tag_name().name().to_owned(),
        relation: attribute(holder, "typeCode"),
        inverted: node_flag(holder, "inversionInd"),
        mood: attribute(node, "moodCode"),
        negated: node_flag(node, "negationInd"),
        null_flavor: attribute(node, "nullFlavor"),
        // Laboratory reports name the model of an entry on the entry, not on its statement.
        template_ids: [Id::read_all(node, "templateId"), Id::read_all(holder, "templateId")].concat(),
        ids: Id::read_all(node, "id"),
        code: Code::read_child(node, "code"),
        text: child(node, "text").and_then(read_text),
        status: child(node, "statusCode").and_then(|status| attribute(status, "code")),
        ..Entry::default()
    };
    if entry.kind == "observationMedia" {
        return Some(entry);
    }
    entry.effective_times = children(node, "effectiveTime").map(|found| read_time(reader, found)).collect();
    entry.values = children(node, "value").filter_map(|found| read_value(reader, found)).collect();
    entry.interpretations = children(node, "interpretationCode").filter_map(Code::read).collect();
    entry.references = children(node, "referenceRange").filter_map(|found| reference(reader, found)).collect();
    entry.target_sites = children(node, "targetSiteCode").filter_map(Code::read).collect();
    entry.route = Code::read_child(node, "routeCode");
    entry.dose = child(node, "doseQuantity").and_then(range);
    entry.rate = child(node, "rateQuantity").and_then(range);
    entry.max_dose = child(node, "maxDoseQuantity").and_then(max_dose);
    entry.preconditions = children(node, "precondition").map(precondition).collect();
    entry.product = product(node);
    entry.participants = children(node, "participant").map(participant).collect();
    entry.participants.extend(children(node, "specimen").map(specimen));
    for inner in node.children() {
        if is(inner, "entryRelationship") || is(inner, "component") {
            entry.entries.extend(read(reader, inner));
        }
    }
    Some(entry)
}

fn node_flag(node: Element<'_>, name: &str) -> bool {
    node.attribute(name).is_some_and(|value| matches!(value.trim(), "true" | "1"))
}

fn read_text(node: Element<'_>) -> Option<EntryText> {
    let text = EntryText { text: text_of(node), reference: reference_target(node) };
    (text != EntryText::default()).then_some(text)
}

fn quantity(node: Element<'_>) -> Option<Quantity> {
    let told = child(node, "translation").and_then(|other| child(other, "originalText")).and_then(read_text);
    let found = Quantity { value: attribute(node, "value"), unit: attribute(node, "unit"), told };
    (found != Quantity::default()).then_some(found)
}

fn child_quantity(node: Element<'_>, name: &str) -> Option<Quantity> {
    child(node, name).and_then(quantity)
}

fn range(node: Element<'_>) -> Option<Range> {
    let excluded = |name| child(node, name).is_some_and(|bound| bound.attribute("inclusive").map(str::trim) == Some("false"));
    let found = Range {
        value: quantity(node),
        low: child_quantity(node, "low"),
        high: child_quantity(node, "high"),
        above: excluded("low"),
        below: excluded("high"),
    };
    (found != Range::default()).then_some(found)
}

fn reference(reader: &mut Reader<'_>, node: Element<'_>) -> Option<ReferenceRange> {
    let range = child(node, "observationRange")?;
    let found = ReferenceRange {
        value: child(range, "value").and_then(|value| read_value(reader, value)),
        text: child(range, "text").and_then(read_text),
        interpretation: Code::read_child(range, "interpretationCode"),
    };
    (found != ReferenceRange::default()).then_some(found)
}

fn max_dose(node: Element<'_>) -> Option<(Quantity, Quantity)> {
    Some((child_quantity(node, "numerator")?, child_quantity(node, "denominator").unwrap_or_default()))
}

fn precondition(node: Element<'_>) -> EntryText {
    let text = child(node, "criterion").and_then(|criterion| child(criterion, "text"));
    text.and_then(read_text).unwrap_or_default()
}

fn read_time(reader: &mut Reader<'_>, node: Element<'_>) -> EntryTime {
    let bounds = child(node, "phase").unwrap_or(node);
    EntryTime {
        data_type: xsi_type(node).map(str::to_owned),
        operator: attribute(node, "operator"),
        value: time(reader, node),
        low: child_time(reader, bounds, "low"),
        high: child_time(reader, bounds, "high"),
        width: child_quantity(node, "width"),
        period: child_quantity(node, "period"),
        event: child(node, "event").and_then(|event| attribute(event, "code")),
        offset: child(node, "offset").and_then(range),
        null_flavor: attribute(node, "nullFlavor"),
        parts: children(node, "comp").map(|part| read_time(reader, part)).collect(),
    }
}

fn read_value(reader: &mut Reader<'_>, node: Element<'_>) -> Option<Value> {
    let declared = xsi_type(node).unwrap_or_default();
    let mapped = match declared {
        "BL" => match node.attribute("value").map(str::trim) {
            Some("true" | "1") => Some(Value::Boolean(true)),
            Some("false" | "0") => Some(Value::Boolean(false)),
            _ => None,
        },
        "CD" | "CE" | "CV" | "CO" | "CS" => Code::read(node).map(Value::Code),
        "PQ" | "IVL_PQ" => range(node).map(Value::Quantity),
        "INT" | "REAL" => attribute(node, "value").map(Value::Number),
        "ST" | "ED" => text_of(node).map(Value::Text),
        "TS" | "IVL_TS" => Some(Value::Time(Box::new(read_time(reader, node)))),
        "RTO" | "RTO_PQ_PQ" | "RTO_QTY_QTY" => Some(Value::Ratio {
            numerator: child_quantity(node, "numerator").unwrap_or_default(),
            denominator: child_quantity(node, "denominator").unwrap_or_default(),
        }),
        _ => None,
    };
    let absent = || attribute(node, "nullFlavor").map(Value::Absent);
    let other = || {
        let text = text_of(node).or_else(|| attribute(node, "value"));
        let known = text.is_some() || !declared.is_empty();
        known.then(|| Value::Other { data_type: declared.to_owned(), text })
    };
    mapped.or_else(absent).or_else(other)
}

fn product(node: Element<'_>) -> Option<Product> {
    let holder = child(node, "consumable").or_else(|| child(node, "product"))?;
    let manufactured = child(holder, "manufacturedProduct")?;
    let material = child(manufactured, "manufacturedMaterial").or_else(|| child(manufactured, "manufacturedLabeledDrug"))?;
    Some(Product {
        code: Code::read_child(material, "code"),
        name: child_text(material, "name"),
        lot: child_text(material, "lotNumberText"),
    })
}

fn participant(node: Element<'_>) -> EntryParticipant {
    let role = child(node, "participantRole");
    let entity = role.and_then(|role| child(role, "playingEntity").or_else(|| child(role, "playingDevice")));
    EntryParticipant {
        type_code: attribute(node, "typeCode"),
        code: entity
            .and_then(|found| Code::read_child(found, "code"))
            .or_else(|| role.and_then(|found| Code::read_child(found, "code"))),
        name: entity.and_then(|found| child_text(found, "name")),
    }
}

fn specimen(node: Element<'_>) -> EntryParticipant {
    let role = child(node, "specimenRole");
    let entity = role.and_then(|role| child(role, "specimenPlayingEntity"));
    EntryParticipant {
        type_code: Some("SPC".to_owned()),
        code: entity.and_then(|found| Code::read_child(found, "code")),
        name: entity.and_then(|found| child_text(found, "name")),
    }
}
