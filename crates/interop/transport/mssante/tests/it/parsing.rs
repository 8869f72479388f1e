//! Reading of mail made by others.

use mssante::{Limits, MailKind, SubjectKind};

use crate::support::parse;

/// A message with this header and body, ends of lines as mail has them.
fn message(header: &str, body: &str) -> Vec<u8> {
    format!("From: a@b.mssante.fr\n{header}\n\n{body}").replace('\n', "\r\n").into_bytes()
}

#[test]
fn an_ordinary_mail_is_read() {
    let mail = parse(message(
        "Return-Path: <back@b.mssante.fr>\nTo: =?utf-8?Q?L=C3=A9a?= <l@c.mssante.fr>, d@c.mssante.fr\nCc: Groupe: e@c.mssante.fr, f@c.mssante.fr;\nSubject: =?iso-8859-1?Q?=C9t=E9?=\n =?utf-8?B?IMOgIGxhIG1lcg==?=\nMessage-ID: <x.1@b>\nReferences: <x.0@b>\n <w@b>\nDate: Fri, 2 Jan 2026 04:04:05 +0100",
        "Bonjour",
    ));
    assert_eq!(mail.kind, MailKind::Ordinary);
    assert_eq!(mail.return_path.as_deref(), Some("back@b.mssante.fr"));
    assert_eq!((mail.to[0].name.as_deref(), mail.to[0].address.as_str()), (Some("Léa"), "l@c.mssante.fr"));
    assert_eq!(mail.to[1].valid().map(|a| a.to_string()).as_deref(), Some("d@c.mssante.fr"));
    assert_eq!(mail.cc.iter().map(|m| m.address.as_str()).collect::<Vec<_>>(), ["e@c.mssante.fr", "f@c.mssante.fr"]);
    assert_eq!((mail.subject.as_str(), mail.subject_kind), ("Été à la mer", SubjectKind::Other));
    assert_eq!(mail.references, ["x.0@b", "w@b"]);
    assert_eq!(mail.date, Some(1_767_323_045));
    assert_eq!((mail.text.as_deref(), mail.html, mail.attachments.len()), (Some("Bonjour"), None, 0));
    assert!(!mail.is_automatic && mail.warnings.is_empty());
}

#[test]
fn the_null_return_path_is_told_from_an_absent_one_and_the_first_counts() {
    let path = |header: &str| parse(message(header, "x")).return_path;
    assert_eq!(path("Return-Path: <>").as_deref(), Some(""));
    assert_eq!(path("X: y"), None);
    assert_eq!(path("Return-Path: <true@b.fr>\nReturn-Path: <forged@b.fr>").as_deref(), Some("true@b.fr"));
    assert!(parse(message("Auto-Submitted: auto-replied", "x")).is_automatic);
    assert!(!parse(message("Auto-Submitted: no", "x")).is_automatic);
}

#[test]
fn charsets_and_encodings_are_undone() {
    let text = |header: &str, body: &[u8]| {
        let mut bytes = message(header, "");
        bytes.extend_from_slice(body);
        parse(bytes).text.expect("a text")
    };
    let plain = "Content-Type: text/plain; charset=";
    assert_eq!(text(&format!("{plain}iso-8859-1"), b"\xE9t\xE9"), "été");
    assert_eq!(text(&format!("{plain}\"windows-1252\""), b"\x80"), "€");
    assert_eq!(text(&format!("{plain}utf-8\nContent-Transfer-Encoding: quoted-printable"), b"=C3=A9t=\r\n=C3=A9"), "été");
    assert_eq!(text(&format!("{plain}utf-8\nContent-Transfer-Encoding: BASE64"), b"w6l0w6k="), "été");
    assert_eq!(text(&format!("{plain}utf-8"), b"\xE9t\xE9"), "\u{fffd}t\u{fffd}");
    assert_eq!(text(&format!("{plain}x-unknown"), "été".as_bytes()), "été");
}

#[test]
fn html_gives_a_text_and_is_kept() {
    let body = "--b\nContent-Type: text/html\n\n<p>Bonjour<br>vous</p>\n--b--\n";
    let mail = parse(message("Content-Type: multipart/mixed; boundary=b", body));
    assert!(mail.text_is_from_html && mail.text.as_deref().is_some_and(|t| t.contains("Bonjour") && !t.contains('<')));
    assert_eq!(mail.html.as_deref(), Some("<p>Bonjour<br>vous</p>"));
    let both = "--b\nContent-Type: text/plain\n\nBonjour\n--b\nContent-Type: text/html\n\n<p>Bonjour</p>\n--b--\n";
    let mail = parse(message("Content-Type: multipart/alternative; boundary=\"b\"", both));
    assert_eq!((mail.text.as_deref(), mail.text_is_from_html), (Some("Bonjour"), false));
    assert_eq!((mail.html.as_deref(), mail.attachments.len()), (Some("<p>Bonjour</p>"), 0));
}

#[test]
fn attachments_keep_their_bytes_and_their_last_name() {
    let body = "--b\n\nTexte\n--b\nContent-Type: text/xml; charset=iso-8859-1; name=\"cda.xml\"\nContent-Transfer-Encoding: quoted-printable\n\n<a>=E9</a>\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"C:\\\\dir\\\\..\\\\x/IHE_XDM.ZIP\"\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n--b\nContent-Disposition: attachment; filename*=UTF-8''%C3%A9t%C3%A9.PDF\nContent-Type: application/octet-stream\n\nx\n--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nnot the text\n--b--\n";
    let mail = parse(message("Content-Type: multipart/mixed; boundary=b", body));
    assert_eq!(mail.text.as_deref(), Some("Texte"));
    let names: Vec<_> = mail.attachments.iter().map(|a| a.name.as_deref()).collect();
    assert_eq!(names, [Some("cda.xml"), Some("IHE_XDM.ZIP"), Some("été.PDF"), None]);
    assert_eq!(mail.attachments[0].bytes, b"<a>\xE9</a>");
    assert_eq!(mail.attachments[1].bytes, b"PK\x03\x04");
    assert_eq!(mail.attachments[3].bytes, b"not the text");
    assert_eq!(mail.kind, MailKind::Documents { packages: vec![1], readable: Some(2) });
}

#[test]
fn a_package_with_another_name_is_found_when_the_subject_announces_it() {
    let body = "--b\n\nx\n--b\nContent-Type: application/zip; name=\"envoi.zip\"\n\nPK\n--b--\n";
    let kind =
        |subject: &str| parse(message(&format!("Subject: {subject}\nContent-Type: multipart/mixed; boundary=b"), body)).kind;
    assert_eq!(kind("XDM/1.0/DDM+x"), MailKind::Documents { packages: vec![0], readable: None });
    assert_eq!(kind("Bonjour"), MailKind::Ordinary);
    let none = parse(message("Subject: XDM/1.0/DDM+x", "x"));
    assert_eq!(none.kind, MailKind::Ordinary);
    assert_eq!(none.warnings, ["the subject announces documents but there is no package"]);
}

#[test]
fn messages_inside_are_read_to_a_bounded_depth() {
    let mut inner = String::from_utf8(message("Subject: 4", "the last")).expect("ASCII");
    for level in (0..4).rev() {
        inner = format!("From: a@b.fr\r\nSubject: {level}\r\nContent-Type: message/rfc822\r\n\r\n{inner}");
    }
    let mail = parse(&inner);
    let mut at = &mail;
    for level in 0..3 {
        assert_eq!(at.subject, level.to_string());
        at = at.attachments[0].message.as_deref().expect("a message inside");
    }
    assert_eq!((at.subject.as_str(), at.attachments[0].message.is_none()), ("3", true));
    assert!(String::from_utf8_lossy(&at.attachments[0].bytes).contains("the last"));
    assert_eq!(at.warnings, ["messages are nested deeper than accepted: they are kept whole"]);
    let encoded = "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogaW5zaWRlDQoNCng=\n--b--\n";
    let mail = parse(message("Content-Type: multipart/mixed; boundary=b", encoded));
    assert_eq!(mail.attachments[0].message.as_ref().map(|m| m.subject.as_str()), Some("inside"));
    let digest = "--b\n\nSubject: first\n\nx\n--b\n\nSubject: second\n\ny\n--b--\n";
    let mail = parse(message("Content-Type: multipart/digest; boundary=b", digest));
    let subjects: Vec<_> = mail.attachments.iter().filter_map(|a| a.message.as_ref().map(|m| m.subject.as_str())).collect();
    assert_eq!(subjects, ["first", "second"]);
}

#[test]
fn delimiters_are_whole_lines() {
    let body = "preamble\n--b\n\none --b two\n--bc\n --b\n--b  \t\n\nthree\n--b--\nepilogue\n--b\n\nfour\n";
    let mail = parse(message("Content-Type: multipart/mixed; boundary=b", body));
    assert_eq!(mail.text.as_deref(), Some("one --b two\r\n--bc\r\n --b\n\nthree"));
    let unix = b"From: a@b.fr\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--\n";
    assert_eq!(parse(unix).text.as_deref(), Some("one\n\ntwo"));
    let nested = "--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\none\n--ab--\n--a\n\ntwo\n--a--\n";
    assert_eq!(parse(message("Content-Type: multipart/mixed; boundary=a", nested)).text.as_deref(), Some("one\n\ntwo"));
}

#[test]
fn damage_is_kept_and_told() {
    let body = "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n%%% not base64 %%%\n--b--\n";
    let mail = parse(message("Content-Type: multipart/mixed; boundary=b", body));
    assert!(mail.attachments[0].damaged);
    assert_eq!(mail.attachments[0].bytes, b"%%% not base64 %%%");
    assert_eq!(mail.warnings, ["the attachment a.pdf cannot be decoded"]);
    let cut = parse(message("Content-Type: multipart/mixed; boundary=b", "--b\n\nhalf a mess"));
    assert_eq!(cut.text.as_deref(), Some("half a mess"));
    assert_eq!(cut.warnings, ["a multipart is not closed: the message may be truncated"]);
    let twice = parse(message("Subject: one\nSubject: two", "x"));
    assert_eq!((twice.subject.as_str(), twice.warnings.len()), ("one", 1));
    let no_boundary = parse(message("Content-Type: multipart/mixed", "x"));
    assert_eq!((no_boundary.text, no_boundary.attachments[0].bytes.as_slice()), (None, &b"x"[..]));
}

#[test]
fn limits_are_exact() {
    let bytes = message("Subject: x", "y");
    let limits = |max_bytes| Limits { max_bytes, ..Limits::default() };
    assert!(mssante::parse(&bytes, &limits(bytes.len())).is_ok());
    assert_eq!(mssante::parse(&bytes, &limits(bytes.len() - 1)).map_err(|e| e.code()), Err("too_large"));
    let text = mssante::parse(&message("X: y", "été"), &Limits { max_text: 2, ..Limits::default() }).expect("a message");
    assert_eq!((text.text.as_deref(), text.warnings.len()), (Some("ét"), 1));
    assert_eq!(crate::support::refusal(""), "not_a_message");
    assert_eq!(crate::support::refusal("\r\nno header"), "not_a_message");
}
