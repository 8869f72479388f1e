//! An instruction for the team, in force until a day.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use kernel::texte::Texte;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::Trace;

/// An instruction about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consigne {
    /// About whom.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit of the person when it was written.
    #[serde(default)]
    pub unite: Option<UniteId>,
    /// What to do.
    pub texte: Texte<500>,
    /// First day.
    pub du: Date,
    /// Last day in force, included.
    pub jusquau: Date,
    /// Profile codes it is for; empty: the whole team.
    #[serde(default)]
    pub pour: Vec<String>,
    /// The transmission it was written with.
    #[serde(default)]
    pub transmission: Option<Uuid>,
    /// When it was written.
    pub saisi_le: Timestamp,
    /// Account of the author.
    pub auteur: CompteId,
    /// Name of the author.
    pub auteur_nom: String,
    /// Profile code of the author.
    pub auteur_profil: String,
    /// Ended before its day, with the reason.
    #[serde(default)]
    pub levee: Option<Trace>,
}

/// Where an instruction stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EtatConsigne {
    /// In force, ends today or tomorrow: to be renewed or let go.
    SeTermine,
    /// In force.
    EnCours,
    /// Over, or ended before its day.
    Terminee,
}

impl Consigne {
    /// Id of the instruction written with a transmission.
    pub fn id_de(transmission: Uuid) -> Uuid {
        kernel::id::derived(transmission, "consigne")
    }

    /// Where it stands on this day.
    pub fn etat(&self, jour: Date) -> EtatConsigne {
        let demain = jour.tomorrow().unwrap_or(jour);
        if self.levee.is_some() || self.jusquau < jour {
            EtatConsigne::Terminee
        } else if self.jusquau <= demain {
            EtatConsigne::SeTermine
        } else {
            EtatConsigne::EnCours
        }
    }

    /// True if it is for this profile.
    pub fn pour(&self, profil: &str) -> bool {
        self.pour.is_empty() || self.pour.iter().any(|code| code == profil)
    }
}
