//! The table of routes.

use platform::prelude::Routes;

use crate::accueil;
use crate::pages::{bris, droits, freinage, historique, journal, registre, revue};
use crate::rights::{BriserLaGlace, ConfirmerIdentite, LireDroits, LireJournal, RevoirBris, VoirHistorique};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<LireJournal, _>("/admin/traces", journal::page_journal)
        .get::<LireJournal, _>("/admin/traces/export", journal::export)
        .get::<VoirHistorique, _>("/residents/{usager}/historique", historique::historique)
        .get::<BriserLaGlace, _>("/residents/{usager}/bris-de-glace", bris::formulaire)
        .post::<BriserLaGlace, _>("/residents/{usager}/bris-de-glace", bris::ouvrir)
        .get::<BriserLaGlace, _>("/residents/{usager}/bris-de-glace/ouvert", bris::rappel)
        .get::<RevoirBris, _>("/admin/bris-de-glace", revue::revue)
        .get::<RevoirBris, _>("/admin/bris-de-glace/avis", accueil::relire)
        .post::<RevoirBris, _>("/admin/bris-de-glace/{bris}", revue::conclure)
        .get::<RevoirBris, _>("/admin/bris-de-glace/lectures/avis", accueil::relire_lectures)
        .post::<RevoirBris, _>("/admin/bris-de-glace/lectures/{freinage}", freinage::examiner)
        .get::<ConfirmerIdentite, _>("/confirmer", freinage::formulaire)
        .post::<ConfirmerIdentite, _>("/confirmer", freinage::confirmer)
        .get::<LireJournal, _>("/admin/journal", registre::registre)
        .post::<LireJournal, _>("/admin/journal/verification", registre::verifier)
        .get::<LireJournal, _>("/admin/journal/cle", registre::cle)
        .get::<LireJournal, _>("/admin/journal/tetes/{taille}", registre::tete)
        .get::<LireDroits, _>("/admin/droits", droits::droits)
}
