//! From a header and a body to bytes.

use cda_r2::Limits;
use cda_r2::write::{Body, print};

use crate::error::CisisError;
use crate::header::Header;
use crate::moment::check_entries;
use crate::profile::{Metadata, Model};

/// A document written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The CDA R2 document, XML in UTF-8.
    pub bytes: Vec<u8>,
    /// What the metadata of an exchange need of it.
    pub metadata: Metadata,
    /// What could not be written as given, in plain English.
    pub warnings: Vec<String>,
}

/// Prints the document and tells what the header lets doubt of.
pub(crate) fn finish(header: &Header, model: Model, body: &Body) -> Result<Document, CisisError> {
    let written = header.written(&model)?;
    if let Body::Sections(sections) = body {
        check_entries(sections)?;
    }
    let title = written.title.clone().unwrap_or_default();
    let printed = print(&written, body, &Limits::default())?;
    let mut warnings = printed.warnings;
    if header.patient.ins.as_ref().is_some_and(|ins| !ins.key_matches()) {
        warnings.push("the key of the test or demonstration identity does not match its number".to_owned());
    }
    if header.patient.birth_time() != header.patient.birth_date {
        let told = "the birth date is not a date of the calendar: it was written as far as it is one";
        warnings.push(told.to_owned());
    }
    let patient = &header.patient;
    if patient.telecoms.iter().any(|telecom| !patient.may_give(telecom)) {
        warnings.push("the secure box of the patient was left out: its name is an identity that is not qualified".to_owned());
    }
    let metadata = Metadata {
        template_id: model.template_id,
        type_code: model.kind,
        title,
        act: model.act,
        format_code: model.format_code,
        mime_type: "text/xml",
        language: "fr-FR",
    };
    Ok(Document { bytes: printed.bytes, metadata, warnings })
}
