//! What the gate knows of a person: where they stay, and to whom they are opposed. No clinical data.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};
use store::{Entity, Scope};
use uuid::Uuid;

use super::Opposition;

/// The state of a stay, as far as rights and screens care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatSejour {
    /// Expected.
    Preadmis,
    /// In the house.
    Present,
    /// Out for a time (family, holiday).
    Absent,
    /// In hospital; the bed is held.
    Hospitalise,
    /// Left.
    Sorti,
    /// Deceased.
    Decede,
}

impl EtatSejour {
    /// Its word on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Preadmis => "préadmission",
            Self::Present => "présent",
            Self::Absent => "absent",
            Self::Hospitalise => "hospitalisé",
            Self::Sorti => "sorti",
            Self::Decede => "décédé",
        }
    }

    /// True as long as the team cares for the person.
    pub fn en_cours(self) -> bool {
        matches!(self, Self::Preadmis | Self::Present | Self::Absent | Self::Hospitalise)
    }
}

/// A stay, as the gate sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lien {
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit, when there is one (none at home).
    pub unite: Option<UniteId>,
    /// State.
    pub etat: EtatSejour,
    /// Since.
    pub depuis: Timestamp,
    /// Until, for stays which ended.
    #[serde(default)]
    pub jusque: Option<Timestamp>,
}

/// Where a person stays or stayed, and to whom they are opposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rattachement {
    /// The person.
    pub usager: UsagerId,
    /// The stays, oldest first.
    pub liens: Vec<Lien>,
    /// Oppositions in force.
    #[serde(default)]
    pub oppositions: Vec<Opposition>,
    /// The record was merged into this one.
    #[serde(default)]
    pub fusionne_dans: Option<UsagerId>,
    /// The records merged into this one: what they hold is read here too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorbes: Vec<UsagerId>,
}

impl Rattachement {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "rattachement")
    }

    /// The stay in progress, else the last one.
    pub fn courant(&self) -> Option<&Lien> {
        self.liens.iter().rev().find(|lien| lien.etat.en_cours()).or_else(|| self.liens.last())
    }

    /// The list which moves when the gate's view of a person moves.
    pub fn lane(usager: UsagerId) -> String {
        format!("rattachement/{usager}")
    }
}

impl Entity for Rattachement {
    const KIND: &'static str = "rattachement";

    fn scope(&self) -> Scope {
        let etablissement = self.courant().map_or(Uuid::nil(), |lien| lien.etablissement.0);
        Scope::of(etablissement).person(self.usager).lane(Self::lane(self.usager))
    }
}
