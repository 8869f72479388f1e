//! The table of routes.

use platform::web::Routes;

use crate::pages;
use crate::rights::{TenirCorrespondants, TenirMessageries, VoirCorrespondants, VoirMessageries};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<VoirCorrespondants, _>("/liaisons/correspondants", pages::liste)
        .get::<TenirCorrespondants, _>("/liaisons/correspondants/nouveau", pages::nouveau)
        .get::<VoirCorrespondants, _>("/liaisons/correspondants/{id}", pages::fiche)
        .post::<TenirCorrespondants, _>("/liaisons/correspondants/{id}", pages::ecrire)
        .get::<VoirMessageries, _>("/liaisons/messageries", pages::messageries::liste)
        .post::<TenirMessageries, _>("/liaisons/messageries", pages::messageries::ouvrir)
        .post::<TenirMessageries, _>("/liaisons/messageries/{id}/fermeture", pages::messageries::fermer)
}
