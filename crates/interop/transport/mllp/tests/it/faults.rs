//! What the server does when peers misbehave: it tells, and the others go on.

use std::time::Duration;

use mllp::{Limits, Notice};
use tokio::io::AsyncWriteExt;

use crate::support::{Running, framed, limits};

const SHORT: Duration = Duration::from_millis(150);

#[tokio::test]
async fn garbage_between_frames_is_skipped_and_told() {
    let server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    wire.write(&[b"noise".to_vec(), framed(b"one"), b"\r\n".to_vec(), framed(b"two"), b"x".to_vec()].concat()).await;
    wire.expect("ok:one").await;
    wire.expect("ok:two").await;
    wire.0.shutdown().await.expect("closed");
    server.recorder.told(|n| *n == Notice::GarbageSkipped(1)).await;
    assert_eq!(server.recorder.notices(), [Notice::GarbageSkipped(5), Notice::GarbageSkipped(1)]);
}

#[tokio::test]
async fn what_is_not_mllp_is_closed() {
    let server = Running::plain(Limits { max_garbage: 100, ..limits() }).await;
    let mut wire = server.connect().await;
    wire.write(&b"GET /\r\n".repeat(30)).await;
    assert!(wire.is_closed().await);
    assert!(matches!(server.recorder.told(|n| matches!(n, Notice::NotMllp(_))).await, Notice::NotMllp(count) if count > 100));
}

#[tokio::test]
async fn half_frames_are_told_and_never_handled() {
    let server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    wire.write(b"\x0bMSH|half").await;
    wire.0.shutdown().await.expect("closed");
    server.recorder.told(|n| *n == Notice::HalfFrame(8)).await;
    // An end without its return is not an end.
    let mut wire = server.connect().await;
    wire.write(b"\x0bMSH\x1c").await;
    drop(wire);
    server.recorder.told(|n| *n == Notice::HalfFrame(4)).await;
    // A frame started again is abandoned.
    let mut wire = server.connect().await;
    wire.write(&[b"\x0bMSH".to_vec(), framed(b"again")].concat()).await;
    wire.expect("ok:again").await;
    server.recorder.told(|n| *n == Notice::FrameAbandoned(3)).await;
    assert_eq!(server.recorder.received(), ["again"]);
}

#[tokio::test]
async fn a_message_too_large_closes_its_connection_only() {
    let server = Running::plain(Limits { max_message: 1_000, ..limits() }).await;
    let mut other = server.connect().await;
    let mut wire = server.connect().await;
    wire.write(&framed(&[b'a'; 1_000])).await;
    wire.read(1_006).await;
    wire.write(&framed(&[b'a'; 1_001])).await;
    assert!(wire.is_closed().await);
    server.recorder.told(|n| *n == Notice::TooLarge).await;
    other.write(&framed(b"still here")).await;
    other.expect("ok:still here").await;
}

#[tokio::test]
async fn messages_together_are_bounded() {
    let server = Running::plain(Limits { max_pending: 100_000, ..limits() }).await;
    let mut first = server.connect().await;
    first.write(&[b"\x0b".as_slice(), &vec![b'a'; 60_000]].concat()).await;
    let mut second = server.connect().await;
    tokio::time::sleep(SHORT).await;
    second.write(&[b"\x0b".as_slice(), &vec![b'b'; 60_000]].concat()).await;
    server.recorder.told(|n| *n == Notice::OverBudget).await;
    // The one in excess is closed; what it held is given back, and the first is received whole.
    first.write(b"\x1c\r").await;
    first.read(60_006).await;
    let mut third = server.connect().await;
    third.write(&framed(&vec![b'c'; 90_000])).await;
    third.read(90_006).await;
    assert_eq!(server.recorder.notices(), [Notice::OverBudget]);
}

#[tokio::test]
async fn one_connection_too_many_is_refused_and_told() {
    let server = Running::plain(Limits { max_connections: 2, ..limits() }).await;
    let mut kept = [server.connect().await, server.connect().await];
    for wire in &mut kept {
        wire.write(&framed(b"in")).await;
        wire.expect("ok:in").await;
    }
    let mut refused = server.connect().await;
    assert!(refused.is_closed().await);
    server.recorder.told(|n| *n == Notice::Refused).await;
    // A place given back is taken again.
    let [first, mut second] = kept;
    drop(first);
    let taken = async {
        loop {
            let mut wire = server.connect().await;
            let _ = wire.0.write_all(&framed(b"again")).await;
            let mut answer = [0; 1];
            if tokio::io::AsyncReadExt::read(&mut wire.0, &mut answer).await.is_ok_and(|count| count == 1) {
                return;
            }
        }
    };
    crate::support::soon(taken).await;
    second.write(&framed(b"still in")).await;
    second.expect("ok:still in").await;
}

#[tokio::test]
async fn silence_closes_a_connection() {
    let server = Running::plain(Limits { idle: SHORT, ..limits() }).await;
    let mut wire = server.connect().await;
    assert!(wire.is_closed().await);
    server.recorder.told(|n| *n == Notice::IdleClosed(SHORT)).await;
    let server = Running::plain(Limits { stall: SHORT, ..limits() }).await;
    let mut wire = server.connect().await;
    wire.write(b"\x0bhalf").await;
    assert!(wire.is_closed().await);
    server.recorder.told(|n| *n == Notice::Stalled(4)).await;
}

#[tokio::test]
async fn a_message_dripping_for_too_long_is_cut() {
    let server = Running::plain(Limits { whole_message: SHORT * 3, ..limits() }).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"first")).await;
    wire.expect("ok:first").await;
    wire.write(b"\x0b").await;
    let dripping = async {
        while wire.0.write_all(b"a").await.is_ok() {
            tokio::time::sleep(SHORT / 5).await;
        }
    };
    crate::support::soon(dripping).await;
    server.recorder.told(|n| matches!(n, Notice::Stalled(_))).await;
    assert_eq!(server.recorder.received(), ["first"]);
}

#[tokio::test]
async fn each_message_has_its_own_time() {
    let server = Running::plain(Limits { whole_message: SHORT * 10, ..limits() }).await;
    let mut wire = server.connect().await;
    // Every message begins with the end of the one before: together they take longer than one may.
    wire.write(b"\x0ba").await;
    for _ in 0..12 {
        tokio::time::sleep(SHORT).await;
        wire.write(b"\x1c\r\x0ba").await;
        wire.expect("ok:a").await;
    }
}

#[tokio::test]
async fn a_handler_may_hang_up_or_fail() {
    let server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"hang")).await;
    assert!(wire.is_closed().await);
    assert_eq!(server.recorder.notices(), []);
    let mut wire = server.connect().await;
    wire.write(&framed(b"panic")).await;
    assert!(wire.is_closed().await);
    server.recorder.told(|n| *n == Notice::Panicked).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"bad")).await;
    assert!(wire.is_closed().await);
    server.recorder.told(|n| *n == Notice::AckUnframable).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"well")).await;
    wire.expect("ok:well").await;
}

#[tokio::test]
async fn an_acknowledgment_nobody_reads_is_told() {
    let server = Running::plain(Limits { write: SHORT, max_message: 20_000_000, ..limits() }).await;
    let mut wire = server.connect().await;
    // The answer is as large as the message: it fills what the system keeps for a peer that does not read.
    wire.write(&framed(&vec![b'a'; 15_000_000])).await;
    assert!(matches!(
        server.recorder.told(|n| matches!(n, Notice::AckNotDelivered(_))).await,
        Notice::AckNotDelivered(why) if why == "too long"
    ));
}
