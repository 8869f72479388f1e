//! Answers to mail with documents.

use mssante::{
    Answer, Composed, Correspondent, DispositionType, Integration, IntegrationCode, MailKind, NoReceipt, OutgoingMail, Policy,
    SubjectKind, receipt_address,
};

use crate::support::{Draft, HOME, HOSPITAL, PDF, address, date, id, parse};

/// The mail as the recipient's server stores it: with the envelope sender above.
fn delivered(mail: &OutgoingMail, return_path: &str) -> Vec<u8> {
    [format!("Return-Path: <{return_path}>\r\n").as_bytes(), mail.bytes()].concat()
}

fn answer(original: &[u8], integration: Integration<'_>, policy: &Policy, is_receipt: bool) -> Composed {
    let mail = parse(original);
    let (message_id, from) = (id("answer"), Correspondent::new(address(HOSPITAL)));
    let text = "Le document n'a pas pu être intégré.";
    let answer = Answer { message_id: &message_id, date: date(), from: &from, original, mail: &mail, integration, text };
    let to = address(HOME);
    if is_receipt { answer.receipt(&to, policy).expect("composed") } else { answer.ordinary(&to, policy).expect("composed") }
}

const UNKNOWN: Integration<'_> =
    Integration::Refused { code: IntegrationCode::PatientUnknown, label: "Identifiant de patient inconnu à l'hôpital" };

#[test]
fn a_receipt_goes_to_the_return_path_and_nowhere_else() {
    let to = |bytes: &[u8]| receipt_address(&parse(bytes)).map(|a| a.to_string());
    let mail = Draft::new("a1").compose();
    assert_eq!(to(&delivered(&mail, HOME)).as_deref(), Ok(HOME));
    assert_eq!(to(&delivered(&mail, &HOME.to_uppercase())).as_deref(), Ok(HOME));
    assert_eq!(to(mail.bytes()), Err(NoReceipt::OtherThanReturnPath));
    assert_eq!(to(&delivered(&mail, "other@ehpad-test.mssante.fr")), Err(NoReceipt::OtherThanReturnPath));
    assert_eq!(to(&delivered(&mail, "")), Err(NoReceipt::Automatic));
    let mut silent = Draft::new("a1");
    silent.wants_receipt = false;
    assert_eq!(to(&delivered(&silent.compose(), HOME)), Err(NoReceipt::NotRequested));
    let changed = |old: &str, new: &str| {
        let text = String::from_utf8(delivered(&mail, HOME)).expect("ASCII");
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1).into_bytes()
    };
    let wanted = "Disposition-Notification-To: <dui.ehpad@ehpad-test.mssante.fr>";
    let two = "Disposition-Notification-To: <dui.ehpad@ehpad-test.mssante.fr>, x@y.fr";
    assert_eq!(to(&changed(wanted, two)), Err(NoReceipt::UnusableAddress));
    assert_eq!(to(&changed(wanted, "Disposition-Notification-To: nobody")), Err(NoReceipt::UnusableAddress));
    assert_eq!(to(&changed("Message-ID:", "X-ID:")), Err(NoReceipt::NoMessageId));
}

#[test]
fn a_report_is_never_answered() {
    let original = delivered(&Draft::new("a1").compose(), HOME);
    let receipt = answer(&original, Integration::Processed, &Policy::default(), true).mail;
    let forged = [b"Return-Path: <m@x.fr>\r\nDisposition-Notification-To: m@x.fr\r\n", receipt.bytes()].concat();
    assert_eq!(receipt_address(&parse(&forged)), Err(NoReceipt::Automatic));
}

#[test]
fn a_receipt_says_that_the_documents_were_integrated() {
    let original = delivered(&Draft::new("a1").compose(), HOME);
    let composed = answer(&original, Integration::Processed, &Policy::default(), true);
    assert_eq!(composed.left_out, Vec::<String>::new());
    assert_eq!(composed.mail.sender(), None);
    let read = parse(composed.mail.bytes());
    let MailKind::Disposition(report) = &read.kind else { panic!("{:?}", read.kind) };
    assert_eq!(report.original_message_id.as_deref(), Some("a1@ehpad-test.mssante.fr"));
    assert_eq!(report.recipient.as_deref(), Some(HOSPITAL));
    assert_eq!(report.original_recipient.as_deref(), Some(HOSPITAL));
    assert!(report.is_automatic && report.failure.is_none() && report.disposition == DispositionType::Processed);
    assert!(matches!(read.subject_kind, SubjectKind::Documents { .. }));
    assert!(read.is_automatic);
    assert_eq!(read.in_reply_to, ["a1@ehpad-test.mssante.fr"]);
    let kinds: Vec<_> = read.attachments.iter().map(|a| a.media_type.as_str()).collect();
    assert_eq!(kinds, ["message/disposition-notification", "message/rfc822", "application/zip", "application/pdf"]);
    assert_eq!(read.attachments[1].bytes, original);
    assert_eq!(read.attachments[3].bytes, PDF);
    let text = String::from_utf8(composed.mail.bytes().to_vec()).expect("ASCII");
    assert!(text.contains("Content-Type: multipart/report; report-type=disposition-notification;"));
    assert!(text.contains("\r\nDisposition: automatic-action/MDN-sent-automatically; processed\r\n"));
}

#[test]
fn a_refusal_says_why_to_people_and_to_machines() {
    let original = delivered(&Draft::new("a1").compose(), HOME);
    let composed = answer(&original, UNKNOWN, &Policy::default(), true);
    let read = parse(composed.mail.bytes());
    assert!(read.subject.starts_with("[KO Intégration système !][902] XDM/1.0/DDM+Document"), "{}", read.subject);
    let MailKind::Disposition(report) = &read.kind else { panic!("{:?}", read.kind) };
    let failure = report.failure.as_ref().expect("a refusal");
    assert_eq!(failure.code, Some(IntegrationCode::PatientUnknown));
    assert_eq!(failure.text, "902^Identifiant de patient inconnu a l'hopital");
    let text = read.text.expect("a text");
    assert!(text.contains("n'a pas pu être intégré") && text.contains("902 : Identifiant de patient inconnu à l'hôpital"));
}

#[test]
fn without_a_request_a_refusal_is_an_ordinary_mail() {
    let mut draft = Draft::new("a1");
    draft.wants_receipt = false;
    let original = delivered(&draft.compose(), HOME);
    let composed = answer(&original, UNKNOWN, &Policy::default(), false);
    assert_eq!(composed.mail.sender().map(ToString::to_string).as_deref(), Some(HOSPITAL));
    let read = parse(composed.mail.bytes());
    assert_eq!(read.kind, MailKind::Refusal);
    assert!(matches!(read.subject_kind, SubjectKind::Refusal { code: Some(IntegrationCode::PatientUnknown), .. }));
    let kinds: Vec<_> = read.attachments.iter().map(|a| a.media_type.as_str()).collect();
    assert_eq!(kinds, ["message/rfc822", "application/zip", "application/pdf"]);
}

#[test]
fn an_answer_that_would_be_too_large_gives_back_less_and_says_so() {
    let mut draft = Draft::new("a1");
    draft.package = vec![b'x'; 60_000];
    let original = delivered(&draft.compose(), HOME);
    let with = |max_bytes| answer(&original, UNKNOWN, &Policy { max_bytes, ..Policy::default() }, true);
    let (all, less, least) = (with(250_000), with(120_000), with(20_000));
    assert_eq!((all.left_out.len(), less.left_out.len(), least.left_out.len()), (0, 1, 2));
    let kinds = |c: &Composed| parse(c.mail.bytes()).attachments.iter().map(|a| a.media_type.clone()).collect::<Vec<_>>();
    assert_eq!(kinds(&less), ["message/disposition-notification", "message/rfc822"]);
    assert_eq!(kinds(&least), ["message/disposition-notification", "text/rfc822-headers"]);
    assert!(matches!(parse(least.mail.bytes()).kind, MailKind::Disposition(r) if r.failure.is_some()));
}

#[test]
fn an_original_in_no_form_to_be_sent_on_gives_its_header_only() {
    let long = [b"From: a@b.fr\r\nMessage-ID: <l@b>\r\nSubject: XDM/1.0/DDM+x\r\n\r\n".as_slice(), &vec![b'x'; 5_000]].concat();
    let composed = answer(&long, UNKNOWN, &Policy::default(), true);
    assert_eq!(composed.left_out, ["the original is not in a form that can be sent on: its header is returned"]);
    let nul = b"From: a@b.fr\r\nMessage-ID: <l@b>\r\n\r\n\0";
    assert_eq!(answer(nul, UNKNOWN, &Policy::default(), true).left_out.len(), 1);
    let bare = b"From: a@b.fr\nMessage-ID: <l@b>\n\nx\ry\n";
    let composed = answer(bare, UNKNOWN, &Policy::default(), true);
    assert!(composed.left_out.is_empty());
    let bytes = composed.mail.bytes();
    assert!(bytes.iter().enumerate().all(|(n, &b)| b != b'\n' || bytes[n - 1] == b'\r'));
    assert!(bytes.iter().enumerate().all(|(n, &b)| b != b'\r' || bytes[n + 1] == b'\n'));
}

#[test]
fn an_answer_stays_in_the_trusted_domains() {
    let original = delivered(&Draft::new("a1").compose(), HOME);
    let mail = parse(&original);
    let (message_id, from) = (id("answer"), Correspondent::new(address(HOSPITAL)));
    let integration = Integration::Processed;
    let answer =
        Answer { message_id: &message_id, date: date(), from: &from, original: &original, mail: &mail, integration, text: "" };
    let refused = answer.receipt(&address("a@exemple.fr"), &Policy::default()).map_err(|e| e.code());
    assert_eq!(refused.map(|_| ()), Err("untrusted_domain"));
}
