//! What the client does with answers.

use std::time::Duration;

use mllp::{Client, SendError, send};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{Running, SOON, framed, limits};

/// A peer that reads one frame, answers these bytes, and closes or stays silent.
async fn peer(answer: Vec<u8>, stay: bool) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("taken");
        let mut read = [0; 1024];
        let _ = stream.read(&mut read).await;
        let _ = stream.write_all(&answer).await;
        if stay {
            tokio::time::sleep(SOON).await;
        }
    });
    address
}

#[tokio::test]
async fn a_message_is_sent_and_its_acknowledgment_returned() {
    let server = Running::plain(limits()).await;
    assert_eq!(send(server.address, b"hello", SOON, None).await.expect("sent"), b"ok:hello");
    let mut client = Client::connect(server.address, SOON, None).await.expect("connected");
    for n in 0..5 {
        let ack = client.exchange(format!("m{n}").as_bytes(), SOON).await.expect("sent");
        assert_eq!(ack, format!("ok:m{n}").as_bytes());
    }
    drop(client);
    let recorder = server.stop().await;
    assert_eq!(recorder.received(), ["hello", "m0", "m1", "m2", "m3", "m4"]);
    assert_eq!(recorder.notices(), []);
}

#[tokio::test]
async fn each_failure_has_its_name() {
    let short = Duration::from_millis(200);
    let code = |sent: Result<Vec<u8>, SendError>| sent.expect_err("failed").code();
    assert_eq!(code(send(peer(vec![], false).await, b"m", SOON, None).await), "closed");
    assert_eq!(code(send(peer(b"\x0bhalf".to_vec(), false).await, b"m", SOON, None).await), "closed");
    assert_eq!(code(send(peer(vec![], true).await, b"m", short, None).await), "timed_out");
    assert_eq!(code(send(peer(b"\x0bMSH".to_vec(), true).await, b"m", short, None).await), "timed_out");
    assert_eq!(code(send(peer(vec![b'x'; 10_000], true).await, b"m", SOON, None).await), "not_mllp");
    assert_eq!(code(send(peer(framed(&vec![b'x'; 2_000_000]), true).await, b"m", SOON, None).await), "too_large");
    let noisy = [b"\r\nhello".to_vec(), framed(b"ack")].concat();
    assert_eq!(send(peer(noisy, true).await, b"m", SOON, None).await.expect("sent"), b"ack");
}

#[tokio::test]
async fn nothing_leaves_that_would_break_the_frame() {
    let server = Running::plain(limits()).await;
    for message in [&b"a\x1cb"[..], b"\x0b"] {
        let error = send(server.address, message, SOON, None).await.expect_err("refused");
        assert!(error.code() == "unframable" && error.is_before_sending());
    }
    assert!(server.recorder.received().is_empty());
    // Nobody is even called.
    let address = server.address;
    server.stop().await;
    assert_eq!(send(address, b"\x1c", SOON, None).await.expect_err("refused").code(), "unframable");
    assert_eq!(send(address, b"m", SOON, None).await.expect_err("refused").code(), "connect");
}

#[tokio::test]
async fn an_unreachable_peer_is_told_from_a_silent_one() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let address = listener.local_addr().expect("address");
    drop(listener);
    let error = send(address, b"m", SOON, None).await.expect_err("refused");
    assert!(error.code() == "connect" && error.is_before_sending());
    let error = send(peer(vec![], true).await, b"m", Duration::from_millis(100), None).await.expect_err("silent");
    assert!(!error.is_before_sending());
    assert_eq!(error.to_string(), "no acknowledgment after 100ms");
}

#[tokio::test]
async fn a_connection_is_not_used_after_a_failure() {
    let server = Running::plain(limits()).await;
    let mut client = Client::connect(server.address, SOON, None).await.expect("connected");
    let late = client.exchange(b"wait", Duration::from_millis(100)).await.expect_err("late");
    assert_eq!(late.code(), "timed_out");
    server.recorder.gate.send_replace(true);
    // The late acknowledgment must not be taken for that of another message.
    assert_eq!(client.exchange(b"next", SOON).await.expect_err("closed").code(), "closed");
    assert_eq!(server.recorder.received(), ["wait"]);
}
