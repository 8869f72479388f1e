//! Where expected documents stand.

use kernel::id::EtablissementId;
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};

use crate::attendu::{Attendu, EtatAttendu};

/// What an establishment waits for.
pub fn lane_attendus(etablissement: EtablissementId) -> String {
    format!("attendus/{etablissement}")
}

/// What came or was given up.
pub fn lane_recus(etablissement: EtablissementId) -> String {
    format!("attendus-clos/{etablissement}")
}

impl Entity for Attendu {
    const KIND: &'static str = "document_attendu";
    fn scope(&self) -> Scope {
        let lane =
            if self.etat == EtatAttendu::Attendu { lane_attendus(self.etablissement) } else { lane_recus(self.etablissement) };
        Scope::of(self.etablissement).person(self.usager).at(self.parti_le).lane(lane)
    }
}

impl Ecrit for Attendu {
    const CATEGORIE: Categorie = Categorie::Documents;
}
