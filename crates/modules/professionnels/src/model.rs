//! A professional: who they are, what they practise, under which contracts. The login is [`platform::acces::Compte`].

use jiff::civil::Date;
use kernel::id::{EtablissementId, ProfessionnelId};
use kernel::numeros::{Rpps, Telephone};
use kernel::texte::Texte;
use serde::{Deserialize, Serialize};

/// How the person is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Civilite {
    /// Mme.
    Madame,
    /// M.
    Monsieur,
    /// Not said.
    #[default]
    Neutre,
}

/// The nature of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NatureContrat {
    /// Civil servant or open-ended contract.
    Permanent,
    /// Fixed term.
    Determine,
    /// Temporary work, replacement.
    Interim,
    /// Self-employed practice in the house.
    Liberal,
    /// Training period.
    Stage,
    /// Lent by another establishment.
    MiseADisposition,
}

impl NatureContrat {
    /// Every nature with its code and label.
    pub const TOUTES: [(Self, &'static str, &'static str); 6] = [
        (Self::Permanent, "permanent", "Titulaire ou CDI"),
        (Self::Determine, "determine", "CDD"),
        (Self::Interim, "interim", "Intérim ou remplacement"),
        (Self::Liberal, "liberal", "Exercice libéral"),
        (Self::Stage, "stage", "Stage"),
        (Self::MiseADisposition, "mise_a_disposition", "Mise à disposition"),
    ];

    /// Label on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUTES.iter().find(|(nature, ..)| *nature == self).map_or("", |(_, _, libelle)| libelle)
    }
}

/// Why a person works in an establishment, and until when: no contract, no account (INV-20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contrat {
    /// Where.
    pub etablissement: EtablissementId,
    /// Nature.
    pub nature: NatureContrat,
    /// First day.
    pub du: Date,
    /// Last day, included; `None`: until further notice.
    #[serde(default)]
    pub au: Option<Date>,
}

impl Contrat {
    /// True if the contract is in force on this day.
    pub fn en_cours(&self, jour: Date) -> bool {
        self.du <= jour && self.au.is_none_or(|au| jour <= au)
    }
}

/// A professional. The record belongs to the establishment which entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Professionnel {
    /// Its id, repeated for links.
    pub id: ProfessionnelId,
    /// The establishment which entered the person.
    pub etablissement: EtablissementId,
    /// How the person is addressed.
    #[serde(default)]
    pub civilite: Civilite,
    /// Family name.
    pub nom: Texte<80>,
    /// First name.
    pub prenom: Texte<60>,
    /// Profession: a code of the profiles.
    pub metier: String,
    /// National number of health professionals.
    #[serde(default)]
    pub rpps: Option<Rpps>,
    /// Work telephone.
    #[serde(default)]
    pub telephone: Option<Telephone>,
    /// Work e-mail.
    #[serde(default)]
    pub courriel: Option<String>,
    /// Contracts, oldest first.
    #[serde(default)]
    pub contrats: Vec<Contrat>,
}

impl Professionnel {
    /// « Sophie VIGNERAS ».
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom.as_str(), self.nom.as_str().to_uppercase())
    }

    /// True if a contract is in force on this day.
    pub fn sous_contrat(&self, jour: Date) -> bool {
        self.contrats.iter().any(|contrat| contrat.en_cours(jour))
    }
}

/// The login made from a name: `prenom.nom`, without accents; `rang` tells homonyms apart, from 2.
pub fn identifiant(prenom: &str, nom: &str, rang: u32) -> String {
    let partie = |texte: &str| -> String {
        let plie = kernel::texte::plier(texte).replace(['\'', ' '], "-");
        let garde: String = plie.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        garde.trim_matches('-').to_owned()
    };
    let base = format!("{}.{}", partie(prenom), partie(nom));
    if rang < 2 { base } else { format!("{base}{rang}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_have_no_accent_and_tell_homonyms_apart() {
        assert_eq!(identifiant("Zoé-Anne", "D'Hérouville", 1), "zoe-anne.d-herouville");
        assert_eq!(identifiant("Léa", "Le Goff", 3), "lea.le-goff3");
    }
}
