//! Reasons of movements, from the library shared by the grappe (`referentiels/motifs.toml`; F234).

use etablissements::Motif;

use crate::model::NatureMouvement;

/// Between the code of a reason and what was added by hand.
const SEPARATEUR: &str = " · ";

/// The families of reasons of a movement.
fn familles(nature: NatureMouvement) -> &'static [&'static str] {
    match nature {
        NatureMouvement::Preadmission | NatureMouvement::Admission => &["mouvement_entree"],
        NatureMouvement::ChangementChambre => &["changement_lit"],
        NatureMouvement::DepartAbsence | NatureMouvement::Hospitalisation => &["absence_sejour"],
        NatureMouvement::Sortie => &["mouvement_sortie"],
        NatureMouvement::RetourAbsence | NatureMouvement::RetourHospitalisation | NatureMouvement::Deces => &[],
    }
}

/// Reasons offered for a movement: code, label.
pub(crate) fn proposes(nature: NatureMouvement) -> Vec<(&'static str, &'static str)> {
    let familles = familles(nature);
    let hopital = |code: &str| code.contains("hospit") || code.contains("urgence");
    Motif::tous()
        .iter()
        .filter(|motif| familles.contains(&motif.famille.as_str()) && motif.code != "deces")
        .filter(|motif| motif.famille != "absence_sejour" || hopital(&motif.code) == (nature == NatureMouvement::Hospitalisation))
        .map(|motif| (motif.code.as_str(), motif.libelle.as_str()))
        .collect()
}

/// What is kept: the code, then what was added by hand.
pub(crate) fn composer(code: &str, precision: &str) -> String {
    [code, precision].into_iter().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(SEPARATEUR)
}

/// Words of the kept reason of a movement; a text which is no code is shown as it is. The same code may say an entry and an
/// exit: the words of the movement's own families come first.
pub(crate) fn libelle(nature: NatureMouvement, garde: &str) -> String {
    let (code, precision) = garde.split_once(SEPARATEUR).unwrap_or((garde, ""));
    let sien = |motif: &&Motif| familles(nature).contains(&motif.famille.as_str());
    let connus = || Motif::tous().iter().filter(|motif| motif.code == code);
    let mots = connus().find(sien).or_else(|| connus().next()).map_or(code, |motif| motif.libelle.as_str());
    composer(mots, precision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_movement_which_has_a_reason_offers_some_and_shows_them_back() {
        use NatureMouvement::{Admission, ChangementChambre, DepartAbsence, Hospitalisation, Sortie};
        for nature in [Admission, ChangementChambre, DepartAbsence, Hospitalisation, Sortie] {
            assert!(!proposes(nature).is_empty(), "{nature:?}");
        }
        assert!(
            proposes(Hospitalisation).iter().all(|(code, _)| !proposes(DepartAbsence).iter().any(|(autre, _)| autre == code))
        );
        assert_eq!(libelle(Hospitalisation, &composer("urgences", "chute")), "Passage aux urgences · chute");
        assert_eq!(libelle(Sortie, "mots libres"), "mots libres");
        assert_eq!(libelle(Sortie, ""), "");
        assert_ne!(libelle(Sortie, "transfert_grappe"), libelle(Admission, "transfert_grappe"), "one code, two ways");
    }
}
