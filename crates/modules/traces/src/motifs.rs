//! Reasons of breaking the glass, from the shared list of reasons.

use std::sync::LazyLock;

use serde::Deserialize;

/// A reason.
#[derive(Debug, Clone, Deserialize)]
pub struct Motif {
    famille: String,
    /// Stable code, kept in records and in the journal.
    pub code: String,
    /// Label on screens.
    pub libelle: String,
}

#[derive(Debug, Deserialize)]
struct Fichier {
    motif: Vec<Motif>,
}

fn famille(nom: &str) -> Vec<Motif> {
    let lus = toml::from_str::<Fichier>(include_str!("../../../../referentiels/motifs.toml")).map(|fichier| fichier.motif);
    lus.unwrap_or_default().into_iter().filter(|motif| motif.famille == nom).collect()
}

static LUS: LazyLock<Vec<Motif>> = LazyLock::new(|| famille("bris_de_glace"));
static LECTURES: LazyLock<Vec<Motif>> = LazyLock::new(|| famille("lecture_dlu"));

/// Every reason of breaking the glass, in the order of the file.
pub fn motifs() -> &'static [Motif] {
    &LUS
}

/// The label of a reason; the code itself when it is no longer in the list.
pub fn libelle(code: &str) -> &str {
    LUS.iter().chain(LECTURES.iter()).find(|motif| motif.code == code).map_or(code, |motif| motif.libelle.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reasons_are_read_from_the_shared_list() {
        assert!(motifs().len() >= 5);
        assert_eq!(libelle("urgence_vitale"), "Urgence vitale");
        assert_eq!(libelle("fatigue"), "fatigue", "reasons of other families are not offered");
    }
}
