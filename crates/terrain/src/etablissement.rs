//! Key pairs of an establishment: tablets seal to the current one, former ones still open what comes late.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use jiff::{SignedDuration, Timestamp};
use p256::elliptic_curve::sec1::ToSec1Point;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};

use crate::sceau::tirer;
use crate::{CleMaitre, Erreur, Protege};

/// Age at which the current key is replaced (days).
pub const ROTATION_JOURS: i64 = 30;
/// How long a replaced private key is kept (days): a tablet found under a mattress still empties.
pub const GARDE_JOURS: i64 = 90;

/// What a tablet needs to seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClePublique {
    /// Name of the key.
    pub kid: String,
    /// Uncompressed P-256 point, base64url.
    pub point: String,
}

/// One key pair; the private half is protected by the master key.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct PaireGardee {
    #[serde(flatten)]
    publique: ClePublique,
    privee: Protege,
    creee_a: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remplacee_a: Option<Timestamp>,
}

/// The key pairs of one establishment, newest last. Serialisable as it is: nothing in it is readable without the master key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ClesEtablissement {
    paires: Vec<PaireGardee>,
}

/// An opened private key with the public point tablets seal to. In memory only.
pub struct ClePrivee {
    pub(crate) secret: p256::SecretKey,
    pub(crate) point: Vec<u8>,
}

impl core::fmt::Debug for ClePrivee {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ClePrivee(…)")
    }
}

impl ClePrivee {
    /// Reads a private key from its 32 bytes, big-endian.
    pub fn lire(octets: &[u8]) -> Result<Self, Erreur> {
        let secret = p256::SecretKey::from_slice(octets).map_err(|_| Erreur::Primitive)?;
        let point = secret.public_key().to_sec1_point(false).as_bytes().to_vec();
        Ok(Self { secret, point })
    }
}

impl ClesEtablissement {
    /// The key tablets must use, if one was ever made.
    pub fn courante(&self) -> Option<&ClePublique> {
        self.paires.last().map(|paire| &paire.publique)
    }

    /// True when there is no key or the current one is older than [`ROTATION_JOURS`].
    pub fn a_tourner(&self, maintenant: Timestamp) -> bool {
        let age = SignedDuration::from_hours(24 * ROTATION_JOURS);
        self.paires.last().is_none_or(|paire| maintenant.duration_since(paire.creee_a) >= age)
    }

    /// Makes a new current key and forgets the private keys replaced more than [`GARDE_JOURS`] days ago.
    pub fn tourner(&mut self, maintenant: Timestamp, maitre: &CleMaitre, hasard: &dyn SecureRandom) -> Result<(), Erreur> {
        let (octets, privee) = paire(hasard)?;
        let point = B64.encode(&privee.point);
        let empreinte = ring::digest::digest(&ring::digest::SHA256, &privee.point);
        let kid = B64.encode(empreinte.as_ref().get(..9).unwrap_or_default());
        let garde = maitre.proteger(&octets, &usage(&kid), hasard)?;
        if let Some(ancienne) = self.paires.last_mut() {
            ancienne.remplacee_a = Some(maintenant);
        }
        let publique = ClePublique { kid, point };
        self.paires.push(PaireGardee { publique, privee: garde, creee_a: maintenant, remplacee_a: None });
        let garde = SignedDuration::from_hours(24 * GARDE_JOURS);
        self.paires.retain(|p| p.remplacee_a.is_none_or(|a| maintenant.duration_since(a) < garde));
        Ok(())
    }

    /// Opens the private key named `kid`; [`Erreur::CleInconnue`] when it is not held any more.
    pub fn privee(&self, kid: &str, maitre: &CleMaitre) -> Result<ClePrivee, Erreur> {
        let paire = self.paires.iter().find(|p| p.publique.kid == kid).ok_or(Erreur::CleInconnue)?;
        ClePrivee::lire(&maitre.ouvrir(&paire.privee, &usage(kid))?)
    }
}

fn usage(kid: &str) -> String {
    format!("terrain|etablissement|{kid}")
}

fn paire(hasard: &dyn SecureRandom) -> Result<([u8; 32], ClePrivee), Erreur> {
    // A draw is outside the group once in 2^32: four tries failing means the source of randomness is broken.
    for _ in 0..4 {
        let octets = tirer(hasard)?;
        if let Ok(privee) = ClePrivee::lire(&octets) {
            return Ok((octets, privee));
        }
    }
    Err(Erreur::Primitive)
}
