//! Why and since when a unit is closed: kept beside the unit, version after version.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UniteId};
use kernel::texte::Texte;
use platform::acces::{Categorie, Referentiel};
use platform::store::{Entity, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The closing of a unit; its history keeps the former ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fermeture {
    /// Where.
    pub etablissement: EtablissementId,
    /// Which unit.
    pub unite: UniteId,
    /// Why.
    pub motif: Texte<200>,
    /// Since.
    pub le: Timestamp,
    /// Opened again at.
    #[serde(default)]
    pub rouverte_le: Option<Timestamp>,
}

impl Fermeture {
    /// The record's id for a unit.
    pub fn id(unite: UniteId) -> Uuid {
        kernel::id::derived(unite.0, "fermeture")
    }
}

impl Entity for Fermeture {
    const KIND: &'static str = "fermeture_unite";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.le).lane(format!("fermetures/{}", self.etablissement))
    }
}

impl Referentiel for Fermeture {
    const CATEGORIE: Categorie = Categorie::Organisation;
}
