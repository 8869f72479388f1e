//! Random bytes and random damage: never a panic, never slow.

use std::time::{Duration, Instant};

use cda_r2::{Limits, Timestamp, parse};
use proptest::prelude::*;

use crate::support::{LETTER, with_text};

fn survives(bytes: &[u8]) {
    let start = Instant::now();
    match parse(bytes, &Limits::default()) {
        Ok(document) => {
            for section in document.sections() {
                let _ = section.narrative.plain_text();
            }
        }
        Err(error) => assert!(!error.to_string().is_empty() && !error.code().is_empty()),
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// Pieces of markup that a damaged document may hold anywhere.
const PIECES: [&str; 16] =
    ["<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&#x0;", "\"", "'", "=", "<?", "<table>", "\u{a0}é"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        survives(&bytes);
    }

    #[test]
    fn random_markup(picks in prop::collection::vec(0..PIECES.len(), 0..200)) {
        let text: String = picks.into_iter().map(|n| PIECES[n]).collect();
        survives(text.as_bytes());
        survives(with_text(&text).as_bytes());
    }

    #[test]
    fn damaged_letter(damage in prop::collection::vec((0..LETTER.len(), any::<u8>()), 1..6)) {
        let mut bytes = LETTER.as_bytes().to_vec();
        for (at, byte) in damage {
            bytes[at] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn cut_and_joined_letter(from in 0..LETTER.len(), to in 0..LETTER.len(), piece in 0..PIECES.len()) {
        let mut bytes = LETTER.as_bytes()[..from].to_vec();
        bytes.extend_from_slice(PIECES[piece].as_bytes());
        bytes.extend_from_slice(&LETTER.as_bytes()[to..]);
        survives(&bytes);
    }

    #[test]
    fn no_text_is_lost(words in prop::collection::vec("[a-zé&&[^Ãâ]]{1,6}", 1..30), tags in prop::collection::vec(0..8_usize, 30)) {
        let names = ["content", "paragraph", "list", "item", "table", "td", "inconnu", "sup"];
        let mut text = String::new();
        for (word, tag) in words.iter().zip(&tags) {
            text = format!("{text}<{0}>{word}", names[*tag]);
        }
        for (_, tag) in words.iter().zip(&tags).collect::<Vec<_>>().into_iter().rev() {
            text = format!("{text}</{}>", names[*tag]);
        }
        let document = parse(with_text(&text).as_bytes(), &Limits::default()).expect("readable");
        let shown: String = document.sections()[0].narrative.plain_text().split_whitespace().collect();
        prop_assert_eq!(shown, words.concat());
    }

    #[test]
    fn random_times(raw in "[0-9+.\\-éZ]{0,24}") {
        if let Some(stamp) = Timestamp::parse(&raw) {
            prop_assert_eq!(stamp.raw, raw);
        }
    }
}
