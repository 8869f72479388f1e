//! Connections to the operator: TCP then TLS, with the certificate of the structure.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::ClientConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Why there is no connection, or none any more. All of it may pass: nothing was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// A certificate, a key or the name of the server cannot be used.
    #[error("the TLS configuration cannot be used: {detail}")]
    Configuration {
        /// What is wrong.
        detail: String,
    },
    /// No connection to the server.
    #[error("the server cannot be reached: {detail}")]
    Unreachable {
        /// What the system says.
        detail: String,
    },
    /// TLS failed: a certificate was refused, ours or the server's.
    #[error("the secure connection was refused: {detail}")]
    Tls {
        /// What is wrong.
        detail: String,
    },
    /// The server did not answer in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// The connection was cut.
    #[error("the connection was cut: {detail}")]
    Closed {
        /// What the system says.
        detail: String,
    },
}

impl NetError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Configuration { .. } => "configuration",
            Self::Unreachable { .. } => "unreachable",
            Self::Tls { .. } => "tls",
            Self::Timeout => "timeout",
            Self::Closed { .. } => "closed",
        }
    }

    /// Tells a refusal of TLS from a cut: with TLS 1.3 the server says after the handshake that it refuses
    /// a certificate.
    pub(crate) fn of(error: &io::Error) -> Self {
        let detail = error.to_string();
        if error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()).is_some() {
            return Self::Tls { detail };
        }
        if error.kind() == io::ErrorKind::TimedOut { Self::Timeout } else { Self::Closed { detail } }
    }
}

/// TLS for the connections to the operator: the authorities it is trusted by, and our certificate.
#[derive(Clone)]
pub struct Tls(Arc<ClientConfig>);

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

/// The certificate of the structure (IGC-Santé), in PEM.
#[derive(Clone, Copy)]
pub struct ClientCertificate<'a> {
    /// The certificate, then those of its authorities.
    pub chain_pem: &'a [u8],
    /// Its private key.
    pub key_pem: &'a [u8],
}

impl fmt::Debug for ClientCertificate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCertificate")
    }
}

impl Tls {
    /// TLS 1.2 or 1.3 towards servers whose certificate comes from `authorities_pem`, and from nobody
    /// else; `certificate` is shown when the server asks.
    ///
    /// # Errors
    /// [`NetError::Configuration`].
    pub fn new(authorities_pem: &[u8], certificate: Option<ClientCertificate<'_>>) -> Result<Self, NetError> {
        let bad = |detail: &dyn fmt::Display| NetError::Configuration { detail: detail.to_string() };
        let mut roots = rustls::RootCertStore::empty();
        for authority in CertificateDer::pem_slice_iter(authorities_pem) {
            roots.add(authority.map_err(|e| bad(&e))?).map_err(|e| bad(&e))?;
        }
        if roots.is_empty() {
            return Err(bad(&"no certificate authority"));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(|e| bad(&e))?.with_root_certificates(roots);
        let config = match certificate {
            None => builder.with_no_client_auth(),
            Some(certificate) => {
                let chain: Vec<_> =
                    CertificateDer::pem_slice_iter(certificate.chain_pem).collect::<Result<_, _>>().map_err(|e| bad(&e))?;
                let key = PrivateKeyDer::from_pem_slice(certificate.key_pem).map_err(|e| bad(&e))?;
                builder.with_client_auth_cert(chain, key).map_err(|e| bad(&e))?
            }
        };
        Ok(Self(Arc::new(config)))
    }

    /// Opens a connection.
    pub(crate) async fn connect(&self, host: &str, port: u16, within: Duration) -> Result<Stream, NetError> {
        let bad = |e: rustls_pki_types::InvalidDnsNameError| NetError::Configuration { detail: e.to_string() };
        let name = ServerName::try_from(host.to_owned()).map_err(bad)?;
        let opening = async {
            let unreachable = |e: io::Error| NetError::Unreachable { detail: e.to_string() };
            let tcp = TcpStream::connect((host, port)).await.map_err(unreachable)?;
            tcp.set_nodelay(true).map_err(unreachable)?;
            TlsConnector::from(Arc::clone(&self.0)).connect(name, tcp).await.map_err(|e| NetError::of(&e))
        };
        let tls = tokio::time::timeout(within, opening).await.map_err(|_| NetError::Timeout)??;
        Ok(Stream { tls, written: Arc::default(), readable: u64::MAX })
    }
}

/// A connection that knows how many bytes were handed to it, and reads no more than it may.
#[derive(Debug)]
pub(crate) struct Stream {
    tls: TlsStream<TcpStream>,
    written: Arc<AtomicU64>,
    /// Bytes it may still read.
    readable: u64,
}

impl Stream {
    /// The same connection, which is cut after `bytes` were read.
    pub(crate) fn reading_at_most(mut self, bytes: u64) -> Self {
        self.readable = bytes;
        self
    }

    /// The count of bytes written, readable while the stream is used elsewhere.
    pub(crate) fn written(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.written)
    }
}

impl lettre::transport::smtp::client::AsyncTokioStream for Stream {
    fn peer_addr(&self) -> io::Result<std::net::SocketAddr> {
        self.tls.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let poll = Pin::new(&mut self.tls).poll_read(cx, buf);
        let count = (buf.filled().len() - before) as u64;
        match self.readable.checked_sub(count) {
            Some(left) => self.readable = left,
            None => return Poll::Ready(Err(io::Error::other("the server says more than accepted"))),
        }
        poll
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.tls).poll_write(cx, buf);
        if let Poll::Ready(Ok(count)) = &poll {
            self.written.fetch_add(*count as u64, Ordering::Relaxed);
        }
        poll
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_shutdown(cx)
    }
}
