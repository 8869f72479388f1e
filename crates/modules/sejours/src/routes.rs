//! The table of routes.

use platform::dossier::ConsulterDossier;
use platform::web::Routes;

use crate::pages::{self, admissions, mouvements, nouveau, presence, sejour};
use crate::rights::{CreerDossier, EcrireAdmission, EcrireSejour, LireAdmissions, LireResidents, LireSejour};

/// Every route of the module.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireResidents, _>("/residents", pages::residents)
        .get::<LireResidents, _>("/recherche", pages::recherche)
        .get::<CreerDossier, _>("/residents/nouveau", nouveau::nouveau)
        .post::<CreerDossier, _>("/residents/nouveau", nouveau::nouveau_faire)
        .get::<ConsulterDossier, _>("/residents/{usager}", pages::synthese)
        .get::<LireSejour, _>("/residents/{usager}/sejour", sejour::sejour)
        .get::<EcrireSejour, _>("/residents/{usager}/sejour/fin-prevue", sejour::fin_prevue)
        .post::<EcrireSejour, _>("/residents/{usager}/sejour/fin-prevue", sejour::fin_prevue_faire)
        .get::<EcrireSejour, _>("/residents/{usager}/sejour/reprendre", sejour::reprendre)
        .post::<EcrireSejour, _>("/residents/{usager}/sejour/reprendre", sejour::reprendre_faire)
        .get::<EcrireSejour, _>("/residents/{usager}/sejour/mouvements/{mouvement}", sejour::corriger)
        .post::<EcrireSejour, _>("/residents/{usager}/sejour/mouvements/{mouvement}", sejour::corriger_faire)
        .get::<EcrireSejour, _>("/residents/{usager}/sejour/{geste}", sejour::geste)
        .post::<EcrireSejour, _>("/residents/{usager}/sejour/{geste}", sejour::geste_faire)
        .get::<LireAdmissions, _>("/admissions", admissions::admissions)
        .get::<LireAdmissions, _>("/admissions/{usager}", admissions::suivi)
        .post::<EcrireAdmission, _>("/admissions/{usager}/tache", admissions::tache)
        .post::<EcrireAdmission, _>("/admissions/{usager}/etape", admissions::etape)
        .post::<EcrireSejour, _>("/admissions/{usager}/clore", admissions::clore)
        .get::<LireResidents, _>("/mouvements", mouvements::mouvements)
        .get::<LireResidents, _>("/mouvements/plan", mouvements::plan)
        .get::<LireResidents, _>("/presence", presence::presence)
        .get::<LireResidents, _>("/presence/tableau", presence::fragment)
        .get::<LireResidents, _>("/presence/evacuation", presence::evacuation)
}
