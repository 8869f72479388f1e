//! Signature of a tablet's requests: by the device always, by the person when her keys are open.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use jiff::Timestamp;
use kernel::id::PosteId;
use kernel::uuid::Uuid;
use ring::{digest, hmac};

use crate::Erreur;

/// A signature opens something (a session, a snapshot) only this close to the server's hour (seconds). Sending operations has no
/// such limit: a tablet whose clock is wrong must still empty, and a replayed batch is harmless.
pub const FRAICHEUR_S: i64 = 300;

/// The text signed: `METHOD\npath?query\ninstant\nhex(sha256(body))`.
pub fn texte_signe(methode: &str, chemin: &str, instant_ms: i64, corps: &[u8]) -> String {
    use core::fmt::Write as _;
    let mut texte = format!("{methode}\n{chemin}\n{instant_ms}\n");
    for octet in digest::digest(&digest::SHA256, corps).as_ref() {
        // Writing to a String cannot fail.
        let _ = write!(texte, "{octet:02x}");
    }
    texte
}

/// The `Authorization: Terrain poste=…,instant=…,mac=…` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignaturePoste {
    /// The device.
    pub poste: PosteId,
    /// The server's hour as the device knows it, milliseconds since 1970.
    pub instant_ms: i64,
    mac: Vec<u8>,
}

impl SignaturePoste {
    /// Reads the header.
    pub fn lire(entete: &str) -> Result<Self, Erreur> {
        let champs = entete.strip_prefix("Terrain ").ok_or(Erreur::SignatureInvalide)?;
        Ok(Self {
            poste: champ(champs, "poste")?.parse().map_err(|_| Erreur::SignatureInvalide)?,
            instant_ms: champ(champs, "instant")?.parse().map_err(|_| Erreur::SignatureInvalide)?,
            mac: B64.decode(champ(champs, "mac")?).map_err(|_| Erreur::SignatureInvalide)?,
        })
    }

    /// Checks the signature with the device's key.
    pub fn verifier(&self, cle: &[u8], texte: &str) -> Result<(), Erreur> {
        verifier(cle, texte, &self.mac)
    }

    /// Refuses a signature too far from `maintenant` to open anything.
    pub fn fraiche(&self, maintenant: Timestamp) -> Result<(), Erreur> {
        let ecart = maintenant.as_millisecond().abs_diff(self.instant_ms);
        if ecart <= FRAICHEUR_S.unsigned_abs() * 1000 { Ok(()) } else { Err(Erreur::Perimee) }
    }
}

/// The `Terrain-Session: session=…,mac=…` header: the same text, signed with the session's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureSession {
    /// The session.
    pub session: Uuid,
    mac: Vec<u8>,
}

impl SignatureSession {
    /// Reads the header.
    pub fn lire(entete: &str) -> Result<Self, Erreur> {
        Ok(Self {
            session: champ(entete, "session")?.parse().map_err(|_| Erreur::SignatureInvalide)?,
            mac: B64.decode(champ(entete, "mac")?).map_err(|_| Erreur::SignatureInvalide)?,
        })
    }

    /// Checks the signature with the session's key.
    pub fn verifier(&self, cle: &[u8], texte: &str) -> Result<(), Erreur> {
        verifier(cle, texte, &self.mac)
    }
}

fn champ<'a>(champs: &'a str, nom: &str) -> Result<&'a str, Erreur> {
    champs
        .split(',')
        .filter_map(|partie| partie.trim().split_once('='))
        .find_map(|(cle, valeur)| (cle == nom).then_some(valeur))
        .ok_or(Erreur::SignatureInvalide)
}

fn verifier(cle: &[u8], texte: &str, mac: &[u8]) -> Result<(), Erreur> {
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, cle), texte.as_bytes(), mac).map_err(|_| Erreur::SignatureInvalide)
}
