//! A client: one message, one acknowledgment.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, ToSocketAddrs};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

use crate::error::SendError;
use crate::frame::{Decoder, Frame, frame, is_framable};

/// Largest acknowledgment accepted, in bytes.
const MAX_ACK: usize = 1024 * 1024;
/// Garbage accepted before an acknowledgment, in bytes.
const MAX_GARBAGE: usize = 4 * 1024;

/// How to secure a connection.
#[derive(Debug, Clone)]
pub struct ClientTls {
    /// See [`crate::tls::client`].
    pub config: Arc<ClientConfig>,
    /// Name or address the certificate of the peer must be for.
    pub server_name: String,
}

/// A connection to a peer, for several messages in order.
pub struct Client {
    stream: Box<dyn Stream>,
    decoder: Decoder,
    /// After an error, an acknowledgment that comes late would be taken for that of the next message.
    broken: bool,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Connects, sends one message, waits for its acknowledgment and closes. `limit` bounds the whole.
///
/// # Errors
/// [`SendError`]. After an error that is not [`SendError::is_before_sending`], the peer may have kept the
/// message.
pub async fn send(
    peer: impl ToSocketAddrs,
    message: &[u8],
    limit: Duration,
    tls: Option<&ClientTls>,
) -> Result<Vec<u8>, SendError> {
    if !is_framable(message) {
        return Err(SendError::Unframable);
    }
    let start = Instant::now();
    let mut client = Client::connect(peer, limit, tls).await?;
    let left = limit.saturating_sub(start.elapsed());
    let ack = client.exchange(message, left).await.map_err(|error| match error {
        SendError::TimedOut(_) => SendError::TimedOut(limit),
        other => other,
    })?;
    // The acknowledgment is here: how the peer takes the goodbye does not matter.
    let _ = timeout_at(start + limit, client.stream.shutdown()).await;
    Ok(ack)
}

impl Client {
    /// Connects within `limit`, the TLS handshake included.
    ///
    /// # Errors
    /// [`SendError::Connect`], [`SendError::Handshake`], [`SendError::ServerName`].
    pub async fn connect(peer: impl ToSocketAddrs, limit: Duration, tls: Option<&ClientTls>) -> Result<Self, SendError> {
        let until = Instant::now() + limit;
        let late = || std::io::Error::from(std::io::ErrorKind::TimedOut);
        let connected = timeout_at(until, TcpStream::connect(peer)).await.unwrap_or_else(|_| Err(late()));
        let stream = connected.map_err(SendError::Connect)?;
        let _ = stream.set_nodelay(true);
        let stream: Box<dyn Stream> = match tls {
            None => Box::new(stream),
            Some(tls) => {
                let name = ServerName::try_from(tls.server_name.clone()).map_err(|_| SendError::ServerName)?;
                let handshake = TlsConnector::from(Arc::clone(&tls.config)).connect(name, stream);
                let secured = timeout_at(until, handshake).await.unwrap_or_else(|_| Err(late()));
                Box::new(secured.map_err(SendError::Handshake)?)
            }
        };
        Ok(Self { stream, decoder: Decoder::new(MAX_ACK), broken: false })
    }

    /// Sends one message and waits for its acknowledgment, within `limit`. After an error the
    /// connection is closed for good. Whether the acknowledgment is that of this message (MSA-2) is for
    /// the caller to check.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn exchange(&mut self, message: &[u8], limit: Duration) -> Result<Vec<u8>, SendError> {
        if !is_framable(message) {
            return Err(SendError::Unframable);
        }
        if self.broken {
            return Err(SendError::Closed(0));
        }
        self.broken = true;
        let ack = timeout_at(Instant::now() + limit, self.write_and_read(message)).await;
        let ack = ack.map_err(|_| SendError::TimedOut(limit))??;
        self.broken = false;
        Ok(ack)
    }

    async fn write_and_read(&mut self, message: &[u8]) -> Result<Vec<u8>, SendError> {
        self.stream.write_all(&frame(message)).await.map_err(SendError::Cut)?;
        self.stream.flush().await.map_err(SendError::Cut)?;
        let mut chunk = vec![0; 8 * 1024];
        let mut garbage = 0;
        loop {
            let count = self.stream.read(&mut chunk).await.map_err(SendError::Cut)?;
            if count == 0 {
                return Err(SendError::Closed(self.decoder.pending().unwrap_or(0)));
            }
            for found in self.decoder.push(chunk.get(..count).unwrap_or_default()) {
                match found {
                    Frame::Message(ack) => return Ok(ack),
                    Frame::TooLarge => return Err(SendError::TooLarge(MAX_ACK)),
                    Frame::Garbage(bytes) | Frame::Abandoned(bytes) => garbage += bytes,
                }
            }
            if garbage + self.decoder.garbage() > MAX_GARBAGE {
                return Err(SendError::NotMllp);
            }
        }
    }
}
