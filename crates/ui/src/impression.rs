//! Header and footer seen on paper only.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// What the footer of a printed page carries (ux.md §2.4).
#[derive(Debug, Clone)]
pub struct Tirage {
    /// Establishment, with its city.
    pub etablissement: String,
    /// Title of the document.
    pub titre: String,
    /// Who prints.
    pub auteur: String,
    /// When, as shown (« samedi 21 novembre 2026, 09:12 »).
    pub date: String,
    /// Path back to the page.
    pub adresse: String,
}

impl Tirage {
    /// Header: establishment, title, date.
    pub fn entete(&self) -> Markup {
        html! {
            div class="impression-entete" {
                strong { (self.etablissement) }
                span { (self.titre) }
                span { (self.date) }
            }
        }
    }

    /// Footer: who, when, « document de travail », address; page numbers come from the style sheet.
    pub fn pied(&self) -> Markup {
        html! {
            div class="impression-pied" {
                span { "Imprimé par " (self.auteur) ", " (self.date) }
                span { "Document de travail. Le dossier à jour est à l’écran : " (self.adresse) }
            }
        }
    }
}

/// « Imprimer »: shown once the script can do it; without script the browser's own command prints the same page.
pub fn bouton_imprimer() -> Markup {
    html! { button type="button" class="bouton sans-impression" data-imprimer hidden { (icone(Icone::Printer)) span { "Imprimer" } } }
}

/// Starts a new page on paper.
pub fn saut_page() -> Markup {
    html! { div class="saut-page" {} }
}
