//! Steps of a long procedure (admission, transfer, signature).

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// A row of numbered steps; `courante` counts from 0, steps before it are done.
pub fn etapes(noms: &[&str], courante: usize) -> Markup {
    html! {
        ol class="etapes" {
            @for (rang, nom) in noms.iter().enumerate() {
                @if rang < courante {
                    li class="etape etape--faite" { (nom) " " (icone(Icone::Check)) span class="lecteur" { "(faite)" } }
                } @else if rang == courante {
                    li class="etape etape--courante" aria-current="step" { (nom) }
                } @else {
                    li class="etape" { (nom) }
                }
            }
        }
    }
}
