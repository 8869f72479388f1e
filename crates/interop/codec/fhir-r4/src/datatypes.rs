//! The data types resources are made of.

use jiff::Timestamp;

use crate::{Element, Object};

/// A `Coding`; empty parts are left out.
pub fn coding(system: &str, code: &str, display: &str) -> Object {
    Object::new().with("system", system).with("code", code).with("display", display)
}

/// A `CodeableConcept` of one coding, with its words.
pub fn concept(system: &str, code: &str, display: &str) -> Object {
    Object::new().with("coding", vec![coding(system, code, display)]).with("text", display)
}

/// A `CodeableConcept` of words only.
pub fn concept_text(text: &str) -> Object {
    Object::new().with("text", text)
}

/// An `Identifier`: its use, the coding of its type, its system and value.
pub fn identifier(used: &str, kind: Object, system: &str, value: &str) -> Object {
    let kind = Object::new().with("coding", vec![kind]);
    Object::new().with("use", used).with("type", kind).with("system", system).with("value", value)
}

/// A literal `Reference` (`Patient/123`).
pub fn reference(target: &str) -> Object {
    Object::new().with("reference", target)
}

/// A `Reference` by identifier, to what this server does not serve.
pub fn logical_reference(kind: &str, system: &str, value: &str, display: &str) -> Object {
    let identifier = Object::new().with("system", system).with("value", value);
    let identifier = if value.is_empty() { Object::new() } else { identifier };
    Object::new().with("type", kind).with("identifier", identifier).with("display", display)
}

/// A `Quantity` in a unit of UCUM; `unit` is for people.
pub fn quantity(value: Element, unit: &str, ucum: &str) -> Object {
    let system = if ucum.is_empty() { "" } else { "http://unitsofmeasure.org" };
    Object::new().with("value", value).with("unit", unit).with("system", system).with("code", ucum)
}

/// A `Period`.
pub fn period(start: Option<Timestamp>, end: Option<Timestamp>) -> Object {
    Object::new().with("start", start).with("end", end)
}

/// The `Meta` of a version.
pub fn meta(version: i64, updated: Timestamp, profiles: &[&str]) -> Object {
    Object::new().with("versionId", version.to_string()).with("lastUpdated", updated).with("profile", profiles.to_vec())
}

/// An `Extension`; `member` is the name of its value (`valueCode`, `extension`…).
pub fn extension(url: &str, member: &str, value: impl Into<Element>) -> Object {
    Object::new().with("url", url).with(member, value)
}
