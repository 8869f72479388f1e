//! Mail made to harm.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use mssante::{Limits, Mail, MailError, MailKind};

use crate::support::{parse, refusal};

/// Parses within a bounded time, in a thread with a small stack.
fn quick(bytes: Vec<u8>) -> Result<Mail, MailError> {
    let start = Instant::now();
    let run = move || mssante::parse(&bytes, &Limits::default());
    let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(run).expect("a thread");
    let result = thread.join().expect("no overflow");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    result
}

fn code(bytes: Vec<u8>) -> &'static str {
    quick(bytes).expect_err("refused").code()
}

#[test]
fn parts_inside_parts_are_followed_to_a_bounded_depth() {
    let mut text = String::from("From: a@b.fr\r\n");
    for level in 0..20_000 {
        let _ = write!(text, "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
    }
    let mail = quick(text.into_bytes()).expect("readable");
    assert_eq!(mail.attachments.len(), 1);
    assert!(mail.warnings.iter().any(|w| w.starts_with("parts are nested deeper")));
}

#[test]
fn messages_inside_messages_are_followed_to_a_bounded_depth() {
    let header = "From: a@b.fr\r\nContent-Type: message/rfc822\r\n\r\n";
    let mail = quick(header.repeat(100_000).into_bytes()).expect("readable");
    assert_eq!(mail.attachments.len(), 1);
    // Spaces inside the name, another header first, both types at once: whatever a lax parser accepts.
    let odd = "From: a@b.fr\r\nC o n t e n t - T y p e : message/rfc822\r\nContent-Type: text/plain\r\n\r\n";
    assert!(quick(odd.repeat(50_000).into_bytes()).is_ok());
}

#[test]
fn a_nest_inside_an_encoding_is_not_followed_either() {
    let nest = "From: a@b.fr\r\nContent-Type: message/rfc822\r\n\r\n".repeat(20_000);
    let encoded = base64(nest.as_bytes());
    for kind in ["message/rfc822", "text/plain", "text/html", "application/octet-stream"] {
        let text = format!(
            "From: a@b.fr\r\nContent-Type: {kind}\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
        );
        assert!(quick(text.into_bytes()).is_ok());
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let value = chunk.iter().fold(0_u32, |value, &b| (value << 8) | u32::from(b)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            out.push(char::from(LETTERS[(value >> (18 - 6 * digit) & 63) as usize]));
        }
        out.push_str(&"=".repeat(3 - chunk.len()));
    }
    out
}

#[test]
fn parts_are_counted() {
    let with = |count: usize, part: &str| {
        let parts = format!("--b\r\n{part}\r\n").repeat(count);
        format!("From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n").into_bytes()
    };
    assert_eq!(code(with(200, "\r\nx")), "too_many_parts");
    assert_eq!(quick(with(199, "Content-Type: a/b\r\n\r\nx")).expect("readable").attachments.len(), 199);
    assert_eq!(code(with(1_000_000, "")), "too_many_parts");
    let inside = "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny";
    assert_eq!(code(with(150, inside)), "too_many_parts");
}

#[test]
fn delimiters_of_one_letter_cost_nothing() {
    let header = "From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=\"-\"\r\n\r\n";
    assert!(quick(format!("{header}{}", "-".repeat(10_000_000)).into_bytes()).is_ok());
    assert_eq!(code(format!("{header}{}", "---\r\n".repeat(2_000_000)).into_bytes()), "too_many_parts");
    let many: String = (0..190).fold(String::new(), |mut text, n| {
        let _ =
            write!(text, "--b\r\nContent-Type: multipart/mixed; boundary=absent{n}\r\n\r\n{}\r\n", "--absent ".repeat(10_000));
        text
    });
    let text = format!("From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{many}--b--\r\n");
    assert_eq!(quick(text.into_bytes()).expect("readable").attachments.len(), 190);
}

#[test]
fn headers_are_bounded() {
    let header = |field: &str| format!("From: a@b.fr\r\n{field}\r\n\r\nx").into_bytes();
    assert_eq!(code(header(&format!("To: {}", "a@b.fr, ".repeat(1_000_000)))), "header_too_large");
    assert_eq!(code(header("X: y\r\n".repeat(600).trim_end())), "header_too_large");
    assert_eq!(code(header(&format!("Content-Type: a/b; {}", "x=y; ".repeat(5_000)))), "header_too_large");
    assert_eq!(code(header(&format!("X:{}", " y\r\n".repeat(100_000).trim_end()))), "header_too_large");
    assert_eq!(code(vec![b'a'; 5_000_000]), "header_too_large");
    let many = quick(header(&format!("To: {}", "a@b.fr, ".repeat(5_000)))).expect("readable");
    assert_eq!((many.to.len(), many.warnings.len()), (500, 1));
    let comments = quick(header(&format!("To: {}x{}", "(".repeat(50_000), ")".repeat(50_000)))).expect("readable");
    assert!(comments.to.len() <= 1);
    let encoded = quick(header(&format!("Subject: {}", "=?utf-8?B?w6k=?= ".repeat(10_000)))).expect("readable");
    assert!(encoded.subject.starts_with("éé"));
}

#[test]
fn the_header_of_a_part_is_bounded_too() {
    for field in
        [format!("X: {}", "y".repeat(70_000)), format!("Content-Type: a/b; {}", "x=y; ".repeat(5_000)), "X: y\r\n".repeat(600)]
    {
        let text =
            format!("From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{field}\r\n\r\nz\r\n--b--\r\n");
        let mail = quick(text.into_bytes()).expect("readable");
        assert_eq!((mail.attachments.len(), mail.warnings.len()), (1, 1));
        assert!(mail.attachments[0].bytes.ends_with(b"z"));
    }
}

#[test]
fn warnings_are_counted() {
    let part = "--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%\r\n".repeat(150);
    let text = format!("From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{part}--b--\r\n");
    let mail = quick(text.into_bytes()).expect("readable");
    assert_eq!((mail.warnings.len(), mail.attachments.len()), (101, 150));
    assert_eq!(mail.warnings.last().map(String::as_str), Some("other warnings were left out"));
}

#[test]
fn strange_charsets_and_encodings_are_survived() {
    for charset in ["utf-7", "utf-16", "utf-16be", "iso-2022-jp", "gb18030", "big5", "\"; boundary=x\"", "\u{e9}", ""] {
        for encoding in ["8bit", "base64", "quoted-printable", "x-uuencode", "binary"] {
            let head = format!(
                "From: a@b.fr\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
            );
            let mut bytes = head.into_bytes();
            bytes.extend((0..=255_u8).cycle().take(5_000));
            assert!(quick(bytes).expect("readable").text.is_some());
        }
    }
}

#[test]
fn truncation_anywhere_is_survived() {
    let mail = crate::support::Draft::new("a1").compose();
    let bytes = mail.bytes();
    for cut in (1..bytes.len()).step_by(7) {
        if let Ok(read) = quick(bytes[..cut].to_vec()) {
            assert!(read.attachments.len() <= 2);
        }
    }
    let half = parse(&bytes[..bytes.len() - 40]);
    assert!(matches!(half.kind, MailKind::Documents { .. }) && !half.warnings.is_empty());
    assert_eq!(refusal(b"   \r\n"), "not_a_message");
}

#[test]
fn hostile_html_is_survived() {
    for piece in ["<", "<p", "<p>", "<!--", "&", "&#", "&#x110000;", "&amp", "<style>", "<a href=\"", "</", "\u{e9}<br/>"] {
        let text = format!("From: a@b.fr\r\nContent-Type: text/html\r\n\r\n{}", piece.repeat(1_000_000 / piece.len()));
        let mail = quick(text.into_bytes()).expect("readable");
        assert!(mail.text_is_from_html && mail.html.is_some(), "{piece}");
    }
}
