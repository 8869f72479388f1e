//! The certificate a client showed: TLS ends at the proxy, which checks it against IGC-Santé and passes it in `Client-Cert`
//! (RFC 9440). The header is believed from the proxies named by the installation only; tokens are bound to it (RFC 8705).

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::request::Parts;
use ring::digest::{SHA256, digest};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// The header of RFC 9440.
const ENTETE: &str = "client-cert";
/// Longest header read: a certificate of a large key, as PEM, escaped.
const LONGUEUR_MAX: usize = 16 * 1024;
/// Most certificates of an application.
pub(crate) const CERTIFICATS_MAX: usize = 10;

/// Proxies which check certificates of clients. None: the header is never read.
#[derive(Debug, Clone, Default)]
pub struct Mtls {
    proxys: Vec<IpAddr>,
}

impl Mtls {
    /// Reads addresses of proxies, separated by spaces or commas.
    ///
    /// # Errors
    /// A French sentence which names the faulty address.
    pub fn lire(texte: &str) -> Result<Self, String> {
        let mots = texte.split([' ', ',']).filter(|mot| !mot.is_empty());
        let proxys: Result<Vec<IpAddr>, String> =
            mots.map(|mot| mot.parse().map_err(|_| format!("« {mot} » n'est pas l'adresse IP d'un proxy."))).collect();
        Ok(Self { proxys: proxys? })
    }

    /// True if some proxy is named.
    pub(crate) fn actif(&self) -> bool {
        !self.proxys.is_empty()
    }

    /// The thumbprint of the certificate the client showed, if a trusted proxy says so. One header, no more: two are nobody's.
    pub(crate) fn presente(&self, parts: &Parts) -> Option<String> {
        let pair = parts.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
        let mut valeurs = parts.headers.get_all(ENTETE).iter();
        let (valeur, None) = (valeurs.next()?, valeurs.next()) else { return None };
        let texte = valeur.to_str().ok().filter(|texte| texte.len() <= LONGUEUR_MAX)?;
        if !self.proxys.contains(&pair) {
            return None;
        }
        lire(texte).map(|der| empreinte(&der))
    }
}

/// `x5t#S256` of a certificate (RFC 8705, 3.1).
pub(crate) fn empreinte(der: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, der))
}

/// Base64 of DER between colons (RFC 9440), or PEM escaped as in an address, which nginx gives (`$ssl_client_escaped_cert`).
fn lire(texte: &str) -> Option<Vec<u8>> {
    if let Some(base64) = texte.strip_prefix(':').and_then(|reste| reste.strip_suffix(':')) {
        return STANDARD.decode(base64).ok().filter(|der| !der.is_empty());
    }
    let pem = desechapper(texte)?;
    CertificateDer::from_pem_slice(&pem).ok().map(|der| der.to_vec())
}

fn desechapper(texte: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(texte.len());
    let mut reste = texte.bytes();
    while let Some(octet) = reste.next() {
        if octet != b'%' {
            octets.push(octet);
            continue;
        }
        let chiffre = |octet: u8| char::from(octet).to_digit(16);
        let valeur = chiffre(reste.next()?)? * 16 + chiffre(reste.next()?)?;
        octets.push(u8::try_from(valeur).ok()?);
    }
    Some(octets)
}

/// The thumbprints of the certificates of a form, as PEM.
///
/// # Errors
/// A French sentence.
pub(crate) fn lire_pem(texte: &str) -> Result<Vec<String>, String> {
    if texte.trim().is_empty() {
        return Ok(Vec::new());
    }
    let lus: Result<Vec<CertificateDer<'_>>, _> = CertificateDer::pem_slice_iter(texte.as_bytes()).collect();
    let lus = lus.map_err(|_| "Ces certificats ne se lisent pas : collez-les au format PEM.".to_owned())?;
    if lus.is_empty() || lus.len() > CERTIFICATS_MAX {
        return Err("Collez de un à dix certificats au format PEM, ou laissez vide.".to_owned());
    }
    Ok(lus.iter().map(|der| empreinte(der)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Request;

    fn parts(pair: &str, entetes: &[&str]) -> Parts {
        let mut request = Request::get("/fhir/Patient");
        for entete in entetes {
            request = request.header(ENTETE, *entete);
        }
        let pair: SocketAddr = format!("{pair}:4000").parse().unwrap();
        request.extension(ConnectInfo(pair)).body(()).unwrap().into_parts().0
    }

    #[test]
    fn the_header_is_believed_from_a_named_proxy_only_and_once() {
        let mtls = Mtls::lire("127.0.0.1, 10.0.0.2").unwrap();
        let der = format!(":{}:", STANDARD.encode(b"un certificat"));
        let attendue = Some(empreinte(b"un certificat"));
        assert_eq!(mtls.presente(&parts("127.0.0.1", &[&der])), attendue);
        assert_eq!(mtls.presente(&parts("10.0.0.2", &[&der])), attendue);
        assert_eq!(mtls.presente(&parts("10.0.0.3", &[&der])), None, "anybody may write a header");
        assert_eq!(mtls.presente(&parts("127.0.0.1", &[&der, &der])), None);
        assert_eq!(mtls.presente(&parts("127.0.0.1", &[])), None);
        assert_eq!(Mtls::default().presente(&parts("127.0.0.1", &[&der])), None);
        assert!(Mtls::lire("proxy.exemple").is_err());
    }

    #[test]
    fn the_two_forms_of_a_header_are_one_certificate_and_hostile_ones_are_none() {
        let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode(b"un certificat"));
        let echappe = pem.bytes().map(|octet| format!("%{octet:02X}")).collect::<Vec<_>>().concat();
        assert_eq!(lire(&echappe), Some(b"un certificat".to_vec()));
        assert_eq!(lire_pem(&pem), Ok(vec![empreinte(b"un certificat")]));
        for hostile in ["", ":", "::", ":pas du base64:", "%", "%4", "%zz", "un texte"] {
            assert_eq!(lire(hostile), None, "{hostile}");
        }
        assert!(lire_pem("un texte").is_err() && lire_pem("  ").unwrap().is_empty());
    }
}
