//! TLS 1.2 and 1.3 with rustls; both sides may show a certificate.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};

use crate::error::TlsError;

/// A certificate, the chain above it, and its key, in PEM.
#[derive(Clone, Copy)]
pub struct Identity<'p> {
    /// The certificate first, then its intermediate authorities.
    pub chain: &'p [u8],
    /// The private key: PKCS#8, PKCS#1 or SEC1.
    pub key: &'p [u8],
}

impl std::fmt::Debug for Identity<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

/// Which clients a server accepts, in PEM.
#[derive(Debug, Clone, Copy)]
pub struct Clients<'p> {
    /// Authorities whose certificates are accepted.
    pub authorities: &'p [u8],
    /// Revocation lists of these authorities; when there is one, every certificate must be covered.
    pub revocations: Option<&'p [u8]>,
}

/// Settings of a server. With `clients`, a connection without a certificate of theirs is refused.
///
/// # Errors
/// [`TlsError`] when a PEM text cannot be used.
pub fn server(identity: Identity<'_>, clients: Option<Clients<'_>>) -> Result<Arc<ServerConfig>, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(clients) => {
            let authorities = Arc::new(roots(clients.authorities)?);
            let mut verifier = WebPkiClientVerifier::builder_with_provider(authorities, provider);
            if let Some(pem) = clients.revocations {
                let lists = CertificateRevocationListDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
                verifier = verifier.with_crls(lists.map_err(|_| TlsError::Pem("the revocation list"))?);
            }
            builder.with_client_cert_verifier(verifier.build()?)
        }
    };
    Ok(Arc::new(builder.with_single_cert(chain(identity.chain)?, key(identity.key)?)?))
}

/// Settings of a client, which accepts the servers of `authorities` (PEM) and may show an identity.
///
/// # Errors
/// [`TlsError`] when a PEM text cannot be used.
pub fn client(authorities: &[u8], identity: Option<Identity<'_>>) -> Result<Arc<ClientConfig>, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = builder.with_root_certificates(roots(authorities)?);
    Ok(Arc::new(match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => builder.with_client_auth_cert(chain(identity.chain)?, key(identity.key)?)?,
    }))
}

fn chain(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let certificates = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    certificates.ok().filter(|found| !found.is_empty()).ok_or(TlsError::Pem("the certificate"))
}

fn key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, TlsError> {
    PrivateKeyDer::from_pem_slice(pem).map_err(|_| TlsError::Pem("the private key"))
}

fn roots(pem: &[u8]) -> Result<RootCertStore, TlsError> {
    let mut store = RootCertStore::empty();
    for certificate in chain(pem).map_err(|_| TlsError::Pem("the authorities"))? {
        store.add(certificate)?;
    }
    Ok(store)
}
