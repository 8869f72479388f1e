//! The person's oppositions: they beat every professional right (INV-25).

use kernel::id::{CompteId, EtablissementId};
use serde::{Deserialize, Serialize};

use super::Categorie;

/// To whom the person is opposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CibleOpposition {
    /// Everybody of a profession.
    Profil(String),
    /// One professional.
    Compte(CompteId),
    /// Everybody of another establishment.
    Etablissement(EtablissementId),
}

/// The person does not want somebody to see some of the record (art. L.1110-4 CSP).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opposition {
    /// To whom.
    pub cible: CibleOpposition,
    /// Which families of data; empty: all of them.
    #[serde(default)]
    pub categories: Vec<Categorie>,
}

impl Opposition {
    /// True if it forbids this family of data to this role of this account.
    pub fn interdit(&self, categorie: Categorie, profil: &str, compte: CompteId, etablissement: Option<EtablissementId>) -> bool {
        let vise = match &self.cible {
            CibleOpposition::Profil(code) => code == profil,
            CibleOpposition::Compte(id) => *id == compte,
            CibleOpposition::Etablissement(id) => Some(*id) == etablissement,
        };
        vise && (self.categories.is_empty() || self.categories.contains(&categorie))
    }
}
