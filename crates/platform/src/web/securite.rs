//! Headers of every answer, and the refusal of foreign origins.

use http::{HeaderMap, HeaderValue, Method, header};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; \
                   manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Adds the headers of security; nothing personal is kept by any cache unless the answer says otherwise.
pub(crate) fn proteger(headers: &mut HeaderMap, tls: bool) {
    let fixes = [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(self), microphone=(), geolocation=()"),
        ("x-frame-options", "DENY"),
    ];
    for (nom, valeur) in fixes {
        if !headers.contains_key(nom) {
            headers.insert(nom, HeaderValue::from_static(valeur));
        }
    }
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// True when an unsafe request comes from another site (ASVS 3.5.1): browsers always tell where it comes from.
pub(crate) fn est_etrangere(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return false;
    }
    let texte = |nom: &str| headers.get(nom).and_then(|value| value.to_str().ok());
    if let Some(site) = texte("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origine) = texte("origin") else { return false };
    let hote = texte("host").unwrap_or_default();
    origine.split_once("://").is_none_or(|(_, autorite)| autorite != hote)
}
