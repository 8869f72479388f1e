//! What the tests share.

use std::path::PathBuf;

use cda_r2::{CdaError, ClinicalDocument, Limits, parse};

/// Our own complete letter.
pub(crate) const LETTER: &str = include_str!("../fixtures/letter.xml");

/// Reads with the default limits.
pub(crate) fn read(text: &str) -> ClinicalDocument {
    parse(text.as_bytes(), &Limits::default()).expect("the document is readable")
}

/// The refusal, with the default limits.
pub(crate) fn refusal(text: impl AsRef<[u8]>) -> CdaError {
    parse(text.as_ref(), &Limits::default()).expect_err("the document is refused")
}

/// The letter with one piece replaced; the piece must be there.
pub(crate) fn letter_with(old: &str, new: &str) -> String {
    assert!(LETTER.contains(old), "the letter holds {old}");
    LETTER.replacen(old, new, 1)
}

/// A minimal document around a body component.
pub(crate) fn minimal(body: &str) -> String {
    format!(
        r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><id root="1.2.3"/><code code="11490-0"/><effectiveTime value="20261103"/><recordTarget><patientRole><patient><name><family qualifier="BR">ESSAI</family></name></patient></patientRole></recordTarget><component>{body}</component></ClinicalDocument>"#
    )
}

/// A minimal document whose only section has this narrative.
pub(crate) fn with_text(text: &str) -> String {
    minimal(&format!("<structuredBody><component><section><text>{text}</text></section></component></structuredBody>"))
}

/// A minimal document whose body is this file element.
pub(crate) fn with_file(text: &str) -> String {
    minimal(&format!("<nonXMLBody>{text}</nonXMLBody>"))
}

/// Folder of the official examples, when this machine has it.
pub(crate) fn official_folder() -> Option<PathBuf> {
    let root = std::env::var_os("GRAPPE_INTEROP")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/interop"), PathBuf::from);
    let folder = root.join("cda/examples");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("official examples absent: set GRAPPE_INTEROP to test them");
    None
}
