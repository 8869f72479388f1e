//! HL7 data types shared by header and body.

use crate::reader::{Element, Reader, attribute, child, children, text_of};
use crate::timestamp::Timestamp;

/// An instance identifier (`II`): an OID or UUID, and a number inside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Id {
    /// OID or UUID of the assigning authority, or of the object itself.
    pub root: String,
    /// Identifier given by that authority.
    pub extension: Option<String>,
    /// Name of the authority, for display only.
    pub authority: Option<String>,
}

impl Id {
    /// Reads an identifier; `None` when it has no root (`nullFlavor`).
    pub(crate) fn read(node: Element<'_>) -> Option<Self> {
        Some(Self {
            root: attribute(node, "root")?,
            extension: attribute(node, "extension"),
            authority: attribute(node, "assigningAuthorityName"),
        })
    }

    /// Reads every child called `name`.
    pub(crate) fn read_all(node: Element<'_>, name: &str) -> Vec<Self> {
        children(node, name).filter_map(Self::read).collect()
    }
}

/// A coded value (`CD`, `CE`, `CV`…).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// The code; `None` when the document only gives a text or a reason for absence.
    pub code: Option<String>,
    /// OID of the code system.
    pub system: Option<String>,
    /// Name of the code system, for display only.
    pub system_name: Option<String>,
    /// Label given by the document.
    pub display: Option<String>,
    /// Text the code was chosen from.
    pub original_text: Option<String>,
    /// Identifier, in the narrative, of the text the code was chosen from (without `#`).
    pub original_reference: Option<String>,
    /// HL7 reason for absence, such as `UNK` or `NA`.
    pub null_flavor: Option<String>,
    /// The same notion in other code systems.
    pub translations: Vec<Code>,
}

impl Code {
    /// Reads a coded value; `None` when it carries nothing at all.
    pub(crate) fn read(node: Element<'_>) -> Option<Self> {
        let original = child(node, "originalText");
        let code = Self {
            code: attribute(node, "code"),
            system: attribute(node, "codeSystem"),
            system_name: attribute(node, "codeSystemName"),
            display: attribute(node, "displayName"),
            original_text: original.and_then(text_of),
            original_reference: original.and_then(reference_target),
            null_flavor: attribute(node, "nullFlavor"),
            translations: children(node, "translation").filter_map(Self::read).collect(),
        };
        (code != Self::default()).then_some(code)
    }

    /// Reads the first child called `name`.
    pub(crate) fn read_child(node: Element<'_>, name: &str) -> Option<Self> {
        child(node, name).and_then(Self::read)
    }

    /// What to show: the label, else the original text, else the code.
    pub fn label(&self) -> Option<&str> {
        self.display.as_deref().or(self.original_text.as_deref()).or(self.code.as_deref())
    }
}

/// The identifier an `originalText` or `text` points to, without `#`.
pub(crate) fn reference_target(node: Element<'_>) -> Option<String> {
    let value = child(node, "reference").and_then(|reference| attribute(reference, "value"))?;
    Some(value.strip_prefix('#').unwrap_or(&value).to_owned())
}

/// An interval of time (`IVL_TS`), or a single point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interval {
    /// The point itself, when the document gives a point.
    pub value: Option<Timestamp>,
    /// Start.
    pub low: Option<Timestamp>,
    /// End.
    pub high: Option<Timestamp>,
}

impl Interval {
    /// Reads the first child called `name`; `None` when it is absent or gives no time.
    pub(crate) fn read_child(reader: &mut Reader<'_>, node: Element<'_>, name: &str) -> Option<Self> {
        let node = child(node, name)?;
        let interval =
            Self { value: time(reader, node), low: child_time(reader, node, "low"), high: child_time(reader, node, "high") };
        (interval != Self::default()).then_some(interval)
    }
}

/// The point in time of an element; a value that has not the format is told and left out.
pub(crate) fn time(reader: &mut Reader<'_>, node: Element<'_>) -> Option<Timestamp> {
    let raw = attribute(node, "value")?;
    let parsed = Timestamp::parse(&raw);
    if parsed.is_none() {
        let shown = crate::reader::excerpt(&raw);
        reader.warn_at(node, &format!("the time \"{shown}\" is not readable and was left out"));
    }
    parsed
}

/// The point in time of the first child called `name`.
pub(crate) fn child_time(reader: &mut Reader<'_>, node: Element<'_>, name: &str) -> Option<Timestamp> {
    child(node, name).and_then(|found| time(reader, found))
}
