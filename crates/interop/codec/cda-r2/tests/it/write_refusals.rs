//! What the printer refuses, by name.

use cda_r2::write::{Body, Element, Section, WriteError, print};
use cda_r2::{Block, Content, Header, Id, Inline, Limits, List, ListItem, Marks, Narrative, Timestamp};

use crate::support::{LETTER, read};

fn header() -> Header {
    read(LETTER).header
}

fn with(entries: Vec<Element>, blocks: Vec<Block>) -> Result<(), WriteError> {
    let section = Section { narrative: Narrative { blocks }, entries, ..Section::default() };
    printed(&header(), &Body::Sections(vec![section]), &Limits::default())
}

/// Without the bytes, which no failure message needs.
fn printed(header: &Header, body: &Body, limits: &Limits) -> Result<(), WriteError> {
    print(header, body, limits).map(|_| ())
}

fn refusal(entry: Element) -> WriteError {
    with(vec![Element::new("act").child(entry)], Vec::new()).expect_err("refused")
}

fn anchored(id: &str) -> Block {
    let marks = Marks { id: Some(id.to_owned()), ..Marks::default() };
    Block::Text(vec![Inline::Content(Content { marks, inlines: vec![Inline::Text("texte".to_owned())], ..Content::default() })])
}

fn reference(target: &str) -> Element {
    Element::new("act").child(Element::new("text").child(Element::new("reference").with("value", target)))
}

#[test]
fn references_must_have_their_target() {
    assert!(with(vec![reference("#t1")], vec![anchored("t1")]).is_ok());
    assert!(with(vec![reference("https://exemple.test/doc")], vec![anchored("t1")]).is_ok());
    let lost = with(vec![reference("#t2")], vec![anchored("t1")]).expect_err("refused");
    assert_eq!((lost.code(), lost.to_string().contains("\"t2\"")), ("dangling_reference", true));
    let shown = Block::Text(vec![Inline::Media(cda_r2::MediaReference { targets: vec!["f".to_owned()], ..Default::default() })]);
    assert_eq!(with(Vec::new(), vec![shown]).expect_err("refused").code(), "dangling_reference");
}

#[test]
fn identifiers_of_the_narrative_are_unique_names() {
    let twice = with(Vec::new(), vec![anchored("t1"), anchored("t1")]).expect_err("refused");
    assert_eq!(twice.code(), "repeated_id");
    for id in ["1t", "a b", "é", "a:b", "t\"/><x"] {
        assert_eq!(with(Vec::new(), vec![anchored(id)]).expect_err(id).code(), "invalid", "{id}");
    }
}

#[test]
fn values_have_the_format_of_their_place() {
    let bad = [
        Element::new("id").with("root", "1.2.03"),
        Element::new("id").with("root", "3.1"),
        Element::new("id").with("root", "12345678-1234-1234-1234-12345678901"),
        Element::new("id").with("root", "urn:oid:1.2"),
        Element::new("code").with("codeSystem", "LOINC"),
        Element::new("code").with("code", "A B"),
        Element::new("effectiveTime").with("value", "2026-11-03"),
        Element::new("effectiveTime").child(Element::new("low").with("value", "hier")),
        Element::new("value").with("unit", "mm Hg"),
        Element::new("pas un nom"),
        Element::new("observation").with("a b", "1"),
    ];
    for element in bad {
        let shown = format!("{element:?}");
        assert_eq!(refusal(element).code(), "invalid", "{shown}");
    }
    let good = [
        Element::new("id").with("root", "1.2.250.0.71"),
        Element::new("id").with("root", "194AE3B0-fa7d-49D6-8C90-86139E9AF5BE"),
        Element::new("doseQuantity").child(Element::new("low").with("value", "0.5").with("unit", "mg")),
        Element::new("doseQuantity").child(Element::new("low").with("value", "2")),
    ];
    assert!(with(good.into_iter().map(|one| Element::new("act").child(one)).collect(), Vec::new()).is_ok());
}

#[test]
fn a_header_without_its_essentials_is_refused() {
    let body = Body::File { media_type: "application/pdf".to_owned(), bytes: b"%PDF-1.4".to_vec() };
    let refused = |header: &Header| printed(header, &body, &Limits::default()).expect_err("refused");
    assert!(printed(&header(), &body, &Limits::default()).is_ok());
    let untitled = Header { title: Some("  ".to_owned()), ..header() };
    assert_eq!(refused(&untitled).to_string(), "the element ClinicalDocument/title has no value");
    let mut uncoded = header();
    uncoded.code.code = None;
    assert_eq!(refused(&uncoded).code(), "missing");
    let rootless = Header { id: Id { root: String::new(), extension: None, authority: None }, ..header() };
    assert_eq!(refused(&rootless).code(), "missing");
    let mut lying = header();
    lying.effective_time = Timestamp { raw: "demain".to_owned(), ..lying.effective_time };
    assert_eq!(refused(&lying).code(), "invalid");
    let empty = Body::File { media_type: "application/pdf".to_owned(), bytes: Vec::new() };
    assert_eq!(printed(&header(), &empty, &Limits::default()).expect_err("refused").code(), "missing");
    assert_eq!(printed(&header(), &Body::Sections(Vec::new()), &Limits::default()).expect_err("refused").code(), "missing");
}

#[test]
fn limits_hold() {
    let section = Section { entries: vec![Element::new("act"), Element::new("act")], ..Section::default() };
    let body = Body::Sections(vec![section]);
    let code = |limits: Limits| printed(&header(), &body, &limits).expect_err("refused").code();
    assert_eq!(code(Limits { max_bytes: 500, ..Limits::default() }), "too_large");
    assert_eq!(code(Limits { max_nodes: 20, ..Limits::default() }), "too_many_nodes");
    assert_eq!(code(Limits { max_records: 2, ..Limits::default() }), "too_many_records");
    assert_eq!(code(Limits { max_attributes: 5, ..Limits::default() }), "too_many_attributes");
    assert_eq!(code(Limits { max_depth: 3, ..Limits::default() }), "too_deep");
    let file = Body::File { media_type: "application/pdf".to_owned(), bytes: vec![b'a'; 100] };
    let small = Limits { max_attachment_bytes: 99, ..Limits::default() };
    assert_eq!(printed(&header(), &file, &small).expect_err("refused").code(), "attachments_too_large");
}

#[test]
fn deep_narratives_are_refused_before_the_stack_is_in_danger() {
    let mut block = anchored("fond");
    for _ in 0..5_000 {
        let item = ListItem { blocks: vec![block], ..ListItem::default() };
        block = Block::List(List { items: vec![item], ..List::default() });
    }
    assert_eq!(with(Vec::new(), vec![block]).expect_err("refused").code(), "too_deep");
}
