//! Progress of a round or of a long job.

use maud::{Markup, html};

/// A bar with its sentence: « 96 soins faits sur 154 · 3 en retard ».
pub fn progression(fait: u64, total: u64, phrase: &str) -> Markup {
    html! {
        div class="progression" {
            p class="progression-texte" { (phrase) }
            progress value=(fait.min(total)) max=(total.max(1)) aria-label=(phrase) {}
        }
    }
}
