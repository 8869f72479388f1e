//! The charset declared must be the real one.

use hl7v2::{Charset, Limits, Message};

use crate::support::{message, read, refusal};

/// A message whose PID-5.1 is these bytes, with this MSH-18.
fn bytes(declared: &str, name: &[u8]) -> Vec<u8> {
    let text = message("ADT^A01", &["PID|1||7||NOM^X"]).replace("UNICODE UTF-8", declared);
    let (before, after) = text.split_once("NOM").expect("the name");
    [before.as_bytes(), name, after.as_bytes()].concat()
}

fn name(message: &Message) -> String {
    message.segment("PID").expect("PID").field(5).component(1).text().into_owned()
}

#[test]
fn each_charset_is_read() {
    let cases: [(&str, &[u8], &str, Charset); 5] = [
        ("UNICODE UTF-8", "NOËL-Œ€".as_bytes(), "NOËL-Œ€", Charset::Utf8),
        ("8859/1", b"NO\xCBL", "NOËL", Charset::Latin1),
        ("8859/15", b"NO\xCBL-\xBC\xA4", "NOËL-Œ€", Charset::Latin9),
        ("ASCII", b"NOEL", "NOEL", Charset::Ascii),
        ("", b"NOEL", "NOEL", Charset::Ascii),
    ];
    for (declared, raw, expected, charset) in cases {
        let message = read(bytes(declared, raw));
        assert_eq!((name(&message).as_str(), message.charset()), (expected, charset), "{declared}");
        assert_eq!(message.warnings(), [""; 0], "{declared}");
        assert_eq!(message.to_bytes().expect("printed"), bytes(declared, raw), "{declared}");
    }
}

#[test]
fn contradictions_are_refused() {
    let cases: [(&str, &[u8], &str); 9] = [
        ("UNICODE UTF-8", b"NO\xCBL", "charset_mismatch"),
        ("8859/1", "NOËL".as_bytes(), "charset_mismatch"),
        ("8859/15", "NOËL".as_bytes(), "charset_mismatch"),
        ("8859/15", b"NO\xCBL\x92", "charset_mismatch"),
        ("8859/1", b"NO\xCBL\x81", "charset_mismatch"),
        ("ASCII", b"NO\xCBL", "charset_mismatch"),
        ("UNICODE UTF-8", "NOÃ‹L".as_bytes(), "double_encoded"),
        ("8859/2", b"NOEL", "unsupported_charset"),
        ("", b"NO\xCBL", "undeclared_charset"),
    ];
    for (declared, raw, code) in cases {
        assert_eq!(refusal(bytes(declared, raw)).code(), code, "{declared} {raw:?}");
    }
    let wide: Vec<u8> = bytes("", b"NOEL").iter().flat_map(|b| [*b, 0]).collect();
    assert_eq!(refusal(&wide).code(), "unsupported_charset");
    assert_eq!(refusal([&[0xFF, 0xFE], wide.as_slice()].concat()).code(), "unsupported_charset");
}

#[test]
fn doubts_are_told() {
    let told = |message: &Message| message.warnings().to_vec();
    let windows = read(bytes("8859/1", b"L\x92\xC9T\xC9"));
    assert_eq!(name(&windows), "L’ÉTÉ");
    assert_eq!(told(&windows), ["MSH-18 says 8859/1 but the bytes are Windows-1252, and were read so"]);
    let undeclared = read(bytes("", "NOËL".as_bytes()));
    assert_eq!(name(&undeclared), "NOËL");
    assert_eq!(told(&undeclared), ["MSH-18 declares no charset: the bytes are UTF-8 and were read so"]);
    let spelt = read(bytes("utf-8", "NOËL".as_bytes()));
    assert_eq!(told(&spelt), ["MSH-18: \"utf-8\" was read as UNICODE UTF-8"]);
    let several = read(bytes("8859/1~UNICODE UTF-8", b"NO\xCBL"));
    assert_eq!(told(&several), ["MSH-18: only the first charset is used"]);
}

#[test]
fn accents_side_by_side_are_not_taken_for_utf8() {
    // C9 BD is also UTF-8, for a letter no French text holds; C3 A9 is "é", and a lie about the charset.
    assert_eq!(name(&read(bytes("8859/15", b"\xC9\xBD"))), "Éœ");
    assert_eq!(refusal(bytes("8859/15", b"\xC9\xBD\xC3\xA9")).code(), "charset_mismatch");
}

#[test]
fn a_charset_agreed_with_the_sender_only_fills_the_gap() {
    let agreed = |raw: &[u8]| Message::parse_agreed(raw, &Limits::default(), Some(Charset::Latin9));
    let silent = agreed(&bytes("", b"NO\xCBL \xA4")).expect("read");
    assert_eq!((name(&silent).as_str(), silent.charset()), ("NOËL €", Charset::Latin9));
    let declared = agreed(&bytes("UNICODE UTF-8", "NOËL".as_bytes())).expect("read");
    assert_eq!(declared.charset(), Charset::Utf8);
    assert_eq!(agreed(&bytes("", "NOËL".as_bytes())).expect_err("refused").code(), "charset_mismatch");
}

#[test]
fn hexadecimal_escapes_are_in_the_charset_of_the_message() {
    for (declared, escape) in [("UNICODE UTF-8", "\\XC389\\"), ("8859/1", "\\XC9\\"), ("8859/15", "\\XC9\\")] {
        assert_eq!(name(&read(bytes(declared, escape.as_bytes()))), "É", "{declared}");
    }
}

#[test]
fn names_of_charsets_are_known_whatever_their_spelling() {
    let known = [("UNICODE UTF-8", Charset::Utf8), ("8859-1", Charset::Latin1), ("ISO 8859/15", Charset::Latin9)];
    for (spelling, charset) in known {
        assert_eq!(Charset::from_name(spelling), Some(charset));
        assert_eq!(Charset::from_name(charset.hl7_name()), Some(charset));
    }
    for spelling in ["UNICODE UTF-16", "UNICODE UTF-8\0", "8859+1", ""] {
        assert_eq!(Charset::from_name(spelling), None, "{spelling}");
    }
}
