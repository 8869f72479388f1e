//! What the tests share.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mllp::{Answer, Handler, Limits, Notice, Peer, Settings, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

/// Long enough for anything that must happen.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// Limits whose delays tests can wait for.
pub(crate) fn limits() -> Limits {
    Limits {
        max_message: 1_000_000,
        idle: SOON,
        stall: SOON,
        whole_message: SOON,
        handshake: SOON,
        write: SOON,
        stop: SOON,
        ..Limits::default()
    }
}

pub(crate) fn framed(message: &[u8]) -> Vec<u8> {
    [b"\x0b", message, b"\x1c\r"].concat()
}

/// Answers `ok:` and the message. Some messages have an effect: `hang`, `panic`, `bad`, and `wait`, which
/// waits for the gate.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) received: Mutex<Vec<Vec<u8>>>,
    pub(crate) finished: Mutex<Vec<Vec<u8>>>,
    pub(crate) peers: Mutex<Vec<Peer>>,
    notices: watch::Sender<Vec<Notice>>,
    pub(crate) gate: watch::Sender<bool>,
}

impl Recorder {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            received: Mutex::default(),
            finished: Mutex::default(),
            peers: Mutex::default(),
            notices: watch::channel(Vec::new()).0,
            gate: watch::channel(false).0,
        })
    }

    /// Waits until a notice is told.
    pub(crate) async fn told(&self, wanted: impl Fn(&Notice) -> bool) -> Notice {
        let mut notices = self.notices.subscribe();
        let found = notices.wait_for(|all| all.iter().any(&wanted));
        let found = tokio::time::timeout(SOON, found).await;
        let Ok(Ok(all)) = found else { panic!("never told; told: {:?}", self.notices()) };
        all.iter().find(|notice| wanted(notice)).expect("told").clone()
    }

    pub(crate) fn notices(&self) -> Vec<Notice> {
        self.notices.borrow().clone()
    }

    pub(crate) fn received(&self) -> Vec<String> {
        let received = self.received.lock().expect("lock");
        received.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
    }

    /// Waits until so many messages were received.
    pub(crate) async fn receives(&self, count: usize) {
        let waiting = async {
            while self.received.lock().expect("lock").len() < count {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(SOON, waiting).await.expect("received");
    }
}

impl Handler for Recorder {
    async fn message(&self, peer: Peer, bytes: Vec<u8>) -> Answer {
        self.received.lock().expect("lock").push(bytes.clone());
        self.peers.lock().expect("lock").push(peer);
        match bytes.as_slice() {
            b"hang" => return Answer::HangUp,
            b"panic" => panic!("as asked"),
            b"bad" => return Answer::Ack(b"a\x1cb".to_vec()),
            _ if bytes.starts_with(b"wait") => {
                self.gate.subscribe().wait_for(|open| *open).await.expect("gate");
            }
            _ => {}
        }
        self.finished.lock().expect("lock").push(bytes.clone());
        Answer::Ack([b"ok:", bytes.as_slice()].concat())
    }

    fn notice(&self, _: Option<&SocketAddr>, notice: Notice) {
        self.notices.send_modify(|all| all.push(notice));
    }
}

/// A server that runs, and its handler.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) recorder: Arc<Recorder>,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<()>,
}

impl Running {
    pub(crate) async fn start(settings: Settings) -> Self {
        let recorder = Recorder::new();
        let (address, stop, served) = start(settings, Arc::clone(&recorder)).await;
        Self { address, recorder, stop: Some(stop), served }
    }

    pub(crate) async fn plain(limits: Limits) -> Self {
        Self::start(Settings { limits, tls: None }).await
    }

    pub(crate) async fn connect(&self) -> Wire {
        Wire(TcpStream::connect(self.address).await.expect("connected"))
    }

    /// Asks the server to stop.
    pub(crate) fn ask_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Asks the server to stop and waits until it has.
    pub(crate) async fn stop(mut self) -> Arc<Recorder> {
        self.ask_to_stop();
        tokio::time::timeout(SOON * 2, self.served).await.expect("stopped").expect("no panic");
        self.recorder
    }
}

/// Starts a server on a free port; dropping the second value stops it.
pub(crate) async fn start<H: Handler>(settings: Settings, handler: Arc<H>) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let address = listener.local_addr().expect("address");
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { drop(stopped.await) };
    (address, stop, tokio::spawn(serve(listener, settings, handler, stopped)))
}

/// A connection of raw bytes.
pub(crate) struct Wire(pub(crate) TcpStream);

impl Wire {
    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.expect("written");
    }

    /// Reads exactly so many bytes.
    pub(crate) async fn read(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        soon(self.0.read_exact(&mut bytes)).await.expect("read");
        bytes
    }

    /// Waits for this answer.
    pub(crate) async fn expect(&mut self, message: &str) {
        let answer = framed(message.as_bytes());
        assert_eq!(String::from_utf8_lossy(&self.read(answer.len()).await), String::from_utf8_lossy(&answer));
    }

    /// Whether the peer closes without a byte more.
    pub(crate) async fn is_closed(&mut self) -> bool {
        let mut rest = Vec::new();
        let _ = soon(self.0.read_to_end(&mut rest)).await;
        rest.is_empty()
    }
}

pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON, future).await.expect("in time")
}
