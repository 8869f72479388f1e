//! What the router answered, read as a person reads it.

use axum::body::Body;
use http::{HeaderMap, HeaderName, Response, StatusCode, header};

/// The largest answer a test reads: 64 MiB.
const LISIBLE: usize = 64 << 20;

/// An answer read to its end.
#[derive(Debug, Clone)]
pub struct Reponse {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub entetes: HeaderMap,
    /// Where it leads; empty when it leads nowhere.
    pub lieu: String,
    /// Its text; no-break spaces are spaces, quotes are written as themselves.
    pub texte: String,
    /// Its bytes, as they were.
    pub octets: Vec<u8>,
}

impl Reponse {
    /// Reads an answer to its end.
    pub async fn de(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let octets = axum::body::to_bytes(body, LISIBLE).await.expect("a body").to_vec();
        let texte = String::from_utf8_lossy(&octets).replace(['\u{a0}', '\u{202f}'], " ").replace("&#39;", "'");
        let mut reponse = Self { status: parts.status, entetes: parts.headers, lieu: String::new(), texte, octets };
        reponse.lieu = reponse.entete(&header::LOCATION).unwrap_or_default();
        reponse
    }

    /// The first header of this name.
    pub fn entete(&self, nom: &HeaderName) -> Option<String> {
        self.entetes.get(nom).map(|valeur| valeur.to_str().expect("ascii").to_owned())
    }

    /// A page: status and text.
    pub fn page(self) -> (StatusCode, String) {
        (self.status, self.texte)
    }

    /// An act: status, where it leads, text.
    pub fn acte(self) -> (StatusCode, String, String) {
        (self.status, self.lieu, self.texte)
    }

    /// The value of the first hidden field of this name.
    pub fn champ(&self, nom: &str) -> String {
        entre(&self.texte, &format!("name=\"{nom}\" value=\""), "\"").to_owned()
    }
}

/// The text between two marks.
pub fn entre<'a>(texte: &'a str, debut: &str, fin: &str) -> &'a str {
    let suite = texte.split_once(debut).expect("the first mark").1;
    suite.split_once(fin).expect("the second mark").0
}
