//! Reading fields of a resource: present or empty, never a failure of its own.

use serde_json::Value;

/// Characters of a text kept at most: beyond, the rest is cut and said.
pub(crate) const TEXT: usize = 2_000;

/// The text under a path of keys and ranks.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().trim()
}

/// The same, owned and bounded.
pub(crate) fn owned(value: &Value, pointer: &str) -> String {
    text(value, pointer).chars().filter(|character| !character.is_control()).take(TEXT).collect()
}

/// An array, empty when absent.
pub(crate) fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The first identifier of this system.
pub(crate) fn identifier<'a>(value: &'a Value, system: &str) -> Option<&'a str> {
    let found = array(value, "identifier").iter().find(|one| text(one, "/system") == system)?;
    Some(text(found, "/value")).filter(|value| !value.is_empty())
}

/// The extension whose address ends so.
pub(crate) fn extension<'a>(value: &'a Value, end: &str) -> Option<&'a Value> {
    array(value, "extension").iter().find(|one| text(one, "/url").ends_with(end))
}

/// The day of an instant or a date; `None` when it is neither.
pub(crate) fn day(text: &str) -> Option<String> {
    let day = text.get(..10).unwrap_or(text);
    crate::write::date(day).then(|| day.to_owned())
}
