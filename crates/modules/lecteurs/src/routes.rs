//! The table of routes.

use platform::web::Routes;

use crate::pages::{admin, lecture, maison};
use crate::rights::{ChercherPersonne, GererLecteurs, LireDluExterne, VoirLectures};

/// Every route of the module.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<ChercherPersonne, _>("/lecture", lecture::formulaire)
        .post::<ChercherPersonne, _>("/lecture", lecture::chercher)
        .post::<ChercherPersonne, _>("/lecture/lien", lecture::par_lien)
        .get::<LireDluExterne, _>("/lecture/{lecture}", lecture::dlu)
        .get::<LireDluExterne, _>("/lecture/{lecture}/pdf", lecture::pdf)
        .get::<VoirLectures, _>("/dlu/lectures", maison::liste)
        .get::<VoirLectures, _>("/dlu/lectures/avis", maison::relire)
        .get::<GererLecteurs, _>("/admin/lecteurs", admin::liste)
        .get::<GererLecteurs, _>("/admin/lecteurs/nouveau", admin::nouveau)
        .post::<GererLecteurs, _>("/admin/lecteurs", admin::ouvrir)
        .post::<GererLecteurs, _>("/admin/lecteurs/{compte}/recherches", admin::examiner)
}
