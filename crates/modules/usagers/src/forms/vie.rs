//! Habits and what matters to the person.

use platform::web::{Champs, Erreurs};

use super::{court, lignes};
use crate::ContenuVie;

/// Reads the form.
pub(crate) fn lire(champs: &Champs) -> Result<ContenuVie, Erreurs> {
    let mut erreurs = Erreurs::default();
    let contenu = ContenuVie {
        parole: court::<1000>(champs, "parole", &mut erreurs),
        habitudes: lignes::<4000>(champs, "habitudes", &mut erreurs),
        histoire: court::<4000>(champs, "histoire", &mut erreurs),
        a_savoir: lignes::<2000>(champs, "a_savoir", &mut erreurs),
    };
    if erreurs.aucune() { Ok(contenu) } else { Err(erreurs) }
}

/// The fields as they stand.
pub(crate) fn saisie(contenu: Option<&ContenuVie>, version: i64) -> Champs {
    let vide = ContenuVie::default();
    let contenu = contenu.unwrap_or(&vide);
    Champs::depuis(&[
        ("version", &version.to_string()),
        ("parole", &contenu.parole),
        ("habitudes", &contenu.habitudes.join("\n")),
        ("histoire", &contenu.histoire),
        ("a_savoir", &contenu.a_savoir.join("\n")),
    ])
}
