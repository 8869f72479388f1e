//! The printer: tags, texts, limits, identifiers and references.

use std::collections::BTreeSet;

use crate::document::RECORDS;
use crate::limits::Limits;
use crate::reader::excerpt;
use crate::timestamp::Timestamp;
use crate::write::element::{Element, Node};
use crate::write::error::WriteError;
use crate::write::escape::{self, Place};
use crate::write::{Written, escape::Altered};

/// Elements whose white space is text, or may be taken for it: nothing is added inside.
const INLINE: [&str; 6] = ["text", "title", "name", "addr", "originalText", "value"];
/// Elements whose `value` attribute is a point in time.
const TIMES: [&str; 3] = ["effectiveTime", "time", "birthTime"];
/// Attributes of the schema's type `cs`, which holds no white space.
const CODES: [&str; 7] = ["code", "unit", "classCode", "moodCode", "typeCode", "nullFlavor", "mediaType"];

/// State of one printing.
pub(crate) struct Printer<'l> {
    limits: &'l Limits,
    out: String,
    path: Vec<&'static str>,
    /// Depth at which the first inline element stands.
    inline_from: Option<usize>,
    nodes: usize,
    attributes: usize,
    records: usize,
    file_bytes: usize,
    defined: BTreeSet<String>,
    referred: Vec<(String, String)>,
    warnings: Vec<String>,
}

impl<'l> Printer<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            path: Vec::new(),
            inline_from: None,
            nodes: 0,
            attributes: 0,
            records: 0,
            file_bytes: 0,
            defined: BTreeSet::new(),
            referred: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Prints an element and all it holds.
    pub(crate) fn element(&mut self, element: &Element) -> Result<(), WriteError> {
        if element.nodes.is_empty() {
            return self.empty(element);
        }
        self.open(element)?;
        for node in &element.nodes {
            match node {
                Node::Element(inner) => self.element(inner)?,
                Node::Text(text) => self.text(text)?,
                Node::Base64(encoded) => {
                    self.node()?;
                    self.count_file(encoded.len() / 4 * 3)?;
                    self.out.push_str(encoded);
                }
            }
        }
        self.close()
    }

    /// Prints the start tag of an element; what it holds is left to the caller.
    pub(crate) fn open(&mut self, element: &Element) -> Result<(), WriteError> {
        self.enter(element)?;
        self.out.push('>');
        let holds_text = element.nodes.iter().any(|node| !matches!(node, Node::Element(_)));
        if self.inline_from.is_none() && (holds_text || INLINE.contains(&element.name)) {
            self.inline_from = Some(self.path.len());
        }
        self.line();
        Ok(())
    }

    /// Prints the end tag of the innermost open element.
    pub(crate) fn close(&mut self) -> Result<(), WriteError> {
        let depth = self.path.len();
        if let Some(name) = self.path.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        if self.inline_from == Some(depth) {
            self.inline_from = None;
        }
        self.line();
        self.check_size()
    }

    fn empty(&mut self, element: &Element) -> Result<(), WriteError> {
        self.enter(element)?;
        self.path.pop();
        self.out.push_str("/>");
        self.line();
        self.check_size()
    }

    /// Prints `<name attributes` and steps in.
    fn enter(&mut self, element: &Element) -> Result<(), WriteError> {
        self.node()?;
        self.path.push(element.name);
        if self.path.len() > self.limits.depth() {
            return Err(WriteError::TooDeep { limit: self.limits.depth() });
        }
        if RECORDS.contains(&element.name) {
            self.records += 1;
            if self.records > self.limits.max_records {
                return Err(WriteError::TooManyRecords { limit: self.limits.max_records });
            }
        }
        if !is_name(element.name) {
            return Err(self.invalid("", element.name));
        }
        self.out.push('<');
        self.out.push_str(element.name);
        for (name, value) in &element.attributes {
            self.attribute(element.name, name, value)?;
        }
        Ok(())
    }

    fn attribute(&mut self, element: &'static str, name: &'static str, value: &str) -> Result<(), WriteError> {
        self.check(element, name, value)?;
        self.attributes += 1;
        if self.attributes > self.limits.max_attributes {
            return Err(WriteError::TooManyAttributes { limit: self.limits.max_attributes });
        }
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        let altered = escape::push(&mut self.out, value, Place::Attribute);
        self.tell(altered);
        self.out.push('"');
        Ok(())
    }

    /// Prints text; white space alone is kept.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.node()?;
        let altered = escape::push(&mut self.out, text, Place::Content);
        self.tell(altered);
        self.check_size()
    }

    /// Refuses values that would break the schema's own types, and notes identifiers.
    fn check(&mut self, element: &'static str, name: &'static str, value: &str) -> Result<(), WriteError> {
        let valid = match name {
            "root" => is_uid(value),
            "codeSystem" => is_oid(value),
            "value" if self.holds_time(element) => Timestamp::parse(value).is_some(),
            "ID" => return self.define(value),
            "referencedObject" | "IDREF" => {
                let path = self.path_of("");
                self.referred.extend(value.split_ascii_whitespace().map(|id| (path.clone(), id.to_owned())));
                true
            }
            "value" if element == "reference" => {
                if let Some(id) = value.strip_prefix('#') {
                    self.referred.push((self.path_of(""), id.to_owned()));
                }
                true
            }
            _ if CODES.contains(&name) => !value.contains(char::is_whitespace),
            _ => is_name(name),
        };
        if valid { Ok(()) } else { Err(self.invalid(&format!("@{name}"), value)) }
    }

    /// Whether the `value` of the open element is a time: `low` and `high` may be quantities.
    fn holds_time(&self, element: &str) -> bool {
        let parent = self.path.iter().rev().nth(1);
        TIMES.contains(&element)
            || (matches!(element, "low" | "high" | "center") && parent.is_some_and(|parent| TIMES.contains(parent)))
    }

    fn define(&mut self, id: &str) -> Result<(), WriteError> {
        if !is_name(id) || id.contains(':') {
            return Err(self.invalid("@ID", id));
        }
        if !self.defined.insert(id.to_owned()) {
            return Err(WriteError::RepeatedId { id: excerpt(id) });
        }
        Ok(())
    }

    /// Counts the bytes of an embedded file; the padding of its base64 counts as well.
    fn count_file(&mut self, bytes: usize) -> Result<(), WriteError> {
        self.file_bytes = self.file_bytes.saturating_add(bytes);
        if self.file_bytes > self.limits.max_attachment_bytes {
            return Err(WriteError::AttachmentsTooLarge { limit: self.limits.max_attachment_bytes });
        }
        Ok(())
    }

    pub(crate) fn invalid(&self, place: &str, value: &str) -> WriteError {
        WriteError::Invalid { path: format!("{}{place}", self.path_of("")), value: excerpt(value) }
    }

    /// The path of the open element, followed by `inner`.
    pub(crate) fn path_of(&self, inner: &str) -> String {
        let mut path = self.path.join("/");
        if !inner.is_empty() && !path.is_empty() {
            path.push('/');
        }
        path.push_str(inner);
        path
    }

    pub(crate) fn warn(&mut self, message: &str) {
        let limit = self.limits.max_warnings;
        if self.warnings.len() < limit {
            self.warnings.push(format!("{}: {message}", self.path_of("")));
        } else if self.warnings.len() == limit {
            self.warnings.push("other warnings were left out".to_owned());
        }
    }

    fn tell(&mut self, altered: Altered) {
        if altered.replaced {
            self.warn("characters that XML cannot hold were replaced by spaces");
        }
        if altered.suspicious {
            self.warn("the text looks as if it had been encoded twice; it was written as given");
        }
    }

    fn node(&mut self) -> Result<(), WriteError> {
        self.nodes += 1;
        if self.nodes > self.limits.max_nodes {
            return Err(WriteError::TooManyNodes { limit: self.limits.max_nodes });
        }
        Ok(())
    }

    fn line(&mut self) {
        if self.inline_from.is_none() {
            self.nodes += 1;
            self.out.push('\n');
        }
    }

    fn check_size(&self) -> Result<(), WriteError> {
        if self.out.len() > self.limits.max_bytes {
            return Err(WriteError::TooLarge { limit: self.limits.max_bytes });
        }
        Ok(())
    }

    /// The document, once every reference has found its target.
    pub(crate) fn finish(mut self) -> Result<Written, WriteError> {
        self.node()?;
        let lost = self.referred.iter().find(|(_, id)| !self.defined.contains(id));
        if let Some((path, id)) = lost {
            return Err(WriteError::DanglingReference { path: path.clone(), id: excerpt(id) });
        }
        Ok(Written { bytes: self.out.into_bytes(), warnings: self.warnings })
    }
}

/// A name of XML, within ASCII.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

/// An OID: numbers without leading zero, the first one 0, 1 or 2.
fn is_oid(text: &str) -> bool {
    let mut arcs = text.split('.');
    let first = arcs.next().is_some_and(|arc| matches!(arc, "0" | "1" | "2"));
    first && arcs.all(|arc| !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0')))
}

/// An OID or a UUID.
fn is_uid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let uuid = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()));
    uuid || is_oid(text)
}
