//! The table of routes.

use platform::web::Routes;

use crate::rights::{ClasserReceptions, DeposerDocument, LireDocuments, OuvrirReception, VoirReceptions};
use crate::{acts, file, pages};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireDocuments, _>("/residents/{usager}/documents", pages::liste)
        .post::<DeposerDocument, _>("/residents/{usager}/documents", acts::deposer)
        .get::<DeposerDocument, _>("/residents/{usager}/documents/deposer", pages::nouveau)
        .get::<LireDocuments, _>("/residents/{usager}/documents/{id}", pages::document)
        .get::<LireDocuments, _>("/residents/{usager}/documents/{id}/fichier", pages::brut)
        .get::<LireDocuments, _>("/residents/{usager}/documents/{id}/piece/{rang}", pages::piece)
        .post::<DeposerDocument, _>("/residents/{usager}/documents/{id}/annuler", acts::annuler)
        .get::<VoirReceptions, _>("/liaisons/reception", file::file)
        .get::<VoirReceptions, _>("/liaisons/reception/{id}", pages::reception)
        .get::<OuvrirReception, _>("/liaisons/reception/{id}/fichier", pages::attente::brut)
        .get::<OuvrirReception, _>("/liaisons/reception/{id}/lecture", pages::attente::lire)
        .get::<OuvrirReception, _>("/liaisons/reception/{id}/piece/{rang}", pages::attente::piece)
        .post::<ClasserReceptions, _>("/liaisons/reception/{id}/classer", acts::classer)
        .post::<ClasserReceptions, _>("/liaisons/reception/{id}/rejeter", acts::rejeter)
        .post::<ClasserReceptions, _>("/liaisons/reception/{id}/relire", acts::relire)
}
