//! Where professionals stand, and the questions asked of them.

use platform::acces::{Acces, Categorie, Droit, Referentiel};
use platform::erreur::Resultat;
use platform::store::{Entity, Query, Scope, Stored};

use crate::model::Professionnel;

/// The list of all professionals.
pub const LANE_PROFESSIONNELS: &str = "professionnels";

impl Entity for Professionnel {
    const KIND: &'static str = "professionnel";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).lane(LANE_PROFESSIONNELS).lane2(format!("professionnels/{}", self.etablissement))
    }

    /// A national number belongs to one person.
    fn claims(&self) -> Vec<String> {
        self.rpps.iter().map(|rpps| format!("rpps/{rpps}")).collect()
    }
}

impl Referentiel for Professionnel {
    const CATEGORIE: Categorie = Categorie::Comptes;
}

/// Every professional within reach.
pub async fn professionnels<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Stored<Professionnel>>> {
    acces.liste(&Query::lane(LANE_PROFESSIONNELS)).await
}
