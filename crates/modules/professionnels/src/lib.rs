//! Professionals, their logins and their habilitations; one's own account.

mod acts;
mod demande;
mod forms;
mod model;
mod pages;
mod records;
mod rights;
mod routes;
mod secret;
mod views;

pub use acts::{Exterieur, ouvrir_exterieur};
pub use demande::{MISSION_MAX, VALIDITE_CLE, est_remplacable};
pub use model::{Civilite, Contrat, NatureContrat, Professionnel, identifiant};
pub use records::{LANE_PROFESSIONNELS, professionnels};
pub use rights::{DROITS, GererComptes, LireComptes, OuvrirRemplacement};
pub use secret::{LONGUEUR_MAX, LONGUEUR_MIN, examiner, examiner_code};

/// The module: its rights, routes and places in the menu.
pub fn module() -> platform::Module {
    use platform::acces::Droit;
    platform::Module::new("professionnels", DROITS, routes::routes())
        .nav("Régler", "Comptes", "/admin/comptes", ui::Icone::Users, LireComptes::INFO)
        .nav("Régler", "Remplaçant en deux minutes", "/admin/comptes/remplacant", ui::Icone::UserPlus, OuvrirRemplacement::INFO)
}
