//! What a request brings: path, parameters, form fields, files. Bad input becomes a French sentence.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Path, Query, Request};
use http::header;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::erreur::Erreur;

const FORMULAIRE_MAX: usize = 1024 * 1024;
/// Largest file received through a page (50 MiB, INV-33).
pub(crate) const FICHIER_MAX: usize = 50 * 1024 * 1024;

/// Parts of the path; a malformed one is an address which does not exist.
#[derive(Debug, Clone, Copy)]
pub struct Chemin<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<()> for Chemin<T> {
    type Rejection = Erreur;

    async fn from_request_parts(parts: &mut Parts, state: &()) -> Result<Self, Erreur> {
        Path::<T>::from_request_parts(parts, state).await.map(|Path(value)| Self(value)).map_err(|_| Erreur::Introuvable)
    }
}

/// Parameters after the question mark.
#[derive(Debug, Clone)]
pub struct Parametres<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<()> for Parametres<T> {
    type Rejection = Erreur;

    async fn from_request_parts(parts: &mut Parts, state: &()) -> Result<Self, Erreur> {
        Query::<T>::from_request_parts(parts, state)
            .await
            .map(|Query(value)| Self(value))
            .map_err(|_| Erreur::Demande("L'adresse de cette page n'est pas complète. Revenez à la page précédente.".into()))
    }
}

/// Fields of a form, in order, repeated ones kept.
#[derive(Debug, Clone, Default)]
pub struct Champs(Vec<(String, String)>);

impl Champs {
    /// Fields made by hand, for tests.
    pub fn depuis(champs: &[(&str, &str)]) -> Self {
        Self(champs.iter().map(|(nom, valeur)| ((*nom).to_owned(), (*valeur).to_owned())).collect())
    }

    /// The trimmed value of a field; empty when it is absent.
    pub fn texte(&self, nom: &str) -> &str {
        self.0.iter().find(|(champ, _)| champ == nom).map_or("", |(_, valeur)| valeur.trim())
    }

    /// Every value of a repeated field.
    pub fn tous<'a>(&'a self, nom: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(champ, _)| champ == nom).map(|(_, valeur)| valeur.trim())
    }

    /// True if a box is ticked.
    pub fn coche(&self, nom: &str) -> bool {
        self.0.iter().any(|(champ, valeur)| champ == nom && !valeur.is_empty() && valeur != "non")
    }

    /// The value of a field read as a type, if it is there and well formed.
    pub fn lire<T: std::str::FromStr>(&self, nom: &str) -> Option<T> {
        self.texte(nom).parse().ok()
    }
}

/// Parses a percent-encoded form; `None` when it is not UTF-8.
fn decoder(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let mut champs = Vec::new();
    for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let mut parts = pair.splitn(2, |byte| *byte == b'=');
        let nom = decoder_valeur(parts.next().unwrap_or_default())?;
        champs.push((nom, decoder_valeur(parts.next().unwrap_or_default())?));
    }
    Some(champs)
}

fn decoder_valeur(bytes: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex = [*rest.next()?, *rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?
            }
            other => *other,
        });
    }
    String::from_utf8(out).ok().filter(|text| !text.contains('\0'))
}

impl FromRequest<()> for Champs {
    type Rejection = Erreur;

    async fn from_request(request: Request, (): &()) -> Result<Self, Erreur> {
        let form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        if !form {
            return Err(Erreur::Demande("Ce formulaire n'a pas été envoyé par une page de Grappe.".into()));
        }
        let bytes = to_bytes(request.into_body(), FORMULAIRE_MAX)
            .await
            .map_err(|_| Erreur::Demande("Le texte envoyé est trop long (1 Mo au plus). Rien n'a été enregistré.".into()))?;
        decoder(&bytes).map(Self).ok_or_else(|| {
            Erreur::Demande("Le texte envoyé contient des caractères illisibles. Rien n'a été enregistré : revenez en arrière, corrigez et renvoyez.".into())
        })
    }
}

/// A JSON body.
#[derive(Debug, Clone)]
pub struct Corps<T>(pub T);

impl<T: DeserializeOwned> FromRequest<()> for Corps<T> {
    type Rejection = Erreur;

    async fn from_request(request: Request, (): &()) -> Result<Self, Erreur> {
        let bytes = to_bytes(request.into_body(), 4 * FORMULAIRE_MAX)
            .await
            .map_err(|_| Erreur::Demande("L'envoi est trop volumineux.".into()))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| Erreur::Demande("L'envoi n'a pas la forme attendue.".into()))
    }
}

/// A file received through a page.
#[derive(Debug, Clone)]
pub struct FichierRecu {
    /// Name given by the sender, as received.
    pub nom: String,
    /// Its bytes.
    pub octets: Vec<u8>,
}

/// A form with files.
#[derive(Debug, Clone, Default)]
pub struct Fichiers {
    /// Fields.
    pub champs: Champs,
    /// Files; empty ones are left out.
    pub fichiers: Vec<FichierRecu>,
}

impl FromRequest<()> for Fichiers {
    type Rejection = Erreur;

    async fn from_request(request: Request, state: &()) -> Result<Self, Erreur> {
        let trop = || Erreur::Demande("Le fichier est trop volumineux (50 Mo au plus). Rien n'a été enregistré.".into());
        let illisible = || Erreur::Demande("L'envoi du fichier a été interrompu. Rien n'a été enregistré : recommencez.".into());
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| illisible())?;
        let mut recus = Self::default();
        let mut total = 0;
        while let Some(field) = parts.next_field().await.map_err(|_| trop())? {
            let champ = field.name().unwrap_or_default().to_owned();
            let nom = field.file_name().map(str::to_owned);
            let octets = field.bytes().await.map_err(|_| trop())?;
            total += octets.len();
            if total > FICHIER_MAX {
                return Err(trop());
            }
            match nom {
                Some(_) if octets.is_empty() => {}
                Some(nom) => recus.fichiers.push(FichierRecu { nom, octets: octets.to_vec() }),
                None => recus.champs.0.push((champ, String::from_utf8(octets.to_vec()).map_err(|_| illisible())?)),
            }
        }
        Ok(recus)
    }
}

/// How the client asks: for a piece of page, holding which version of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// Only a fragment is wanted (`X-Fragment`, or htmx).
    pub fragment: bool,
    /// The version already held (`If-None-Match`), to be compared with [`super::etiquette`].
    pub connu: Option<String>,
}

impl Client {
    /// True when the client holds this version already.
    pub fn tient(&self, etag: &str) -> bool {
        self.connu.as_deref().is_some_and(|connu| connu.split(',').any(|une| une.trim().trim_start_matches("W/") == etag))
    }
}

impl FromRequestParts<()> for Client {
    type Rejection = Erreur;

    async fn from_request_parts(parts: &mut Parts, (): &()) -> Result<Self, Erreur> {
        let fragment = parts.headers.contains_key("x-fragment") || parts.headers.contains_key("hx-request");
        let connu = parts.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Self { fragment, connu })
    }
}

/// Errors of a form, by field, in the order of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erreurs(Vec<(String, String)>);

impl Erreurs {
    /// Adds an error on a field.
    pub fn ajouter(&mut self, champ: &str, phrase: impl Into<String>) {
        self.0.push((champ.to_owned(), phrase.into()));
    }

    /// Keeps the value or notes the error of a field.
    pub fn garder<T, E: std::fmt::Display>(&mut self, champ: &str, lu: Result<T, E>) -> Option<T> {
        lu.map_err(|erreur| self.ajouter(champ, erreur.to_string())).ok()
    }

    /// Notes an error when a condition fails.
    pub fn exiger(&mut self, champ: &str, condition: bool, phrase: &str) {
        if !condition {
            self.ajouter(champ, phrase);
        }
    }

    /// True without any error.
    pub fn aucune(&self) -> bool {
        self.0.is_empty()
    }

    /// The first error of a field.
    pub fn de(&self, champ: &str) -> Option<&str> {
        self.0.iter().find(|(nom, _)| nom == champ).map(|(_, phrase)| phrase.as_str())
    }

    /// Every error, as (field, sentence).
    pub fn toutes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(champ, phrase)| (champ.as_str(), phrase.as_str()))
    }

    /// The summary shown at the top of the form.
    pub fn resume(&self) -> maud::Markup {
        let mut resume = ui::resume_erreurs::ResumeErreurs::new();
        for (champ, phrase) in self.toutes() {
            resume = resume.erreur(champ, phrase);
        }
        maud::html! { (resume) }
    }
}
