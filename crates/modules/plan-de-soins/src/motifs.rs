//! Reasons offered as chips: `referentiels/motifs.toml`. A code is kept with the fact; words may change.

pub use etablissements::Motif;

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
    Motif::de(famille)
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
