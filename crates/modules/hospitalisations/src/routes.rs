//! The table of routes.

use platform::web::Routes;

use crate::pages;
use crate::rights::{LireHospitalisations, NoterHospitalisations, VerifierIdentiteHopital, VoirHospitalisations};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireHospitalisations, _>("/residents/{usager}/hospitalisations", pages::dossier)
        .post::<NoterHospitalisations, _>("/residents/{usager}/hospitalisations/retrait", pages::retirer)
        .post::<VerifierIdentiteHopital, _>("/residents/{usager}/hospitalisations/avis/{avis}", pages::conclure)
        .get::<VoirHospitalisations, _>("/liaisons/hospitalisations", pages::liste)
}
