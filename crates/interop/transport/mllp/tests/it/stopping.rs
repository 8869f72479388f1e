//! Stopping without losing what was begun.

use std::time::Duration;

use mllp::{Limits, Notice};

use crate::support::{Running, framed, limits};

#[tokio::test]
async fn what_is_being_handled_is_acknowledged_and_idle_connections_are_closed() {
    let mut server = Running::plain(limits()).await;
    let mut idle = server.connect().await;
    idle.write(&framed(b"before")).await;
    idle.expect("ok:before").await;
    let mut busy = server.connect().await;
    busy.write(&framed(b"wait")).await;
    server.recorder.receives(2).await;
    server.ask_to_stop();
    assert!(idle.is_closed().await);
    let refused = tokio::net::TcpStream::connect(server.address).await;
    assert!(refused.is_err(), "a connection was taken after the stop");
    server.recorder.gate.send_replace(true);
    busy.expect("ok:wait").await;
    assert!(busy.is_closed().await);
    let recorder = server.stop().await;
    assert_eq!(recorder.notices(), []);
}

#[tokio::test]
async fn a_message_begun_is_received_whole() {
    let mut server = Running::plain(limits()).await;
    let mut wire = server.connect().await;
    wire.write(b"\x0bbegun").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.ask_to_stop();
    tokio::time::sleep(Duration::from_millis(200)).await;
    wire.write(b" and ended\x1c\r").await;
    wire.expect("ok:begun and ended").await;
    assert!(wire.is_closed().await);
    let recorder = server.stop().await;
    assert_eq!((recorder.received(), recorder.notices()), (vec!["begun and ended".to_owned()], vec![]));
}

#[tokio::test]
async fn a_stop_does_not_last_for_ever() {
    let server = Running::plain(Limits { stop: Duration::from_millis(200), ..limits() }).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"wait")).await;
    server.recorder.receives(1).await;
    let recorder = server.stop().await;
    assert_eq!(recorder.notices(), [Notice::StoppedHandling]);
    assert!(recorder.finished.lock().expect("lock").is_empty());
    assert!(wire.is_closed().await, "an acknowledgment was written for a message that was not handled");
}
