//! The FHIR R4 API for hospitals and regional platforms: applications, tokens, reading, searching, publishing, following.
//!
//! An application is an account of the gate: the same rights, oppositions, brake and journal as for pages. Records become
//! resources by pure functions (`ressources`); what is told of FHIR itself is in the codec `fhir-r4`.

mod abonnements;
mod acts;
mod commande;
mod forms;
mod jose;
mod pages;
mod portees;
mod records;
mod ressources;
mod rights;
mod serveur;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::web::Routes;
use platform::worker::Worker;
use ui::Icone;

pub use commande::{Ouverture, ouvrir, retirer};
pub use records::{Abonnement, Application, Publication, Retrait};
pub use rights::{DROITS, GererApplications, LireApplications};
pub use serveur::{Mtls, brancher, brancher_avec};

/// The name of the interface's own work in the journal.
pub(crate) const NOM_AUTOMATE: &str = "Interface FHIR";

/// The module: the pages of those who open and withdraw applications.
pub fn module() -> Module {
    let routes = Routes::new()
        .get::<LireApplications, _>("/admin/applications", pages::liste)
        .get::<GererApplications, _>("/admin/applications/nouvelle", pages::nouvelle)
        .post::<GererApplications, _>("/admin/applications", pages::creer)
        .post::<GererApplications, _>("/admin/applications/{application}/retrait", pages::retirer);
    Module::new("api-fhir", DROITS, routes).nav(
        "Régler",
        "Applications partenaires",
        "/admin/applications",
        Icone::Link,
        LireApplications::INFO,
    )
}

/// Gives the worker what it does for the interface.
pub fn planifier(worker: &mut Worker) {
    abonnements::planifier(worker);
}
