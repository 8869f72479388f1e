//! From the bytes of a `METADATA.XML` to a text that is safe to parse.
//!
//! The costs of the XML parser grow with the square of the attributes of one element, and a DTD may
//! define entities: one linear pass refuses both, and any text that is too large in shape, before the
//! parser sees it. Malformed XML is left to the parser.

use std::borrow::Cow;

use crate::error::XdmError;
use crate::limits::Limits;

/// Bytes within which the XML declaration must end.
const DECLARATION_WINDOW: usize = 256;

/// Decodes UTF-8 (the default) or ISO-8859-1; no byte order mark is left.
pub(crate) fn decode<'b>(bytes: &'b [u8], path: &str) -> Result<Cow<'b, str>, XdmError> {
    let refused = || XdmError::UnsupportedCharset { path: path.to_owned() };
    let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let declaration = body.get(..body.len().min(DECLARATION_WINDOW)).unwrap_or_default();
    let declaration: String = declaration.iter().map(|&b| char::from(b).to_ascii_lowercase()).collect();
    let declaration = declaration.split_once("?>").map_or("", |(head, _)| head);
    let declared = declaration.split_once("encoding").map(|(_, tail)| tail.trim_start_matches([' ', '=', '\t', '\'', '"']));
    match declared {
        Some(name) if name.starts_with("iso-8859-1'") || name.starts_with("iso-8859-1\"") => {
            Ok(Cow::Owned(body.iter().map(|&b| char::from(b)).collect()))
        }
        Some(name) if !(name.starts_with("utf-8") || name.starts_with("us-ascii")) => Err(refused()),
        _ => std::str::from_utf8(body).map(Cow::Borrowed).map_err(|_| refused()),
    }
}

/// Refuses a DTD and any text whose shape passes the limits.
pub(crate) fn check(text: &str, path: &str, limits: &Limits) -> Result<(), XdmError> {
    Shape { path, limits, nodes: 0, in_scope: 0, open: Vec::new() }.run(text)
}

struct Shape<'l> {
    path: &'l str,
    limits: &'l Limits,
    nodes: usize,
    /// Namespace declarations in scope: the parser copies them for every element that adds one.
    in_scope: usize,
    /// Namespace declarations made by each open element.
    open: Vec<usize>,
}

impl Shape<'_> {
    fn run(mut self, text: &str) -> Result<(), XdmError> {
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            rest = rest.get(start..).unwrap_or_default();
            self.nodes += 1;
            self.bound(self.nodes, self.limits.max_nodes, "elements")?;
            let end = match SKIPPED.iter().find(|(open, _)| rest.starts_with(open)) {
                Some((open, close)) => after(rest, open.len(), close),
                None if rest.starts_with("<!") => {
                    return Err(XdmError::DtdForbidden { path: self.path.to_owned() });
                }
                None if rest.starts_with("</") => {
                    self.in_scope -= self.open.pop().unwrap_or(0);
                    after(rest, 2, ">")
                }
                None => self.start_tag(rest)?,
            };
            match end.and_then(|end| rest.get(end..)) {
                Some(tail) => rest = tail,
                None => return Ok(()),
            }
        }
        Ok(())
    }

    fn start_tag(&mut self, text: &str) -> Result<Option<usize>, XdmError> {
        let Some(tag) = Tag::read(text) else { return Ok(None) };
        self.bound(tag.attributes, self.limits.max_attributes, "attributes")?;
        self.bound(self.in_scope + tag.namespaces, self.limits.max_attributes, "namespaces")?;
        if !tag.is_empty {
            self.open.push(tag.namespaces);
            self.in_scope += tag.namespaces;
        }
        self.bound(self.open.len(), self.limits.max_depth, "levels")?;
        Ok(Some(tag.length))
    }

    fn bound(&self, count: usize, limit: usize, what: &'static str) -> Result<(), XdmError> {
        if count > limit {
            return Err(XdmError::TooComplex { path: self.path.to_owned(), what });
        }
        Ok(())
    }
}

/// What markup is skipped whole, with its end.
const SKIPPED: [(&str, &str); 3] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];

/// Where the first `end` found after `skip` bytes ends.
fn after(text: &str, skip: usize, end: &str) -> Option<usize> {
    text.get(skip..)?.find(end).map(|at| skip + at + end.len())
}

/// A start tag.
struct Tag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    is_empty: bool,
}

impl Tag {
    /// `None` when the tag never ends.
    fn read(text: &str) -> Option<Self> {
        let mut tag = Self { length: 0, attributes: 0, namespaces: 0, is_empty: false };
        let mut position = 1;
        loop {
            let at = position + text.get(position..)?.find(['=', '"', '\'', '>'])?;
            let before = text.get(position..at)?;
            match text.as_bytes().get(at)? {
                b'=' => {
                    tag.attributes += 1;
                    tag.namespaces += usize::from(before.contains("xmlns"));
                    position = at + 1;
                }
                b'>' => {
                    tag.is_empty = text.get(..at)?.ends_with('/');
                    tag.length = at + 1;
                    return Some(tag);
                }
                quote => position = after(text, at + 1, if *quote == b'"' { "\"" } else { "'" })?,
            }
        }
    }
}
