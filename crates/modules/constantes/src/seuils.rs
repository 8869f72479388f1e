//! The thresholds in force for a person: the person's own, else the house's, else the file's.

use kernel::decimal::Decimal;

use crate::model::{Bornes, BornesParType, Seuils, SeuilsMaison};
use crate::referentiel::Grandeur;

/// Where a threshold comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// The file shipped with the product.
    Fichier,
    /// The establishment.
    Maison,
    /// The person.
    Personne,
}

/// The thresholds in force for a person.
#[derive(Debug, Clone, Default)]
pub struct SeuilsEnVigueur {
    maison: BornesParType,
    personne: BornesParType,
    decide_par: String,
    motif: String,
}

impl SeuilsEnVigueur {
    /// Combines the settings; absent ones leave the next level in force.
    pub fn new(maison: Option<&SeuilsMaison>, personne: Option<&Seuils>) -> Self {
        Self {
            maison: maison.map(|seuils| seuils.bornes.clone()).unwrap_or_default(),
            personne: personne.map(|seuils| seuils.bornes.clone()).unwrap_or_default(),
            decide_par: personne.map(|seuils| seuils.auteur_nom.clone()).unwrap_or_default(),
            motif: personne.map(|seuils| seuils.motif.clone()).unwrap_or_default(),
        }
    }

    /// The bounds of a quantity and where they come from.
    pub fn bornes(&self, grandeur: &Grandeur) -> (Bornes, Provenance) {
        if let Some(bornes) = self.personne.get(&grandeur.code) {
            return (*bornes, Provenance::Personne);
        }
        if let Some(bornes) = self.maison.get(&grandeur.code) {
            return (*bornes, Provenance::Maison);
        }
        (grandeur.bornes(), Provenance::Fichier)
    }

    /// True if the value is out of the bounds in force.
    pub fn depasse(&self, grandeur: &Grandeur, valeur: Decimal) -> bool {
        self.bornes(grandeur).0.depasse(valeur)
    }

    /// Why the threshold stands, in words.
    pub fn source(&self, provenance: Provenance) -> String {
        match provenance {
            Provenance::Fichier => "Seuil par défaut de l'établissement.".to_owned(),
            Provenance::Maison => "Seuil choisi par l'établissement.".to_owned(),
            Provenance::Personne if self.motif.is_empty() => format!("Seuil fixé pour cette personne par {}.", self.decide_par),
            Provenance::Personne => format!("Seuil fixé pour cette personne par {} : {}.", self.decide_par, self.motif),
        }
    }
}
