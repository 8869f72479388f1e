//! Bounds on what peers may cost.

use std::time::Duration;

/// Bounds of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one message. Default 50 MiB.
    pub max_message: usize,
    /// Bytes of all messages being received or handled together. Default 256 MiB.
    pub max_pending: usize,
    /// Bytes skipped between two frames before the connection is closed: the peer does not speak
    /// MLLP. Default 64 KiB.
    pub max_garbage: usize,
    /// Simultaneous connections; one more is closed at once. Default 64.
    pub max_connections: usize,
    /// Silence accepted between two messages. Default 1 hour: senders keep their connections.
    pub idle: Duration,
    /// Silence accepted inside a message. Default 30 s.
    pub stall: Duration,
    /// Time a message may take from its first byte to its last. Default 10 min.
    pub whole_message: Duration,
    /// Time a TLS handshake may take. Default 10 s.
    pub handshake: Duration,
    /// Time an acknowledgment may take to be written. Default 30 s.
    pub write: Duration,
    /// Time left to messages being handled when the server stops. Default 30 s.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message: 50 * 1024 * 1024,
            max_pending: 256 * 1024 * 1024,
            max_garbage: 64 * 1024,
            max_connections: 64,
            idle: Duration::from_hours(1),
            stall: Duration::from_secs(30),
            whole_message: Duration::from_mins(10),
            handshake: Duration::from_secs(10),
            write: Duration::from_secs(30),
            stop: Duration::from_secs(30),
        }
    }
}
