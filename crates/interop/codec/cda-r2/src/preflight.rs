//! One pass over the text before the XML parser sees it.
//!
//! The parser's own costs grow with the square of the attributes of an element and with nested
//! namespace declarations; this pass counts them, the depth and the tags, in linear time and
//! without recursion. It judges nothing else: malformed XML is left to the parser.

use crate::error::CdaError;
use crate::limits::Limits;

/// Refuses a DTD and any text whose shape passes the limits.
pub(crate) fn check(text: &str, limits: &Limits) -> Result<(), CdaError> {
    // The XML parser reserves memory for every '<' and '=' of the text, wherever they stand.
    if text.matches('<').count() > limits.max_nodes.saturating_mul(3) {
        return Err(CdaError::TooManyNodes { limit: limits.max_nodes });
    }
    if text.matches('=').count() > limits.max_attributes.saturating_mul(3) {
        return Err(CdaError::TooManyAttributes { limit: limits.max_attributes });
    }
    Scanner { limits, nodes: 0, attributes: 0, namespaces: 0, in_scope: 0, open: Vec::new() }.run(text)
}

struct Scanner<'l> {
    limits: &'l Limits,
    nodes: usize,
    attributes: usize,
    namespaces: usize,
    in_scope: usize,
    /// Namespace declarations made by each open element.
    open: Vec<usize>,
}

impl Scanner<'_> {
    fn run(&mut self, text: &str) -> Result<(), CdaError> {
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            rest = &rest[start..];
            let next = if rest.starts_with("<!--") {
                self.node()?;
                after(rest, 4, "-->")
            } else if rest.starts_with("<![CDATA[") {
                self.node()?;
                after(rest, 9, "]]>")
            } else if rest.starts_with("<?") {
                self.node()?;
                after(rest, 2, "?>")
            } else if rest.starts_with("<!DOCTYPE") {
                return Err(CdaError::DtdForbidden);
            } else if rest.starts_with("<!") {
                return Err(CdaError::NotXml { detail: "misplaced \"<!\"".to_owned() });
            } else if rest.starts_with("</") {
                self.in_scope -= self.open.pop().unwrap_or(0);
                after(rest, 2, ">")
            } else {
                self.start_tag(rest)?
            };
            match next {
                Some(tail) => rest = tail,
                None => return Ok(()),
            }
        }
        Ok(())
    }

    fn node(&mut self) -> Result<(), CdaError> {
        self.nodes += 1;
        if self.nodes > self.limits.max_nodes {
            return Err(CdaError::TooManyNodes { limit: self.limits.max_nodes });
        }
        Ok(())
    }

    /// Reads one start tag and returns what follows it, or `None` when it never ends.
    fn start_tag<'t>(&mut self, tag: &'t str) -> Result<Option<&'t str>, CdaError> {
        self.node()?;
        let (mut own_attributes, mut own_namespaces) = (0_usize, 0_usize);
        let mut position = 1;
        loop {
            let Some(found) = tag[position..].find(['=', '"', '\'', '>']) else {
                return Ok(None);
            };
            let at = position + found;
            match tag.as_bytes()[at] {
                b'=' => {
                    own_attributes += 1;
                    own_namespaces += usize::from(declares_namespace(&tag[..at]));
                    self.attribute(own_attributes, own_namespaces)?;
                    position = at + 1;
                }
                b'>' => {
                    self.opened(tag[..at].ends_with('/'), own_namespaces)?;
                    return Ok(tag.get(at + 1..));
                }
                quote => {
                    let Some(end) = tag[at + 1..].find(char::from(quote)) else {
                        return Ok(None);
                    };
                    position = at + 1 + end + 1;
                }
            }
        }
    }

    fn attribute(&mut self, on_element: usize, declarations: usize) -> Result<(), CdaError> {
        self.attributes += 1;
        let limits = self.limits;
        if on_element > limits.max_attributes_per_element {
            return Err(CdaError::TooManyAttributes { limit: limits.max_attributes_per_element });
        }
        if self.attributes > limits.max_attributes {
            return Err(CdaError::TooManyAttributes { limit: limits.max_attributes });
        }
        if self.in_scope + declarations > limits.max_namespaces_in_scope {
            return Err(CdaError::TooManyNamespaces { limit: limits.max_namespaces_in_scope });
        }
        Ok(())
    }

    fn opened(&mut self, empty: bool, declarations: usize) -> Result<(), CdaError> {
        self.namespaces += declarations;
        if self.namespaces > self.limits.max_namespaces {
            return Err(CdaError::TooManyNamespaces { limit: self.limits.max_namespaces });
        }
        if self.open.len() >= self.limits.depth() {
            return Err(CdaError::TooDeep { limit: self.limits.depth() });
        }
        if !empty {
            self.open.push(declarations);
            self.in_scope += declarations;
        }
        Ok(())
    }
}

/// Whether the attribute name that ends `head` declares a namespace.
fn declares_namespace(head: &str) -> bool {
    let name = head.trim_end().rsplit([' ', '\t', '\r', '\n', '"', '\'']).next();
    name.is_some_and(|name| name == "xmlns" || name.starts_with("xmlns:"))
}

/// What follows the first `end` found after `skip` bytes.
fn after<'t>(text: &'t str, skip: usize, end: &str) -> Option<&'t str> {
    let body = text.get(skip..)?;
    body.find(end).and_then(|at| body.get(at + end.len()..))
}
