//! Hostile inputs cost little and end in a message or a named error.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use hl7v2::{Adt, Appointment, DocumentMessage, Limits, Message, Report};

use crate::support::{message, msh, refusal};

const MEGABYTE: usize = 1_000_000;

/// Reads and views, in a time no quadratic reading would fit in.
fn code_of(bytes: &[u8], limits: &Limits) -> String {
    let start = Instant::now();
    let code = match Message::parse(bytes, limits) {
        Ok(message) => {
            let errors = [
                Adt::read(&message).err(),
                Report::read(&message).err(),
                DocumentMessage::read(&message).err(),
                Appointment::read(&message).err(),
            ];
            let codes: Vec<&str> = errors.iter().flatten().map(hl7v2::Hl7Error::code).collect();
            assert!(message.warnings().len() <= limits.max_warnings + 1);
            for segment in message.segments() {
                let _ = segment.field(3).text().len();
            }
            format!("read {}", codes.join(" "))
        }
        Err(error) => error.code().to_owned(),
    };
    let spent = start.elapsed();
    assert!(spent < Duration::from_mins(1), "{spent:?} for {} bytes: {code}", bytes.len());
    code
}

fn limits() -> Limits {
    Limits { max_values: 3 * MEGABYTE, max_segments: 3 * MEGABYTE, ..Limits::default() }
}

#[test]
fn floods_of_separators_are_refused_by_the_default_limits() {
    let head = msh("ADT^A01");
    for flood in ["|", "~", "^", "&", "|~^&"] {
        let text = format!("{head}\rPID|1||{}", flood.repeat(MEGABYTE / flood.len()));
        assert_eq!(code_of(text.as_bytes(), &Limits::default()), "too_many_values", "{flood}");
    }
    let lines = format!("{head}{}", "\rA1B|".repeat(MEGABYTE / 5));
    assert_eq!(code_of(lines.as_bytes(), &Limits::default()), "too_many_segments");
    assert_eq!(code_of(format!("MSH{}", "|".repeat(MEGABYTE)).as_bytes(), &Limits::default()), "bad_delimiters");
}

#[test]
fn floods_are_read_in_linear_time_where_limits_allow_them() {
    let head = msh("ADT^A01");
    let floods = [
        format!("{head}\rPID|1||{}", "|".repeat(MEGABYTE)),
        format!("{head}\rPID|1||{}\rPV1|1|I", "7~".repeat(MEGABYTE / 2)),
        format!("{head}\rPID|1||{}\rPV1|1|I", "7^a&b~".repeat(MEGABYTE / 6)),
        format!("{head}\rPID|1||7||{}", "^".repeat(MEGABYTE)),
        format!("{head}\rNTE|1||{}", "\\".repeat(MEGABYTE)),
        format!("{head}\rNTE|1||{}", "\\X41\\".repeat(MEGABYTE / 5)),
        format!("{head}\rNTE|1||{}", "\\X41".repeat(MEGABYTE / 4)),
        format!("{head}\rNTE|1||{}", "\\ lone ".repeat(MEGABYTE / 7)),
        format!("{head}\rNTE|1||{}", "\\.sp10\\".repeat(MEGABYTE / 7)),
        format!("{head}\rNTE|1||{}", "a\n".repeat(MEGABYTE / 2)),
        format!("{head}\r{}", "NTE|\r".repeat(MEGABYTE / 5)),
        format!("{head}\r{}", "\r\n".repeat(MEGABYTE / 2)),
        format!("{head}\rNTE|1\r{}", "lone line\r".repeat(MEGABYTE / 10)),
        format!("{head}\rPID|1||7\rPV1|1|I\r{}", "ZBE|".repeat(MEGABYTE / 4)),
    ];
    for flood in &floods {
        let code = code_of(flood.as_bytes(), &limits());
        assert!(code.starts_with("read"), "{code} {}", flood.get(..120).unwrap_or_default());
    }
}

#[test]
fn four_times_the_input_costs_about_four_times_the_time() {
    let cost = |size: usize| {
        let text = format!("{}\rPID|1||7\rPV1|1|I\rNTE|1||{}", msh("ADT^A01"), "\\a\\X4\\~^".repeat(size / 8));
        let start = Instant::now();
        code_of(text.as_bytes(), &limits());
        start.elapsed().max(Duration::from_millis(20))
    };
    // The best of several, since other work may slow one down.
    let best = |size: usize| (0..7).map(|_| cost(size)).min().unwrap_or_default();
    let (small, large) = (best(MEGABYTE / 4), best(MEGABYTE));
    // Four times the input: a quadratic reading would take sixteen times longer.
    assert!(large < small * 12, "{small:?} then {large:?}");
}

#[test]
fn many_results_and_resources_are_read() {
    let mut oru = message("ORU^R01", &["PID|1||7", "OBR|1"]);
    for n in 0..15_000 {
        write!(oru, "OBX|{n}|NM|X^Y^L||{n}||||||F\rNTE|1||c\r").expect("written");
    }
    assert_eq!(code_of(oru.as_bytes(), &limits()), "read unsupported_message missing unsupported_message");
    let mut siu = message("SIU^S12", &["SCH|1|2", "PID|1||7"]);
    for n in 0..10_000 {
        write!(siu, "RGS|{n}\rAIS|{n}|A|X\r").expect("written");
    }
    assert_eq!(code_of(siu.as_bytes(), &limits()), "read unsupported_message unsupported_message unsupported_message");
}

#[test]
fn files_are_bounded_all_together() {
    let file = format!("^text^XML^Base64^{}", "QUFB".repeat(1_000));
    let obx: Vec<String> = (1..=10).map(|n| format!("OBX|{n}|ED|X^Y^LN||{file}||||||F")).collect();
    let mut segments = vec!["PID|1||7", "OBR|1"];
    segments.extend(obx.iter().map(String::as_str));
    let text = message("ORU^R01", &segments);
    let read = |max: usize| {
        let limits = Limits { max_attachment_bytes: max, ..Limits::default() };
        Report::read(&Message::parse(text.as_bytes(), &limits).expect("read")).map(|report| report.orders.len())
    };
    assert_eq!(read(30_000), Ok(1));
    assert_eq!(read(29_999).expect_err("refused").code(), "attachments_too_large");
}

#[test]
fn a_large_document_is_read_whole() {
    let content = "<ClinicalDocument>é</ClinicalDocument>".repeat(100_000);
    let mut sent = crate::samples::document(hl7v2::Carrier::Mdm, hl7v2::DocumentAction::New);
    sent.documents[0].file.bytes = content.clone().into_bytes();
    let printed = sent.print(&crate::samples::envelope(hl7v2::Charset::Utf8)).expect("printed");
    let received = crate::support::read(&printed);
    let read = DocumentMessage::read(&received).expect("read");
    assert!(read.documents[0].file.bytes == content.as_bytes());
}

#[test]
fn what_no_message_starts_with_is_not_searched_for_long() {
    for filler in [&b"\r\n"[..], b" ", b"\x0b", b"\xEF\xBB\xBF", b"MSH", b"|"] {
        let bytes = filler.repeat(MEGABYTE / filler.len());
        let code = code_of(&bytes, &Limits::default());
        assert!(matches!(code.as_str(), "not_hl7" | "bad_delimiters"), "{code}");
    }
    assert_eq!(refusal(b"MSH|^~\\&").code(), "missing");
}
