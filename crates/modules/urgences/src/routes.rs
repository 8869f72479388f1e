//! The table of routes.

use platform::web::Routes;

use crate::pages::{completude, dlu, fiche, lien, liste};
use crate::rights::{LireUrgence, SuivreDlu, TracerUrgence, VoirUrgences};

/// Every route of the module.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<VoirUrgences, _>("/urgence", liste::liste)
        .get::<LireUrgence, _>("/urgence/{usager}", fiche::raccourci)
        .get::<LireUrgence, _>("/residents/{usager}/urgence", fiche::fiche)
        .post::<TracerUrgence, _>("/residents/{usager}/urgence/etape", fiche::etape)
        .post::<TracerUrgence, _>("/residents/{usager}/urgence/depart", fiche::depart)
        .post::<TracerUrgence, _>("/residents/{usager}/urgence/fin", fiche::fin)
        .post::<TracerUrgence, _>("/residents/{usager}/urgence/{etape}/annulation", fiche::annuler)
        .get::<LireUrgence, _>("/residents/{usager}/dlu", dlu::dlu)
        .get::<LireUrgence, _>("/residents/{usager}/dlu/pdf", dlu::pdf)
        .post::<TracerUrgence, _>("/residents/{usager}/dlu/impression", lien::imprimer)
        .get::<LireUrgence, _>("/residents/{usager}/dlu/liens", lien::liens)
        .post::<TracerUrgence, _>("/residents/{usager}/dlu/liens", lien::donner)
        .post::<TracerUrgence, _>("/residents/{usager}/dlu/liens/{lien}/revocation", lien::revoquer)
        .get::<SuivreDlu, _>("/dlu", completude::liste)
}
