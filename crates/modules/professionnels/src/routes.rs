//! The table of routes.

use platform::prelude::Routes;
use platform::web::connexion::{CHOIX_MOT_DE_PASSE, SonCompte};

use crate::rights::{GererComptes, LireComptes, OuvrirRemplacement};
use crate::{acts, pages};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireComptes, _>("/admin/comptes", pages::liste)
        .get::<GererComptes, _>("/admin/comptes/nouveau", pages::nouveau)
        .post::<GererComptes, _>("/admin/comptes", acts::creer_compte)
        .get::<OuvrirRemplacement, _>("/admin/comptes/remplacant", pages::remplacant)
        .post::<OuvrirRemplacement, _>("/admin/comptes/remplacant", acts::creer_remplacant)
        .get::<LireComptes, _>("/admin/comptes/{compte}", pages::compte)
        .post::<OuvrirRemplacement, _>("/admin/comptes/{compte}/fermeture", acts::fermer)
        .post::<OuvrirRemplacement, _>("/admin/comptes/{compte}/mot-de-passe", acts::reinitialiser)
        .get::<GererComptes, _>("/admin/comptes/{compte}/habilitations", pages::habilitation)
        .post::<GererComptes, _>("/admin/comptes/{compte}/habilitations", acts::ajouter_habilitation)
        .post::<GererComptes, _>("/admin/comptes/{compte}/habilitations/fin", acts::finir_habilitation)
        .get::<SonCompte, _>("/compte", pages::soi::compte)
        .get::<SonCompte, _>("/preferences", pages::soi::preferences)
        .get::<SonCompte, _>(CHOIX_MOT_DE_PASSE, pages::soi::mot_de_passe)
        .post::<SonCompte, _>(CHOIX_MOT_DE_PASSE, acts::choisir_mot_de_passe)
        .post::<SonCompte, _>("/compte/code", acts::choisir_code)
        .post::<SonCompte, _>("/compte/sessions/{session}/fermeture", acts::fermer_session)
}
