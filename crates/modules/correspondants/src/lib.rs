//! Who the grappe exchanges with, at which addresses, and the mailboxes it has itself.

mod forms;
mod messagerie;
mod model;
mod pages;
mod records;
mod rights;
mod routes;
mod views;

use platform::Module;
use platform::acces::Droit;
use ui::Icone;

pub use forms::{CITOYENS, est_citoyen};
pub use messagerie::{GenreMessagerie, Messagerie, ReleveMessagerie};
pub use model::{Adresse, Correspondant, GENRES, Site};
pub use records::{
    LANE_CORRESPONDANTS, LANE_MESSAGERIES, correspondants, destinataires_urgence, messagerie_de, messageries,
    messageries_ouvertes,
};
pub use rights::{DROITS, TenirCorrespondants, TenirMessageries, VoirCorrespondants, VoirMessageries};

/// The module.
pub fn module() -> Module {
    Module::new("correspondants", DROITS, routes::routes())
        .nav("Organiser", "Correspondants", "/liaisons/correspondants", Icone::Users, VoirCorrespondants::INFO)
        .partout()
        .nav("Régler", "Messageries sécurisées", "/liaisons/messageries", Icone::MailOpen, VoirMessageries::INFO)
        .partout()
}
