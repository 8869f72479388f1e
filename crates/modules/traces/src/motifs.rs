//! Reasons of breaking the glass, from the shared list of reasons.

pub use etablissements::Motif;

/// Every reason of breaking the glass, in the order of the file.
pub fn motifs() -> impl Iterator<Item = &'static Motif> {
    Motif::de("bris_de_glace")
}

/// The label of a reason; the code itself when it is no longer in the list.
pub fn libelle(code: &str) -> &str {
    motifs().chain(Motif::de("lecture_dlu")).find(|motif| motif.code == code).map_or(code, |motif| motif.libelle.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reasons_are_read_from_the_shared_list() {
        assert!(motifs().count() >= 5);
        assert_eq!(libelle("urgence_vitale"), "Urgence vitale");
        assert_eq!(libelle("fatigue"), "fatigue", "reasons of other families are not offered");
    }
}
