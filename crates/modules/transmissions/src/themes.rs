//! Themes of transmissions and the lexicon which proposes one from the words: no learning, no network.

use std::collections::HashMap;
use std::sync::LazyLock;

use kernel::texte::mots;
use serde::{Deserialize, Serialize};
use ui::Icone;

/// Chosen when nothing fits.
pub const AUTRE: &str = "autre";

/// A theme, one entry of `referentiels/themes.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Stable code.
    pub code: String,
    /// Label on screens.
    pub libelle: String,
    /// Icon name.
    pub icone: String,
    /// Words which call it; compared folded and stemmed.
    pub mots: Vec<String>,
}

impl Theme {
    /// Its icon.
    pub fn icone(&self) -> Icone {
        Icone::TOUTES.iter().copied().find(|icone| icone.symbole() == self.icone).unwrap_or(Icone::ListChecks)
    }
}

#[derive(Deserialize)]
struct Fichier {
    theme: Vec<Theme>,
}

static THEMES: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../../referentiels/themes.toml"))
        .map(|fichier| fichier.theme)
        .unwrap_or_default()
});

/// Stem of a lexicon word → ranks of its themes.
static LEXIQUE: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut lexique: HashMap<String, Vec<usize>> = HashMap::new();
    for (rang, theme) in THEMES.iter().enumerate() {
        for racine in theme.mots.iter().flat_map(|mot| mots(mot)) {
            let rangs = lexique.entry(racine).or_default();
            if !rangs.contains(&rang) {
                rangs.push(rang);
            }
        }
    }
    lexique
});

/// Every theme, in the order of the screen.
pub fn tous() -> &'static [Theme] {
    &THEMES
}

/// A theme by its code.
pub fn get(code: &str) -> Option<&'static Theme> {
    THEMES.iter().find(|theme| theme.code == code)
}

/// The label of a code; the code itself when the file no longer knows it.
pub fn libelle(code: &str) -> &str {
    get(code).map_or(code, |theme| theme.libelle.as_str())
}

/// The theme the words call: the one with most hits, the first of the file when several have as many; `None` without hit.
///
/// A word counts once however often it is repeated. The tablet does the same with [`lexique_json`].
pub fn proposer(texte: &str) -> Option<&'static Theme> {
    let mut vus = mots(texte);
    vus.sort_unstable();
    vus.dedup();
    let mut points = vec![0_u32; THEMES.len()];
    for rang in vus.iter().filter_map(|mot| LEXIQUE.get(mot)).flatten() {
        if let Some(point) = points.get_mut(*rang) {
            *point += 1;
        }
    }
    let plus = points.iter().copied().max().filter(|plus| *plus > 0)?;
    points.iter().position(|point| *point == plus).and_then(|rang| THEMES.get(rang))
}

/// The themes and their stemmed lexicon, for the tablet.
pub fn lexique_json() -> serde_json::Value {
    let themes: Vec<serde_json::Value> = THEMES
        .iter()
        .map(|theme| {
            let mut racines: Vec<String> = theme.mots.iter().flat_map(|mot| mots(mot)).collect();
            racines.sort_unstable();
            racines.dedup();
            serde_json::json!({ "code": theme.code, "libelle": theme.libelle, "icone": theme.icone, "mots": theme.mots, "racines": racines })
        })
        .collect();
    serde_json::json!({ "themes": themes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_propose_their_theme_whatever_their_form() {
        let propose = |texte: &str| proposer(texte).map(|theme| theme.code.as_str());
        assert_eq!(propose("Retrouvée au SOL, a glissé du lit"), Some("chute"));
        assert_eq!(propose("Rougeurs aux talons"), Some("peau"));
        assert_eq!(propose("Grimaces, se plaint de la hanche"), Some("douleur"));
        assert_eq!(propose("Bonne journée"), None);
        assert_eq!(propose(""), None);
    }

    #[test]
    fn every_theme_has_a_label_an_icon_and_other_is_last() {
        assert!(tous().len() >= 15);
        assert!(
            tous()
                .iter()
                .all(|theme| !theme.libelle.is_empty() && Icone::TOUTES.iter().any(|icone| icone.symbole() == theme.icone))
        );
        assert_eq!(tous().last().map(|theme| theme.code.as_str()), Some(AUTRE));
    }
}
