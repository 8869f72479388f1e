//! Reasons offered as chips: `referentiels/motifs.toml`. A code is kept with the fact; words may change.

use std::sync::LazyLock;

use serde::Deserialize;

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Motif {
    /// Family: `refus_soin`, `absence_soin`, `report`, `fait_partiellement`, `non_necessaire`, `correction`…
    pub famille: String,
    /// Stable key within the family.
    pub code: String,
    /// Words on the chip.
    pub libelle: String,
}

#[derive(Deserialize)]
struct Fichier {
    motif: Vec<Motif>,
}

static MOTIFS: LazyLock<Vec<Motif>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../../referentiels/motifs.toml"))
        .map(|fichier| fichier.motif)
        .unwrap_or_default()
});

/// The family of reasons of an outcome; `None` for « fait ».
pub(crate) fn famille(issue: &str) -> Option<&'static str> {
    match issue {
        "fait_en_partie" => Some("fait_partiellement"),
        "refuse" => Some("refus_soin"),
        "absent" => Some("absence_soin"),
        "reporte" => Some("report"),
        "non_necessaire" => Some("non_necessaire"),
        _ => None,
    }
}

/// Reasons of a family, in the order of the file.
pub fn motifs(famille: &str) -> impl Iterator<Item = &'static Motif> {
    MOTIFS.iter().filter(move |motif| motif.famille == famille)
}

/// Words of a reason; the code itself when it is unknown (a free reason).
pub fn libelle<'a>(issue: &str, code: &'a str) -> &'a str {
    let famille = famille(issue).unwrap_or("correction");
    motifs(famille).find(|motif| motif.code == code).map_or(code, |motif| motif.libelle.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::Issue;

    #[test]
    fn every_outcome_but_done_offers_reasons() {
        for code in Issue::CODES {
            let nombre = famille(code).map_or(0, |famille| motifs(famille).count());
            assert_eq!(nombre > 0, code != "fait", "{code}");
        }
    }
}
