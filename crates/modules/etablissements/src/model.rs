//! The structure's things and their rules.

use kernel::id::{ChambreId, EtablissementId, LitId, OrganismeId, UniteId};
use kernel::numeros::Finess;
use kernel::texte::Texte;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A cluster of establishments sharing the installation (instruction DNS/CNSA « ESMS numérique »).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grappe {
    /// Name.
    pub nom: Texte<120>,
}

impl Grappe {
    /// The one grappe of the installation.
    pub fn id() -> Uuid {
        kernel::id::derived(Uuid::nil(), "grappe")
    }
}

/// Legal status of an organisme gestionnaire (F010).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statut {
    /// Public.
    Public,
    /// Private, non profit.
    Associatif,
    /// Private, commercial.
    Prive,
}

impl Statut {
    /// Every status with its label.
    pub const TOUS: [(Self, &'static str, &'static str); 3] =
        [(Self::Public, "public", "Public"), (Self::Associatif, "associatif", "Associatif"), (Self::Prive, "prive", "Privé")];
}

/// A legal entity which runs establishments (FINESS juridique).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisme {
    /// Name.
    pub nom: Texte<160>,
    /// FINESS juridique.
    pub finess: Finess,
    /// Legal status.
    pub statut: Statut,
}

/// An establishment or service (FINESS géographique).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Etablissement {
    /// Its id, repeated so that the record knows its own scope.
    pub id: EtablissementId,
    /// Who runs it.
    pub organisme: OrganismeId,
    /// Name.
    pub nom: Texte<160>,
    /// FINESS géographique.
    pub finess: Finess,
    /// Kind of ESSMS, a code of `referentiels/genres_essms.toml`.
    pub genre: String,
    /// Street address.
    #[serde(default)]
    pub adresse: String,
    /// Postal code and town.
    #[serde(default)]
    pub commune: String,
    /// Departement code.
    #[serde(default)]
    pub departement: String,
    /// Telephone shown on the call sheet.
    #[serde(default)]
    pub telephone: String,
    /// How the crew enters at night.
    #[serde(default)]
    pub acces_nuit: String,
    /// Number of places.
    #[serde(default)]
    pub capacite: u32,
    /// True once it uses Grappe; the others are only listed.
    #[serde(default)]
    pub actif: bool,
}

/// A unit (sector) of an establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unite {
    /// Where.
    pub etablissement: EtablissementId,
    /// Name.
    pub nom: Texte<80>,
    /// Walking order among the units.
    pub rang: u32,
    /// Number of places.
    pub capacite: u32,
    /// Day care only (PASA, accueil de jour): no bed.
    #[serde(default)]
    pub de_jour: bool,
    /// No longer used.
    #[serde(default)]
    pub fermee: bool,
}

/// A room of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chambre {
    /// Where.
    pub etablissement: EtablissementId,
    /// Its unit.
    pub unite: UniteId,
    /// Number on the door: « 214 ».
    pub numero: Texte<12>,
    /// Walking order within the unit.
    pub rang: u32,
    /// Its beds: one for a single room, two for a double.
    pub lits: Vec<Lit>,
    /// Out of use (works), with the reason.
    #[serde(default)]
    pub hors_service: Option<String>,
}

/// A bed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lit {
    /// Its id.
    pub id: LitId,
    /// « P » (door) or « F » (window) in a double room; empty in a single one.
    #[serde(default)]
    pub repere: String,
}

impl Chambre {
    /// « 214 », or « 214 F » for the window bed of a double room.
    pub fn libelle_lit(&self, lit: LitId) -> String {
        match self.lits.iter().find(|connu| connu.id == lit) {
            Some(connu) if !connu.repere.is_empty() => format!("{} {}", self.numero.as_str(), connu.repere),
            _ => self.numero.as_str().to_owned(),
        }
    }
}

/// Id of a room made from its establishment and number: the number is unique in the house.
pub(crate) fn chambre_id(etablissement: EtablissementId, numero: &str) -> ChambreId {
    ChambreId(kernel::id::derived(etablissement.0, &format!("chambre/{numero}")))
}

impl Chambre {
    /// The id of the room of this number.
    pub fn id(etablissement: EtablissementId, numero: &str) -> ChambreId {
        chambre_id(etablissement, numero)
    }
}
