//! Reading a signed request: which device, which person.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use platform::Services;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Reach, Stored};
use terrain::{EtatPoste, SignaturePoste, SignatureSession, texte_signe};

use crate::etat::Etat;
use crate::records::{PosteGarde, SessionGardee};

/// Largest body of a request of a tablet: fifty operations of the largest size.
const CORPS_MAX: usize = 8 * 1024 * 1024;

/// Why a request is not served, as an HTTP status with a French sentence.
#[derive(Debug)]
pub(crate) struct Ecart(pub(crate) StatusCode, pub(crate) &'static str);

impl Ecart {
    pub(crate) const INCONNU: Self = Self(StatusCode::NOT_FOUND, "Ce poste n'est pas connu.");
    pub(crate) const SESSION: Self = Self(StatusCode::UNAUTHORIZED, "La session sur ce poste est terminée.");
    pub(crate) const RETIRE: Self = Self(StatusCode::GONE, "Ce poste a été retiré du service.");
    pub(crate) const ILLISIBLE: Self = Self(StatusCode::BAD_REQUEST, "La demande n'a pas la forme attendue.");

    pub(crate) fn reponse(self) -> Response {
        let mut reponse = json(&serde_json::json!({ "message": self.1 }));
        *reponse.status_mut() = self.0;
        reponse
    }
}

impl From<store::Error> for Ecart {
    fn from(error: store::Error) -> Self {
        tracing::error!(reason = %error, "the bedside protocol could not use the store");
        Self(StatusCode::SERVICE_UNAVAILABLE, "Le serveur n'a pas pu répondre.")
    }
}

impl From<platform::Erreur> for Ecart {
    fn from(erreur: platform::Erreur) -> Self {
        match erreur {
            platform::Erreur::NonConnecte => Self::SESSION,
            platform::Erreur::Refus(_) => Self(StatusCode::FORBIDDEN, "Vos droits ne le permettent pas."),
            autre => {
                tracing::error!(reason = %autre, "the bedside protocol failed");
                Self(StatusCode::SERVICE_UNAVAILABLE, "Le serveur n'a pas pu répondre.")
            }
        }
    }
}

impl From<terrain::Erreur> for Ecart {
    fn from(erreur: terrain::Erreur) -> Self {
        match erreur {
            terrain::Erreur::SignatureInvalide | terrain::Erreur::Perimee => {
                Self(StatusCode::UNAUTHORIZED, "Signature du poste refusée.")
            }
            autre => {
                tracing::error!(reason = %autre, "a key of the bedside protocol could not be used");
                Self(StatusCode::SERVICE_UNAVAILABLE, "Le serveur n'a pas pu répondre.")
            }
        }
    }
}

/// A JSON answer.
pub(crate) fn json(valeur: &impl Serialize) -> Response {
    let mut reponse = Response::new(serde_json::to_vec(valeur).unwrap_or_default().into());
    reponse.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    reponse
}

/// A request whose device is proved.
#[derive(Debug)]
pub(crate) struct Signee {
    pub(crate) poste: Stored<PosteGarde>,
    pub(crate) entetes: HeaderMap,
    pub(crate) corps: Bytes,
    pub(crate) requete: String,
    signature: SignaturePoste,
    texte: String,
}

/// Reads and checks the device's signature; a lost device is still heard, its caller decides.
pub(crate) async fn lire(etat: &Etat, services: &Services, request: Request) -> Result<Signee, Ecart> {
    let (parts, corps) = request.into_parts();
    let corps = to_bytes(corps, CORPS_MAX).await.map_err(|_| Ecart::ILLISIBLE)?;
    let entete = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).ok_or(Ecart::INCONNU)?;
    let signature = SignaturePoste::lire(entete)?;
    let poste = services.store.get::<PosteGarde>(&Reach::All, signature.poste).await?.ok_or(Ecart::INCONNU)?;
    let chemin = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    let texte = texte_signe(parts.method.as_str(), chemin, signature.instant_ms, &corps);
    signature.verifier(&poste.0.cle_requete(&etat.maitre)?, &texte)?;
    let requete = parts.uri.query().unwrap_or_default().to_owned();
    Ok(Signee { poste, entetes: parts.headers, corps, requete, signature, texte })
}

impl Signee {
    /// Refuses a device which is no longer in service.
    pub(crate) fn en_service(&self) -> Result<(), Ecart> {
        if self.poste.0.etat == EtatPoste::Actif { Ok(()) } else { Err(Ecart::RETIRE) }
    }

    /// The person present, proved by her session's key; the request must be fresh.
    pub(crate) async fn personne(&self, etat: &Etat, services: &Arc<Services>) -> Result<Stored<SessionGardee>, Ecart> {
        self.en_service()?;
        self.signature.fraiche(services.clock.now())?;
        let entete = self.entetes.get("terrain-session").and_then(|v| v.to_str().ok()).ok_or(Ecart::SESSION)?;
        let signature = SignatureSession::lire(entete)?;
        let session = services.store.get::<SessionGardee>(&Reach::All, signature.session).await?.ok_or(Ecart::SESSION)?;
        signature.verifier(&session.session.cle(&etat.maitre)?, &self.texte)?;
        let vivante = session.session.vivante(services.clock.now()) && session.session.poste == self.poste.0.id;
        if vivante { Ok(session) } else { Err(Ecart::SESSION) }
    }

    /// The body, as JSON.
    pub(crate) fn lu<T: DeserializeOwned>(&self) -> Result<T, Ecart> {
        serde_json::from_slice(&self.corps).map_err(|_| Ecart::ILLISIBLE)
    }
}
