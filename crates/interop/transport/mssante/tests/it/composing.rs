//! What is composed.

use std::time::{Duration, SystemTime};

use mssante::{Address, ComposeError, Correspondent, MailKind, Policy, SubjectKind, TrustedDomains};

use crate::support::{Draft, HOME, HOSPITAL, PDF, address, id, parse};

#[test]
fn a_mail_with_documents_is_read_back() {
    let mut draft = Draft::new("a1");
    draft.reply_to = Some(Correspondent::named(address("secretariat@ehpad-test.mssante.fr"), "Secrétariat"));
    draft.in_reply_to = Some(id("before"));
    let mail = draft.compose();
    let read = parse(mail.bytes());
    assert_eq!(read.message_id.as_deref(), Some("a1@ehpad-test.mssante.fr"));
    assert_eq!(read.subject, "XDM/1.0/DDM+Document de liaison d'urgence ESSAI-ÉTÉ Camille 28/03/1979");
    assert!(matches!(&read.subject_kind, SubjectKind::Documents { about } if about.ends_with("28/03/1979")));
    assert_eq!(read.date, Some(1_767_323_045));
    assert_eq!((read.from[0].address.as_str(), read.from[0].name.as_deref()), (HOME, Some("EHPAD Les Tilleuls")));
    assert_eq!(read.reply_to[0].name.as_deref(), Some("Secrétariat"));
    assert_eq!(read.to[0].address, HOSPITAL);
    assert_eq!(read.receipt_to[0].address, HOME);
    assert_eq!(read.in_reply_to, ["before@ehpad-test.mssante.fr"]);
    assert_eq!(
        read.text.as_deref().map(|t| t.replace("\r\n", "\n")),
        Some(draft.text.clone() + "\n").map(|t| t.trim_end_matches('\n').to_owned() + "\n")
    );
    assert_eq!(read.kind, MailKind::Documents { packages: vec![0], readable: Some(1) });
    assert_eq!(read.attachments[0].name.as_deref(), Some("IHE_XDM.zip"));
    assert_eq!(read.attachments[0].media_type, "application/zip");
    assert_eq!(read.attachments[0].bytes, draft.package);
    assert_eq!((read.attachments[1].name.as_deref(), read.attachments[1].bytes.as_slice()), (Some("DLU.pdf"), PDF));
    assert!(!read.closes_exchange && read.warnings.is_empty(), "{:?}", read.warnings);
    assert_eq!((mail.sender().map(Address::as_str), mail.recipients()), (Some(HOME), &[address(HOSPITAL)][..]));
}

#[test]
fn the_same_mail_has_the_same_bytes_in_ascii_lines() {
    let bytes = Draft::new("a1").compose().bytes().to_vec();
    assert_eq!(bytes, Draft::new("a1").compose().bytes());
    assert_ne!(bytes, Draft::new("a2").compose().bytes());
    assert!(bytes.is_ascii());
    let text = String::from_utf8(bytes).expect("ASCII");
    assert!(text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
    assert!(text.contains("Date: Fri, 02 Jan 2026 03:04:05 +0000\r\n"));
    assert!(text.contains("Message-ID: <a1@ehpad-test.mssante.fr>\r\n"));
    assert!(text.contains("Disposition-Notification-To: <dui.ehpad@ehpad-test.mssante.fr>\r\n"));
}

#[test]
fn a_mail_to_a_citizen_can_close_the_exchange() {
    let mut draft = Draft::new("a1");
    draft.to = vec![Address::citizen("279035121518989").expect("a citizen")];
    (draft.closes_exchange, draft.wants_receipt, draft.readable) = (true, false, None);
    let mail = draft.compose();
    assert!(String::from_utf8_lossy(mail.bytes()).contains("\r\nX-MSS-MES: FIN\r\n"));
    let read = parse(mail.bytes());
    assert!(read.closes_exchange && read.receipt_to.is_empty());
    assert_eq!(read.kind, MailKind::Documents { packages: vec![0], readable: None });
}

#[test]
fn recipients_stay_in_the_trusted_domains() {
    let mut draft = Draft::new("a1");
    draft.to.push(address("medecin@exemple.fr"));
    let refused = draft.compose_under(&Policy::default());
    assert_eq!(refused, Err(ComposeError::UntrustedDomain { address: "medecin@exemple.fr".to_owned() }));
    let wider = Policy { trusted: TrustedDomains::new(&["*.mssante.fr", "exemple.fr"]).expect("domains"), ..Policy::default() };
    assert!(draft.compose_under(&wider).is_ok());
    draft.to.clear();
    assert_eq!(draft.compose_under(&wider), Err(ComposeError::NoRecipient));
}

#[test]
fn the_size_is_that_of_the_encoded_message() {
    let mut draft = Draft::new("a1");
    draft.package = vec![0x5A; 7_200_000];
    let bytes = draft.compose().bytes().len();
    assert!(bytes > 9_700_000 && bytes <= 10_000_000, "{bytes}");
    draft.package = vec![0x5A; 7_400_000];
    let error = draft.compose_under(&Policy::default()).expect_err("too large");
    assert_eq!(error.code(), "too_large");
    let exactly = Policy { max_bytes: bytes, ..Policy::default() };
    draft.package = vec![0x5A; 7_200_000];
    assert!(draft.compose_under(&exactly).is_ok());
    assert!(draft.compose_under(&Policy { max_bytes: bytes - 1, ..exactly }).is_err());
}

#[test]
fn nothing_given_can_add_a_header_or_a_recipient() {
    let mut draft = Draft::new("a1");
    let injection = "x\r\nBcc: other@exemple.fr\r\n\r\nbody";
    draft.subject.title = injection.to_owned();
    draft.from.name = Some(injection.to_owned());
    draft.reply_to = Some(Correspondent::named(address(HOME), injection));
    draft.readable = Some((format!("../{injection}\"; x=\"é"), PDF.to_vec()));
    let mail = draft.compose();
    let text = String::from_utf8(mail.bytes().to_vec()).expect("ASCII");
    assert!(!text.lines().any(|line| line.starts_with("Bcc:") || line == "body"));
    let read = parse(mail.bytes());
    assert_eq!(read.attachments.len(), 2);
    assert_eq!(read.attachments[1].name.as_deref(), Some("..x Bcc: other@exemple.fr body; x=é"));
    assert_eq!(mail.recipients().len(), 1);
}

#[test]
fn a_mail_can_be_kept_for_some_of_its_recipients() {
    let mut draft = Draft::new("a1");
    draft.to.push(address("second@hopital-test.mssante.fr"));
    let mail = draft.compose();
    let rest = mail.only_to(&[address("SECOND@hopital-test.mssante.fr"), address("nobody@x.mssante.fr")]).expect("one is left");
    assert_eq!(rest.recipients(), [address("second@hopital-test.mssante.fr")]);
    assert_eq!((rest.bytes(), rest.message_id()), (mail.bytes(), mail.message_id()));
    assert_eq!(mail.only_to(&[address("nobody@x.mssante.fr")]), None);
}

#[test]
fn a_date_no_mail_can_have_is_refused() {
    let epoch = SystemTime::UNIX_EPOCH;
    for date in [epoch - Duration::from_secs(1), epoch + Duration::from_hours(24 * 366 * 8_030)] {
        let draft = Draft { date, ..Draft::new("a1") };
        assert_eq!(draft.compose_under(&Policy::default()).map_err(|e| e.code()), Err("malformed"));
    }
}
