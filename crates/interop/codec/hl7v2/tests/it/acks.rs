//! Acknowledgments.

use hl7v2::{Ack, AckCode, AckStamp, Charset, DocumentError, ErrorCondition, Fault, Header, Hl7Error, Limits, Message};

use crate::samples::at;
use crate::support::{message, read};

fn stamp() -> AckStamp {
    AckStamp { time: at("20261103101501").expect("a time"), control_id: "DUI-1".to_owned() }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn an_acceptance_repeats_what_the_sender_wrote() {
    let sent = "MSH|^~\\&|SIL^1.2^ISO|CHU_X|PFI|CHU_Y|202310030830||ORU^R01^ORU_R01|12\\T\\345|D|2.5^FRA^2.11|||||FRA|8859/15\rPID|1||7\r";
    let received = read(sent);
    let header = received.header();
    let printed = text(Ack::accept(header).print(header, &stamp()));
    assert_eq!(
        printed,
        "MSH|^~\\&|PFI|CHU_Y|SIL^1.2^ISO|CHU_X|20261103101501||ACK^R01^ACK|DUI-1|D|2.5^FRA^2.11|||||FRA|8859/15\rMSA|AA|12\\T\\345\r"
    );
    let ack = Ack::read(&read(&printed)).expect("read");
    assert_eq!((ack.code, ack.control_id.as_str(), ack.faults.len()), (AckCode::Accept, "12&345", 0));
}

#[test]
fn a_refusal_says_where_and_why() {
    let received = read(message("MDM^T02^MDM_T02", &["PID|1||7"]));
    let header = received.header();
    let faults = vec![
        Fault { location: Some(("PID".into(), 1, 5)), ..Fault::new(ErrorCondition::RequiredFieldMissing) },
        Fault::document(DocumentError::InsDiffers),
    ];
    let printed = text(Ack::error(header, faults).print(header, &stamp()));
    let lines: Vec<&str> = printed.lines().flat_map(|l| l.split('\r')).collect();
    assert_eq!(lines[1], "MSA|AE|42");
    assert_eq!(lines[2], "ERR||PID^1^5|101^Required field missing^HL70357|E");
    assert_eq!(
        lines[3],
        "ERR|||207^Application error^HL70357|E|904^INS différent de celui qui est connu^applicationErrorCondition"
    );
    let ack = Ack::read(&read(&printed)).expect("read");
    assert_eq!(ack.code, AckCode::Error);
    assert_eq!(ack.faults[0].location, Some(("PID".to_owned(), 1, 5)));
    assert_eq!(ack.faults[1].document_error(), Some(DocumentError::InsDiffers));
    let rejected = text(Ack::reject(header, "disque plein").print(header, &stamp()));
    let rejected = Ack::read(&read(&rejected)).expect("read");
    assert_eq!((rejected.code, rejected.faults[0].user_message.as_deref()), (AckCode::Reject, Some("disque plein")));
}

#[test]
fn every_code_of_the_tables_is_known() {
    for code in ["0", "100", "101", "102", "103", "198", "199", "200", "201", "202", "203", "207"] {
        let condition = ErrorCondition::from_code(code).expect(code);
        assert_eq!(condition.to_code().id.as_deref(), Some(code));
    }
    for code in ["900", "901", "902", "903", "904", "905", "906"] {
        let error = DocumentError::from_code(code).expect(code);
        assert_eq!(Fault::document(error).document_error(), Some(error));
        assert_eq!(error.to_code().id.as_deref(), Some(code));
    }
    assert_eq!(DocumentError::from_code("907"), None);
    assert_eq!(ErrorCondition::from_code("208"), None);
}

#[test]
fn an_error_of_reading_has_its_condition() {
    let condition = |error: &Hl7Error| Fault::of(error).condition.id.unwrap_or_default();
    let missing = |path: &str| Hl7Error::Missing { path: path.to_owned() };
    let cases = [
        (missing("PID-3"), "101"),
        (missing("PV1"), "100"),
        (Hl7Error::NotHl7, "100"),
        (Hl7Error::Invalid { path: "ZBE-4".into(), value: "X".into() }, "102"),
        (Hl7Error::Invalid { path: "MSH-11".into(), value: "X".into() }, "202"),
        (Hl7Error::SeveralPatients, "198"),
        (Hl7Error::UnsupportedMessage { kind: "QRY".into() }, "200"),
        (Hl7Error::UnsupportedEvent { event: "A60".into() }, "201"),
        (Hl7Error::UnsupportedVersion { version: "3".into() }, "203"),
        (Hl7Error::TooLarge { limit: 1 }, "199"),
        (Hl7Error::DamagedDocument { path: "OBX-5".into(), detail: String::new() }, "207"),
    ];
    for (error, expected) in &cases {
        assert_eq!(condition(error), *expected, "{error}");
    }
    assert_eq!(Fault::of(&missing("OBX[2]-5")).location, Some(("OBX".to_owned(), 2, 5)));
    assert_eq!(Fault::of(&missing("MSH-9.2")).location, Some(("MSH".to_owned(), 1, 9)));
    // No value of the message goes back: acknowledgments are logged.
    let fault = Fault::of(&Hl7Error::Invalid { path: "PID-5".into(), value: "SECRET".into() });
    assert!(!format!("{fault:?}").contains("SECRET"));
}

#[test]
fn bytes_that_are_not_readable_are_acknowledged_all_the_same() {
    let cases: [(Vec<u8>, &str); 4] = [
        (message("ADT^A01", &["PID|1||\u{e9}"]).replace("UNICODE UTF-8", "8859/1").into_bytes(), "42"),
        (message("ADT^A01", &[]).replace("|2.5|", "|9|").into_bytes(), "42"),
        (message("ADT^A01", &[]).replace("|42|", "||").into_bytes(), ""),
        ([message("ADT^A01", &[]).as_bytes(), b"PID|\xFF\xFE"].concat(), "42"),
    ];
    for (bytes, control_id) in cases {
        let error = Message::parse(&bytes, &Limits::default()).expect_err("refused");
        let header = Header::sniff(&bytes).expect("MSH");
        assert_eq!(header.control_id, control_id);
        let printed = Ack::unreadable(&header, &error).print(&header, &stamp());
        let printed = String::from_utf8_lossy(&printed).into_owned();
        assert!(printed.contains(&format!("\rMSA|AE|{control_id}\r").replace("||", "|")) || control_id.is_empty(), "{printed}");
        assert!(printed.contains(error.code()) && printed.contains("ACK^A01^ACK"), "{printed}");
    }
    assert_eq!(Header::sniff(b"PID|1"), None);
    assert_eq!(Header::sniff(b""), None);
}

#[test]
fn the_charset_of_the_sender_is_used_when_it_can_be() {
    let answer = |declared: &str, sentence: &str| {
        let received = read(message("ADT^A01", &[]).replace("UNICODE UTF-8", declared));
        Ack::reject(received.header(), sentence).print(received.header(), &stamp())
    };
    assert!(answer("8859/15", "été œuvre").windows(4).any(|w| w == b"\xE9t\xE9 "));
    // 8859/1 has no ligature: the answer is in UTF-8 and says so.
    let ligature = text(answer("8859/1", "œuvre"));
    assert!(ligature.contains("|UNICODE UTF-8\r") && ligature.contains("œuvre"), "{ligature}");
    let silent = text(answer("", "plus tard"));
    assert!(silent.starts_with("MSH|^~\\&|C|D|A|B|20261103101501||ACK^A01^ACK|DUI-1|T|2.5|||||FRA\r"), "{silent}");
    let silent = text(answer("", "été"));
    assert!(silent.contains("|UNICODE UTF-8\r"), "{silent}");
    assert_eq!(read(answer("UNICODE UTF-8", "été")).charset(), Charset::Utf8);
    // What looks encoded twice is left out rather than sent.
    let bare = text(answer("UNICODE UTF-8", "Ã©"));
    assert!(bare.contains("\rMSA|AR|42\r") && !bare.contains('Ã'), "{bare}");
}

#[test]
fn what_is_no_acknowledgment_is_refused() {
    let error = |segments: &[&str]| Ack::read(&read(message("ACK^A01", segments))).expect_err("refused").to_string();
    assert_eq!(error(&[]), "MSA is missing or empty");
    assert_eq!(error(&["MSA||1"]), "MSA-1 is missing or empty");
    assert_eq!(error(&["MSA|AA"]), "MSA-2 is missing or empty");
    assert_eq!(error(&["MSA|OK|1"]), "the value \"OK\" of MSA-1 is not valid");
    let enhanced = Ack::read(&read(message("ACK", &["MSA|CE|1|trop tard"]))).expect("read");
    assert_eq!(enhanced.code, AckCode::Error);
    assert_eq!(enhanced.faults[0].user_message.as_deref(), Some("trop tard"));
}
