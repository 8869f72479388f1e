//! Documents carried by MDM and ORU messages.

use base64::Engine as _;
use hl7v2::{Carrier, Charset, Distribution, DocumentAction, DocumentMessage, Hl7Error, ParticipantRole};

use crate::samples::{document, envelope, relay};
use crate::support::{message, read};

const PID: &str = "PID|1||7^^^A^PI||ESSAI^^^^^^L";
const TXA: &str = "TXA|1|11488-4|TEXT|||||||||12.34|12.33||||AU";

fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn obx(data: &str, status: &str) -> String {
    format!("OBX|1|ED|11488-4^CR^LN||^text^XML^Base64^{data}||||||{status}")
}

fn mdm(event: &str, segments: &[&str]) -> Result<DocumentMessage, Hl7Error> {
    let mut all = vec!["EVN||2026", PID];
    all.extend_from_slice(segments);
    DocumentMessage::read(&read(message(&format!("MDM^{event}^MDM_T02"), &all)))
}

#[test]
fn base64_is_read_padded_or_not_and_wrapped_in_any_way() {
    let content: Vec<u8> = (0..=255).cycle().take(1_000).collect();
    let encoded = base64(&content);
    assert!(encoded.ends_with("=="));
    let lines: Vec<&str> = encoded.as_bytes().chunks(76).map(|l| std::str::from_utf8(l).expect("ASCII")).collect();
    let cases = [
        (encoded.clone(), 0),
        (encoded.trim_end_matches('=').to_owned(), 1),
        (encoded.replacen("==", "=", 1), 1),
        (format!("{encoded}="), 1),
        (lines.join("\\.br\\"), 0),
        (lines.join("\\X0D\\\\X0A\\"), 0),
        (lines.join("\n"), 0),
        (lines.join(" "), 0),
    ];
    for (data, told) in cases {
        let read = mdm("T02", &["ORC|NW", "OBR|1", TXA, &obx(&data, "F")]).expect("read");
        assert!(read.documents[0].file.bytes == content && !read.documents[0].file.damaged);
        assert_eq!(read.warnings.len(), told, "{:?}", read.warnings);
    }
    // Files whose segments end with line feeds, base64 wrapped by line feeds or both.
    for wrap in ["\n", "\r\n"] {
        let segments = ["EVN||2026", PID, TXA, &obx(&lines.join(wrap), "F"), "ZZZ|1"];
        let text = message("MDM^T02^MDM_T02", &segments).replace('\r', "\n").replace("\n\n", "\r\n");
        let received = read(&text);
        assert_eq!(received.segments().last().map(|s| s.name()), Some("ZZZ"));
        assert!(DocumentMessage::read(&received).expect("read").documents[0].file.bytes == content, "{wrap:?}");
    }
}

#[test]
fn a_damaged_document_is_refused() {
    for data in ["", "QUJDR", "QUJD*UJD", "QQ==QQ==", "é"] {
        let error = mdm("T02", &[TXA, &obx(data, "F")]).expect_err(data);
        assert_eq!(error.code(), "damaged_document", "{data}");
        let deleted = mdm("T04", &[TXA, &obx(data, "D")]).expect(data);
        assert!(!deleted.warnings.is_empty(), "{data}");
    }
    let foreign = obx("QUJD", "F").replace("Base64", "Hexa");
    assert_eq!(mdm("T02", &[TXA, &foreign]).expect_err("encoding").code(), "damaged_document");
    let plain = obx("<a\\T\\b/>", "F").replace("Base64", "A");
    assert_eq!(mdm("T02", &[TXA, &plain]).expect("plain").documents[0].file.as_text(), Some("<a&b/>"));
    assert_eq!(mdm("T02", &[TXA]).expect_err("none").code(), "missing");
}

#[test]
fn what_to_do_must_be_said_the_same_everywhere() {
    let data = base64(b"<ClinicalDocument/>");
    let cases = [
        ("T02", "NW", "F", DocumentAction::New),
        ("T10", "RO", "C", DocumentAction::Replace),
        ("T04", "CA", "D", DocumentAction::Delete),
    ];
    for (event, control, status, action) in cases {
        let orc = format!("ORC|{control}");
        assert_eq!(mdm(event, &[&orc, TXA, &obx(&data, status)]).expect(event).action, action);
        assert_eq!(mdm(event, &[TXA, &obx(&data, status)]).expect("without ORC").action, action);
        for other in cases.iter().filter(|other| other.0 != event) {
            let contradiction = mdm(event, &[&format!("ORC|{}", other.1), TXA, &obx(&data, status)]);
            assert_eq!(contradiction.expect_err("ORC").code(), "contradiction");
            let contradiction = mdm(event, &[&orc, TXA, &obx(&data, other.2)]);
            assert_eq!(contradiction.expect_err("OBX-11").code(), "contradiction");
        }
        let oru = |segments: &[&str]| DocumentMessage::read(&read(message("ORU^R01", segments)));
        assert_eq!(oru(&[PID, &orc, &obx(&data, status)]).expect("ORU").action, action);
        assert_eq!(oru(&[PID, "ORC|SC", &obx(&data, status)]).expect("ORU without ORC-1").action, action);
    }
    assert_eq!(mdm("T01", &[TXA]).expect_err("event").code(), "unsupported_event");
    let path = |result: Result<DocumentMessage, Hl7Error>| match result {
        Err(Hl7Error::Missing { path }) => path,
        other => panic!("{other:?}"),
    };
    assert_eq!(path(mdm("T02", &[&obx(&data, "F")])), "TXA");
    assert_eq!(path(mdm("T02", &["TXA|1|x", &obx(&data, "F")])), "TXA-12");
    assert_eq!(path(mdm("T10", &["TXA|1|x||||||||||12.34", &obx(&data, "C")])), "TXA-13");
}

#[test]
fn participants_keep_their_mailbox_wherever_it_stands() {
    let data = base64(b"<ClinicalDocument/>");
    let read = mdm(
        "T02",
        &[
            TXA,
            &obx(&data, "F"),
            "PRT||UC||SB^^participation|8^TEST^EVE^^^^^^PS&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS|||Ormes^^^^^ST&1.2&ISO^FINEG^^^01   ||APP|||||^^X.400^a@x.fr",
            "PRT||UC||RCT||||||||||^^X.400^b@x.fr",
            "PRT||UC||RCT||||||||||rue de l'Église",
            "PRT||UC||ZZ|||||||||||^^X.400^c@x.fr",
        ],
    )
    .expect("read");
    let sender = read.participants_of(&ParticipantRole::Sender).next().expect("SB");
    assert_eq!(sender.mailbox.as_deref(), Some("a@x.fr"));
    assert_eq!(sender.device.as_deref(), Some("APP"));
    assert_eq!(sender.organization.as_ref().and_then(|o| o.id.as_deref()), Some("01"));
    assert_eq!(sender.person.as_ref().and_then(|p| p.id_kind.as_deref()), Some("IDNPS"));
    let boxes: Vec<_> = read.participants_of(&ParticipantRole::Recipient).map(|p| p.mailbox.as_deref()).collect();
    assert_eq!(boxes, [Some("b@x.fr"), None]);
    assert_eq!(read.participants_of(&ParticipantRole::Other("ZZ".to_owned())).count(), 1);
}

#[test]
fn answers_of_distribution_are_never_guessed() {
    let data = base64(b"<ClinicalDocument/>");
    let with = |extra: &[&str]| {
        let first = obx(&data, "F");
        let mut segments = vec![TXA, &first];
        segments.extend_from_slice(extra);
        mdm("T02", &segments)
    };
    let read = with(&[
        "OBX|2|CWE|MASQUE_PS^^MetaDMPMSS||Y^^x||||||F",
        "OBX|3|CWE|MASQUE_PS^^MetaDMPMSS||Y^^x||||||F",
        "OBX|4|CWE|INVISIBLE_PATIENT^^MetaDMPMSS||oui||||||F",
        "OBX|5|CWE|AUTRE^^MetaDMPMSS||Y||||||F",
        "OBX|6|CWE|DESTMSSANTEPAT^^MetaDMPMSS||N||||||F",
        "NTE|1|||FIN",
        "OBX|7|ST|X^^L||valeur||||||F",
        "NTE|1||à garder",
    ])
    .expect("read");
    assert_eq!(read.answer(Distribution::HiddenFromProfessionals), Some(true));
    assert_eq!(read.answer(Distribution::HiddenFromPatient), None);
    assert_eq!(read.answer(Distribution::ToPatient), Some(false));
    assert!(read.closed_to_answers);
    assert_eq!(read.others.len(), 3);
    assert_eq!(read.others[2].notes, ["à garder"]);
    assert_eq!(read.warnings, ["OBX[4]-5: the answer is neither Y nor N", "OBX[5]-3: \"AUTRE\" is not a code of MetaDMPMSS"]);
    let twice = with(&["OBX|2|CWE|MASQUE_PS||Y||||||F", "OBX|3|CWE|MASQUE_PS||N||||||F"]);
    assert_eq!(twice.expect_err("contradiction").code(), "contradiction");
}

#[test]
fn a_mail_in_another_charset_is_read_and_told() {
    let text = base64(b"\xE9t\xE9");
    let segments =
        ["EVN||2026", PID, TXA, &obx(&base64(b"<x/>"), "F"), &format!("OBX|2|ED|1^objet||^text^^Base64^{text}||||||F")];
    let latin = message("MDM^T02", &segments).replace("UNICODE UTF-8", "8859/1");
    let latin = DocumentMessage::read(&read(latin)).expect("read");
    assert_eq!(latin.mail.as_ref().map(|m| m.body.as_str()), Some("été"));
    assert_eq!(latin.warnings, ["OBX[2]-5: the text is not UTF-8 and was read in the charset of the message"]);
    let utf8 = DocumentMessage::read(&read(message("MDM^T02", &segments))).expect("read");
    assert_eq!(utf8.mail.as_ref().map(|m| m.body.as_str()), Some(""));
    assert_eq!(utf8.warnings, ["OBX[2]-5: the text is not UTF-8 and was left out"]);
}

#[test]
fn nothing_incomplete_is_printed() {
    let envelope = envelope(Charset::Utf8);
    let refused = |change: fn(&mut DocumentMessage)| {
        let mut sent = document(Carrier::Mdm, DocumentAction::Replace);
        change(&mut sent);
        match sent.print(&envelope) {
            Err(Hl7Error::Missing { path } | Hl7Error::Invalid { path, .. }) => path,
            Err(error) => error.code().to_owned(),
            Ok(_) => "printed".to_owned(),
        }
    };
    assert_eq!(refused(|_| {}), "printed");
    assert_eq!(refused(|sent| sent.code = None), "OBR-4");
    assert_eq!(refused(|sent| sent.id = None), "TXA-12");
    assert_eq!(refused(|sent| sent.parent_id = None), "TXA-13");
    assert_eq!(refused(|sent| sent.documents.clear()), "OBX[1]-5");
    assert_eq!(refused(|sent| sent.documents.push(sent.documents[0].clone())), "OBX");
    // Without a stay, the class says so.
    let mut sent = relay();
    sent.visit = None;
    let printed = String::from_utf8(sent.print(&envelope).expect("printed")).expect("UTF-8");
    assert!(printed.contains("\rPV1|1|N\r"), "{printed}");
}
