//! A strict printer of CDA R2 documents.
//!
//! [`print()`] turns a [`Header`] (the reader's own type) and a [`Body`] into UTF-8 XML. Clinical
//! statements are [`Element`]s: the light [`crate::Entry`] of the reader would lose what the French
//! content models require (target sites, criteria, roles of participants).
//!
//! The same values give the same bytes. What is printed is always well-formed, and within the
//! [`Limits`] the reader accepts: names of elements are fixed by the program, every text is
//! escaped, a character XML cannot hold becomes a space and is told in [`Written::warnings`],
//! identifiers of the narrative are unique and every reference to one of them has its target.
//! Whether a document obeys a French content model (CI-SIS) is the caller's concern.

mod element;
mod error;
mod escape;
mod header;
mod narrative;
mod part;
mod printer;

pub use element::Element;
pub use error::WriteError;
pub use escape::legible;
pub use part::{address, code, embedded_file, id, organization, telecom};

use crate::datatype::{Code, Id};
use crate::header::Header;
use crate::limits::Limits;
use crate::narrative::Narrative;
use crate::write::printer::Printer;

/// What the document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Sections (levels 2 and 3); at least one.
    Sections(Vec<Section>),
    /// One embedded file (level 1), written in base64.
    File {
        /// Media type, such as `application/pdf`.
        media_type: String,
        /// The file; not empty.
        bytes: Vec<u8>,
    },
}

/// A section to print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Models the section follows.
    pub template_ids: Vec<Id>,
    /// Identifiers.
    pub ids: Vec<Id>,
    /// Type, usually LOINC.
    pub code: Option<Code>,
    /// Title.
    pub title: Option<String>,
    /// What a reader must see; nothing is printed when it has no block.
    pub narrative: Narrative,
    /// Clinical statements, each the content of one `entry`.
    pub entries: Vec<Element>,
    /// Sections inside this one.
    pub sections: Vec<Section>,
}

/// A printed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The XML, in UTF-8 with its declaration.
    pub bytes: Vec<u8>,
    /// What could not be printed as given, in plain English, with the path.
    pub warnings: Vec<String>,
}

/// Prints one document.
///
/// # Errors
/// A [`WriteError`] when the document would pass the limits, when a value without which it could
/// not be used is absent, when an identifier, a time or an address part is not of its format, or
/// when an identifier of the narrative is repeated or referred to without being defined.
pub fn print(header: &Header, body: &Body, limits: &Limits) -> Result<Written, WriteError> {
    let mut printer = Printer::new(limits);
    let root = Element::new("ClinicalDocument")
        .with("xmlns", crate::reader::HL7)
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    printer.open(&root)?;
    for part in header::parts(&mut printer, header)? {
        printer.element(&part)?;
    }
    printer.open(&Element::new("component"))?;
    match body {
        Body::Sections(sections) => structured(&mut printer, sections)?,
        Body::File { media_type, bytes } => {
            if bytes.is_empty() {
                return Err(WriteError::Missing { path: printer.path_of("nonXMLBody/text") });
            }
            let text = embedded_file("text", media_type, bytes);
            printer.element(&Element::new("nonXMLBody").child(text))?;
        }
    }
    printer.close()?;
    printer.close()?;
    printer.finish()
}

fn structured(printer: &mut Printer<'_>, sections: &[Section]) -> Result<(), WriteError> {
    if sections.is_empty() {
        return Err(WriteError::Missing { path: printer.path_of("structuredBody/component/section") });
    }
    printer.open(&Element::new("structuredBody"))?;
    for found in sections {
        section(printer, found)?;
    }
    printer.close()
}

fn section(printer: &mut Printer<'_>, section: &Section) -> Result<(), WriteError> {
    printer.open(&Element::new("component"))?;
    printer.open(&Element::new("section"))?;
    for template in &section.template_ids {
        printer.element(&part::named_id("templateId", template))?;
    }
    for own in &section.ids {
        printer.element(&id(own))?;
    }
    if let Some(kind) = &section.code {
        printer.element(&code("code", kind))?;
    }
    if let Some(title) = &section.title {
        printer.element(&Element::new("title").text(title))?;
    }
    if !section.narrative.is_empty() {
        narrative::text(printer, &section.narrative)?;
    }
    for entry in &section.entries {
        printer.open(&Element::new("entry"))?;
        printer.element(entry)?;
        printer.close()?;
    }
    for inner in &section.sections {
        self::section(printer, inner)?;
    }
    printer.close()?;
    printer.close()
}
