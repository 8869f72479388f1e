//! Placeholder with the layout of what is being loaded.

use maud::{Markup, html};

/// `lignes` grey lines under a title; `phrase` is read by screen readers (« Chargement des soins… »).
pub fn squelette(lignes: u8, phrase: &str) -> Markup {
    html! {
        div class="squelette" role="status" {
            p class="lecteur" { (phrase) }
            span class="squelette-titre" {}
            @for _ in 0..lignes { span {} }
        }
    }
}
