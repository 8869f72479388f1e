//! Finding frames in bytes, however they come.

use mllp::{Decoder, Frame};
use proptest::prelude::*;

fn frames(max: usize, bytes: &[u8], cut: usize) -> Vec<Frame> {
    let mut decoder = Decoder::new(max);
    bytes.chunks(cut.max(1)).flat_map(|chunk| decoder.push(chunk)).collect()
}

fn message(bytes: &[u8]) -> Frame {
    Frame::Message(bytes.to_vec())
}

#[test]
fn frames_are_found_whatever_the_cuts() {
    let cases: [(&[u8], Vec<Frame>); 11] = [
        (b"\x0babc\x1c\r", vec![message(b"abc")]),
        (b"\x0b\x1c\r\x0ba\x1c\r", vec![message(b""), message(b"a")]),
        (b"xy\x0ba\x1c\r\r\n\x0bb\x1c\r", vec![Frame::Garbage(2), message(b"a"), message(b"b")]),
        (b"\r\n\x1c\r\x0ba\x1c\r", vec![Frame::Garbage(1), message(b"a")]),
        (b"\x0ba\x1cb\x1c\r", vec![message(b"a\x1cb")]),
        (b"\x0ba\x1c\x1c\r", vec![message(b"a\x1c")]),
        (b"\x0ba\x1c\x0bb\x1c\r", vec![message(b"a"), message(b"b")]),
        (b"\x0babc\x0bd\x1c\r", vec![Frame::Abandoned(3), message(b"d")]),
        (b"\x0b\x0b\x0bd\x1c\r", vec![Frame::Abandoned(0), Frame::Abandoned(0), message(b"d")]),
        (b"\x0ba\r\nb\r\x1c\r", vec![message(b"a\r\nb\r")]),
        (b"\x0ba\x1c", vec![]),
    ];
    for (bytes, expected) in cases {
        for cut in 1..=bytes.len() {
            assert_eq!(frames(100, bytes, cut), expected, "{bytes:?} cut by {cut}");
        }
    }
}

#[test]
fn sizes_are_bounded_to_the_byte() {
    for cut in 1..20 {
        let exact = [b"\x0b".as_slice(), &[b'a'; 10], b"\x1c\r\x0bz\x1c\r"].concat();
        assert_eq!(frames(10, &exact, cut), [message(&[b'a'; 10]), message(b"z")], "{cut}");
        let ended = [b"\x0b".as_slice(), &[b'a'; 9], b"\x1c\x1c\r"].concat();
        assert_eq!(frames(10, &ended, cut).len(), 1, "{cut}");
        let ended = [b"\x0b".as_slice(), &[b'a'; 10], b"\x1c\x1c\r"].concat();
        assert_eq!(frames(10, &ended, cut), [Frame::TooLarge], "{cut}");
        for over in [11, 12, 50] {
            let over = [b"\x0b".as_slice(), &vec![b'a'; over], b"\x1c\r\x0bz\x1c\r"].concat();
            assert_eq!(frames(10, &over, cut), [Frame::TooLarge], "{cut}");
        }
    }
}

#[test]
fn what_is_not_whole_is_known() {
    let mut decoder = Decoder::new(100);
    assert_eq!((decoder.pending(), decoder.garbage()), (None, 0));
    assert!(decoder.push(b"GET / HTTP/1.1\r\n").is_empty());
    assert_eq!((decoder.pending(), decoder.garbage()), (None, 14));
    assert_eq!(decoder.push(b"\x0bMSH|"), [Frame::Garbage(14)]);
    assert_eq!((decoder.pending(), decoder.garbage()), (Some(4), 0));
    assert_eq!(decoder.push(b"^~\\&\x1c\r"), [message(b"MSH|^~\\&")]);
    assert_eq!(decoder.pending(), None);
}

#[test]
fn a_flood_is_decoded_in_linear_time() {
    let start = std::time::Instant::now();
    for flood in [&b"\x0b"[..], b"\x1c", b"\x0b\x1c\r", b"\x1c\r", b"a\x1c"] {
        let bytes = [b"\x0b".as_slice(), &flood.repeat(1_000_000 / flood.len())].concat();
        for cut in [1, 7, 65_536] {
            let mut decoder = Decoder::new(10_000_000);
            for chunk in bytes.chunks(cut) {
                decoder.push(chunk);
            }
        }
    }
    assert!(start.elapsed() < std::time::Duration::from_mins(1), "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn messages_come_back_whole_and_cuts_do_not_matter(
        messages in prop::collection::vec("[^\u{b}\u{1c}]{0,40}", 0..6),
        cut in 1..50_usize,
    ) {
        let bytes: Vec<u8> = messages.iter().flat_map(|m| [b"\x0b", m.as_bytes(), b"\x1c\r"].concat()).collect();
        let expected: Vec<Frame> = messages.iter().map(|m| message(m.as_bytes())).collect();
        prop_assert_eq!(frames(1_000, &bytes, cut), expected);
    }

    #[test]
    fn any_bytes_give_the_same_frames_however_cut(bytes in prop::collection::vec(prop_oneof![Just(0x0b), Just(0x1c), Just(0x0d), any::<u8>()], 0..80), cut in 1..20_usize) {
        prop_assert_eq!(frames(20, &bytes, cut), frames(20, &bytes, bytes.len()));
    }
}
