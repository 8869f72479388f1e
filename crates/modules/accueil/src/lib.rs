//! The home page of each profession: what to do now, what happened, who is where; and the choice of where one works.

mod blocs;
mod contexte;
mod pages;
mod rights;
mod routes;
mod textures;

use platform::Module;

pub use rights::VoirAccueil;

/// What the module gives to the product.
pub fn module() -> Module {
    Module::new("accueil", rights::DROITS, routes::routes())
}
