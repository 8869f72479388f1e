//! The routes of the module.

use platform::web::Routes;

use crate::pages::{consignes, dossier, fil, nouvelle, presenter, rectifier, releve};
use crate::rights::{
    CorrigerTransmissions, EcrireTransmissions, LeverConsigne, LireConsignes, LireFil, LireReleve, LireTransmissions, MarquerLu,
    PresenterReleve,
};

/// Every route.
pub(crate) fn routes() -> Routes {
    let routes = Routes::new()
        .get::<LireFil, _>("/transmissions", fil::liste)
        .get::<LireFil, _>("/transmissions/fil", fil::fragment)
        .get::<LireFil, _>("/transmissions/themes.json", fil::lexique)
        .post::<EcrireTransmissions, _>("/transmissions/theme", fil::theme)
        .get::<EcrireTransmissions, _>("/transmissions/nouvelle", nouvelle::formulaire_vide)
        .post::<EcrireTransmissions, _>("/transmissions/nouvelle", nouvelle::creer)
        .get::<LireTransmissions, _>("/residents/{usager}/transmissions", dossier::liste)
        .get::<LireTransmissions, _>("/residents/{usager}/transmissions/{id}", dossier::une)
        .post::<LireTransmissions, _>("/residents/{usager}/transmissions/{id}/connaissance", dossier::connaissance)
        .post::<EcrireTransmissions, _>("/residents/{usager}/cibles/{fil}", dossier::suite)
        .get::<CorrigerTransmissions, _>("/residents/{usager}/transmissions/{id}/corriger", rectifier::corriger)
        .post::<CorrigerTransmissions, _>("/residents/{usager}/transmissions/{id}/corriger", rectifier::corrigee)
        .get::<CorrigerTransmissions, _>("/residents/{usager}/transmissions/{id}/annuler", rectifier::annuler)
        .post::<CorrigerTransmissions, _>("/residents/{usager}/transmissions/{id}/annuler", rectifier::annulee);
    routes
        .get::<LireConsignes, _>("/consignes", consignes::liste)
        .get::<LeverConsigne, _>("/residents/{usager}/consignes/{id}/lever", consignes::lever)
        .post::<LeverConsigne, _>("/residents/{usager}/consignes/{id}/lever", consignes::levee)
        .get::<LireReleve, _>("/releve", releve::lire)
        .get::<LireReleve, _>("/releve/poids", releve::poids)
        .post::<MarquerLu, _>("/releve/lu", releve::lu)
        .post::<MarquerLu, _>("/releve/tout-lu", releve::tout_lu)
        .post::<PresenterReleve, _>("/releve/passations/{id}/accepter", releve::accepter)
        .get::<PresenterReleve, _>("/releve/presenter", presenter::presenter)
        .post::<PresenterReleve, _>("/releve/presenter", presenter::terminer)
        .post::<EcrireTransmissions, _>("/releve/presenter/note", presenter::note)
}
