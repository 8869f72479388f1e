//! Age of what is on screen (ux.md §4.6).

use jiff::SignedDuration;
use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// Says how old data is: nothing under 2 minutes, grey, then amber from 4 h, then blocking from 12 h.
///
/// `heure` is the local hour of the data (« 08:42 »), `age` the time elapsed since; a negative age counts as zero.
pub fn age_donnee(heure: &str, age: SignedDuration) -> Markup {
    let minutes = age.as_mins().max(0);
    match minutes {
        0..2 => html! {},
        2..240 => html! { span class="age-donnee" { (icone(Icone::Clock)) "à jour à " (heure) } },
        240..720 => {
            html! { span class="age-donnee age-donnee--vieux" { (icone(Icone::ClockAlert)) "données de " (heure) ", il y a " (minutes / 60) " h" } }
        }
        _ => {
            html! { span class="age-donnee age-donnee--bloque" { (icone(Icone::OctagonAlert)) "vieux de " (minutes / 60) " h" } }
        }
    }
}
