//! Markup of the module's screens.

pub(crate) mod a_verifier;
pub(crate) mod bibliotheque;
pub(crate) mod carte;
pub(crate) mod fiche;
pub(crate) mod journee;
pub(crate) mod ligne;
pub(crate) mod nuit;
pub(crate) mod omissions;
pub(crate) mod plan;
pub(crate) mod plan_formulaire;
pub(crate) mod plan_versions;
pub(crate) mod repartition;
pub(crate) mod tour;

use std::collections::HashMap;
use std::sync::LazyLock;

use ui::Icone;

static ICONES: LazyLock<HashMap<&'static str, Icone>> =
    LazyLock::new(|| Icone::TOUTES.iter().map(|icone| (icone.symbole(), *icone)).collect());

/// An icon by its Lucide name; a list when the sprite does not hold it.
pub(crate) fn icone(nom: &str) -> Icone {
    ICONES.get(nom).copied().unwrap_or(Icone::ListChecks)
}

/// « 1 soin », « 4 soins ».
pub(crate) fn nombre(n: usize, un: &str, plusieurs: &str) -> String {
    if n > 1 { format!("{n}\u{a0}{plusieurs}") } else { format!("{n}\u{a0}{un}") }
}

/// The same words, opening with a capital.
pub(crate) fn majuscule(mots: &str) -> String {
    let mut lettres = mots.chars();
    lettres.next().map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

/// « ven. 20 nov. » for another day, nothing for today.
pub(crate) fn jour_bref(jour: jiff::civil::Date) -> String {
    let longue = kernel::dates::date_longue(jour);
    let semaine: String = longue.chars().take(3).collect();
    format!("{semaine}. {} {}", jour.day(), kernel::dates::mois_abrege(jour.month()))
}
