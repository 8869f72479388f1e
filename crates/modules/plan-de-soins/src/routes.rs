//! Table of the module's routes.

use platform::web::Routes;

use crate::pages::{a_verifier, bibliotheque, fiche, nuit, omissions, plan, plan_type, repartition, saisie, tour};
use crate::rights::{
    CompleterBibliotheque, LireBibliotheque, LireSoins, LireTour, PlanifierSoins, RepartirTour, ValiderRonde, ValiderSoins,
};

/// Every route, with the right it demands.
pub(crate) fn routes() -> Routes {
    rondes(dossier(bibliotheques(Routes::new())))
}

fn rondes(routes: Routes) -> Routes {
    routes
        .get::<LireTour, _>("/tour/soins", tour::afficher)
        .get::<LireTour, _>("/tour/soins/compte", tour::compte)
        .get::<LireTour, _>("/tour/soins/resident/{usager}", tour::resident)
        .get::<LireTour, _>("/tour/nuit", nuit::afficher)
        .get::<LireTour, _>("/tour/nuit/unite/{unite}", nuit::unite)
        .post::<ValiderRonde, _>("/tour/nuit/ronde", nuit::ronde)
        .get::<LireTour, _>("/tour/omissions", omissions::afficher)
        .get::<LireTour, _>("/tour/repartition", repartition::afficher)
        .post::<RepartirTour, _>("/tour/repartition", repartition::attribuer)
        .post::<RepartirTour, _>("/tour/repartition/reprendre", repartition::reprendre)
        .post::<RepartirTour, _>("/tour/repartition/rejoindre", repartition::rejoindre)
        .get::<LireTour, _>("/a-verifier", a_verifier::afficher)
}

fn dossier(routes: Routes) -> Routes {
    routes
        .get::<LireSoins, _>("/residents/{usager}/soins", plan::afficher)
        .get::<PlanifierSoins, _>("/residents/{usager}/soins/ajouter", plan::nouveau)
        .post::<PlanifierSoins, _>("/residents/{usager}/soins/ajouter", plan::ajouter)
        .get::<PlanifierSoins, _>("/residents/{usager}/soins/plan-type", plan_type::afficher)
        .post::<PlanifierSoins, _>("/residents/{usager}/soins/plan-type", plan_type::appliquer)
        .post::<ValiderSoins, _>("/residents/{usager}/soins/pointer", saisie::pointer)
        .get::<LireSoins, _>("/residents/{usager}/soins/{soin}", fiche::afficher)
        .post::<ValiderSoins, _>("/residents/{usager}/soins/{soin}/tracer", saisie::tracer)
        .get::<PlanifierSoins, _>("/residents/{usager}/soins/{soin}/modifier", plan::editer)
        .post::<PlanifierSoins, _>("/residents/{usager}/soins/{soin}/modifier", plan::modifier)
        .post::<PlanifierSoins, _>("/residents/{usager}/soins/{soin}/arreter", plan::arreter)
        .post::<ValiderSoins, _>("/residents/{usager}/validations/{validation}/annuler", saisie::annuler)
        .post::<ValiderSoins, _>("/residents/{usager}/validations/{validation}/corriger", saisie::corriger)
        .post::<PlanifierSoins, _>("/residents/{usager}/a-verifier/{id}", a_verifier::decider)
        .get::<LireSoins, _>("/residents/{usager}/journee", a_verifier::jour)
}

fn bibliotheques(routes: Routes) -> Routes {
    routes
        .get::<LireBibliotheque, _>("/admin/catalogue-soins", bibliotheque::actes)
        .post::<CompleterBibliotheque, _>("/admin/catalogue-soins", bibliotheque::ajouter_acte)
        .post::<CompleterBibliotheque, _>("/admin/catalogue-soins/{id}/retirer", bibliotheque::retirer_un_acte)
        .get::<LireBibliotheque, _>("/admin/plans-types", bibliotheque::plans)
        .post::<CompleterBibliotheque, _>("/admin/plans-types", bibliotheque::ajouter_plan)
        .post::<CompleterBibliotheque, _>("/admin/plans-types/{id}/retirer", bibliotheque::retirer_un_plan)
}
