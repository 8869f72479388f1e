//! Liaison with hospitals: documents which must come back.

mod attendu;
mod evenements;
mod pages;
mod records;
mod rights;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::web::Routes;
use ui::Icone;

pub use attendu::{ATTENDUS, Attendu, Echeance, EtatAttendu, MOYENS, Relance};
pub use evenements::{classe, hopital, planifier};
pub use records::{lane_attendus, lane_recus};
pub use rights::{DROITS, SuivreAttendus, VoirAttendus};

/// The module.
pub fn module() -> Module {
    let routes = Routes::new()
        .get::<VoirAttendus, _>("/liaisons/attendus", pages::attendus)
        .post::<SuivreAttendus, _>("/residents/{usager}/attendus/{attendu}", pages::suivre);
    Module::new("liaisons", DROITS, routes).nav(
        "Organiser",
        "Documents attendus",
        "/liaisons/attendus",
        Icone::FileCheck,
        VoirAttendus::INFO,
    )
}
