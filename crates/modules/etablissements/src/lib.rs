//! The structure: grappe, organismes gestionnaires, establishments, units, rooms, beds, kinds of ESSMS.

mod acts;
mod annuaire;
mod fermeture;
mod forms;
mod genres;
mod model;
mod motifs;
mod pages;
mod records;
mod rights;
mod routes;
mod views;

pub use annuaire::Annuaire;
pub use fermeture::Fermeture;
pub use genres::{Genre, Genres};
pub use model::{Chambre, Etablissement, Grappe, Lit, Organisme, Statut, Unite};
pub use motifs::Motif;
pub use records::{LANE_ETABLISSEMENTS, LANE_ORGANISMES, chambres_de, etablissements, mot, organismes, unites_de};
pub use rights::{DROITS, GererStructure, LireStructure};

/// The module: its rights, routes and places in the menu.
pub fn module() -> platform::Module {
    let gerer = <GererStructure as platform::acces::Droit>::INFO;
    platform::Module::new("etablissements", DROITS, routes::routes())
        .nav("Régler", "Établissements", "/admin/grappe", ui::Icone::Building2, gerer)
        .nav("Régler", "Unités et chambres", "/admin/unites", ui::Icone::BedDouble, gerer)
}
