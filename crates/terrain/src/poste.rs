//! The enrolled device and the keys it is given.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, PosteId};
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};

use crate::sceau::{deriver, tirer};
use crate::{CleMaitre, Erreur, Protege};

/// Zones of the record with separate keys on a tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compartiment {
    /// Emergency card.
    Urgence,
    /// Daily life, lists, activities.
    Vie,
    /// Care plan, transmissions, vital signs.
    Soins,
    /// Treatment and medical data.
    Medical,
    /// What is only hers: home page, drafts.
    Perso,
}

impl Compartiment {
    /// Its name in the protocol.
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Urgence => "urgence",
            Self::Vie => "vie",
            Self::Soins => "soins",
            Self::Medical => "medical",
            Self::Perso => "perso",
        }
    }
}

/// Whether a device may exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatPoste {
    /// In service.
    #[default]
    Actif,
    /// Declared lost or stolen: keys are refused, what it sends is set aside for review.
    Perdu,
    /// Withdrawn.
    Retire,
}

/// An enrolled device.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Poste {
    /// Its id.
    pub id: PosteId,
    /// Its name for people: « Tablette 7 · Volcans ».
    pub nom: String,
    /// Its establishment.
    pub etablissement: EtablissementId,
    /// In service, lost, withdrawn.
    #[serde(default)]
    pub etat: EtatPoste,
    /// Enrolled at.
    pub enrole_a: Timestamp,
    /// Enrolled by.
    pub enrole_par: CompteId,
    /// Changes the record keys when it grows: what the device holds can no longer be opened.
    #[serde(default)]
    pub generation: u32,
    racine: Protege,
}

impl Poste {
    /// Enrols a device with a fresh root secret.
    pub fn enroler(
        id: PosteId,
        nom: String,
        etablissement: EtablissementId,
        par: (CompteId, Timestamp),
        maitre: &CleMaitre,
        hasard: &dyn SecureRandom,
    ) -> Result<Self, Erreur> {
        let racine = maitre.proteger(&tirer(hasard)?, &usage(id), hasard)?;
        let (enrole_par, enrole_a) = par;
        Ok(Self { id, nom, etablissement, etat: EtatPoste::Actif, enrole_a, enrole_par, generation: 0, racine })
    }

    /// The key with which the device signs its requests.
    pub fn cle_requete(&self, maitre: &CleMaitre) -> Result<[u8; 32], Erreur> {
        self.derivee(maitre, "requete")
    }

    /// The keys of the compartments a person may open on this device, base64url. `perso` is hers alone; the others are shared by
    /// those whose rights are the same (`groupe`), since what the server writes there depends on them.
    pub fn deks(
        &self,
        compte: CompteId,
        groupe: &str,
        compartiments: &[Compartiment],
        maitre: &CleMaitre,
    ) -> Result<BTreeMap<Compartiment, String>, Erreur> {
        let mut deks = BTreeMap::new();
        for &c in compartiments {
            let info = match c {
                Compartiment::Perso => format!("dek|{}|perso|{compte}", self.generation),
                _ => format!("dek|{}|{}|{groupe}", self.generation, c.nom()),
            };
            deks.insert(c, B64.encode(self.derivee(maitre, &info)?));
        }
        Ok(deks)
    }

    fn derivee(&self, maitre: &CleMaitre, info: &str) -> Result<[u8; 32], Erreur> {
        let racine = maitre.ouvrir(&self.racine, &usage(self.id))?;
        deriver(&racine, b"grappe terrain poste 1", info.as_bytes())
    }
}

fn usage(id: PosteId) -> String {
    format!("terrain|poste|{id}")
}
