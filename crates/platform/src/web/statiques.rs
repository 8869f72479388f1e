//! Files embedded in the binary: public, versioned by their hash, cached for ever.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

/// Answers an address under `/s/`.
pub(crate) fn servir(path: &str) -> Response {
    let Some(asset) = ui::assets::get(path) else {
        let mut absente = Response::new(Body::empty());
        *absente.status_mut() = StatusCode::NOT_FOUND;
        return absente;
    };
    let mut response = Response::new(Body::from(asset.bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    let cache = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
