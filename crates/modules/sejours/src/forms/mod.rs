//! Forms: typed values out of fields, French sentences when they cannot be read.

mod admission;
mod creation;
mod mouvement;

pub(crate) use admission::{DemandeLue, lire as lire_demande};
pub(crate) use creation::lire_recherche;
pub(crate) use mouvement::{Geste, instant, lire as lire_mouvement, saisie as saisie_mouvement};

use platform::web::{Champs, Erreurs};

/// A short text of at most `N` characters, without control characters; blank is allowed.
pub(crate) fn court<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    let lu = kernel::texte::Texte::<N>::facultatif(champs.texte(nom));
    erreurs.garder(nom, lu).flatten().map(String::from).unwrap_or_default()
}
