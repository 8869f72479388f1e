//! What a handler answers.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use maud::Markup;

/// An answer of a handler; headers of security and cache are added by the wrapper.
#[derive(Debug)]
pub struct Answer {
    pub(crate) response: Response,
    pub(crate) message: Option<String>,
}

impl Answer {
    fn new(status: StatusCode, mime: &'static str, body: impl Into<Body>) -> Self {
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
        Self { response, message: None }
    }

    /// A page or a fragment.
    pub fn html(markup: Markup) -> Self {
        Self::new(StatusCode::OK, "text/html; charset=utf-8", espace(markup))
    }

    /// A form given back with its errors (422).
    pub fn a_corriger(markup: Markup) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "text/html; charset=utf-8", espace(markup))
    }

    /// JSON; a value which cannot be printed is a failure of ours.
    pub fn json(value: &impl serde::Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(text) => Self::new(StatusCode::OK, "application/json", text),
            Err(_) => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "application/json", "{}"),
        }
    }

    /// Lines of JSON.
    pub fn ndjson(text: String) -> Self {
        Self::new(StatusCode::OK, "application/x-ndjson; charset=utf-8", text)
    }

    /// To another page, after an act.
    pub fn vers(url: impl AsRef<str>) -> Self {
        let mut answer = Self::new(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "");
        if let Ok(value) = HeaderValue::from_str(url.as_ref()) {
            answer.response.headers_mut().insert(header::LOCATION, value);
        }
        answer
    }

    /// Shown once on the next page; no name and no clinical content.
    #[must_use]
    pub fn dit(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Nothing new since the version the client holds.
    pub fn inchange() -> Self {
        Self::new(StatusCode::NOT_MODIFIED, "text/html; charset=utf-8", "")
    }

    /// Names the version of this answer.
    #[must_use]
    pub fn etag(mut self, etag: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(etag) {
            self.response.headers_mut().insert(header::ETAG, value);
        }
        self
    }

    /// With this header, besides those the wrapper adds.
    #[must_use]
    pub fn entete(mut self, nom: http::HeaderName, valeur: HeaderValue) -> Self {
        self.response.headers_mut().insert(nom, valeur);
        self
    }

    /// A file, shown in the browser's sandbox or downloaded.
    pub fn fichier(bytes: Vec<u8>, mime: &str, nom: &str, afficher: bool) -> Self {
        let mut answer = Self::new(StatusCode::OK, "application/octet-stream", bytes);
        let headers = answer.response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(mime) {
            headers.insert(header::CONTENT_TYPE, value);
        }
        let plain: String = nom.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
        let maniere = if afficher { "inline" } else { "attachment" };
        if let Ok(value) = HeaderValue::from_str(&format!("{maniere}; filename=\"{plain}\"")) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        answer
    }

    /// May be shown in a frame of our own pages (a PDF beside its record), and can neither run nor fetch anything.
    #[must_use]
    pub fn encadrable(mut self) -> Self {
        let headers = self.response.headers_mut();
        let csp = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(csp));
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        self
    }

    /// An answer made elsewhere (a stream).
    pub fn brute(response: Response) -> Self {
        Self { response, message: None }
    }

    /// With this status.
    #[must_use]
    pub fn statut(mut self, status: StatusCode) -> Self {
        *self.response.status_mut() = status;
        self
    }
}

/// The text of a page, or of a piece of page spaced as it is within its page.
fn espace(markup: Markup) -> String {
    let entiere = markup.0.starts_with("<!DOCTYPE");
    if entiere { markup.into_string() } else { ui::typographie::fragment(&markup).into_string() }
}

impl From<Markup> for Answer {
    fn from(markup: Markup) -> Self {
        Self::html(markup)
    }
}
