//! What the server does with messages.

use std::time::Duration;

use mllp::Limits;

use crate::support::{Running, framed, limits};

#[tokio::test]
async fn messages_of_a_connection_are_answered_in_order() {
    let server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"one")).await;
    wire.expect("ok:one").await;
    // Several at once, one of them cut in the middle of its end.
    let all = [framed(b"two"), framed(b"three"), framed(b"four")].concat();
    let (start, end) = all.split_at(all.len() - 1);
    wire.write(start).await;
    wire.expect("ok:two").await;
    wire.expect("ok:three").await;
    wire.write(end).await;
    wire.expect("ok:four").await;
    drop(wire);
    let recorder = server.stop().await;
    assert_eq!(recorder.received(), ["one", "two", "three", "four"]);
    assert_eq!(recorder.notices(), []);
}

#[tokio::test]
async fn nothing_is_answered_before_the_handler_has_finished() {
    let server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    wire.write(&[framed(b"wait 1"), framed(b"two")].concat()).await;
    server.recorder.receives(1).await;
    let early = tokio::time::timeout(Duration::from_millis(300), wire.read(1)).await;
    assert!(early.is_err(), "answered before the end of the handling");
    assert!(server.recorder.finished.lock().expect("lock").is_empty());
    // Neither is the next message handled.
    assert_eq!(server.recorder.received(), ["wait 1"]);
    server.recorder.gate.send_replace(true);
    wire.expect("ok:wait 1").await;
    wire.expect("ok:two").await;
    assert_eq!(server.recorder.finished.lock().expect("lock").len(), 2);
}

#[tokio::test]
async fn connections_do_not_wait_for_one_another() {
    let server = Running::plain(limits()).await;
    let mut slow = server.connect().await;
    slow.write(&framed(b"wait")).await;
    server.recorder.receives(1).await;
    for _ in 0..3 {
        let mut quick = server.connect().await;
        quick.write(&framed(b"quick")).await;
        quick.expect("ok:quick").await;
    }
    server.recorder.gate.send_replace(true);
    slow.expect("ok:wait").await;
}

#[tokio::test]
async fn a_message_is_handled_to_its_end_when_its_sender_goes_away() {
    let server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"wait")).await;
    server.recorder.receives(1).await;
    drop(wire);
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.recorder.gate.send_replace(true);
    let recorder = server.stop().await;
    assert_eq!(recorder.finished.lock().expect("lock").as_slice(), [b"wait".to_vec()]);
}

#[tokio::test]
async fn large_messages_and_any_bytes_pass() {
    let server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    let large: Vec<u8> = (0..=255).filter(|b| !matches!(b, 0x0b | 0x1c)).cycle().take(1_000_000).collect();
    wire.write(&framed(&large)).await;
    let answer = wire.read(large.len() + 6).await;
    assert!(answer == framed(&[b"ok:", large.as_slice()].concat()));
    assert!(server.recorder.received.lock().expect("lock")[0] == large);
}

#[tokio::test]
async fn fifty_mebibytes_are_the_default() {
    assert_eq!(Limits::default().max_message, 50 * 1024 * 1024);
}
