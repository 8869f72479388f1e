//! The paper fallback: binders a unit reads without the server, and the guided re-entry after an outage.

mod contenu;
mod fabrique;
mod feuilles;
mod model;
mod pages;
mod ressaisie;
mod rights;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::web::Routes;
use ui::Icone;

pub use fabrique::{Classeur, Rythme, UniteAEditer, editer_les_dus, planifier, tirer_un, unites};
pub use model::{Cause, Edition, HEURES, Reglages, lane_editions, regler};
pub use rights::{DROITS, LireClasseur, OuvrirClasseur, Ressaisir, VoirEditions};

fn routes() -> Routes {
    Routes::new()
        .get::<VoirEditions, _>("/secours", pages::editions)
        .post::<OuvrirClasseur, _>("/secours/classeur", pages::demander)
        .get::<OuvrirClasseur, _>("/secours/classeur/{id}", pages::telecharger)
        .get::<Ressaisir, _>("/secours/ressaisie", ressaisie::formulaire)
        .post::<Ressaisir, _>("/secours/ressaisie", ressaisie::enregistrer)
}

/// The module.
pub fn module() -> Module {
    Module::new("secours", DROITS, routes()).nav("Organiser", "Secours papier", "/secours", Icone::Printer, VoirEditions::INFO)
}
