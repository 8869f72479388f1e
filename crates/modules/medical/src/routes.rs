//! The table of routes.

use platform::web::Routes;

use crate::pages;
use crate::rights::{EcrireMedical, LireMedical};

/// Every route of the module.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireMedical, _>("/residents/{usager}/medical", pages::dossier)
        .get::<EcrireMedical, _>("/residents/{usager}/medical/nouveau", pages::nouveau)
        .get::<LireMedical, _>("/residents/{usager}/medical/consignes", pages::consignes)
        .post::<EcrireMedical, _>("/residents/{usager}/medical/consignes", pages::ecrire_consignes)
        .get::<LireMedical, _>("/residents/{usager}/medical/{element}", pages::element)
        .post::<EcrireMedical, _>("/residents/{usager}/medical/{element}", pages::ecrire)
        .post::<EcrireMedical, _>("/residents/{usager}/medical/{element}/fin", pages::finir)
}
