//! Empty states: a good one reassures in one line, a first use explains and offers one action.

use maud::{Markup, html};

use crate::boutons::Bouton;
use crate::icone::{Icone, icone};

/// Nothing left to do: « Aucun soin en retard. »
pub fn vide_bon(phrase: &str) -> Markup {
    html! { p class="vide" { (icone(Icone::CircleCheck)) (phrase) } }
}

/// Nothing yet: what this place is for, and the first action.
pub fn vide_depart(signe: Icone, phrase: &str, action: Option<&Bouton>) -> Markup {
    html! {
        div class="vide vide--depart" {
            (icone(signe))
            p { (phrase) }
            @if let Some(action) = action { (action) }
        }
    }
}
