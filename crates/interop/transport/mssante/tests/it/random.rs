//! Random bytes and random damage: never a panic, never slow.

use std::time::{Duration, Instant};

use mssante::{Limits, SubjectKind};
use proptest::prelude::*;

use crate::support::Draft;

fn survives(bytes: &[u8]) {
    let start = Instant::now();
    if let Err(error) = mssante::parse(bytes, &Limits::default()) {
        assert!(!error.to_string().is_empty() && !error.code().is_empty());
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

const PIECES: [&str; 16] = [
    "\r\n",
    "\n",
    "\r\n\r\n",
    "--",
    "--b\r\n",
    "--b--\r\n",
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Type: message/rfc822\r\n",
    "Content-Type: text/html; charset=\"x\"\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Subject: =?utf-8?Q?",
    "From: <",
    "\"",
    "(",
    ";",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        survives(&bytes);
    }

    #[test]
    fn random_structure(picks in prop::collection::vec(0..PIECES.len(), 0..150)) {
        let text: String = picks.into_iter().map(|n| PIECES[n]).collect();
        survives(text.as_bytes());
        survives(format!("From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{text}").as_bytes());
    }

    #[test]
    fn damaged_mail(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = Draft::new("a1").compose().bytes().to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn any_attachment_survives_the_journey(package in prop::collection::vec(any::<u8>(), 0..3_000), name in "[^\u{0}-\u{1f}\u{7f}/\\\\\"]{1,40}") {
        let mut draft = Draft::new("a1");
        draft.package.clone_from(&package);
        draft.readable = Some((name, package.clone()));
        let read = crate::support::parse(draft.compose().bytes());
        prop_assert_eq!(&read.attachments[0].bytes, &package);
        prop_assert_eq!(&read.attachments[1].bytes, &package);
        prop_assert!(read.warnings.is_empty());
    }

    #[test]
    fn random_subjects(text in "\\PC{0,60}") {
        let _ = SubjectKind::of(&text);
        let _ = SubjectKind::of(&format!("[{text}][902] x"));
    }
}
