//! Sparkline: the shape of a series next to its last value in words.

use std::fmt::Write as _;

use maud::{Markup, html};

/// `valeurs` in any unit, evenly spaced, oldest first; `mots` says the last value and its change.
pub fn etincelle(valeurs: &[i64], mots: &str) -> Markup {
    let (min, max) = (valeurs.iter().min().copied().unwrap_or(0), valeurs.iter().max().copied().unwrap_or(0));
    let etendue = (max - min).max(1);
    let intervalles = i64::try_from(valeurs.len().saturating_sub(1).max(1)).unwrap_or(1);
    let mut chemin = String::new();
    let mut dernier = (0, 14);
    for (rang, valeur) in (0_i64..).zip(valeurs) {
        dernier = (2 + rang * 92 / intervalles, 25 - (valeur - min) * 22 / etendue);
        let lettre = if rang == 0 { 'M' } else { 'L' };
        let _ = write!(chemin, "{lettre}{} {}", dernier.0, dernier.1);
    }
    html! {
        span class="etincelle" {
            @if valeurs.len() > 1 {
                svg viewBox="0 0 96 28" aria-hidden="true" focusable="false" { path d=(chemin) {} circle cx=(dernier.0) cy=(dernier.1) r="3" {} }
            }
            span { (mots) }
        }
    }
}
