//! Why a request is not served: a status, an issue, a French sentence.

use axum::response::Response;
use fhir_r4::{Issue, IssueType, SearchError, outcome};
use http::{HeaderValue, StatusCode, header};
use platform::Erreur;
use platform::acces::MotifRefus;

use super::reponse;

/// A refusal, as the program reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ecart {
    status: StatusCode,
    issue: Issue,
}

impl Ecart {
    pub(crate) fn new(status: StatusCode, kind: IssueType, phrase: impl Into<String>) -> Self {
        Self { status, issue: Issue::error(kind, phrase) }
    }

    /// Unknown, elsewhere, or not shared: the same answer, so that it tells nothing.
    pub(crate) fn inconnu() -> Self {
        Self::new(StatusCode::NOT_FOUND, IssueType::NotFound, "Aucune ressource à cette adresse pour cette application.")
    }

    pub(crate) fn demande(phrase: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, IssueType::Value, phrase)
    }

    pub(crate) fn illisible(phrase: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, IssueType::Structure, phrase)
    }

    pub(crate) fn trop_long() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            IssueType::TooLong,
            "L'envoi est trop volumineux : 50 Mo au plus par document. Rien n'a été gardé.",
        )
    }

    pub(crate) fn jeton() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            IssueType::Login,
            "Le jeton d'accès est absent, expiré ou retiré. Demandez-en un autre à l'adresse « jeton ».",
        )
    }

    pub(crate) fn portee(genre: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            IssueType::Forbidden,
            format!("Les portées de ce jeton ne couvrent pas cette opération sur {genre}."),
        )
    }

    /// True when the answer says nothing is there.
    pub(crate) fn est_inconnu(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    pub(crate) fn reponse(&self) -> Response {
        let mut response = reponse::ressource(self.status, &outcome(std::slice::from_ref(&self.issue)));
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"fhir\""));
        }
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3600"));
        }
        response
    }
}

impl From<SearchError> for Ecart {
    fn from(erreur: SearchError) -> Self {
        match erreur {
            SearchError::TooLarge => Self::new(
                StatusCode::BAD_REQUEST,
                IssueType::TooLong,
                "La recherche est trop longue : 16 Ko, 40 paramètres et 50 valeurs par paramètre au plus.",
            ),
            SearchError::Encoding => {
                Self::illisible("La recherche n'est pas encodée en UTF-8 (pour cent suivi de deux chiffres).")
            }
        }
    }
}

impl From<Erreur> for Ecart {
    fn from(erreur: Erreur) -> Self {
        match erreur {
            Erreur::NonConnecte => Self::jeton(),
            Erreur::Refus(refus) => match refus.motif {
                MotifRefus::Profession | MotifRefus::Clos => Self::new(
                    StatusCode::FORBIDDEN,
                    IssueType::Forbidden,
                    "Le profil de cette application n'ouvre pas cette information.",
                ),
                MotifRefus::AConfirmer | MotifRefus::Freine => Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    IssueType::Throttled,
                    "Trop de dossiers ont été ouverts en une heure. Ceux déjà ouverts restent lisibles ; l'établissement est averti.",
                ),
                MotifRefus::Inconnu | MotifRefus::HorsUnite | MotifRefus::Opposition => Self::inconnu(),
            },
            Erreur::Introuvable | Erreur::SansEtablissement | Erreur::Fusionne { .. } => Self::inconnu(),
            Erreur::Demande(phrase) => Self::demande(phrase),
            Erreur::Conflit | Erreur::DejaPris(_) => Self::new(
                StatusCode::CONFLICT,
                IssueType::Conflict,
                "La même chose vient d'être écrite. Rien n'a été enregistré deux fois : relisez, puis recommencez.",
            ),
            Erreur::Patience(secondes) => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, IssueType::Throttled, format!("Recommencez dans {secondes} s."))
            }
            Erreur::Plein => Self::new(
                StatusCode::INSUFFICIENT_STORAGE,
                IssueType::Exception,
                "Le disque du serveur est plein : rien n'a été gardé. Renvoyez plus tard.",
            ),
            Erreur::Panne(raison) => {
                tracing::error!(%raison, "a request of the API failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    IssueType::Exception,
                    "Grappe n'a pas pu répondre. Ce qui était enregistré est gardé. Réessayez plus tard.",
                )
            }
        }
    }
}
