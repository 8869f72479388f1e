//! Where transfers stand.

use kernel::id::EtablissementId;
use platform::acces::{Categorie, Ecrit, Referentiel};
use platform::store::{Entity, Scope};

use crate::model::{Transfert, TransfertRecu};

/// Transfers out of an establishment, in progress or over.
pub fn lane_departs(etablissement: EtablissementId, en_cours: bool) -> String {
    format!("transferts/{etablissement}/{}", if en_cours { "departs" } else { "departs-clos" })
}

/// Transfers to an establishment, in progress or over.
pub fn lane_arrivees(etablissement: EtablissementId, en_cours: bool) -> String {
    format!("transferts/{etablissement}/{}", if en_cours { "arrivees" } else { "arrivees-closes" })
}

impl Entity for Transfert {
    const KIND: &'static str = "transfert";
    fn scope(&self) -> Scope {
        let lane = lane_departs(self.etablissement, self.en_cours());
        Scope::of(self.etablissement).person(self.usager).at(self.demande.le).lane(lane)
    }
    /// One transfer in progress a person.
    fn claims(&self) -> Vec<String> {
        self.en_cours().then(|| format!("transfert-en-cours/{}", self.usager)).into_iter().collect()
    }
}

impl Ecrit for Transfert {
    const CATEGORIE: Categorie = Categorie::Administratif;
}

impl Entity for TransfertRecu {
    const KIND: &'static str = "transfert_recu";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.demande.le).lane(lane_arrivees(self.etablissement, self.en_cours()))
    }
}

impl Referentiel for TransfertRecu {
    const CATEGORIE: Categorie = Categorie::Administratif;
}
