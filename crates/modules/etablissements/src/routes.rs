//! The table of routes.

use platform::prelude::Routes;

use crate::rights::GererStructure;
use crate::{acts, pages};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<GererStructure, _>("/admin/grappe", pages::grappe)
        .get::<GererStructure, _>("/admin/organismes/nouveau", pages::nouvel_organisme)
        .post::<GererStructure, _>("/admin/organismes", acts::creer_organisme)
        .get::<GererStructure, _>("/admin/organisme/{organisme}", pages::organisme)
        .post::<GererStructure, _>("/admin/organisme/{organisme}", acts::modifier_organisme)
        .get::<GererStructure, _>("/admin/etablissements/nouveau", pages::nouvel_etablissement)
        .post::<GererStructure, _>("/admin/etablissements", acts::creer_etablissement)
        .get::<GererStructure, _>("/admin/etablissement/{etablissement}", pages::etablissement)
        .get::<GererStructure, _>("/admin/etablissement/{etablissement}/modifier", pages::modifier_etablissement)
        .post::<GererStructure, _>("/admin/etablissement/{etablissement}", acts::modifier_etablissement)
        .get::<GererStructure, _>("/admin/unites", pages::unites)
        .post::<GererStructure, _>("/admin/unites", acts::creer_unite)
        .get::<GererStructure, _>("/admin/unites/{unite}", pages::unite)
        .post::<GererStructure, _>("/admin/unites/{unite}", acts::modifier_unite)
        .post::<GererStructure, _>("/admin/unites/{unite}/ordre", acts::deplacer_unite)
        .post::<GererStructure, _>("/admin/unites/{unite}/fermeture", acts::fermer_unite)
        .post::<GererStructure, _>("/admin/unites/{unite}/reouverture", acts::rouvrir_unite)
        .post::<GererStructure, _>("/admin/unites/{unite}/chambres", acts::creer_chambres)
        .post::<GererStructure, _>("/admin/chambres/{chambre}/ordre", acts::deplacer_chambre)
        .post::<GererStructure, _>("/admin/chambres/{chambre}/hors-service", acts::mettre_hors_service)
        .post::<GererStructure, _>("/admin/chambres/{chambre}/remise-en-service", acts::remettre_en_service)
}
