//! What makes a document unusable, and what is only told.

use crate::support::{LETTER, letter_with, minimal, read, refusal, with_text};

#[test]
fn what_identifies_the_document_must_be_there_once() {
    let id = r#"<id root="1.2.250.1.999.1" extension="lettre-7-2"/>"#;
    assert_eq!(refusal(letter_with(id, "")).code(), "missing");
    assert_eq!(refusal(letter_with(id, "<id nullFlavor='UNK'/>")).code(), "missing");
    assert_eq!(refusal(letter_with(id, &id.repeat(2))).code(), "repeated");
    let version = r#"<versionNumber value="2"/>"#;
    assert_eq!(refusal(letter_with(version, &version.repeat(2))).code(), "repeated");
    let time = r#"<effectiveTime value="20261103174512.250+0100"/>"#;
    assert_eq!(refusal(letter_with(time, "")).code(), "missing");
    for wrong in ["hier", "20261340", "20260230"] {
        let document = letter_with(time, &format!("<effectiveTime value='{wrong}'/>"));
        assert_eq!(refusal(document).code(), "invalid", "{wrong}");
    }
    assert_eq!(refusal(letter_with("code=\"11490-0\" ", "")).code(), "missing");
}

#[test]
fn a_document_is_about_one_patient() {
    let second = "<recordTarget><patientRole><patient/></patientRole></recordTarget><author>";
    assert_eq!(refusal(letter_with("<author>", second)).code(), "several_patients");
    let roles = "</patientRole><patientRole><patient/></patientRole>";
    assert_eq!(refusal(letter_with("</patientRole>", roles)).code(), "several_patients");
    assert_eq!(refusal(letter_with("</patient>", "</patient><patient/>")).code(), "several_patients");
    let births = r#"<birthTime value="19310000"/><birthTime value="19320101"/>"#;
    assert_eq!(refusal(letter_with(r#"<birthTime value="19310000"/>"#, births)).code(), "repeated");
    let none = LETTER.replace("recordTarget", "ailleurs");
    assert_eq!(refusal(none).code(), "missing");
}

#[test]
fn replacing_two_documents_or_none_is_refused() {
    let one = LETTER.find("<relatedDocument").zip(LETTER.find("<componentOf>")).expect("related");
    let block = &LETTER[one.0..one.1];
    assert_eq!(refusal(letter_with(block, &block.repeat(2))).code(), "repeated");
    let parent = r#"<id root="1.2.250.1.999.1" extension="lettre-7-1"/>"#;
    assert_eq!(refusal(letter_with(parent, "")).code(), "missing");
}

#[test]
fn a_body_is_required_and_single() {
    assert_eq!(refusal(minimal("")).code(), "missing");
    assert_eq!(refusal(minimal("<structuredBody/>")).code(), "missing");
    assert_eq!(refusal(minimal("<nonXMLBody/>")).code(), "missing");
    let file = "<nonXMLBody><text mediaType='text/plain'>a</text></nonXMLBody>";
    assert_eq!(refusal(minimal(&file.repeat(2))).code(), "repeated");
}

#[test]
fn the_path_of_the_defect_is_given_in_plain_words() {
    let error = refusal(minimal("<nonXMLBody/>"));
    let expected = "the element ClinicalDocument/component/nonXMLBody/text is missing or empty";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn absences_of_the_french_header_are_told_one_by_one() {
    let warnings = read(&with_text("a")).warnings;
    for expected in ["typeId", "title", "setId", "versionNumber", "author", "custodian", "signatureCode S"] {
        assert!(warnings.iter().any(|w| w.contains(expected)), "{expected} in {warnings:?}");
    }
    let told = read(&letter_with(r#"<versionNumber value="2"/>"#, r#"<versionNumber value="2.1"/>"#));
    assert_eq!(told.header.version_number, None);
    assert!(told.warnings.iter().any(|w| w.contains("\"2.1\" is not a positive integer")));
}

#[test]
fn a_national_identity_without_its_traits_is_told() {
    let cases = [
        (r#"<family qualifier="BR">L’ÉTANG-ŒUVRÉ</family>"#, "", "birth family name"),
        (r#"<given qualifier="BR">ANNE-MARIE</given>"#, "", "first given name at birth"),
        ("<given>ANNE-MARIE JOSÈPHE</given>", "", "list of given names"),
        ("<county>2A020</county>", "", "INSEE code"),
        (r#"<birthTime value="19310000"/>"#, r#"<birthTime value="?"/>"#, "without its birth date"),
        (r#" extension="199999999999999""#, "", "has no number"),
        ("199999999999999", "19999999999999", "does not have 15 characters"),
        (
            r#"<id nullFlavor="UNK"/>"#,
            r#"<id root="1.2.250.1.213.1.4.11" extension="299999999999999"/>"#,
            "several different national identities",
        ),
    ];
    for (old, new, expected) in cases {
        let warnings = read(&letter_with(old, new)).warnings;
        assert!(warnings.iter().any(|w| w.contains(expected)), "{expected} in {warnings:?}");
        assert!(!read(LETTER).warnings.iter().any(|w| w.contains(expected)), "{expected}");
    }
    let corsican = read(&letter_with("199999999999999", "1999992A9999999"));
    assert!(corsican.warnings.iter().any(|w| w.contains("15 characters")));
    let corsican = read(&letter_with("199999999999999", "199992A99999999"));
    assert!(!corsican.warnings.iter().any(|w| w.contains("15 characters")));
}

#[test]
fn an_unreadable_time_is_told_with_its_value() {
    let document = read(&letter_with(r#"<time value="20261103"/>"#, r#"<time value="3 nov."/>"#));
    assert!(document.header.authors[0].time.is_none());
    assert!(document.warnings.iter().any(|w| w.contains("author/time: the time \"3 nov.\"")));
}
