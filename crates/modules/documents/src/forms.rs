//! From forms to documents.

use jiff::civil::Date;
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};

use crate::types::TypeDocument;

/// What is said of the files put in a record.
#[derive(Debug, Clone)]
pub(crate) struct DepotLu {
    /// Title; empty: the name of each file.
    pub(crate) titre: String,
    /// Kind.
    pub(crate) type_code: String,
    /// The day it is about; absent: today, or what a clinical document says.
    pub(crate) date: Option<Date>,
    /// Who wrote it.
    pub(crate) auteur: String,
}

fn texte<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    let brut = champs.texte(nom);
    if brut.is_empty() {
        return String::new();
    }
    erreurs.garder(nom, Texte::<N>::new(brut)).map(|texte| texte.as_str().to_owned()).unwrap_or_default()
}

/// Reads the description of files; `aujourd_hui` bounds the date.
pub(crate) fn lire_depot(champs: &Champs, aujourd_hui: Date) -> Result<DepotLu, Erreurs> {
    let mut erreurs = Erreurs::default();
    let titre = texte::<160>(champs, "titre", &mut erreurs);
    let auteur = texte::<160>(champs, "auteur", &mut erreurs);
    let type_code = champs.texte("type").to_owned();
    erreurs.exiger("type", TypeDocument::get(&type_code).is_some(), "Choisissez le type du document.");
    let date = match champs.texte("date") {
        "" => None,
        brut => erreurs.garder("date", kernel::dates::lire_date(brut)),
    };
    erreurs.exiger("date", date.is_none_or(|date| date <= aujourd_hui), "La date du document est dans le futur. Vérifiez-la.");
    if erreurs.aucune() { Ok(DepotLu { titre, type_code, date, auteur }) } else { Err(erreurs) }
}

/// A reason: required.
pub(crate) fn lire_motif(champs: &Champs, phrase: &str) -> Result<String, Erreurs> {
    let mut erreurs = Erreurs::default();
    let motif = texte::<300>(champs, "motif", &mut erreurs);
    if erreurs.aucune() {
        erreurs.exiger("motif", motif.chars().count() >= 3, phrase);
    }
    if erreurs.aucune() { Ok(motif) } else { Err(erreurs) }
}
