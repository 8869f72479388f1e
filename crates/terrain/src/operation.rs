//! The operation: an immutable event made on a tablet.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, PosteId, UsagerId};
use kernel::uuid::Uuid;
use ring::hmac;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Erreur, canonique};

/// Whether the hour of the act is that of the tap or was chosen by its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaitSource {
    /// Done when tapped.
    #[default]
    Maintenant,
    /// The author said when.
    Choisi,
}

/// An operation of the public contract. Unknown fields are ignored; those added later have a default, so that a tablet some
/// releases behind still empties.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Id made on the tablet (UUIDv7), the idempotency key.
    pub id: Uuid,
    /// What is done, `module.verb`: « soin.valider ».
    #[serde(rename = "type")]
    pub genre: String,
    /// Version of `donnees` for this type.
    #[serde(default = "un")]
    pub v: u32,
    /// The tablet.
    pub poste: PosteId,
    /// Number on this tablet.
    pub seq: u64,
    /// Operations which must be applied before this one.
    #[serde(default)]
    pub apres: Vec<Uuid>,
    /// Who did it.
    pub auteur: CompteId,
    /// Session of the author whose key made the proof.
    pub session: Uuid,
    /// Establishment of the tablet.
    pub etablissement: EtablissementId,
    /// The person accompanied shown on the screen, if any.
    #[serde(default)]
    pub resident: Option<UsagerId>,
    /// What is aimed at: planned act, operation corrected, task.
    #[serde(default)]
    pub cible: Option<String>,
    /// When it was done, by the tablet's clock.
    pub fait_a: Timestamp,
    /// Where that hour comes from.
    #[serde(default)]
    pub fait_source: FaitSource,
    /// When it was entered, by the tablet's clock.
    pub saisi_a: Timestamp,
    /// Tablet's clock minus server's, milliseconds, as last measured.
    #[serde(default)]
    pub horloge_decalage_ms: i64,
    /// The tablet noticed that its clock was moved.
    #[serde(default)]
    pub heure_a_confirmer: bool,
    /// Version of the record the author had under the eyes.
    #[serde(default)]
    pub vu_a_la_version: Option<String>,
    /// Made without network.
    #[serde(default)]
    pub hors_ligne: bool,
    /// What the type needs; quantities are decimal strings.
    #[serde(default)]
    pub donnees: Map<String, Value>,
    /// HMAC-SHA-256 of the canonical form without this field, base64url.
    pub preuve: String,
}

const fn un() -> u32 {
    1
}

/// Result of checking a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preuve {
    /// Made by the author's session.
    Valide,
    /// Not made by it.
    Invalide,
}

/// An operation with the exact text its proof covers, unknown fields included.
#[derive(Debug, Clone)]
pub struct OperationOuverte {
    /// The operation.
    pub operation: Operation,
    corps: String,
}

impl OperationOuverte {
    /// Reads the JSON found under a seal.
    pub fn lire(json: &[u8]) -> Result<Self, Erreur> {
        let mut valeur: Value = serde_json::from_slice(json).map_err(|_| Erreur::Illisible)?;
        let operation: Operation = Operation::deserialize(&valeur).map_err(|_| Erreur::Illisible)?;
        valeur.as_object_mut().ok_or(Erreur::Illisible)?.remove("preuve");
        Ok(Self { operation, corps: canonique(&valeur)? })
    }

    /// Checks the proof with the session's HMAC key, in constant time.
    pub fn verifier(&self, cle_session: &[u8]) -> Preuve {
        let cle = hmac::Key::new(hmac::HMAC_SHA256, cle_session);
        let Ok(mac) = B64.decode(&self.operation.preuve) else {
            return Preuve::Invalide;
        };
        match hmac::verify(&cle, self.corps.as_bytes(), &mac) {
            Ok(()) => Preuve::Valide,
            Err(_) => Preuve::Invalide,
        }
    }

    /// SHA-256 of the proved text, base64url: the same id with another digest is another content, hence a visible conflict.
    pub fn empreinte(&self) -> String {
        B64.encode(ring::digest::digest(&ring::digest::SHA256, self.corps.as_bytes()))
    }
}
