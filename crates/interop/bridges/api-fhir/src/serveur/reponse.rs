//! HTTP around resources: media types, ETag, forms.

use axum::body::{Body, Bytes};
use axum::response::Response;
use fhir_r4::{IssueType, Object};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::ecart::Ecart;
use crate::ressources::Fiche;

const FHIR: &str = "application/fhir+json; charset=utf-8";

/// A resource.
pub(crate) fn ressource(status: StatusCode, corps: &Object) -> Response {
    avec_type(status, FHIR, corps.to_json())
}

/// JSON which is not a resource (tokens, discovery).
pub(crate) fn json(status: StatusCode, corps: &serde_json::Value) -> Response {
    avec_type(status, "application/json", corps.to_string())
}

fn avec_type(status: StatusCode, mime: &'static str, corps: String) -> Response {
    let mut response = Response::new(Body::from(corps));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response
}

/// A resource with its version; nothing again for who holds it already.
pub(crate) fn version(fiche: &Fiche, demande: &HeaderMap) -> Response {
    let etag = fiche.etag();
    let tient = demande.get(header::IF_NONE_MATCH).and_then(|valeur| valeur.to_str().ok()).is_some_and(|connus| {
        connus
            .split(',')
            .any(|connu| connu.trim() == "*" || connu.trim().trim_start_matches("W/") == etag.trim_start_matches("W/"))
    });
    let mut response = if tient {
        let mut vide = Response::new(Body::empty());
        *vide.status_mut() = StatusCode::NOT_MODIFIED;
        vide
    } else {
        ressource(StatusCode::OK, &fiche.corps)
    };
    let entetes = response.headers_mut();
    if let Ok(valeur) = HeaderValue::from_str(&etag) {
        entetes.insert(header::ETAG, valeur);
    }
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&fiche.maj);
    if let Some(valeur) = date.ok().and_then(|date| HeaderValue::from_str(&date).ok()) {
        entetes.insert(header::LAST_MODIFIED, valeur);
    }
    response
}

/// With the address of what was created.
pub(crate) fn creee(corps: &Object, adresse: &str) -> Response {
    let mut response = ressource(StatusCode::CREATED, corps);
    if let Ok(valeur) = HeaderValue::from_str(adresse) {
        response.headers_mut().insert(header::LOCATION, valeur);
    }
    response
}

/// XML is not served: a client which takes nothing else is told so before anything is read.
pub(crate) fn accepte(parts: &Parts) -> Result<(), Ecart> {
    let accepte = parts.headers.get(header::ACCEPT).and_then(|valeur| valeur.to_str().ok()).unwrap_or("*/*");
    let format = parts.uri.query().unwrap_or_default().split('&').find_map(|champ| champ.strip_prefix("_format="));
    let xml_seul = accepte.contains("xml") && !accepte.contains("json") && !accepte.contains("*/*");
    if xml_seul || format.is_some_and(|format| !format.contains("json")) {
        let phrase = "Seul le format JSON est servi (application/fhir+json).";
        return Err(Ecart::new(StatusCode::NOT_ACCEPTABLE, IssueType::NotSupported, phrase));
    }
    Ok(())
}

/// The text of a form sent to `_search` or to the token endpoint.
pub(crate) fn formulaire(parts: &Parts, corps: &Bytes) -> Result<String, Ecart> {
    let annonce = parts.headers.get(header::CONTENT_TYPE).and_then(|valeur| valeur.to_str().ok()).unwrap_or_default();
    if !annonce.starts_with("application/x-www-form-urlencoded") && !corps.is_empty() {
        let phrase = "Cette adresse attend un formulaire (application/x-www-form-urlencoded).";
        return Err(Ecart::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, IssueType::NotSupported, phrase));
    }
    String::from_utf8(corps.to_vec()).map_err(|_| Ecart::illisible("Le formulaire n'est pas en UTF-8."))
}
