//! The table of routes.

use platform::web::Routes;

use crate::pages::{alertes, contacts, fusion, identite, oppositions, photo, vie, vigilance};
use crate::rights::{
    EcrireAlertes, EcrireEntourage, EcrireIdentite, EcrireOppositions, EcrirePhoto, EcrireVie, Fusionner, LireAlertes,
    LireEntourage, LireIdentite, LireOppositions, LireVie, LireVigilance, VoirPhoto,
};

/// Every route of the module.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireIdentite, _>("/residents/{usager}/identite", identite::fiche)
        .get::<EcrireIdentite, _>("/residents/{usager}/identite/corriger", identite::corriger)
        .post::<EcrireIdentite, _>("/residents/{usager}/identite/corriger", identite::corriger_faire)
        .get::<EcrireIdentite, _>("/residents/{usager}/identite/ins", identite::ins)
        .post::<EcrireIdentite, _>("/residents/{usager}/identite/ins", identite::ins_faire)
        .post::<EcrireIdentite, _>("/residents/{usager}/identite/etape", identite::etape)
        .get::<LireEntourage, _>("/residents/{usager}/contacts", contacts::contacts)
        .get::<EcrireEntourage, _>("/residents/{usager}/contacts/nouveau", contacts::nouveau)
        .get::<EcrireEntourage, _>("/residents/{usager}/contacts/mesure", contacts::mesure)
        .post::<EcrireEntourage, _>("/residents/{usager}/contacts/mesure", contacts::mesure_faire)
        .get::<EcrireEntourage, _>("/residents/{usager}/contacts/{contact}", contacts::modifier)
        .post::<EcrireEntourage, _>("/residents/{usager}/contacts/{contact}", contacts::ecrire)
        .post::<EcrireEntourage, _>("/residents/{usager}/contacts/{contact}/ordre", contacts::ordonner)
        .get::<LireVie, _>("/residents/{usager}/vie", vie::vie)
        .get::<EcrireVie, _>("/residents/{usager}/vie/modifier", vie::modifier)
        .post::<EcrireVie, _>("/residents/{usager}/vie/modifier", vie::modifier_faire)
        .get::<LireAlertes, _>("/residents/{usager}/alertes", alertes::alertes)
        .post::<EcrireAlertes, _>("/residents/{usager}/alertes", alertes::ecrire)
        .post::<EcrireAlertes, _>("/residents/{usager}/alertes/signal", alertes::signal)
        .get::<VoirPhoto, _>("/residents/{usager}/photo", photo::voir)
        .get::<EcrirePhoto, _>("/residents/{usager}/photo/modifier", photo::modifier)
        .post::<EcrirePhoto, _>("/residents/{usager}/photo", photo::mettre)
        .post::<EcrirePhoto, _>("/residents/{usager}/photo/retirer", photo::retirer)
        .get::<LireOppositions, _>("/residents/{usager}/oppositions", oppositions::oppositions)
        .post::<EcrireOppositions, _>("/residents/{usager}/oppositions", oppositions::ajouter)
        .post::<EcrireOppositions, _>("/residents/{usager}/oppositions/lever", oppositions::lever)
        .get::<LireVigilance, _>("/admin/ins", vigilance::vigilance)
        .get::<Fusionner, _>("/admin/ins/fusion", fusion::comparer)
        .post::<Fusionner, _>("/admin/ins/fusion", fusion::fusionner)
        .post::<Fusionner, _>("/admin/ins/separer", fusion::demeler)
}
