//! What a server tells besides the messages themselves.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;

/// Who is at the other end of a connection.
#[derive(Debug, Clone)]
pub struct Peer {
    /// Address of the connection.
    pub address: SocketAddr,
    /// The certificates the peer showed, its own first; empty without mutual TLS. The authority was
    /// checked: which partner it is remains for the caller to say.
    pub certificates: Arc<[CertificateDer<'static>]>,
}

/// Something worth telling about a connection. No notice holds any byte of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Too many connections: this one was closed at once.
    Refused,
    /// The TLS handshake failed or took too long.
    HandshakeFailed(String),
    /// Bytes between two frames were skipped.
    GarbageSkipped(usize),
    /// The peer does not speak MLLP: the connection was closed after this many bytes of garbage.
    NotMllp(usize),
    /// The peer started a new frame before the end of the previous one, of which this many bytes had come.
    FrameAbandoned(usize),
    /// The connection ended in the middle of a frame, of which this many bytes had come.
    HalfFrame(usize),
    /// A message passes the size accepted: the connection was closed.
    TooLarge,
    /// All messages being received or handled together pass the size accepted: the connection was closed.
    OverBudget,
    /// The peer stayed silent in the middle of a message, or took too long to send it; this many bytes
    /// had come.
    Stalled(usize),
    /// The peer stayed silent between two messages, and the connection was closed.
    IdleClosed(Duration),
    /// The message was handled but its acknowledgment could not be written: it will come again.
    AckNotDelivered(String),
    /// The acknowledgment holds a framing byte and was not written: the connection was closed.
    AckUnframable,
    /// The connection was cut.
    Cut(String),
    /// The handling of a message panicked: the connection was closed without acknowledgment.
    Panicked,
    /// The server stopped while a message was being handled, longer than the time left to it.
    StoppedHandling,
    /// A new connection could not be taken from the system.
    NotAccepted(String),
}
