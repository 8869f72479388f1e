//! One call without content: no redirection is followed, ten seconds at most.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::{Method, Request, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

const DELAI: Duration = Duration::from_secs(10);

/// Calls the address; a French sentence when it did not answer 2xx.
pub(super) async fn appeler(adresse: &str, entetes: &[(String, String)]) -> Result<(), String> {
    match tokio::time::timeout(DELAI, essayer(adresse, entetes)).await {
        Ok(fait) => fait,
        Err(_) => Err("L'adresse n'a pas répondu en dix secondes.".into()),
    }
}

async fn essayer(adresse: &str, entetes: &[(String, String)]) -> Result<(), String> {
    let uri: Uri = adresse.parse().map_err(|_| "L'adresse n'est pas lisible.".to_owned())?;
    let hote = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let https = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if https { 443 } else { 80 });
    let flux = TcpStream::connect((hote.as_str(), port)).await.map_err(|_| "La connexion est refusée.".to_owned())?;
    let request = composer(&uri, entetes)?;
    if !https {
        return envoyer(flux, request).await;
    }
    let nom = ServerName::try_from(hote).map_err(|_| "Le nom de l'hôte n'est pas lisible.".to_owned())?;
    let flux = TlsConnector::from(Arc::new(tls()?))
        .connect(nom, flux)
        .await
        .map_err(|_| "Le certificat de l'hôte n'est pas accepté.".to_owned())?;
    envoyer(flux, request).await
}

fn tls() -> Result<ClientConfig, String> {
    let racines = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let fournisseur = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(fournisseur)
        .with_safe_default_protocol_versions()
        .map_err(|_| "Aucune version de TLS n'est disponible.".to_owned())?;
    Ok(config.with_root_certificates(racines).with_no_client_auth())
}

fn composer(uri: &Uri, entetes: &[(String, String)]) -> Result<Request<Body>, String> {
    let chemin = uri.path_and_query().map_or("/", |chemin| chemin.as_str());
    let autorite = uri.authority().map_or("", |autorite| autorite.as_str());
    let mut request =
        Request::builder().method(Method::POST).uri(chemin).header(header::HOST, autorite).header(header::CONTENT_LENGTH, 0);
    for (nom, valeur) in entetes {
        request = request.header(nom, valeur);
    }
    request.body(Body::empty()).map_err(|_| "Un en-tête de l'abonnement n'est pas lisible.".to_owned())
}

async fn envoyer<F>(flux: F, request: Request<Body>) -> Result<(), String>
where
    F: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let coupe = || "L'échange a été coupé.".to_owned();
    let (mut envoi, connexion) = http1::handshake(TokioIo::new(flux)).await.map_err(|_| coupe())?;
    let tache = tokio::spawn(connexion);
    let reponse = envoi.send_request(request).await.map_err(|_| coupe());
    tache.abort();
    let status = reponse?.status();
    if status.is_success() { Ok(()) } else { Err(format!("L'adresse a répondu {}.", status.as_u16())) }
}
