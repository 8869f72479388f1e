//! Where measured values and thresholds stand.

use kernel::id::{EtablissementId, UniteId};
use platform::acces::{Categorie, Ecrit, Referentiel};
use platform::store::{Entity, Scope};

use crate::model::{Constante, Seuils, SeuilsMaison};

/// The list of the values of a unit; those of persons without unit stand on the establishment's.
pub fn lane_unite(unite: UniteId) -> String {
    format!("constantes/unite/{unite}")
}

/// The list of the values of one quantity in an establishment: weights over six months, stools over a fortnight.
pub fn lane_type(etablissement: EtablissementId, type_code: &str) -> String {
    format!("constantes/{etablissement}/{type_code}")
}

impl Entity for Constante {
    const KIND: &'static str = "constante";

    fn scope(&self) -> Scope {
        let liste = self.unite.map_or_else(|| format!("constantes/unite/{}", self.etablissement), lane_unite);
        Scope::of(self.etablissement)
            .person(self.usager)
            .at(self.mesuree_le)
            .lane(liste)
            .lane2(lane_type(self.etablissement, &self.type_code))
    }
}

impl Ecrit for Constante {
    const CATEGORIE: Categorie = Categorie::Constantes;
}

impl Entity for Seuils {
    const KIND: &'static str = "seuils_constantes";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).lane(format!("seuils-constantes/{}", self.etablissement))
    }
}

impl Ecrit for Seuils {
    const CATEGORIE: Categorie = Categorie::Constantes;
}

impl Entity for SeuilsMaison {
    const KIND: &'static str = "seuils_maison";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).lane(format!("seuils-maison/{}", self.etablissement))
    }
}

impl Referentiel for SeuilsMaison {
    const CATEGORIE: Categorie = Categorie::Organisation;
}
