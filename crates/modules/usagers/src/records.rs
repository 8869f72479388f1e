//! Where the records about persons stand, and the questions asked of them.

use kernel::id::EtablissementId;
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};

use crate::{Alertes, Entourage, Habitudes, Identification, Usager};

/// The list of the persons of an establishment.
pub fn lane_usagers(etablissement: EtablissementId) -> String {
    format!("usagers/{etablissement}")
}

/// The list of the identities of an establishment.
pub fn lane_identites(etablissement: EtablissementId) -> String {
    format!("identites/{etablissement}")
}

impl Entity for Usager {
    const KIND: &'static str = "usager";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.id).lane(lane_usagers(self.etablissement))
    }
}

impl Ecrit for Usager {
    const CATEGORIE: Categorie = Categorie::Presence;
}

impl Entity for Identification {
    const KIND: &'static str = "identification";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).lane(lane_identites(self.etablissement))
    }
    fn claims(&self) -> Vec<String> {
        self.identite.ins().map(|ins| format!("ins/{}/{}", self.etablissement, ins.matricule().as_str())).into_iter().collect()
    }
}

impl Ecrit for Identification {
    const CATEGORIE: Categorie = Categorie::Identite;
}

macro_rules! fiche {
    ($kind:ty, $name:literal, $category:ident) => {
        impl Entity for $kind {
            const KIND: &'static str = $name;
            fn scope(&self) -> Scope {
                Scope::of(self.etablissement).person(self.usager).lane(format!(concat!($name, "/{}"), self.etablissement))
            }
        }
        impl Ecrit for $kind {
            const CATEGORIE: Categorie = Categorie::$category;
        }
    };
}
fiche!(Alertes, "alertes", Alertes);
fiche!(Entourage, "entourage", Administratif);
fiche!(Habitudes, "habitudes", Vie);
