//! Tiles of the lock screen: who are you? (ux.md §2.5 W1)

use maud::{Markup, html};

use crate::icone::{Icone, grande};
use crate::photo::Photo;

/// A person who opened this device in the last hours.
#[derive(Debug, Clone)]
pub struct Tuile {
    /// Address of the code pad of that person.
    pub href: String,
    /// First name.
    pub prenom: String,
    /// Family name, for the initials.
    pub nom: String,
    /// Profession in short.
    pub metier: String,
    /// The code pad on screen is theirs.
    pub choisie: bool,
}

/// The tiles, then « Autre personne » towards `autre`.
pub fn tuiles(personnes: &[Tuile], autre: &str) -> Markup {
    html! {
        ul class="verrou-tuiles" role="list" {
            @for qui in personnes {
                li {
                    a class="verrou-tuile" href=(qui.href) aria-current=[qui.choisie.then_some("true")] {
                        (Photo::new(&qui.nom, &qui.prenom))
                        strong { (qui.prenom) }
                        span class="secondaire" { (qui.metier) }
                    }
                }
            }
            li { a class="verrou-tuile" href=(autre) { (grande(Icone::UserPlus)) strong { "Autre personne" } } }
        }
    }
}
