//! The kitchen told: who eats here, and what moved since it last looked.

mod acts;
mod avis;
mod model;
mod pages;
mod rights;
mod table;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::web::Routes;
use ui::Icone;

pub use acts::{CuisinePrevenue, TOPIC_CUISINE, planifier};
pub use avis::{Avis, Effet, avis};
pub use model::Accuse;
pub use rights::{AccuserRepas, DROITS, VoirRepas};

/// The module.
pub fn module() -> Module {
    let routes = Routes::new()
        .get::<VoirRepas, _>("/cuisine", pages::page)
        .get::<VoirRepas, _>("/cuisine/tableau", pages::fragment)
        .get::<VoirRepas, _>("/cuisine/feuille", pages::feuille)
        .post::<AccuserRepas, _>("/cuisine/avis", pages::accuser);
    Module::new("cuisine", DROITS, routes).nav("Organiser", "Cuisine", "/cuisine", Icone::Utensils, VoirRepas::INFO)
}
