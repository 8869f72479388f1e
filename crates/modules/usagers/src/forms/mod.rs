//! Forms: typed values out of fields, French sentences when they cannot be read.

mod alertes;
mod entourage;
mod identite;
mod oppositions;
mod vie;

pub(crate) use alertes::{LIGNES_LIBRES, lire as lire_alertes, saisie as saisie_alertes};
pub(crate) use entourage::{lire_contact, lire_mesure, saisie_contact, saisie_mesure};
pub use identite::{NomsUtilises, lire_noms, lire_traits, nom_affiche, prenom_affiche};
pub(crate) use identite::{lire_ins, saisie as saisie_identite, saisie_datamatrix};
pub(crate) use oppositions::{CATEGORIES as CATEGORIES_OPPOSITION, lire as lire_opposition};
pub(crate) use vie::{lire as lire_vie, saisie as saisie_vie};

use platform::web::{Champs, Erreurs};

/// A short text of at most `max` characters, without control characters; blank is allowed.
pub(crate) fn court<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    let lu = kernel::texte::Texte::<N>::facultatif(champs.texte(nom));
    erreurs.garder(nom, lu).flatten().map(String::from).unwrap_or_default()
}

/// The lines of a text area, blank ones left out.
pub(crate) fn lignes<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> Vec<String> {
    court::<N>(champs, nom, erreurs).lines().map(str::trim).filter(|ligne| !ligne.is_empty()).map(str::to_owned).collect()
}
