//! Pages are compressed whole: one buffer in, one buffer out, and an answer that says its length.
//!
//! A page is there as a whole when it is answered. Compressed as a stream, as tower-http does it, a round of a thousand acts
//! was cut into pieces of four kilobytes, each polled and written on its own.

use std::io::Write;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, header};

/// Shorter bodies travel in one packet as they are.
const MINIMUM: u64 = 1_024;
/// A longer body is a document: its format compresses by itself.
const MAXIMUM: u64 = 32 * 1_024 * 1_024;

/// Compresses a text answer whose whole body is there, for who reads gzip.
pub(super) async fn compresser(request: Request, next: Next) -> Response {
    let voulue = accepte_gzip(request.headers());
    let mut response = next.run(request).await;
    if !est_du_texte(response.headers()) {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let longueur = response.body().size_hint().exact();
    let utile = longueur.is_some_and(|longueur| (MINIMUM..=MAXIMUM).contains(&longueur));
    if !voulue || !utile || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let (mut tete, corps) = response.into_parts();
    let Ok(clair) = to_bytes(corps, usize::MAX).await else { return Response::from_parts(tete, Body::empty()) };
    let Some(serre) = gzip(&clair) else { return Response::from_parts(tete, Body::from(clair)) };
    tete.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    tete.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(serre.len()));
    Response::from_parts(tete, Body::from(serre))
}

fn gzip(clair: &Bytes) -> Option<Vec<u8>> {
    let mut encodeur = GzEncoder::new(Vec::with_capacity(clair.len() / 6 + 256), Compression::fast());
    encodeur.write_all(clair).ok()?;
    encodeur.finish().ok()
}

/// True unless gzip is not named, or named with a weight of zero.
fn accepte_gzip(headers: &HeaderMap) -> bool {
    let valeurs = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|valeur| valeur.to_str().ok());
    valeurs.flat_map(|valeur| valeur.split(',')).any(|codage| {
        let (nom, poids) = codage.split_once(';').unwrap_or((codage, ""));
        let refuse = poids.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse().is_ok_and(|q: f32| q == 0.0));
        (nom.trim().eq_ignore_ascii_case("gzip") || nom.trim() == "*") && !refuse
    })
}

/// Pages, scripts, style sheets, vectors, JSON; never a stream of events, which has no end.
fn est_du_texte(headers: &HeaderMap) -> bool {
    let genre = headers.get(header::CONTENT_TYPE).and_then(|genre| genre.to_str().ok()).unwrap_or_default();
    let genre = genre.split(';').next().unwrap_or_default();
    (genre.starts_with("text/") && genre != "text/event-stream")
        || ["application/json", "application/x-ndjson", "image/svg+xml", "application/manifest+json"].contains(&genre)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demande(valeur: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(valeur))])
    }

    #[test]
    fn gzip_is_sent_to_who_reads_it_only() {
        for oui in ["gzip", "br, GZIP;q=0.8", "deflate, *"] {
            assert!(accepte_gzip(&demande(oui)), "{oui}");
        }
        for non in ["br", "gzip;q=0", "", "gzip; q=0.0"] {
            assert!(!accepte_gzip(&demande(non)), "{non}");
        }
    }

    #[test]
    fn what_is_compressed_opens_as_it_was() {
        let clair = Bytes::from("Madame Fabre, 12 h 30, à surveiller. ".repeat(400));
        let serre = gzip(&clair).unwrap();
        assert!(serre.len() * 10 < clair.len());
        let mut ouvert = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(serre.as_slice()), &mut ouvert).unwrap();
        assert_eq!(ouvert, clair);
    }

    #[test]
    fn a_stream_of_events_is_left_alone() {
        let genre = |valeur: &'static str| HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(valeur))]);
        assert!(est_du_texte(&genre("text/html; charset=utf-8")) && est_du_texte(&genre("application/json")));
        assert!(!est_du_texte(&genre("text/event-stream")) && !est_du_texte(&genre("application/pdf")));
    }
}
