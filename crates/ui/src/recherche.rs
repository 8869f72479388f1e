//! Search box of the application bar.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// A GET form to `action` with the parameter `q`; `Ctrl+K` and `/` reach it.
pub fn recherche(action: &str, valeur: &str) -> Markup {
    html! {
        form class="recherche" method="get" action=(action) role="search" aria-label="Rechercher" {
            (icone(Icone::Search))
            label class="lecteur" for="recherche-globale" { "Chercher un résident, une chambre, une action" }
            input class="saisie" type="search" id="recherche-globale" name="q" value=(valeur) autocomplete="off"
                placeholder="Résident, chambre, action" data-recherche;
            kbd class="recherche-touche" aria-hidden="true" { "Ctrl K" }
        }
    }
}
