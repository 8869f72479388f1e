//! Where proposed lines and readings stand.

use kernel::id::EtablissementId;
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};

use crate::model::{Lecture, Proposition};

/// The lines of an establishment somebody must look at.
pub fn lane_propositions(etablissement: EtablissementId) -> String {
    format!("propositions/{etablissement}")
}

/// The lines of an establishment which were settled.
pub fn lane_traitees(etablissement: EtablissementId) -> String {
    format!("propositions-traitees/{etablissement}")
}

/// The documents of an establishment somebody must read, since a machine could not.
pub fn lane_a_lire(etablissement: EtablissementId) -> String {
    format!("lectures-a-faire/{etablissement}")
}

impl Entity for Proposition {
    const KIND: &'static str = "proposition";
    fn scope(&self) -> Scope {
        let lane = if self.attend() { lane_propositions(self.etablissement) } else { lane_traitees(self.etablissement) };
        Scope::of(self.etablissement).person(self.usager).at(self.proposee_le).lane(lane)
    }
}

impl Ecrit for Proposition {
    const CATEGORIE: Categorie = Categorie::Medical;
}

impl Entity for Lecture {
    const KIND: &'static str = "lecture_de_document";
    fn scope(&self) -> Scope {
        let scope = Scope::of(self.etablissement).person(self.usager).at(self.lue_le);
        if self.a_lire() { scope.lane(lane_a_lire(self.etablissement)) } else { scope }
    }
}

impl Ecrit for Lecture {
    const CATEGORIE: Categorie = Categorie::Medical;
}
