//! A whole document, and the way in.

use roxmltree::{Document, ParsingOptions};

use crate::attachment::Media;
use crate::body::{self, Body, Section};
use crate::charset;
use crate::error::CdaError;
use crate::header::Header;
use crate::header_read;
use crate::limits::Limits;
use crate::preflight;
use crate::reader::{Element, HL7, Reader, excerpt, is};

/// A CDA R2 document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClinicalDocument {
    /// What the header says.
    pub header: Header,
    /// Sections, or one embedded file.
    pub body: Body,
    /// Defects that did not prevent the reading, in plain English.
    pub warnings: Vec<String>,
}

impl ClinicalDocument {
    /// Every section, parents before children, in the order of the document; empty when the body
    /// is a file.
    pub fn sections(&self) -> Vec<&Section> {
        let mut found = Vec::new();
        if let Body::Structured(sections) = &self.body {
            for section in sections {
                section.collect(&mut found);
            }
        }
        found
    }

    /// The embedded media a narrative refers to by this identifier.
    pub fn media(&self, id: &str) -> Option<&Media> {
        self.sections().into_iter().flat_map(|section| &section.media).find(|media| media.is(id))
    }
}

/// Reads one document.
///
/// # Errors
/// A [`CdaError`] when the document passes the limits, is not in the charset it declares, holds a
/// DTD, is not well-formed XML, is not CDA R2, lacks what makes it usable (identifier, type, time,
/// patient, body) or gives it twice, or when the file that is its body is damaged.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<ClinicalDocument, CdaError> {
    if bytes.len() > limits.max_bytes {
        return Err(CdaError::TooLarge { limit: limits.max_bytes });
    }
    let text = charset::decode(bytes, limits)?;
    preflight::check(&text, limits)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: u32::try_from(limits.max_nodes).unwrap_or(u32::MAX),
        ..ParsingOptions::default()
    };
    let xml = Document::parse_with_options(&text, options).map_err(|e| xml_error(&e, limits))?;
    let root = xml.root_element();
    check_root(root)?;
    check_records(root, limits)?;
    let mut reader = Reader::new(limits);
    if text.contains('\u{FFFD}') {
        reader.warn("some characters were lost before the document was received".to_owned());
    }
    let header = header_read::read(&mut reader, root)?;
    let body = body::read(&mut reader, root)?;
    Ok(ClinicalDocument { header, body, warnings: reader.into_warnings() })
}

fn xml_error(error: &roxmltree::Error, limits: &Limits) -> CdaError {
    match error {
        roxmltree::Error::DtdDetected => CdaError::DtdForbidden,
        roxmltree::Error::NodesLimitReached => CdaError::TooManyNodes { limit: limits.max_nodes },
        other => CdaError::NotXml { detail: other.to_string().chars().take(200).collect() },
    }
}

/// Elements read into large records: statements, roles and participations.
pub(crate) const RECORDS: [&str; 19] = [
    "act",
    "associatedEntity",
    "authenticator",
    "author",
    "documentationOf",
    "encounter",
    "guardian",
    "informant",
    "informationRecipient",
    "observation",
    "observationMedia",
    "organizer",
    "participant",
    "performer",
    "procedure",
    "relatedDocument",
    "section",
    "substanceAdministration",
    "supply",
];

fn check_records(root: Element<'_>, limits: &Limits) -> Result<(), CdaError> {
    let records = root.descendants().filter(|node| RECORDS.contains(&node.tag_name().name()));
    if records.count() > limits.max_records {
        return Err(CdaError::TooManyRecords { limit: limits.max_records });
    }
    Ok(())
}

fn check_root(root: Element<'_>) -> Result<(), CdaError> {
    if is(root, "ClinicalDocument") {
        return Ok(());
    }
    let name = root.tag_name();
    let found = match name.namespace() {
        Some(HL7) | None => name.name().to_owned(),
        Some(other) => format!("{{{other}}}{}", name.name()),
    };
    Err(CdaError::NotCda { root: excerpt(&found) })
}
