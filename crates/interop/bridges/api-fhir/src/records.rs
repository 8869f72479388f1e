//! What the interface keeps: applications, the tokens they were given, what they published, what they follow.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId};
use kernel::numeros::Finess;
use kernel::texte::Texte;
use platform::acces::{Categorie, Referentiel};
use platform::store::{Entity, Place, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The list of the applications.
pub(crate) const LANE_APPLICATIONS: &str = "applications-api";
/// The list of what applications follow.
pub(crate) const LANE_ABONNEMENTS: &str = "abonnements-api";

/// The end of an application before its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retrait {
    /// When.
    pub le: Timestamp,
    /// Name of who withdrew it.
    pub par: String,
    /// Why.
    #[serde(default)]
    pub motif: String,
}

/// A partner's program which calls the API. Its login is an account of the gate, with a role in each establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its account: also its `client_id`.
    pub compte: CompteId,
    /// Name, as the journal shows it.
    pub nom: Texte<80>,
    /// Who answers for it.
    pub organisation: Texte<120>,
    /// FINESS of that organisation, if it has one.
    #[serde(default)]
    pub finess: Option<Finess>,
    /// Profile of the gate.
    pub profil: String,
    /// Public keys (JWK), one at least.
    pub cles: Vec<serde_json::Value>,
    /// Thumbprints (`x5t#S256`) of the certificates it shows; empty: none is asked (RFC 8705).
    #[serde(default)]
    pub certificats: Vec<String>,
    /// Scopes it may ask, separated by spaces.
    pub portees: String,
    /// Where it reads.
    pub etablissements: Vec<EtablissementId>,
    /// Hosts it may have notifications sent to (`host` or `host:port`).
    #[serde(default)]
    pub hotes: Vec<String>,
    /// From.
    pub du: Timestamp,
    /// Until, excluded.
    #[serde(default)]
    pub au: Option<Timestamp>,
    /// Name of who opened it.
    pub ouverte_par: String,
    /// Withdrawn.
    #[serde(default)]
    pub retrait: Option<Retrait>,
}

impl Application {
    /// The record's id for a `client_id`.
    pub fn id(compte: CompteId) -> Uuid {
        kernel::id::derived(compte.0, "application-api")
    }

    /// True if this certificate is one of its own, or if it has none to show.
    pub(crate) fn accepte(&self, certificat: Option<&str>) -> bool {
        self.certificats.is_empty() || certificat.is_some_and(|vu| self.certificats.iter().any(|connu| connu == vu))
    }

    /// True if it may call at this instant.
    pub fn ouverte(&self, now: Timestamp) -> bool {
        self.retrait.is_none() && self.du <= now && self.au.is_none_or(|au| now < au)
    }
}

impl Entity for Application {
    const KIND: &'static str = "application_api";

    fn scope(&self) -> Scope {
        let lieu = self.etablissements.first().map_or(Uuid::nil(), |id| id.0);
        Scope::of(lieu).at(self.du).lane(LANE_APPLICATIONS)
    }
}

/// An access token: five minutes, kept by its SHA-256 alone. It also holds the assertion it was given for, used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Jeton {
    pub(crate) compte: CompteId,
    pub(crate) lieu: Uuid,
    /// Scopes granted.
    pub(crate) portees: String,
    /// SHA-256 of the token, in hexadecimal.
    pub(crate) empreinte: String,
    /// SHA-256 of the `jti` of the assertion.
    pub(crate) jti: String,
    /// Thumbprint of the certificate it is bound to.
    #[serde(default)]
    pub(crate) certificat: Option<String>,
    pub(crate) expire_le: Timestamp,
}

impl Jeton {
    pub(crate) fn id(empreinte: &str) -> Uuid {
        kernel::id::derived(Uuid::nil(), &format!("jeton-api/{empreinte}"))
    }
}

impl Entity for Jeton {
    const KIND: &'static str = "jeton_api";

    fn scope(&self) -> Scope {
        Scope::of(self.lieu)
    }

    fn claims(&self) -> Vec<String> {
        vec![format!("jti/{}/{}", self.compte, self.jti)]
    }
}

/// What an application said of a document it published: the bytes are in the reception, this is all the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Who published.
    pub compte: CompteId,
    /// Where the reception stands.
    pub lieu: Uuid,
    /// The reception.
    pub reception: Uuid,
    /// When.
    pub le: Timestamp,
    /// The `DocumentReference` as it came, without the data.
    pub metadonnees: String,
}

impl Publication {
    /// The record's id for a reception.
    pub fn id(reception: Uuid) -> Uuid {
        kernel::id::derived(reception, "publication-api")
    }
}

impl Entity for Publication {
    const KIND: &'static str = "publication_api";

    fn scope(&self) -> Scope {
        Scope::of(self.lieu).at(self.le)
    }
}

/// What an application asked to be told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abonnement {
    /// Who.
    pub compte: CompteId,
    /// Where it reads first, for the record's scope.
    pub lieu: Uuid,
    /// Type of resource.
    pub genre: String,
    /// One person only.
    #[serde(default)]
    pub usager: Option<kernel::id::UsagerId>,
    /// Address called.
    pub adresse: String,
    /// Headers sent with it, as the application gave them.
    #[serde(default)]
    pub entetes: Vec<(String, String)>,
    /// Why, in its words.
    #[serde(default)]
    pub raison: String,
    /// Since.
    pub depuis: Timestamp,
    /// Until, excluded.
    #[serde(default)]
    pub fin: Option<Timestamp>,
    /// Calls which failed since the last which did not.
    #[serde(default)]
    pub echecs: u32,
    /// Sentence of the last failure.
    #[serde(default)]
    pub erreur: String,
    /// Ended: by the application, or after too many failures.
    #[serde(default)]
    pub ferme_le: Option<Timestamp>,
}

impl Entity for Abonnement {
    const KIND: &'static str = "abonnement_api";

    fn scope(&self) -> Scope {
        Scope::of(self.lieu).at(self.depuis).lane(LANE_ABONNEMENTS)
    }
}

/// How far the change feed was read for those who follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Suivi {
    pub(crate) place: Place,
}

impl Suivi {
    pub(crate) fn id() -> Uuid {
        kernel::id::derived(Uuid::nil(), "suivi-api")
    }
}

impl Entity for Suivi {
    const KIND: &'static str = "suivi_api";

    fn scope(&self) -> Scope {
        Scope::of(Uuid::nil())
    }
}

macro_rules! comptes {
    ($($kind:ty),+) => {$(
        impl Referentiel for $kind {
            const CATEGORIE: Categorie = Categorie::Comptes;
        }
    )+};
}
comptes!(Application, Jeton, Publication, Abonnement, Suivi);
