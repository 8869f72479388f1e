//! Profiles: what each profession may read and write, as data shared by the grappe.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Categorie, Verbe};

/// How far a profile reaches within its establishment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Portee {
    /// The units of the habilitation; all of them when it names none.
    Unite,
    /// The whole establishment.
    Etablissement,
    /// No record of a person at all (administrators of the platform: INV-24).
    AucunDossier,
    /// The DLU of a person for whom a reading was granted, for a few hours; no list, no house (F017).
    LectureAccordee,
}

impl Portee {
    /// True for those who work in a house: its lists, its records.
    pub fn est_d_une_maison(self) -> bool {
        matches!(self, Self::Unite | Self::Etablissement)
    }
}

/// What a profession may do by default.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profil {
    /// Label on screens.
    pub libelle: String,
    /// Short form on chips (AS, IDE…).
    pub court: String,
    /// Health professional: may break the glass (art. L.1110-4 CSP, INV-21).
    #[serde(default)]
    pub sante: bool,
    /// Reach.
    pub portee: Portee,
    /// Distinct records opened in an hour without question, when it differs from what the reach gives (INV-26).
    #[serde(default)]
    pub dossiers_par_heure: Option<usize>,
    /// Categories read.
    #[serde(default)]
    pub lire: Vec<Categorie>,
    /// Categories written; what is written is read as well.
    #[serde(default)]
    pub ecrire: Vec<Categorie>,
}

/// A unit and a half, all read in an hour.
const PAR_UNITE: usize = 60;
/// A regulator on duty opens a few DLU an hour.
const PAR_LECTEUR: usize = 20;
/// Two records a minute for an hour.
const PAR_ETABLISSEMENT: usize = 120;

impl Profil {
    /// Distinct records the profession opens in an hour without question (INV-26).
    pub fn dossiers_par_heure(&self) -> usize {
        self.dossiers_par_heure.unwrap_or(match self.portee {
            Portee::Unite => PAR_UNITE,
            Portee::Etablissement => PAR_ETABLISSEMENT,
            Portee::AucunDossier => 0,
            Portee::LectureAccordee => PAR_LECTEUR,
        })
    }

    /// True if the profession may do this on this family of data.
    pub fn permet(&self, categorie: Categorie, verbe: Verbe) -> bool {
        match verbe {
            Verbe::Lire => self.lire.contains(&categorie) || self.ecrire.contains(&categorie),
            Verbe::Ecrire => self.ecrire.contains(&categorie),
        }
    }
}

/// Every profile, by code.
#[derive(Debug, Clone)]
pub struct Profils(BTreeMap<String, Profil>);

impl Profils {
    /// Reads profiles from TOML.
    ///
    /// # Errors
    /// A sentence naming the faulty profile.
    pub fn lire(toml: &str) -> Result<Self, String> {
        let profils: BTreeMap<String, Profil> = toml::from_str(toml).map_err(|error| error.to_string())?;
        for (code, profil) in &profils {
            let sante = profil.lire.iter().chain(&profil.ecrire).any(|categorie| categorie.est_sante());
            if sante && !profil.sante {
                return Err(format!("le profil {code} n'est pas soignant : il ne peut pas lire de données de santé"));
            }
            if profil.portee == Portee::AucunDossier && (sante || profil.permet(Categorie::Identite, Verbe::Lire)) {
                return Err(format!("le profil {code} n'accède à aucun dossier : il ne peut pas lire de données de personnes"));
            }
        }
        Ok(Self(profils))
    }

    /// The profiles delivered with the product.
    pub fn livres() -> Self {
        Self::lire(include_str!("../../data/profils.toml")).unwrap_or_else(|_| Self(BTreeMap::new()))
    }

    /// A profile by its code.
    pub fn get(&self, code: &str) -> Option<&Profil> {
        self.0.get(code)
    }

    /// Every profile with its code, in the order of codes.
    pub fn tous(&self) -> impl Iterator<Item = (&str, &Profil)> {
        self.0.iter().map(|(code, profil)| (code.as_str(), profil))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delivered_profiles_are_readable_and_never_give_health_data_to_others() {
        assert!(Profils::lire(include_str!("../../data/profils.toml")).unwrap().tous().count() >= 30);
        let ash = "[ash]\nlibelle='ASH'\ncourt='ASH'\nportee='unite'\nlire=['constantes']\n";
        assert!(Profils::lire(ash).is_err());
    }
}
