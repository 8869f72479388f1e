//! Any text in any place: well-formed, and read back as it was given.

use cda_r2::write::{self, Body, Element, Section, legible, print};
use cda_r2::{
    Address, AddressPart, Block, Cell, Code, Header, Inline, Limits, Marks, Narrative, Paragraph, Row, Table, Telecom,
    TelecomKind, Value, parse,
};
use proptest::prelude::*;

use crate::support::{LETTER, read};

/// What XML and the reader make of a text: white space is collapsed.
fn collapsed(text: &str) -> String {
    let kept = legible(text);
    let words: Vec<&str> = kept.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What the reader makes of an attribute: trimmed.
fn trimmed(text: &str) -> String {
    legible(text).trim().to_owned()
}

fn with_text(text: &str) -> (Header, Body) {
    let mut header = read(LETTER).header;
    header.title = Some(format!("T{text}"));
    header.code.display = Some(format!("C{text}"));
    header.patient.names[0].parts[0].value = format!("N{text}");
    header.patient.ids[1].extension = Some(format!("I{text}"));
    header.patient.addresses =
        vec![Address { uses: Vec::new(), parts: vec![AddressPart { kind: "city".to_owned(), value: format!("V{text}") }] }];
    header.patient.telecoms = vec![Telecom { kind: TelecomKind::Phone, value: format!("0{text}"), uses: Vec::new() }];
    header.custodian.as_mut().expect("custodian").name = Some(format!("O{text}"));
    let cell = |value: String| Cell {
        marks: Marks::default(),
        header: false,
        colspan: 1,
        rowspan: 1,
        align: None,
        blocks: vec![Block::Text(vec![Inline::Text(value)])],
    };
    let row = Row { marks: Marks::default(), cells: vec![cell(format!("D{text}")), cell("fin".to_owned())] };
    let paragraph = Paragraph { inlines: vec![Inline::Text(format!("P{text}"))], ..Paragraph::default() };
    let blocks = vec![Block::Table(Table { body: vec![row], ..Table::default() }), Block::Paragraph(paragraph)];
    let coded = Code { original_text: Some(format!("E{text}")), display: Some(format!("A{text}")), ..Code::default() };
    let entry = Element::new("observation")
        .with("classCode", "OBS")
        .child(write::code("code", &coded))
        .child(Element::new("value").data_type("ST").text(format!("S{text}")));
    let section = Section { narrative: Narrative { blocks }, entries: vec![entry], ..Section::default() };
    (header, Body::Sections(vec![section]))
}

fn assert_read_back(text: &str) {
    let (header, body) = with_text(text);
    let written = print(&header, &body, &Limits::default()).expect("printed");
    let again = parse(&written.bytes, &Limits::default()).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(again.header.title, Some(collapsed(&format!("T{text}"))));
    assert_eq!(again.header.code.display, Some(trimmed(&format!("C{text}"))));
    assert_eq!(again.header.patient.names[0].parts[0].value, collapsed(&format!("N{text}")));
    assert_eq!(again.header.patient.ids[1].extension, Some(trimmed(&format!("I{text}"))));
    assert_eq!(again.header.patient.addresses[0].parts[0].value, collapsed(&format!("V{text}")));
    assert_eq!(again.header.patient.telecoms[0].value, trimmed(&format!("0{text}")));
    assert_eq!(again.header.custodian.and_then(|own| own.name), Some(collapsed(&format!("O{text}"))));
    let Body::Sections(sections) = body else { panic!("sections") };
    assert_eq!(sections[0].narrative.blocks.len(), 2);
    let found = &again.body;
    let cda_r2::Body::Structured(found) = found else { panic!("sections") };
    let shown = found[0].narrative.plain_text();
    let expected = format!("{}\tfin\n{}", collapsed(&format!("D{text}")), collapsed(&format!("P{text}")));
    assert_eq!(collapsed(&shown), collapsed(&expected));
    let entry = &found[0].entries[0];
    let coded = entry.code.as_ref().expect("code");
    assert_eq!(coded.display, Some(trimmed(&format!("A{text}"))));
    assert_eq!(coded.original_text, Some(collapsed(&format!("E{text}"))));
    assert_eq!(entry.values[0], Value::Text(collapsed(&format!("S{text}"))));
    let replaced = matches!(legible(text), std::borrow::Cow::Owned(_));
    assert_eq!(replaced, written.warnings.iter().any(|told| told.contains("replaced by spaces")), "{text:?}");
}

#[test]
fn texts_that_break_naive_printers() {
    let texts = [
        "",
        "d'Artagnan & fils <b>\"gras\"</b>",
        "]]> <!-- --> <![CDATA[ &amp; &#0; %x;",
        "ligne 1\nligne 2\r\nligne 3\ttabulée",
        "\0\u{1}\u{8}\u{b}\u{c}\u{e}\u{1f}\u{7f}\u{85}\u{9f}\u{a0}",
        "\u{fffe}\u{ffff}\u{feff}\u{10ffff}\u{2028}",
        "L’Haÿ-les-Roses, œdème, Ÿ, ß, עברית, 漢字, 👵🏽",
        "encodé deux fois : Ã© Ã‰ â€™ â\u{80}\u{99}",
        "Ã",
        "â",
    ];
    for text in texts {
        assert_read_back(text);
    }
    assert_read_back(&"É<&".repeat(20_000));
}

#[test]
fn a_text_encoded_twice_is_written_as_given_and_told() {
    let (header, body) = with_text("soignÃ©e");
    let written = print(&header, &body, &Limits::default()).expect("printed");
    assert!(written.warnings.iter().any(|told| told.contains("encoded twice")), "{:?}", written.warnings);
    assert!(String::from_utf8(written.bytes).expect("UTF-8").contains("soignÃ&#169;e"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_back(text in "\\PC{0,40}|[\\x00-\\u{17f}Ãâ€<>&\"'\\]]{0,40}") {
        assert_read_back(&text);
    }

    #[test]
    fn any_characters_are_read_back(characters in prop::collection::vec(any::<char>(), 0..60)) {
        assert_read_back(&characters.into_iter().collect::<String>());
    }
}
