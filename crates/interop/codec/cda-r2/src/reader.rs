//! What every part of the reader shares: warnings, budgets and element helpers.

use std::collections::BTreeSet;

use roxmltree::Node;

use crate::error::CdaError;
use crate::limits::Limits;

/// Namespace of HL7 version 3.
pub(crate) const HL7: &str = "urn:hl7-org:v3";
/// Namespace of `xsi:type`.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An element of the document.
pub(crate) type Element<'a> = Node<'a, 'a>;

/// State of one reading.
pub(crate) struct Reader<'l> {
    /// Bounds in force.
    pub(crate) limits: &'l Limits,
    /// Bytes of attachments decoded so far.
    pub(crate) attachment_bytes: usize,
    /// Media the narrative refers to.
    pub(crate) media_references: BTreeSet<String>,
    /// Media the entries define.
    pub(crate) media_defined: BTreeSet<String>,
    warnings: Vec<String>,
}

impl<'l> Reader<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            attachment_bytes: 0,
            media_references: BTreeSet::new(),
            media_defined: BTreeSet::new(),
            warnings: Vec::new(),
        }
    }

    /// Notes a tolerated defect found at `node`.
    pub(crate) fn warn_at(&mut self, node: Element<'_>, message: &str) {
        if self.warnings.len() <= self.limits.max_warnings {
            self.warn(format!("{}: {message}", path(node)));
        }
    }

    /// Notes a tolerated defect.
    pub(crate) fn warn(&mut self, message: String) {
        match self.warnings.len().cmp(&self.limits.max_warnings) {
            std::cmp::Ordering::Less => self.warnings.push(message),
            std::cmp::Ordering::Equal => {
                self.warnings.push("other warnings were left out".to_owned());
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    pub(crate) fn into_warnings(self) -> Vec<String> {
        self.warnings
    }
}

/// Whether `node` is the HL7 element `name`.
pub(crate) fn is(node: Element<'_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(HL7)
}

/// The HL7 children called `name`.
pub(crate) fn children<'a, 'n>(node: Element<'a>, name: &'n str) -> impl Iterator<Item = Element<'a>> + use<'a, 'n> {
    node.children().filter(move |child| is(*child, name))
}

/// The first HL7 child called `name`.
pub(crate) fn child<'a>(node: Element<'a>, name: &str) -> Option<Element<'a>> {
    children(node, name).next()
}

/// The HL7 child called `name`, which must not be repeated.
pub(crate) fn single<'a>(node: Element<'a>, name: &str) -> Result<Option<Element<'a>>, CdaError> {
    let mut found = children(node, name);
    let first = found.next();
    if found.next().is_some() {
        return Err(CdaError::Repeated { path: format!("{}/{name}", path(node)) });
    }
    Ok(first)
}

/// The error for the absence of the child `name` of `node`.
pub(crate) fn missing(node: Element<'_>, name: &str) -> CdaError {
    CdaError::Missing { path: format!("{}/{name}", path(node)) }
}

/// An attribute, trimmed, when it is present and not empty.
pub(crate) fn attribute(node: Element<'_>, name: &str) -> Option<String> {
    node.attribute(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
}

/// The words of an attribute.
pub(crate) fn words(node: Element<'_>, name: &str) -> Vec<String> {
    node.attribute(name).map(|value| value.split_ascii_whitespace().map(str::to_owned).collect()).unwrap_or_default()
}

/// The local part of `xsi:type`.
pub(crate) fn xsi_type(node: Element<'_>) -> Option<&str> {
    let declared = node.attribute((XSI, "type"))?.trim();
    Some(declared.rsplit(':').next().unwrap_or(declared))
}

/// All the text under `node`, white space collapsed; `None` when there is none.
pub(crate) fn text_of(node: Element<'_>) -> Option<String> {
    let mut text = String::new();
    for piece in node.descendants().filter(Node::is_text).filter_map(|n| n.text()) {
        push_collapsed(&mut text, piece);
    }
    let trimmed = text.trim_matches(is_xml_space);
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// The collapsed text of the first child called `name`.
pub(crate) fn child_text(node: Element<'_>, name: &str) -> Option<String> {
    child(node, name).and_then(text_of)
}

/// White space in the sense of XML: a no-break space is text.
pub(crate) fn is_xml_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Appends `piece` with every run of white space reduced to one space.
pub(crate) fn push_collapsed(text: &mut String, piece: &str) {
    for c in piece.chars() {
        if !is_xml_space(c) {
            text.push(c);
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

/// Names of the elements from the root to `node`, joined by slashes, each one shortened.
pub(crate) fn path(node: Element<'_>) -> String {
    let mut names: Vec<String> =
        node.ancestors().filter(Node::is_element).map(|n| n.tag_name().name().chars().take(40).collect()).collect();
    names.reverse();
    names.join("/")
}

/// At most 80 characters of a value, for a message.
pub(crate) fn excerpt(value: &str) -> String {
    value.chars().take(80).collect()
}
