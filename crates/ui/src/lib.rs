//! Design system of Grappe: pure functions from values to HTML, the style sheet, the font, the icons.
//!
//! Every component is a builder whose `render()` gives a [`maud::Markup`]; it can also be placed
//! directly in `html! { (composant) }`. Texts are given in French by the caller and escaped here.
//! Nothing writes a `style` attribute or an inline script: the pages live under a strict CSP.
//! The list of components with one line of usage each is in `README.md` of this crate.

/// Lets a builder be placed directly in `html! { (…) }`.
macro_rules! rendu {
    ($($type:ident),+ $(,)?) => {
        $(impl maud::Render for $type {
            fn render(&self) -> maud::Markup { $type::render(self) }
        })+
    };
}

pub mod age_donnee;
pub mod alerte;
pub mod assets;
pub mod bandeau_resident;
pub mod bloc;
pub mod boutons;
pub mod carte_resident;
pub mod catalogue;
pub mod champs;
pub mod choix_puces;
pub mod courbe;
pub mod dialogue;
pub mod etapes;
pub mod etincelle;
pub mod filtres;
pub mod frise;
pub mod icone;
pub mod impression;
pub mod journal_ligne;
pub mod ligne_medicament;
pub mod ligne_soin;
pub mod liste;
pub mod navigation;
pub mod onglets;
pub mod page;
pub mod pagination;
pub mod pave_numerique;
pub mod photo;
pub mod plan_chambres;
pub mod progression;
pub mod puces;
pub mod recherche;
pub mod resume_erreurs;
pub mod squelette;
pub mod tableau;
pub mod typographie;
pub mod verrou;
pub mod vide;

pub use icone::{Icone, icone};
pub use page::Page;
