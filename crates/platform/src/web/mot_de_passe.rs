//! Passwords: argon2id, and brakes which never lock a nurse out.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::Timestamp;
use store::{Reach, Stored};
use tokio::sync::Semaphore;

use crate::acces::{CleProvisoire, Compte};
use crate::erreur::{Erreur, Resultat};
use crate::services::Services;

/// At most two hashes at once, so that sign-ins never starve the round (ASVS 15.2.2).
static ENSEMBLE: Semaphore = Semaphore::const_new(2);

/// OWASP password storage: m = 19 MiB, t = 2, p = 1.
fn argon() -> Resultat<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| Erreur::Panne(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A secret of 128 bits which may be dictated: 26 letters and digits, without those which look alike (Crockford's base 32).
///
/// # Errors
/// Only when the machine has no randomness.
pub fn hasard_lisible() -> Resultat<String> {
    let nombre = u128::from_be_bytes(hasard::<16>()?);
    let signe = |rang: u32| char::from(b"0123456789abcdefghjkmnpqrstvwxyz"[(nombre >> (rang * 5) & 31) as usize]);
    Ok((0..26).rev().map(signe).collect())
}

/// Unpredictable bytes, for secrets only.
///
/// # Errors
/// Only when the machine has no randomness.
pub fn hasard<const N: usize>() -> Resultat<[u8; N]> {
    let mut octets = [0; N];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut octets)
        .map_err(|_| Erreur::Panne("no randomness available".into()))?;
    Ok(octets)
}

/// Hashes a password as a PHC string.
///
/// # Errors
/// Only when the machine has no randomness.
pub fn hacher(mot_de_passe: &str) -> Resultat<String> {
    let hash = argon()?.hash_password(mot_de_passe.as_bytes()).map_err(|error| Erreur::Panne(error.to_string()))?;
    Ok(hash.to_string())
}

/// Hashes a password outside of the request's thread, at most two at once.
///
/// # Errors
/// Only when the machine has no randomness.
pub async fn hacher_a_part(mot_de_passe: String) -> Resultat<String> {
    let _permis = ENSEMBLE.acquire().await.map_err(|error| Erreur::Panne(error.to_string()))?;
    tokio::task::spawn_blocking(move || hacher(&mot_de_passe)).await.map_err(|error| Erreur::Panne(error.to_string()))?
}

/// The hash a sign-in is compared with: the person's own password, else the one-use password while it is worth something.
pub(crate) async fn attendu(services: &Services, compte: &Stored<Compte>, now: Timestamp) -> Resultat<Option<String>> {
    if !compte.mot_de_passe.is_empty() {
        return Ok(Some(compte.mot_de_passe.clone()));
    }
    let id = CleProvisoire::id(kernel::id::CompteId(compte.id));
    let cle: Option<Stored<CleProvisoire>> = services.store.get(&Reach::All, id).await?;
    Ok(cle.filter(|cle| cle.vaut(now)).map(|cle| cle.value.hache))
}

/// Checks a password; an unknown account costs the same time (no hint on which accounts exist).
pub(crate) async fn verifier(mot_de_passe: String, attendu: Option<String>) -> Resultat<bool> {
    /// Hash of a password nobody has.
    const PERSONNE: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2VsIGRlIHBlcnNvbm5l$7eoA7Xx1wUO6dUZqv0dDc0iC6Bz4l1vBNlZr9bT2mXk";
    let _permis = ENSEMBLE.acquire().await.map_err(|error| Erreur::Panne(error.to_string()))?;
    tokio::task::spawn_blocking(move || {
        let connu = attendu.is_some();
        let texte = attendu.unwrap_or_else(|| PERSONNE.to_owned());
        let Ok(hash) = PasswordHash::new(&texte) else { return Ok(false) };
        Ok(argon()?.verify_password(mot_de_passe.as_bytes(), &hash).is_ok() && connu)
    })
    .await
    .map_err(|error| Erreur::Panne(error.to_string()))?
}

/// Failed attempts of each login: the wait grows, and never exceeds half a minute.
#[derive(Debug, Default)]
pub struct Freins(Mutex<HashMap<String, (u32, Timestamp)>>);

impl Freins {
    /// Seconds to wait before the next attempt on this login.
    pub(crate) fn attente(&self, identifiant: &str, now: Timestamp) -> u64 {
        let map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((echecs, dernier)) = map.get(identifiant) else { return 0 };
        let delai = if *echecs < 4 { 0 } else { 1_u64 << (echecs - 3).min(5) }.min(30);
        let ecoule = u64::try_from(now.duration_since(*dernier).as_secs().max(0)).unwrap_or(0);
        delai.saturating_sub(ecoule)
    }

    pub(crate) fn echec(&self, identifiant: &str, now: Timestamp) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if map.len() > 10_000 {
            map.retain(|_, (_, dernier)| now.duration_since(*dernier).as_secs() < 3_600);
        }
        let etat = map.entry(identifiant.to_owned()).or_insert((0, now));
        *etat = (etat.0.saturating_add(1), now);
    }

    pub(crate) fn succes(&self, identifiant: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(identifiant);
    }
}
