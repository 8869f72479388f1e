//! The table: verb, path, right, handler.

use platform::web::Routes;

use crate::rights::VoirAccueil;
use crate::{contexte, pages};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<VoirAccueil, _>("/accueil", pages::accueil)
        .get::<VoirAccueil, _>("/accueil/personnaliser", pages::personnaliser)
        .post::<VoirAccueil, _>("/accueil/personnaliser", pages::ranger)
        .get::<VoirAccueil, _>("/contexte", contexte::choisir)
}
