//! What an archive says of itself: each member with its hash, how many lines, one hash over all the data.

use ring::digest::{Context, SHA256, digest};
use serde::{Deserialize, Serialize};

use super::{DOSSIERS, INSTALLATION, LISEZMOI};

/// Version of the format, checked before anything is read.
pub(crate) const FORMAT: &str = "grappe-archive/1";

/// A member of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membre {
    /// Path in the archive.
    pub nom: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub octets: u64,
    /// Lines, or 1 for a document.
    pub elements: u64,
}

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifeste {
    /// [`FORMAT`].
    pub format: String,
    /// Version of the program which wrote it.
    pub grappe: String,
    /// When, RFC 3339.
    pub le: String,
    /// Hash over the members of data: equal for two archives of the same content, whatever the engine, the hour and the key.
    pub empreinte: String,
    /// Every member but this one, in their order.
    pub membres: Vec<Membre>,
}

/// Lower-case hexadecimal of a SHA-256.
pub(crate) fn sha256(octets: &[u8]) -> String {
    hexa(digest(&SHA256, octets).as_ref())
}

pub(crate) fn hexa(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |texte, octet| texte + &format!("{octet:02x}"))
}

impl Manifeste {
    /// The hash over the data: name and hash of each member, a line each, in order.
    pub(crate) fn calculer(membres: &[Membre]) -> String {
        let mut contexte = Context::new(&SHA256);
        for membre in membres.iter().filter(|membre| est_donnee(&membre.nom)) {
            contexte.update(format!("{} {}\n", membre.nom, membre.sha256).as_bytes());
        }
        hexa(contexte.finish().as_ref())
    }

    /// How many elements a folder holds.
    pub fn combien(&self, dossier: &str) -> u64 {
        let dedans = |membre: &&Membre| membre.nom.split('/').next() == Some(dossier);
        self.membres.iter().filter(dedans).map(|membre| membre.elements).sum()
    }
}

fn est_donnee(nom: &str) -> bool {
    let dossier = nom.split('/').next().unwrap_or_default();
    nom != LISEZMOI && dossier != INSTALLATION && DOSSIERS.iter().any(|(connu, _)| *connu == dossier)
}
