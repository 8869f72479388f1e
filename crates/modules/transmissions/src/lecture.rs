//! Who read what: « lu » per account, taking note of alerts by name, handing over.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An account read everything about a person known until an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lecture {
    /// Who read.
    pub compte: CompteId,
    /// About whom.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Everything known until then was on the screen.
    pub jusqua: Timestamp,
}

impl Lecture {
    /// The record's id: one an account and a person.
    pub fn id(compte: CompteId, usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, &format!("lecture/{compte}"))
    }
}

/// An account read everything about a unit known until an instant: the beginning of its next digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DernierPassage {
    /// Who.
    pub compte: CompteId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit; none for persons without one.
    #[serde(default)]
    pub unite: Option<UniteId>,
    /// Until.
    pub jusqua: Timestamp,
}

impl DernierPassage {
    /// The record's id: one an account and a unit.
    pub fn id(compte: CompteId, etablissement: EtablissementId, unite: Option<UniteId>) -> Uuid {
        kernel::id::derived(unite.map_or(etablissement.0, |unite| unite.0), &format!("passage/{compte}"))
    }
}

/// Somebody took note of an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriseDeConnaissance {
    /// The alert.
    pub transmission: Uuid,
    /// About whom.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Who.
    pub compte: CompteId,
    /// Name.
    pub nom: String,
    /// Profile code.
    pub profil: String,
    /// When.
    pub le: Timestamp,
}

impl PriseDeConnaissance {
    /// The record's id: one an account and an alert.
    pub fn id(transmission: Uuid, compte: CompteId) -> Uuid {
        kernel::id::derived(transmission, &format!("connaissance/{compte}"))
    }
}

/// A handover told to the next team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passation {
    /// Where.
    pub etablissement: EtablissementId,
    /// The units told; empty: the whole establishment.
    #[serde(default)]
    pub unites: Vec<UniteId>,
    /// Who told it.
    pub compte: CompteId,
    /// Name.
    pub nom: String,
    /// Profile code.
    pub profil: String,
    /// The digest went from.
    pub depuis: Timestamp,
    /// Telling began.
    pub debut: Timestamp,
    /// Telling ended.
    pub fin: Timestamp,
    /// How many persons were told.
    pub residents: u32,
}

/// The next team accepted a handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptation {
    /// The handover.
    pub passation: Uuid,
    /// Where.
    pub etablissement: EtablissementId,
    /// Who accepted.
    pub compte: CompteId,
    /// Name.
    pub nom: String,
    /// Profile code.
    pub profil: String,
    /// When.
    pub le: Timestamp,
}

impl Acceptation {
    /// The record's id: one an account and a handover.
    pub fn id(passation: Uuid, compte: CompteId) -> Uuid {
        kernel::id::derived(passation, &format!("acceptation/{compte}"))
    }
}
