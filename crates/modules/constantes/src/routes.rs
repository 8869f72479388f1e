//! The table of routes.

use platform::web::Routes;

use crate::rights::{FixerSeuils, LireConstantes, SaisirConstantes, SurveillerConstantes};
use crate::{acts, pages};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<SurveillerConstantes, _>("/constantes", pages::surveillance)
        .get::<LireConstantes, _>("/residents/{usager}/constantes", pages::dossier)
        .post::<SaisirConstantes, _>("/residents/{usager}/constantes", acts::saisir)
        .get::<SaisirConstantes, _>("/residents/{usager}/constantes/saisir", pages::nouvelle)
        .get::<FixerSeuils, _>("/residents/{usager}/constantes/seuils", pages::seuils)
        .post::<FixerSeuils, _>("/residents/{usager}/constantes/seuils", acts::fixer_seuils)
        .get::<LireConstantes, _>("/residents/{usager}/constantes/{id}", pages::detail)
        .post::<SaisirConstantes, _>("/residents/{usager}/constantes/{id}/corriger", acts::corriger)
        .post::<SaisirConstantes, _>("/residents/{usager}/constantes/{id}/annuler", acts::annuler)
        .post::<SaisirConstantes, _>("/residents/{usager}/constantes/{id}/trancher", acts::trancher)
}
