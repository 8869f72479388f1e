//! Where the steps of emergencies stand.

use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Categorie, DossierOuvert, Droit, Ecrit};
use platform::erreur::Resultat;
use platform::store::{Entity, Scope};

use crate::episode::{Episode, episodes};
use crate::etape::Etape;

/// The steps of an establishment, newest last: its open emergencies are read from those of the last hours.
pub fn lane_urgences(etablissement: EtablissementId) -> String {
    format!("urgences/{etablissement}")
}

/// The list which moves when an emergency of a person does.
pub fn lane_urgence(usager: UsagerId) -> String {
    platform::store::person_lane(usager.0)
}

impl Entity for Etape {
    const KIND: &'static str = "etape_urgence";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.a).lane(lane_urgences(self.etablissement))
    }
}

impl Ecrit for Etape {
    const CATEGORIE: Categorie = Categorie::Urgence;
}

/// The emergencies of an opened record, oldest first.
///
/// # Errors
/// The right, the store.
pub async fn episodes_de<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<Episode>> {
    Ok(episodes(dossier.liste::<Etape>(|query| query).await?))
}
