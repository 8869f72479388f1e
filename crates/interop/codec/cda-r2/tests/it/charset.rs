//! Declared and real charset.

use cda_r2::{CdaError, Limits, parse};

use crate::support::{LETTER, refusal, with_text};

/// The document declared in a charset, its characters as the given bytes.
fn declared(charset: &str, narrative: &[u8]) -> Vec<u8> {
    let document = with_text("@");
    let (before, after) = document.split_once('@').expect("place");
    let mut bytes = format!("<?xml version='1.0' encoding='{charset}'?>{before}").into_bytes();
    bytes.extend_from_slice(narrative);
    bytes.extend_from_slice(after.as_bytes());
    bytes
}

fn text_of(bytes: &[u8]) -> String {
    let document = parse(bytes, &Limits::default()).expect("readable");
    document.sections()[0].narrative.plain_text()
}

#[test]
fn one_byte_charsets_are_decoded() {
    assert_eq!(text_of(&declared("ISO-8859-1", b"\xC9t\xE9 \xE0 No\xEBl")), "Été à Noël");
    assert_eq!(text_of(&declared("iso-8859-15", b"c\xBDur 5 \xA4")), "cœur 5 €");
    assert_eq!(text_of(&declared("windows-1252", b"l\x92\x9Cil \x80")), "l’œil €");
    assert_eq!(text_of(&declared("ISO-8859-1", b"sans accent")), "sans accent");
    assert_eq!(text_of(&declared("US-ASCII", b"sans accent")), "sans accent");
    assert_eq!(text_of(&declared("ISO-8859-1", b"JO\xC3O")), "JOÃO");
}

#[test]
fn a_byte_order_mark_is_accepted_and_must_agree() {
    let mut bytes = vec![0xEF, 0xBB, 0xBF];
    bytes.extend_from_slice(LETTER.as_bytes());
    assert!(parse(&bytes, &Limits::default()).is_ok());
    let mut lying = vec![0xEF, 0xBB, 0xBF];
    lying.extend_from_slice(&declared("ISO-8859-1", b"ete"));
    assert_eq!(refusal(&lying).code(), "charset_mismatch");
}

#[test]
fn a_lying_declaration_is_refused() {
    assert_eq!(refusal(declared("UTF-8", b"\xE9t\xE9")).code(), "charset_mismatch");
    assert_eq!(refusal(declared("ISO-8859-1", "été".as_bytes())).code(), "charset_mismatch");
    assert_eq!(refusal(declared("windows-1252", "été".as_bytes())).code(), "charset_mismatch");
    assert_eq!(refusal(declared("ISO-8859-1", b"l\x92\x9Cil \xE9")).code(), "charset_mismatch");
    assert_eq!(refusal(declared("windows-1252", b"\x81 \xE9")).code(), "charset_mismatch");
    assert_eq!(refusal(declared("US-ASCII", "é".as_bytes())).code(), "charset_mismatch");
    let mixed = [b"\xE9t\xE9 ".as_slice(), "été".as_bytes()].concat();
    assert_eq!(refusal(declared("ISO-8859-1", &mixed)).code(), "double_encoded");
}

#[test]
fn the_position_of_the_lie_is_given() {
    let bytes = declared("UTF-8", b"abc\xE9");
    let at = bytes.iter().position(|b| *b == 0xE9).expect("byte");
    let expected = CdaError::CharsetMismatch { declared: "UTF-8".to_owned(), position: at };
    assert_eq!(refusal(&bytes), expected);
}

#[test]
fn text_encoded_twice_is_refused() {
    for damaged in ["Ã©tÃ©", "lâ€™eau", "Ã‰tat", "deÌ\u{81} Ã§a"] {
        assert_eq!(refusal(declared("UTF-8", damaged.as_bytes())).code(), "double_encoded", "{damaged}");
    }
    for sound in ["JOÃO", "IRMÃ \u{a0}", "pâte", "Âge", "Ã"] {
        assert_eq!(text_of(&declared("UTF-8", sound.as_bytes())), sound.trim_end_matches(' '));
    }
}

#[test]
fn other_charsets_are_named() {
    assert_eq!(refusal(declared("EBCDIC-FR", b"x")).code(), "unsupported_charset");
    let utf16: Vec<u8> = LETTER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refusal(&utf16), CdaError::UnsupportedCharset { charset: "UTF-16".to_owned() });
    let marked = [&[0xFF, 0xFE], utf16.as_slice()].concat();
    assert_eq!(refusal(&marked).code(), "unsupported_charset");
}

#[test]
fn characters_lost_upstream_are_told() {
    let bytes = declared("UTF-8", "\u{FFFD}t\u{FFFD}".as_bytes());
    let document = parse(&bytes, &Limits::default()).expect("readable");
    assert!(document.warnings.iter().any(|w| w.contains("were lost")));
}
