//! Why a reader of another organisation opens a DLU, from the shared list of reasons.

use std::sync::LazyLock;

use etablissements::Motif;

static LUS: LazyLock<Vec<(String, String)>> =
    LazyLock::new(|| Motif::de("lecture_dlu").map(|motif| (motif.code.clone(), motif.libelle.clone())).collect());

/// The motive which says nothing by itself: words are asked with it.
pub(crate) const AUTRE: &str = "autre_prise_en_charge";

/// Every motive, in the order of the file: code, words.
pub fn motifs() -> &'static [(String, String)] {
    &LUS
}

/// The words of a motive; the code itself when it is no longer in the list.
pub fn libelle(code: &str) -> &str {
    LUS.iter().find(|(connu, _)| connu == code).map_or(code, |(_, libelle)| libelle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_motives_are_read_from_the_shared_list() {
        assert!(motifs().len() >= 5 && motifs().iter().any(|(code, _)| code == AUTRE));
        assert_eq!(libelle("regulation"), "Régulation d'un appel au 15");
    }
}
