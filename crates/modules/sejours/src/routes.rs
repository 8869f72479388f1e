//! The table of routes.

use platform::dossier::ConsulterDossier;
use platform::web::Routes;

use crate::pages;
use crate::rights::LireResidents;

/// Every route of the module.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireResidents, _>("/residents", pages::residents)
        .get::<LireResidents, _>("/recherche", pages::recherche)
        .get::<ConsulterDossier, _>("/residents/{usager}", pages::synthese)
}
