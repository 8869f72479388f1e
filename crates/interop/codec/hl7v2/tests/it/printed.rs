//! Every message we print is valid for the independent validator and says the same when read again;
//! a broken copy is not valid.

use std::path::PathBuf;

use hl7v2::{
    Ack, AckStamp, Adt, AdtEvent, Appointment, Carrier, Charset, DocumentAction, DocumentError, DocumentMessage, ErrorCondition,
    Fault, Report, SiuEvent,
};

use crate::samples::{adt, appointment, at, document, envelope, relay, report};
use crate::support::{Validator, read, scratch};

const CHARSETS: [Charset; 2] = [Charset::Utf8, Charset::Latin9];

/// Every message we can print, with a name.
fn all() -> Vec<(String, Vec<u8>)> {
    let mut messages = Vec::new();
    for charset in CHARSETS {
        let envelope = envelope(charset);
        let name = |what: &str| format!("{what}-{}", charset.hl7_name().replace(['/', ' '], "_"));
        for event in AdtEvent::all().filter(|event| event.is_of_pam_fr()) {
            messages.push((name(event.code()), adt(event).print(&envelope).expect("printed")));
        }
        for action in [DocumentAction::New, DocumentAction::Replace, DocumentAction::Delete] {
            for (carrier, kind) in [(Carrier::Mdm, "MDM"), (Carrier::Oru, "ORU")] {
                let printed = document(carrier, action).print(&envelope).expect("document");
                messages.push((name(&format!("{kind}-{}", action.event())), printed));
            }
        }
        messages.push((name("relay"), relay().print(&envelope).expect("relay")));
        messages.push((name("report"), report(true).print(&envelope).expect("report")));
        for event in SiuEvent::all().filter(|event| !event.is_of_slots()) {
            messages.push((name(event.code()), appointment(event).print(&envelope).expect("printed")));
        }
        messages.extend(acks(charset).into_iter().map(|(what, bytes)| (name(what), bytes)));
    }
    messages
}

fn acks(charset: Charset) -> Vec<(&'static str, Vec<u8>)> {
    let received = read(adt(AdtEvent::A01).print(&envelope(charset)).expect("printed"));
    let of = received.header();
    let stamp = AckStamp { time: at("20261103101501").expect("a time"), control_id: "DUI-1".to_owned() };
    let refused = Fault {
        location: Some(("PID".to_owned(), 1, 3)),
        user_message: Some("identité à vérifier".to_owned()),
        ..Fault::new(ErrorCondition::RequiredFieldMissing)
    };
    vec![
        ("ack", Ack::accept(of).print(of, &stamp)),
        ("nack", Ack::error(of, vec![refused, Fault::document(DocumentError::UnknownPatient)]).print(of, &stamp)),
        ("reject", Ack::reject(of, "réessayer plus tard").print(of, &stamp)),
    ]
}

fn write(folder: &str, messages: &[(String, Vec<u8>)]) -> Vec<PathBuf> {
    let folder = scratch(folder);
    let file = |(name, bytes): &(String, Vec<u8>)| {
        let path = folder.join(format!("{name}.hl7"));
        std::fs::write(&path, bytes).expect("written");
        path
    };
    messages.iter().map(file).collect()
}

#[test]
fn the_validator_accepts_all_we_print() {
    let Some(validator) = Validator::find() else { return };
    let messages = all();
    let (valid, told) = validator.check(&write("printed", &messages));
    assert!(valid, "{told}");
    assert_eq!(told.matches("VALID  ").count(), messages.len(), "{told}");
    let odd: Vec<&str> = told.lines().filter(|line| line.contains("warning ") && !line.contains("only the generic")).collect();
    assert_eq!(odd, [""; 0], "{told}");
}

#[test]
fn the_validator_refuses_broken_copies() {
    let Some(validator) = Validator::find() else { return };
    let utf8 = envelope(Charset::Utf8);
    let broken = |bytes: Vec<u8>, old: &str, new: &str| {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.contains(old), "{old} in {text}");
        text.replacen(old, new, 1).into_bytes()
    };
    let adt = |event: AdtEvent| adt(event).print(&utf8).expect("printed");
    let mdm = || document(Carrier::Mdm, DocumentAction::Replace).print(&utf8).expect("printed");
    let nack = acks(Charset::Utf8).remove(1).1;
    let copies = [
        ("no-action", broken(adt(AdtEvent::A02), "|INSERT|", "||")),
        ("no-original", broken(adt(AdtEvent::Z99), "|UPDATE|N|A02|", "|UPDATE|N||")),
        ("wrong-ins", broken(adt(AdtEvent::A28), "279035121518989", "279035121518988")),
        ("no-name", broken(adt(AdtEvent::A40), "D'ESSAI-NOËL^", "^")),
        ("no-class", broken(adt(AdtEvent::A03), "PV1|1|I|", "PV1|1||")),
        ("no-parent", broken(mdm(), "|1.2.3.4.13.58131|", "||")),
        ("wrong-control", broken(mdm(), "ORC|RO", "ORC|NW")),
        ("no-document", broken(mdm(), "^XML^Base64^", "^^Base64^")),
        ("no-time", broken(adt(AdtEvent::A01), "|20261103101500||ADT", "|mardi||ADT")),
        ("no-control-id", broken(nack.clone(), "MSA|AE|OR-000042", "MSA|AE|")),
        ("no-condition", broken(nack, "|101^", "|^")),
    ];
    let copies: Vec<(String, Vec<u8>)> = copies.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    for path in write("broken", &copies) {
        let (valid, told) = validator.check(std::slice::from_ref(&path));
        assert!(!valid && told.contains("INVALID"), "{}: {told}", path.display());
    }
}

#[test]
fn results_without_a_document_only_lack_the_document_profile() {
    let Some(validator) = Validator::find() else { return };
    let printed = report(false).print(&envelope(Charset::Utf8)).expect("printed");
    let (_, told) = validator.check(&write("results", &[("results".to_owned(), printed)]));
    let errors: Vec<&str> = told.lines().filter(|line| line.trim_start().starts_with("error")).collect();
    assert_eq!(errors.len(), 2, "{told}");
    assert!(errors[0].contains("CISIS_CDA_HL7") && errors[1].contains("holds the CDA"), "{told}");
}

#[test]
fn admissions_say_the_same_when_read_again() {
    for charset in CHARSETS {
        for event in AdtEvent::all().filter(|event| event.is_of_pam_fr()) {
            let sent = adt(event);
            let received = read(sent.print(&envelope(charset)).expect("printed"));
            assert_eq!(received.warnings(), [""; 0]);
            assert_eq!(received.charset(), charset);
            assert_eq!(received.header().kind.structure.as_deref(), Some(event.structure()));
            assert_eq!(Adt::read(&received).expect("read"), sent, "{}", event.code());
        }
    }
}

#[test]
fn documents_say_the_same_when_read_again() {
    for charset in CHARSETS {
        for action in [DocumentAction::New, DocumentAction::Replace, DocumentAction::Delete] {
            for carrier in [Carrier::Mdm, Carrier::Oru] {
                let mut sent = document(carrier, action);
                sent.closed_to_answers = true;
                sent.text_for_patient = Some("Voici\nvotre compte rendu".to_owned());
                let received = read(sent.print(&envelope(charset)).expect("printed"));
                let mut again = DocumentMessage::read(&received).expect("read");
                let status = again.documents[0].status.take().map(hl7v2::ResultStatus::code);
                let expected = match action {
                    DocumentAction::New => "F",
                    DocumentAction::Replace => "C",
                    DocumentAction::Delete => "D",
                };
                assert_eq!(status, Some(expected));
                if carrier == Carrier::Oru {
                    assert_eq!(again.documents[0].file.kind.as_deref(), Some("TEXT"));
                    again.documents[0].file.kind = Some("text".to_owned());
                }
                assert_eq!(again, sent);
            }
        }
        let sent = relay();
        let received = read(sent.print(&envelope(charset)).expect("printed"));
        let again = DocumentMessage::read(&received).expect("read");
        assert_eq!((&again.mail, &again.participants), (&sent.mail, &sent.participants));
        assert_eq!(received.header().profiles[0].namespace.as_deref(), Some("CISIS_CDA_HL7_LPS"));
    }
}

#[test]
fn results_and_appointments_say_the_same_when_read_again() {
    for charset in CHARSETS {
        for with_cda in [false, true] {
            let sent = report(with_cda);
            let received = read(sent.print(&envelope(charset)).expect("printed"));
            assert_eq!(received.header().profiles.is_empty(), !with_cda);
            assert_eq!(Report::read(&received).expect("read"), sent);
        }
        for event in SiuEvent::all() {
            let sent = appointment(event);
            let received = read(sent.print(&envelope(charset)).expect("printed"));
            assert_eq!(Appointment::read(&received).expect("read"), sent, "{}", event.code());
        }
    }
}
