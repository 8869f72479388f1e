//! Documents made to harm.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use cda_r2::{CdaError, Limits, parse};

use crate::support::{LETTER, letter_with, minimal, refusal, with_text};

/// Refusal that must come quickly.
fn quick_refusal(text: &str) -> CdaError {
    let start = Instant::now();
    let error = refusal(text);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    error
}

#[test]
fn any_dtd_is_refused() {
    let external = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>"#;
    let mut laughs = String::from("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
    for level in 1..10 {
        let reference = format!("&l{};", level - 1).repeat(10);
        let _ = write!(laughs, "<!ENTITY l{level} \"{reference}\">");
    }
    laughs.push_str("]>");
    for dtd in ["<!DOCTYPE a>", external, &laughs, r#"<!DOCTYPE a SYSTEM "http://exemple.invalid/a.dtd">"#] {
        let body = with_text("&l9;");
        assert_eq!(quick_refusal(&format!("{dtd}{body}")), CdaError::DtdForbidden);
        assert_eq!(quick_refusal(&with_text(dtd)), CdaError::DtdForbidden);
    }
    assert_eq!(refusal(with_text("&x;")).code(), "not_xml");
}

#[test]
fn attributes_are_bounded_per_element_and_in_all() {
    let mut many = String::new();
    for n in 0..200_000 {
        let _ = write!(many, " a{n}='x'");
    }
    assert_eq!(quick_refusal(&with_text(&format!("<content{many}/>"))).code(), "too_many_attributes");
    let spread = "<content a='1' b='2' c='3' d='4'/>".repeat(110_000);
    assert_eq!(quick_refusal(&with_text(&spread)).code(), "too_many_attributes");
    let equals = "=".repeat(2_000_000);
    assert_eq!(quick_refusal(&with_text(&equals)).code(), "too_many_attributes");
}

#[test]
fn namespaces_are_bounded() {
    let mut many = String::new();
    for n in 0..100 {
        let _ = write!(many, " xmlns:n{n}='urn:{n}'");
    }
    assert_eq!(quick_refusal(&with_text(&format!("<content{many}/>"))).code(), "too_many_namespaces");
    let mut nested = String::new();
    for n in 0..100 {
        let _ = write!(nested, "<content xmlns:n{n}='urn:{n}'>");
    }
    nested.push_str(&"</content>".repeat(100));
    assert_eq!(quick_refusal(&with_text(&nested)).code(), "too_many_namespaces");
    let spread = "<content xmlns:n='urn:n'/>".repeat(25_000);
    assert_eq!(quick_refusal(&with_text(&spread)).code(), "too_many_namespaces");
}

#[test]
fn namespaces_declared_again_and_again_side_by_side_are_accepted() {
    let text = "<content xmlns:n='urn:n'>x</content>".repeat(1_000);
    let document = parse(with_text(&text).as_bytes(), &Limits::default()).expect("readable");
    assert_eq!(document.sections()[0].narrative.plain_text().len(), 1_000);
}

#[test]
fn deep_nesting_never_overflows_the_stack() {
    for (open, close) in
        [("<content>", "</content>"), ("<table><tr><td>", "</td></tr></table>"), ("<list><item>", "</item></list>")]
    {
        let text = format!("{}x{}", open.repeat(5_000), close.repeat(5_000));
        assert_eq!(quick_refusal(&with_text(&text)).code(), "too_deep");
    }
    let open = "<act><entryRelationship>".repeat(5_000);
    let close = "</entryRelationship></act>".repeat(5_000);
    let entry =
        format!("<structuredBody><component><section><entry>{open}{close}</entry></section></component></structuredBody>");
    assert_eq!(quick_refusal(&minimal(&entry)).code(), "too_deep");
}

#[test]
fn the_deepest_document_accepted_is_read_even_with_a_mad_limit() {
    let limits = Limits { max_depth: usize::MAX, ..Limits::default() };
    let deep = |levels: usize| with_text(&format!("{}x{}", "<content>".repeat(levels), "</content>".repeat(levels)));
    let document = parse(deep(122).as_bytes(), &limits).expect("128 levels");
    assert_eq!(document.sections()[0].narrative.plain_text(), "x");
    assert_eq!(parse(deep(123).as_bytes(), &limits).expect_err("129 levels").code(), "too_deep");
}

#[test]
fn the_deepest_structures_accepted_fit_a_small_stack() {
    let nest =
        |open: &str, close: &str, times: usize, inner: &str| format!("{}{inner}{}", open.repeat(times), close.repeat(times));
    let structured = |section: &str| minimal(&format!("<structuredBody><component>{section}</component></structuredBody>"));
    let act = nest("<act><entryRelationship>", "</entryRelationship></act>", 60, "<act/>");
    let translation = nest("<translation code='a'>", "</translation>", 120, "");
    let documents = [
        with_text(&nest("<table><tr><td>", "</td></tr></table>", 40, "x")),
        with_text(&nest("<list><item>", "</item></list>", 60, "x")),
        with_text(&nest("<content><p>", "</p></content>", 60, "x")),
        structured(&format!("<section><entry>{act}</entry></section>")),
        structured(&nest("<section><component>", "</component></section>", 60, "<section/>")),
        structured(&format!("<section><code code='a'>{translation}</code></section>")),
    ];
    let limits = Limits { max_depth: 128, ..Limits::default() };
    let check = move || {
        for document in documents {
            let read = parse(document.as_bytes(), &limits).expect("readable");
            assert_eq!(read, read.clone());
        }
    };
    let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(check).expect("thread");
    thread.join().expect("no overflow");
}

#[test]
fn nodes_records_and_bytes_are_bounded() {
    assert_eq!(quick_refusal(&with_text(&"<br/>".repeat(300_000))).code(), "too_many_nodes");
    assert_eq!(quick_refusal(&with_text(&"<br/>x".repeat(200_000))).code(), "too_many_nodes");
    assert_eq!(quick_refusal(&with_text(&"<!-- -->".repeat(300_000))).code(), "too_many_nodes");
    let entries = "<entry><act/></entry>".repeat(30_000);
    let body = format!("<structuredBody><component><section>{entries}</section></component></structuredBody>");
    assert_eq!(quick_refusal(&minimal(&body)).code(), "too_many_records");
    let limits = Limits { max_bytes: LETTER.len() - 1, ..Limits::default() };
    assert_eq!(parse(LETTER.as_bytes(), &limits).expect_err("size").code(), "too_large");
    let limits = Limits { max_bytes: LETTER.len(), ..Limits::default() };
    assert!(parse(LETTER.as_bytes(), &limits).is_ok());
}

#[test]
fn decoding_cannot_double_the_size_unnoticed() {
    let limits = Limits { max_bytes: 1_000, ..Limits::default() };
    let mut bytes = b"<?xml version='1.0' encoding='ISO-8859-1'?>".to_vec();
    bytes.extend(std::iter::repeat_n(0xE9, 900));
    assert_eq!(parse(&bytes, &limits).expect_err("size"), CdaError::TooLarge { limit: 1_000 });
}

#[test]
fn warnings_are_bounded_in_number_and_size() {
    let name = "x".repeat(10_000);
    let document = with_text(&format!("<{name}/>").repeat(300));
    let read = parse(document.as_bytes(), &Limits::default()).expect("readable");
    assert_eq!(read.warnings.len(), 201);
    assert!(read.warnings.iter().all(|warning| warning.len() < 1_000));
}

#[test]
fn truncation_anywhere_is_refused() {
    for cut in (0..LETTER.trim_end().len()).step_by(37).filter(|cut| LETTER.is_char_boundary(*cut)) {
        let error = refusal(&LETTER[..cut]);
        assert_eq!(error.code(), "not_xml", "cut at {cut}: {error}");
    }
}

#[test]
fn what_is_not_cda_is_named() {
    assert_eq!(refusal("").code(), "not_xml");
    assert_eq!(refusal("%PDF-1.4").code(), "not_xml");
    assert_eq!(refusal("{\"resourceType\":\"Bundle\"}").code(), "not_xml");
    let other = |root: &str| CdaError::NotCda { root: root.to_owned() };
    assert_eq!(refusal("<html/>"), other("html"));
    assert_eq!(refusal("<ClinicalDocument/>"), other("ClinicalDocument"));
    assert_eq!(refusal("<Bundle xmlns='http://hl7.org/fhir'/>"), other("{http://hl7.org/fhir}Bundle"));
    let release_3 = letter_with("POCD_HD000040", "POCD_HD000050");
    assert_eq!(refusal(release_3).code(), "not_cda");
}
