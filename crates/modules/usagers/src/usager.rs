//! What everybody in the house may know of a person: name, civility, photo.

use kernel::id::{EtablissementId, UsagerId};
use kernel::texte::Texte;
use platform::store::BlobId;
use serde::{Deserialize, Serialize};

/// How the person is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Civilite {
    /// Mme.
    Madame,
    /// M.
    Monsieur,
    /// Not said.
    Neutre,
}

impl Civilite {
    /// Every civility with its code and label.
    pub const TOUTES: [(Self, &'static str, &'static str); 3] =
        [(Self::Madame, "madame", "Madame"), (Self::Monsieur, "monsieur", "Monsieur"), (Self::Neutre, "neutre", "Non précisée")];

    /// Its code in forms.
    pub fn code(self) -> &'static str {
        Self::TOUTES.iter().find(|(civilite, ..)| *civilite == self).map_or("neutre", |(_, code, _)| code)
    }

    /// Reads a code; the one which suits the sex when nothing was chosen.
    pub fn lire(code: &str, sexe: kernel::ins::Sexe) -> Self {
        let choisie = Self::TOUTES.iter().find(|(_, connu, _)| *connu == code).map(|(civilite, ..)| *civilite);
        choisie.unwrap_or(match sexe {
            kernel::ins::Sexe::Feminin => Self::Madame,
            kernel::ins::Sexe::Masculin => Self::Monsieur,
            kernel::ins::Sexe::Indetermine => Self::Neutre,
        })
    }

    /// « Mme », « M. » or nothing.
    pub fn courte(self) -> &'static str {
        match self {
            Self::Madame => "Mme",
            Self::Monsieur => "M.",
            Self::Neutre => "",
        }
    }
}

/// A person accompanied, as everybody in the house knows them. One record a person and establishment (F241).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usager {
    /// Its id, repeated so that the record knows its own scope.
    pub id: UsagerId,
    /// The establishment which holds the record.
    pub etablissement: EtablissementId,
    /// Name used on screens: the used name, else the birth name.
    pub nom: Texte<120>,
    /// First name used.
    pub prenom: Texte<80>,
    /// How the person is addressed.
    pub civilite: Civilite,
    /// Photo, when the person agreed to one.
    #[serde(default)]
    pub photo: Option<BlobId>,
    /// Another person of the house bears the same name or the same sound.
    #[serde(default)]
    pub homonymes: Vec<UsagerId>,
    /// The record was merged into this one: reading goes there.
    #[serde(default)]
    pub fusionne_dans: Option<UsagerId>,
}

impl Usager {
    /// « BRUMELLE, Marguerite (Mme) ».
    pub fn nom_complet(&self) -> String {
        let nom = self.nom.as_str().to_uppercase();
        match self.civilite.courte() {
            "" => format!("{nom}, {}", self.prenom.as_str()),
            courte => format!("{nom}, {} ({courte})", self.prenom.as_str()),
        }
    }

    /// « Mme BRUMELLE », for sentences.
    pub fn nom_parle(&self) -> String {
        format!("{} {}", self.civilite.courte(), self.nom.as_str().to_uppercase()).trim().to_owned()
    }

    /// Key which sorts persons by name.
    pub fn cle_tri(&self) -> String {
        kernel::texte::cle_tri(&format!("{} {}", self.nom.as_str(), self.prenom.as_str()))
    }
}
