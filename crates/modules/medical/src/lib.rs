//! The medical file: diseases, history, treatments taken, vaccinations, results, and what was decided for an emergency.

mod acts;
mod consignes;
mod forms;
mod model;
mod pages;
mod records;
mod rights;
mod routes;
mod views;

use platform::Module;
use platform::dossier::Volet;

pub use acts::{accepter, reprendre, terminer};
pub use consignes::{Consignes, DIRECTIVES, Directive, Hopital, NiveauSoins, OBSERVATIONS};
pub use model::{Code, Element, Etat, Nature, Origine};
pub use records::{consignes, elements, lane_consignes, lane_medical};
pub use rights::{DROITS, EcrireMedical, LireMedical};

/// The module.
pub fn module() -> Module {
    Module::new("medical", DROITS, routes::routes()).bloc_synthese(Volet::Principal, 105, views::bloc::fragment)
}
