//! Whom the demonstration grappe exchanges with, and its own mailboxes.

use serde::Deserialize;

/// A correspondent of the story.
#[derive(Debug, Clone, Deserialize)]
pub struct CorrespondantLu {
    /// Name.
    pub nom: String,
    /// Kind, a code of the directory.
    pub genre: String,
    /// Telephone.
    #[serde(default)]
    pub telephone: String,
    /// FINESS number and name of each place.
    #[serde(default)]
    pub sites: Vec<(String, String)>,
    /// Address, service, whether it receives DLU in an emergency.
    #[serde(default)]
    pub adresses: Vec<(String, String, bool)>,
}

/// A mailbox of a house of the story.
#[derive(Debug, Clone, Deserialize)]
pub struct MessagerieLue {
    /// Rank of the house.
    pub etablissement: usize,
    /// Address.
    pub adresse: String,
}

/// The directory of the story.
#[derive(Debug, Clone, Deserialize)]
pub struct Annuaire {
    /// Correspondents.
    pub correspondant: Vec<CorrespondantLu>,
    /// Mailboxes.
    pub messagerie: Vec<MessagerieLue>,
}

/// Reads the directory of the story.
///
/// # Errors
/// When the data file is not well formed.
pub fn annuaire() -> Result<Annuaire, toml::de::Error> {
    toml::from_str(include_str!("../data/correspondants.toml"))
}
