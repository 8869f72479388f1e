//! Where expected documents stand.

use kernel::id::EtablissementId;
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};

use crate::attendu::{Attendu, EtatAttendu};
use crate::envoi::Envoi;

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

/// What a house sent, or tries to send.
pub fn lane_envois(etablissement: EtablissementId) -> String {
    format!("envois/{etablissement}")
}

/// Sendings of the grappe which wait for the operator, or for somebody.
pub const LANE_ENVOIS_A_VOIR: &str = "envois-a-voir";

impl Entity for Envoi {
    const KIND: &'static str = "envoi";
    fn scope(&self) -> Scope {
        let portee = Scope::of(self.etablissement).person(self.usager).at(self.demande_le).lane(lane_envois(self.etablissement));
        if self.attend() || self.etat().a_voir() { portee.lane2(LANE_ENVOIS_A_VOIR) } else { portee }
    }
}

impl Ecrit for Envoi {
    const CATEGORIE: Categorie = Categorie::Documents;
}
