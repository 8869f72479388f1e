//! Random texts come back whole, random bytes and random damage never panic.

use std::time::{Duration, Instant};

use hl7v2::{
    Ack, AckStamp, Adt, AdtEvent, Appointment, Charset, Code, Datatype, DocumentMessage, Draft, Header, Hl7Error, Identifier,
    Limits, Message, MessageKind, PersonName, Report, SegmentDraft, Version,
};
use proptest::prelude::*;

use crate::samples::{adt, at, envelope, relay, report};
use crate::support::read;

/// Texts of any kind, rich in what the syntax uses.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[|^~\\\\&#éÉœ€’A-Z .\"\r\n\t\u{b}\u{1c}]{0,20}", "[A-Z][A-Z0-9]{2}[|]?.{0,8}"]
}

fn draft(charset: Charset, segments: &[SegmentDraft]) -> Result<Message, Hl7Error> {
    let version = Version { number: "2.5".to_owned(), ..Version::default() };
    let mut draft = Draft::new(&envelope(charset), &MessageKind::new("ADT", "A28", "ADT_A05"), &version, None);
    for segment in segments {
        draft.push(segment);
    }
    Ok(read(draft.print()?))
}

fn survives(bytes: &[u8]) {
    let start = Instant::now();
    let stamp = AckStamp { time: at("20261103").expect("a time"), control_id: "1".to_owned() };
    match Message::parse(bytes, &Limits::default()) {
        Ok(message) => {
            let _ = (Adt::read(&message), Report::read(&message), DocumentMessage::read(&message));
            let _ = (Appointment::read(&message), Ack::read(&message), message.erased_fields());
            for segment in message.segments() {
                for n in 0..=segment.field_count() + 1 {
                    let _ = (segment.field(n).text(), segment.field(n).component(2).subcomponent(2).opt());
                }
            }
            if let Ok(printed) = message.to_bytes() {
                let again = read(printed);
                assert_eq!(again.segments().count(), message.segments().count());
            }
            read(Ack::accept(message.header()).print(message.header(), &stamp));
        }
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.code().is_empty());
            if let Some(header) = Header::sniff(bytes) {
                let printed = Ack::unreadable(&header, &error).print(&header, &stamp);
                assert!(printed.starts_with(b"MSH|^~\\&|") && !printed.contains(&0x1c), "{printed:?}");
            }
        }
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// Pieces that a damaged message may hold anywhere.
const PIECES: [&str; 14] = ["|", "^", "~", "\\", "&", "\r", "\n", "\"\"", "\\F\\", "\\X", "OBX|", "MSH|", "\u{1c}\r", "é"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_whole(fields in prop::collection::vec(text(), 1..12)) {
        let mut segment = SegmentDraft::new("NTE");
        for (n, text) in fields.iter().enumerate() {
            segment = segment.text(n + 1, text);
        }
        match draft(Charset::Utf8, &[segment.clone(), SegmentDraft::new("ZZZ").text(3, "fin")]) {
            Ok(message) => {
                prop_assert_eq!(message.warnings(), [""; 0]);
                let names: Vec<&str> = message.segments().map(|s| s.name()).collect();
                prop_assert_eq!(names, ["MSH", "NTE", "ZZZ"]);
                let nte = message.segment("NTE").expect("NTE");
                for (n, text) in fields.iter().enumerate() {
                    prop_assert_eq!(nte.field(n + 1).text(), text.as_str());
                }
            }
            // What looks encoded twice is not printed, since no reader of ours would accept it.
            Err(error) => prop_assert_eq!(error.code(), "double_encoded"),
        }
    }

    #[test]
    fn any_text_comes_back_whole_or_is_refused_in_other_charsets(text in text(), latin in any::<bool>()) {
        let charset = if latin { Charset::Latin1 } else { Charset::Latin9 };
        match draft(charset, &[SegmentDraft::new("NTE").text(3, &text)]) {
            Ok(message) => {
                let kept = message.segment("NTE").expect("NTE").field(3);
                prop_assert_eq!(kept.text(), text.as_str());
            }
            Err(Hl7Error::Unencodable { character, .. }) => prop_assert!(!character.is_ascii() && text.contains(character)),
            Err(error) => prop_assert_eq!(error.code(), "double_encoded"),
        }
    }

    #[test]
    fn any_structured_value_comes_back_whole(parts in prop::array::uniform4("[^ÃâŠ\u{80}-\u{9f}]{0,12}")) {
        let keep = |text: &String| Some(text.trim().to_owned()).filter(|t| !t.is_empty() && t != "\"\"");
        let [a, b, c, d] = parts.each_ref().map(keep);
        let name = PersonName { family: a.clone(), given: b.clone(), given_list: c.clone(), prefix: d, kind: Some("L".into()) };
        let code = Code { id: b, text: c.clone(), alternate_text: a.clone(), system: Some("L".into()), ..Code::default() };
        let id = Identifier { value: a.unwrap_or_else(|| "7".into()), kind: c, ..Identifier::default() };
        let segment = SegmentDraft::new("ZZZ").values(1, &[name.clone(), name.clone()]).value(2, &code).value(3, &id);
        let message = draft(Charset::Utf8, &[segment]).expect("printed");
        let zzz = message.segment("ZZZ").expect("ZZZ");
        let names: Vec<PersonName> = zzz.field(1).repetitions().filter_map(PersonName::read).collect();
        prop_assert_eq!(names, [name.clone(), name]);
        prop_assert_eq!(Code::read(zzz.field(2)), Some(code));
        prop_assert_eq!(Identifier::read(zzz.field(3)), Some(id));
    }

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000), start in any::<bool>()) {
        let head: &[u8] = if start { b"MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|T|2.5\r" } else { b"" };
        survives(&[head, &bytes].concat());
    }

    #[test]
    fn damaged_messages(which in 0..3_usize, damage in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 1..6)) {
        let mut bytes = sample(which);
        for (place, byte) in damage {
            let at = place_in(&bytes, place);
            bytes[at] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn cut_and_joined_messages(which in 0..3_usize, from in 0.0..1.0_f64, to in 0.0..1.0_f64, piece in 0..PIECES.len()) {
        let bytes = sample(which);
        let (head, tail) = (&bytes[..place_in(&bytes, from)], &bytes[place_in(&bytes, to)..]);
        survives(&[head, PIECES[piece].as_bytes(), tail].concat());
    }

    #[test]
    fn random_syntax(picks in prop::collection::vec(0..PIECES.len(), 0..200)) {
        let text: String = picks.into_iter().map(|n| PIECES[n]).collect();
        survives(format!("MSH|^~\\&|A|B|C|D|2026||ORU^R01|1|T|2.5|||||FRA|UNICODE UTF-8\rPID|1||7\rOBR|1\rOBX|1|TX|{text}").as_bytes());
    }
}

fn sample(which: usize) -> Vec<u8> {
    let envelope = envelope(Charset::Utf8);
    match which {
        0 => adt(AdtEvent::A01).print(&envelope).expect("printed"),
        1 => relay().print(&envelope).expect("printed"),
        _ => report(true).print(&envelope).expect("printed"),
    }
}

fn place_in(bytes: &[u8], share: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let at = (share * bytes.len() as f64) as usize;
    at.min(bytes.len() - 1)
}
