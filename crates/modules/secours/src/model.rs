//! An edition of a binder: what was printed, when, for which unit.

use std::path::PathBuf;
use std::sync::{OnceLock, PoisonError, RwLock};

use jiff::Timestamp;
use jiff::civil::{Time, time};
use kernel::id::{EtablissementId, UniteId};
use platform::acces::{Categorie, Referentiel};
use platform::store::{BlobId, Entity, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Hours of the scheduled editions, local time.
pub const HEURES: [Time; 3] = [time(6, 0, 0, 0), time(13, 0, 0, 0), time(20, 0, 0, 0)];

/// Why an edition was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// The hour had come: « 06:00 ».
    Programmee {
        /// Which hour.
        heure: String,
    },
    /// Somebody asked.
    Demandee {
        /// Who.
        par: String,
    },
}

/// An edition of the binder of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Where.
    pub etablissement: EtablissementId,
    /// For which unit.
    pub unite: UniteId,
    /// Its name at the time.
    pub unite_nom: String,
    /// The instant the binder is a photograph of.
    pub edite_le: Timestamp,
    /// Why.
    #[serde(flatten)]
    pub cause: Cause,
    /// The PDF, encrypted.
    pub blob: BlobId,
    /// Size in bytes.
    pub taille: u64,
    /// Persons in it.
    pub residents: u32,
    /// Written to the folder which is read without the server; `None`: no folder is set.
    #[serde(default)]
    pub dans_le_dossier: Option<bool>,
}

impl Edition {
    /// The record's id of a scheduled edition: made once, whatever the number of tries.
    pub fn id_programmee(unite: UniteId, jour: jiff::civil::Date, heure: Time) -> Uuid {
        kernel::id::derived(unite.0, &format!("secours/{jour}/{heure}"))
    }
}

/// The list of the editions of an establishment.
pub fn lane_editions(etablissement: EtablissementId) -> String {
    format!("secours/{etablissement}")
}

/// The list of the editions of a unit.
pub(crate) fn lane_unite(unite: UniteId) -> String {
    format!("secours/unite/{unite}")
}

impl Entity for Edition {
    const KIND: &'static str = "edition_secours";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.edite_le).lane(lane_editions(self.etablissement)).lane2(lane_unite(self.unite))
    }
}

impl Referentiel for Edition {
    const CATEGORIE: Categorie = Categorie::Soins;
}

/// What the installation sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reglages {
    /// Folder which receives the binders in clear: on the encrypted disk of the designated PCs.
    pub dossier: Option<PathBuf>,
    /// Public address of the product, drawn in QR codes: `https://grappe.exemple.fr`; without it, no code is drawn.
    pub adresse: Option<String>,
}

static REGLAGES: OnceLock<RwLock<Reglages>> = OnceLock::new();

/// Sets what the installation decides; called once at start.
pub fn regler(reglages: Reglages) {
    let lieu = REGLAGES.get_or_init(RwLock::default);
    *lieu.write().unwrap_or_else(PoisonError::into_inner) = reglages;
}

/// What the installation decided.
pub(crate) fn reglages() -> Reglages {
    REGLAGES.get_or_init(RwLock::default).read().unwrap_or_else(PoisonError::into_inner).clone()
}
