//! What the kitchen acknowledged.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UsagerId};
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Somebody of the kitchen saw that a movement changes who eats, or that it never happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accuse {
    /// The movement.
    pub mouvement: Uuid,
    /// Who moved.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The movement was annulled when this was acknowledged.
    #[serde(default)]
    pub annule: bool,
    /// By whom.
    pub par: CompteId,
    /// Their name as they sign.
    pub par_nom: String,
    /// When.
    pub le: Timestamp,
}

impl Accuse {
    /// One acknowledgement a movement, one more when it is annulled afterwards: two people who tap at once write one.
    pub fn id(mouvement: Uuid, annule: bool) -> Uuid {
        kernel::id::derived(mouvement, if annule { "cuisine-annule" } else { "cuisine" })
    }
}

/// The list of the acknowledgements of a house.
pub(crate) fn lane_accuses(etablissement: EtablissementId) -> String {
    format!("cuisine/{etablissement}")
}

impl Entity for Accuse {
    const KIND: &'static str = "accuse_cuisine";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.le).lane(lane_accuses(self.etablissement))
    }
}

impl Ecrit for Accuse {
    const CATEGORIE: Categorie = Categorie::Repas;
}
