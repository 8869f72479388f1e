//! One POST to a configured address, by the worker only: bounded in time and bytes, certificates checked.

use std::sync::Arc;
use std::time::Duration;

use http::{Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use platform::erreur::Erreur;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Patience for the whole exchange.
const DELAI: Duration = Duration::from_mins(1);
/// Bytes of an answer at most.
const REPONSE_MAX: usize = 4 << 20;

fn panne(quoi: &str, erreur: impl std::fmt::Display) -> Erreur {
    Erreur::Panne(format!("{quoi}: {erreur}"))
}

/// Sends the bytes; gives the status and the body of the answer.
///
/// # Errors
/// `Demande` for an address which is none; `Panne` for a network which does not answer: tried again later.
pub(crate) async fn poster(adresse: &str, jeton: Option<&str>, octets: Vec<u8>) -> Result<(u16, Vec<u8>), Erreur> {
    let uri: Uri = adresse.parse().map_err(|_| Erreur::Demande("L'adresse du logiciel destinataire est fausse.".into()))?;
    let hote = uri.host().ok_or_else(|| Erreur::Demande("L'adresse du logiciel destinataire est fausse.".into()))?.to_owned();
    let chiffre = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if chiffre { 443 } else { 80 });
    let travail = async {
        let flux = TcpStream::connect((hote.as_str(), port)).await.map_err(|erreur| panne("connect", erreur))?;
        if !chiffre {
            return demander(flux, &uri, jeton, octets).await;
        }
        let racines = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder().with_root_certificates(racines).with_no_client_auth();
        let nom = rustls_pki_types::ServerName::try_from(hote.clone()).map_err(|erreur| panne("server name", erreur))?;
        let flux = TlsConnector::from(Arc::new(config)).connect(nom, flux).await.map_err(|erreur| panne("tls", erreur))?;
        demander(flux, &uri, jeton, octets).await
    };
    tokio::time::timeout(DELAI, travail).await.map_err(|erreur| panne("no answer", erreur))?
}

async fn demander<F>(flux: F, uri: &Uri, jeton: Option<&str>, octets: Vec<u8>) -> Result<(u16, Vec<u8>), Erreur>
where
    F: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut envoi, connexion) =
        hyper::client::conn::http1::handshake(TokioIo::new(flux)).await.map_err(|erreur| panne("http", erreur))?;
    let conduite = tokio::spawn(connexion);
    let chemin = uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let mut requete = Request::post(chemin)
        .header(header::HOST, uri.authority().map_or("", http::uri::Authority::as_str))
        .header(header::CONTENT_TYPE, "application/fhir+json")
        .header(header::ACCEPT, "application/fhir+json");
    if let Some(jeton) = jeton {
        requete = requete.header(header::AUTHORIZATION, format!("Bearer {jeton}"));
    }
    let requete = requete.body(Full::new(Bytes::from(octets))).map_err(|erreur| panne("request", erreur))?;
    let reponse = envoi.send_request(requete).await.map_err(|erreur| panne("http", erreur))?;
    let statut = reponse.status().as_u16();
    let corps = Limited::new(reponse.into_body(), REPONSE_MAX).collect().await.map_err(|erreur| panne("answer", erreur))?;
    conduite.abort();
    Ok((statut, corps.to_bytes().to_vec()))
}
