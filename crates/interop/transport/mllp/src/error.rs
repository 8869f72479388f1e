//! Why an exchange failed.

use std::io;
use std::time::Duration;

/// Why a message was not acknowledged. Whether the peer kept it is then unknown, except for the first
/// four variants: it must be sent again, with the same MSH-10.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The message holds a byte that starts or ends a frame (0x0B or 0x1C), and was not sent.
    #[error("the message holds a framing byte and cannot be sent")]
    Unframable,
    /// No connection.
    #[error("no connection to the peer: {0}")]
    Connect(#[source] io::Error),
    /// The TLS handshake failed: certificate refused by either side, name or protocol.
    #[error("no secure connection to the peer: {0}")]
    Handshake(#[source] io::Error),
    /// The name of the peer is no valid server name.
    #[error("the name of the peer is not valid")]
    ServerName,
    /// No acknowledgment in time.
    #[error("no acknowledgment after {0:?}")]
    TimedOut(Duration),
    /// The peer closed the connection before its acknowledgment.
    #[error("the connection was closed before the acknowledgment ({0} bytes of it were received)")]
    Closed(usize),
    /// The acknowledgment is larger than accepted.
    #[error("the acknowledgment is larger than the {0} bytes accepted")]
    TooLarge(usize),
    /// The peer sent bytes that are no frame.
    #[error("the peer does not answer in MLLP")]
    NotMllp,
    /// The connection was cut.
    #[error("the connection was cut: {0}")]
    Cut(#[source] io::Error),
}

impl SendError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unframable => "unframable",
            Self::Connect(_) => "connect",
            Self::Handshake(_) => "handshake",
            Self::ServerName => "server_name",
            Self::TimedOut(_) => "timed_out",
            Self::Closed(_) => "closed",
            Self::TooLarge(_) => "too_large",
            Self::NotMllp => "not_mllp",
            Self::Cut(_) => "cut",
        }
    }

    /// Whether the peer certainly did not receive the message.
    pub fn is_before_sending(&self) -> bool {
        matches!(self, Self::Unframable | Self::Connect(_) | Self::Handshake(_) | Self::ServerName)
    }
}

/// Why certificates or keys could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// A PEM file is not readable, or holds nothing of what is wanted.
    #[error("{0} is not readable as PEM")]
    Pem(&'static str),
    /// Key and certificate do not go together, or the algorithm is not supported.
    #[error("the key or the certificates cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
    /// The authorities or revocation lists of clients cannot be used.
    #[error("the authorities of clients cannot be used: {0}")]
    Verifier(#[from] rustls::server::VerifierBuilderError),
}
