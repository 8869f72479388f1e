//! Reasons offered as chips, one list for the grappe: `referentiels/motifs.toml`. A code is kept with the fact; words may change.

use std::sync::LazyLock;

use serde::Deserialize;

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Motif {
    /// Family: `refus_soin`, `bris_de_glace`, `lecture_dlu`, `mouvement_entree`… Its file begins by their list.
    pub famille: String,
    /// Stable key within the family, kept in records and in the journal.
    pub code: String,
    /// Words on the chip.
    pub libelle: String,
}

#[derive(Debug, Deserialize)]
struct Fichier {
    motif: Vec<Motif>,
}

static LUS: LazyLock<Vec<Motif>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../../referentiels/motifs.toml"))
        .map(|fichier| fichier.motif)
        .unwrap_or_default()
});

impl Motif {
    /// Every reason, in the order of the file.
    pub fn tous() -> &'static [Self] {
        &LUS
    }

    /// Reasons of a family, in the order of the file.
    pub fn de(famille: &str) -> impl Iterator<Item = &'static Self> {
        LUS.iter().filter(move |motif| motif.famille == famille)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_is_read_and_a_code_is_one_in_its_family() {
        assert!(Motif::tous().len() > 50);
        let cles: BTreeSet<(&str, &str)> =
            Motif::tous().iter().map(|motif| (motif.famille.as_str(), motif.code.as_str())).collect();
        assert_eq!(cles.len(), Motif::tous().len());
        assert!(Motif::de("bris_de_glace").count() >= 5 && Motif::de("lecture_dlu").count() >= 5);
        assert_eq!(Motif::de("inconnue").count(), 0);
    }
}
