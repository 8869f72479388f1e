//! A correspondent: a hospital with its sites, a laboratory, a physician; its secure addresses.

use kernel::id::EtablissementId;
use serde::{Deserialize, Serialize};

/// Kinds of correspondents: code, words.
pub const GENRES: [(&str, &str); 8] = [
    ("hopital", "Hôpital ou groupement"),
    ("samu", "SAMU, SAS"),
    ("medecin", "Médecin"),
    ("laboratoire", "Laboratoire"),
    ("imagerie", "Imagerie"),
    ("pharmacie", "Pharmacie"),
    ("etablissement", "Établissement ou service médico-social"),
    ("autre", "Autre"),
];

/// A place of a correspondent: a hospital group has several, and is one correspondent (F007).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// FINESS number, nine characters.
    pub finess: String,
    /// Name.
    #[serde(default)]
    pub nom: String,
}

/// A secure mailbox of a correspondent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adresse {
    /// The address.
    pub adresse: String,
    /// Service it reaches: « urgences », « secrétariat de gériatrie ».
    #[serde(default)]
    pub service: String,
    /// True if a DLU is sent there in an emergency.
    #[serde(default)]
    pub urgences: bool,
}

/// Who documents are exchanged with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correspondant {
    /// Name.
    pub nom: String,
    /// A code of [`GENRES`].
    pub genre: String,
    /// Its places.
    #[serde(default)]
    pub sites: Vec<Site>,
    /// Its mailboxes.
    #[serde(default)]
    pub adresses: Vec<Adresse>,
    /// Telephone, as it is dialled.
    #[serde(default)]
    pub telephone: String,
    /// RPPS number of a professional.
    #[serde(default)]
    pub rpps: String,
    /// The houses it serves; all of the grappe when none is named.
    #[serde(default)]
    pub etablissements: Vec<EtablissementId>,
    /// False once nothing is sent to it any more; it stays readable.
    pub actif: bool,
}

impl Correspondant {
    /// Its kind in words.
    pub fn genre_libelle(&self) -> &str {
        GENRES.iter().find(|(code, _)| *code == self.genre).map_or("Autre", |(_, mots)| mots)
    }

    /// True if it serves this house.
    pub fn sert(&self, etablissement: EtablissementId) -> bool {
        self.actif && (self.etablissements.is_empty() || self.etablissements.contains(&etablissement))
    }

    /// « CHU d'essai, urgences ».
    pub fn nom_de(&self, adresse: &Adresse) -> String {
        if adresse.service.is_empty() { self.nom.clone() } else { format!("{}, {}", self.nom, adresse.service) }
    }
}
