//! A server: one task a connection, messages of a connection one after the other.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::connection::{Connection, Pending};
use crate::limits::Limits;
use crate::notice::{Notice, Peer};

/// What to answer to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Write this acknowledgment.
    Ack(Vec<u8>),
    /// Say nothing and close: the peer will send the message again.
    HangUp,
}

/// What a server does with messages.
pub trait Handler: Send + Sync + 'static {
    /// Handles the bytes of one message, as received. The acknowledgment is written only once this
    /// future has ended: whatever must be durable before the peer forgets the message belongs in it.
    /// The future is not cancelled when the peer goes away; it is when a stop takes longer than
    /// [`Limits::stop`].
    fn message(&self, peer: Peer, bytes: Vec<u8>) -> impl Future<Output = Answer> + Send;

    /// Hears of what happens besides messages. `peer` is `None` when there is no connection.
    fn notice(&self, peer: Option<&SocketAddr>, notice: Notice);
}

/// How a server listens.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Bounds.
    pub limits: Limits,
    /// TLS, see [`crate::tls::server`]; `None` for plain TCP.
    pub tls: Option<Arc<ServerConfig>>,
}

/// Pause after a connection that the system could not give, such as for want of descriptors.
const BREATH: Duration = Duration::from_millis(200);

/// Serves until `stop` ends. Then no connection is taken any more, idle ones are closed, and messages
/// begun or being handled have [`Limits::stop`] to be acknowledged. Dropping the future instead closes
/// everything at once.
pub async fn serve<H: Handler>(listener: TcpListener, settings: Settings, handler: Arc<H>, stop: impl Future<Output = ()>) {
    let limits = settings.limits;
    let server =
        Server { limits, acceptor: settings.tls.map(TlsAcceptor::from), handler, pending: Arc::new(AtomicUsize::new(0)) };
    let places = Arc::new(Semaphore::new(limits.max_connections));
    let (stopping, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(ended) = connections.join_next(), if !connections.is_empty() => server.ended(&ended),
            taken = listener.accept() => match taken {
                Ok((stream, address)) => match Arc::clone(&places).try_acquire_owned() {
                    Ok(place) => {
                        connections.spawn(server.clone().connection(stream, address, place, stopped.clone()));
                    }
                    Err(_) => server.handler.notice(Some(&address), Notice::Refused),
                },
                Err(error) => server.not_accepted(&error).await,
            },
        }
    }
    drop(listener);
    let _ = stopping.send(true);
    let finished = timeout(limits.stop, async {
        while let Some(ended) = connections.join_next().await {
            server.ended(&ended);
        }
    });
    if finished.await.is_err() {
        for _ in 0..connections.len() {
            server.handler.notice(None, Notice::StoppedHandling);
        }
        connections.shutdown().await;
    }
}

struct Server<H> {
    limits: Limits,
    acceptor: Option<TlsAcceptor>,
    handler: Arc<H>,
    pending: Arc<AtomicUsize>,
}

impl<H> Clone for Server<H> {
    fn clone(&self) -> Self {
        Self {
            limits: self.limits,
            acceptor: self.acceptor.clone(),
            handler: Arc::clone(&self.handler),
            pending: Arc::clone(&self.pending),
        }
    }
}

impl<H: Handler> Server<H> {
    fn ended(&self, ended: &Result<(), tokio::task::JoinError>) {
        if ended.as_ref().is_err_and(tokio::task::JoinError::is_panic) {
            self.handler.notice(None, Notice::Panicked);
        }
    }

    async fn not_accepted(&self, error: &io::Error) {
        self.handler.notice(None, Notice::NotAccepted(error.to_string()));
        sleep(BREATH).await;
    }

    async fn connection(
        self,
        stream: TcpStream,
        address: SocketAddr,
        place: OwnedSemaphorePermit,
        stopped: watch::Receiver<bool>,
    ) {
        // An acknowledgment is small, and the peer waits for it.
        let _ = stream.set_nodelay(true);
        let pending = Pending::new(self.pending, self.limits.max_pending);
        let (limits, handler) = (self.limits, self.handler);
        let Some(acceptor) = self.acceptor else {
            let peer = Peer { address, certificates: Arc::from([]) };
            Connection { stream, peer, limits, handler, pending, stopped }.run().await;
            return drop(place);
        };
        match timeout(limits.handshake, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => {
                let shown = stream.get_ref().1.peer_certificates().unwrap_or_default();
                let certificates = shown.iter().map(|c| c.clone().into_owned()).collect();
                let peer = Peer { address, certificates };
                Connection { stream, peer, limits, handler, pending, stopped }.run().await;
            }
            Ok(Err(error)) => handler.notice(Some(&address), Notice::HandshakeFailed(error.to_string())),
            Err(_) => handler.notice(Some(&address), Notice::HandshakeFailed("too long".to_owned())),
        }
        drop(place);
    }
}
