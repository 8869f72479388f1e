//! The body: sections, or one file.

use crate::attachment::{self, Attachment, Media};
use crate::datatype::{Code, Id};
use crate::entry::Entry;
use crate::entry_read;
use crate::error::CdaError;
use crate::narrative::Narrative;
use crate::narrative_read;
use crate::reader::{Element, Reader, attribute, child, child_text, children, excerpt, is, missing, path};

/// What the document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Sections (levels 2 and 3).
    Structured(Vec<Section>),
    /// One embedded file (level 1).
    File(Attachment),
}

/// A section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// XML identifier (`ID` attribute).
    pub xml_id: Option<String>,
    /// Identifiers.
    pub ids: Vec<Id>,
    /// Models the section says it follows.
    pub template_ids: Vec<Id>,
    /// Type, usually LOINC.
    pub code: Option<Code>,
    /// Title.
    pub title: Option<String>,
    /// Confidentiality, when it differs from the document's.
    pub confidentiality: Option<Code>,
    /// What a reader must see.
    pub narrative: Narrative,
    /// Files embedded in the entries of this section.
    pub media: Vec<Media>,
    /// What a machine may reuse, kept lightly.
    pub entries: Vec<Entry>,
    /// Sections inside this one.
    pub sections: Vec<Section>,
}

impl Section {
    /// Adds this section then those inside it.
    pub(crate) fn collect<'s>(&'s self, found: &mut Vec<&'s Section>) {
        found.push(self);
        for inner in &self.sections {
            inner.collect(found);
        }
    }
}

/// Reads the body of the document.
pub(crate) fn read(reader: &mut Reader<'_>, root: Element<'_>) -> Result<Body, CdaError> {
    let mut bodies = children(root, "component")
        .flat_map(|component| component.children())
        .filter(|node| is(*node, "structuredBody") || is(*node, "nonXMLBody"));
    let body = bodies.next().ok_or_else(|| missing(root, "component"))?;
    if bodies.next().is_some() {
        return Err(CdaError::Repeated { path: format!("{}/component", path(root)) });
    }
    if is(body, "nonXMLBody") {
        let text = child(body, "text").ok_or_else(|| missing(body, "text"))?;
        return attachment::read_body(reader, text).map(Body::File);
    }
    let sections = sections(reader, body)?;
    if sections.is_empty() {
        return Err(missing(body, "component/section"));
    }
    let dangling: Vec<String> = reader.media_references.difference(&reader.media_defined).cloned().collect();
    for id in dangling {
        let shown = excerpt(&id);
        reader.warn(format!("the narrative shows a file \"{shown}\" that the document does not hold"));
    }
    Ok(Body::Structured(sections))
}

fn sections(reader: &mut Reader<'_>, parent: Element<'_>) -> Result<Vec<Section>, CdaError> {
    let mut found = Vec::new();
    for component in children(parent, "component") {
        for node in children(component, "section") {
            found.push(section(reader, node)?);
        }
    }
    Ok(found)
}

fn section(reader: &mut Reader<'_>, node: Element<'_>) -> Result<Section, CdaError> {
    let mut narrative = Narrative::default();
    for (rank, text) in children(node, "text").enumerate() {
        if rank > 0 {
            reader.warn_at(text, "the section has several texts, shown one after the other");
        }
        narrative.blocks.extend(narrative_read::read(reader, text).blocks);
    }
    let mut media = Vec::new();
    for entry in children(node, "entry") {
        for found in entry.descendants().filter(|inner| is(*inner, "observationMedia")) {
            if !attachment::is_absent(found) {
                media.push(Media::read(reader, found)?);
            }
        }
    }
    let section = Section {
        xml_id: attribute(node, "ID"),
        ids: Id::read_all(node, "id"),
        template_ids: Id::read_all(node, "templateId"),
        code: Code::read_child(node, "code"),
        title: child_text(node, "title"),
        confidentiality: Code::read_child(node, "confidentialityCode"),
        narrative,
        media,
        entries: children(node, "entry").filter_map(|e| entry_read::read(reader, e)).collect(),
        sections: sections(reader, node)?,
    };
    if section.narrative.is_empty() && !section.entries.is_empty() {
        reader.warn_at(node, "the section has entries but no text to show");
    }
    Ok(section)
}
