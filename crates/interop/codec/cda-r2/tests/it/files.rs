//! Embedded files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cda_r2::{Attachment, Body, CdaError, Limits, parse};

use crate::support::{minimal, read, refusal, with_file};

fn file(text: &str) -> (Attachment, Vec<String>) {
    let document = read(&with_file(text));
    let Body::File(file) = document.body else { panic!("a file") };
    (file, document.warnings)
}

fn pdf(base64: &str) -> String {
    format!(r#"<text mediaType="application/pdf" representation="B64">{base64}</text>"#)
}

#[test]
fn every_length_is_decoded_with_or_without_padding() {
    for length in 1..40 {
        let bytes: Vec<u8> = b"%PDF-".iter().copied().chain(0..length).collect();
        let padded = STANDARD.encode(&bytes);
        let bare = padded.trim_end_matches('=');
        let (read, warnings) = file(&pdf(&padded));
        assert_eq!(read.bytes, bytes);
        assert!(!warnings.join(" ").contains("padding"));
        let (read, warnings) = file(&pdf(bare));
        assert_eq!(read.bytes, bytes);
        assert_eq!(warnings.join(" ").contains("lacks its padding"), bare != padded);
    }
}

#[test]
fn white_space_and_comments_inside_base64_are_skipped() {
    let (read, _) = file(&pdf("\r\n JVB<!-- x -->ERi\t0x <![CDATA[LjQ=]]> "));
    assert_eq!(read.bytes, b"%PDF-1.4");
    assert_eq!(read.detected_type, Some("application/pdf"));
}

#[test]
fn a_damaged_body_is_refused() {
    for damaged in ["JVBERi0xL*Q=", "JVBER", "JVBE=Ri0x", "", "é"] {
        assert_eq!(refusal(with_file(&pdf(damaged))).code(), "damaged_body", "{damaged}");
    }
}

#[test]
fn a_body_cut_short_is_named_so() {
    let expected = CdaError::DamagedBody { detail: "the base64 is cut short".to_owned() };
    assert_eq!(refusal(with_file(&pdf("JVBER"))), expected);
}

#[test]
fn a_damaged_image_is_marked_and_told() {
    let media = r#"<observationMedia ID="i"><value mediaType="image/png" representation="B64">?</value></observationMedia>"#;
    let document = read(&minimal(&format!(
        "<structuredBody><component><section><text>a</text><entry>{media}</entry></section></component></structuredBody>"
    )));
    let found = document.media("i").expect("media");
    assert!(found.file.damaged && found.file.bytes.is_empty());
    assert!(document.warnings.join(" ").contains("damaged"));
}

#[test]
fn a_region_of_interest_leads_to_its_image() {
    let media = r#"<regionOfInterest ID="zone"><id root="1.2.3"/><entryRelationship typeCode="SUBJ"><observationMedia ID="i"><value mediaType="text/plain">x</value></observationMedia></entryRelationship></regionOfInterest>"#;
    let document = read(&minimal(&format!(
        r#"<structuredBody><component><section><text><renderMultiMedia referencedObject="zone"/></text><entry>{media}</entry></section></component></structuredBody>"#
    )));
    assert_eq!(document.media("zone").expect("media").file.bytes, b"x");
    assert!(!document.warnings.join(" ").contains("does not hold"));
}

#[test]
fn text_is_kept_as_text_and_a_silent_binary_is_taken_for_base64() {
    let (read, _) = file(r#"<text mediaType="text/plain">Été</text>"#);
    assert_eq!(read.bytes, "Été".as_bytes());
    let (read, warnings) = file(r#"<text mediaType="application/pdf">JVBERi0xLjQ=</text>"#);
    assert_eq!(read.bytes, b"%PDF-1.4");
    assert!(warnings.join(" ").contains("was read as base64"));
}

#[test]
fn false_types_compression_and_outside_files_are_told() {
    let (_, warnings) = file(&pdf("YWJj"));
    assert!(warnings.join(" ").contains("application/pdf but it is not"));
    let (read, warnings) = file(r#"<text mediaType="application/pdf" representation="B64" compression="GZ">H4sI</text>"#);
    assert_eq!(read.compression.as_deref(), Some("GZ"));
    assert!(warnings.join(" ").contains("compressed"));
    let (read, warnings) = file(r#"<text mediaType="application/pdf"><reference value="http://exemple.invalid/a.pdf"/></text>"#);
    assert_eq!(read.reference.as_deref(), Some("http://exemple.invalid/a.pdf"));
    assert!(read.bytes.is_empty() && warnings.join(" ").contains("was not fetched"));
}

#[test]
fn a_huge_file_is_bounded_before_it_is_whole() {
    let limits = Limits { max_attachment_bytes: 1_000_000, ..Limits::default() };
    let document = with_file(&pdf(&"QUJD".repeat(1_000_000)));
    let error = parse(document.as_bytes(), &limits).expect_err("refused");
    assert_eq!(error, CdaError::AttachmentsTooLarge { limit: 1_000_000 });
    assert!(parse(document.as_bytes(), &Limits::default()).is_ok());
}
