//! What a hospital announces of a stay: one fact, as it was said and when. Pure.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A hospital, as it names itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hopital {
    /// What tells it from the others in what it sends: number or code, never shown.
    pub cle: String,
    /// Its name on screens.
    pub nom: String,
}

/// What is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sorte {
    /// An entry is planned.
    Prevue,
    /// Entry.
    Entree,
    /// Another service, another bed, another regime.
    Mutation,
    /// Out for a time, expected back in hospital.
    DepartPermission,
    /// Back in hospital.
    RetourPermission,
    /// End of the stay.
    Sortie,
}

impl Sorte {
    /// Every sort with its name on screens, in the order of a stay.
    pub const TOUTES: [(Self, &'static str); 6] = [
        (Self::Prevue, "Entrée prévue"),
        (Self::Entree, "Entrée à l'hôpital"),
        (Self::Mutation, "Mouvement à l'hôpital"),
        (Self::DepartPermission, "Départ en permission"),
        (Self::RetourPermission, "Retour de permission"),
        (Self::Sortie, "Sortie de l'hôpital"),
    ];

    /// Name on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUTES.iter().find(|(sorte, _)| *sorte == self).map_or("", |(_, libelle)| libelle)
    }
}

/// What the announcement does to what was said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effet {
    /// Something happens.
    Nouvelle,
    /// What was said is said better: what it gives replaces what was given.
    MiseAJour,
    /// It did not happen.
    Annulation,
}

/// As what the person is in hospital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classe {
    /// In a bed.
    Hospitalisation,
    /// In emergencies.
    Urgences,
    /// For a consultation or an examination: back the same day, and hospitals rarely tell the end of it.
    Consultation,
    /// For sessions (dialysis, chemotherapy…): the same.
    Seances,
}

impl Classe {
    /// Name on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Hospitalisation => "hospitalisation",
            Self::Urgences => "urgences",
            Self::Consultation => "consultation",
            Self::Seances => "séances",
        }
    }

    /// True when the person comes back the same day without anybody telling it.
    pub fn est_d_un_jour(self) -> bool {
        matches!(self, Self::Consultation | Self::Seances)
    }
}

/// One announcement. The order of its fields is the order announcements are read in, whatever the order they came in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Annonce {
    /// When the hospital said it.
    pub annoncee_le: Timestamp,
    /// New, update or cancellation: at the same instant, in that order.
    pub effet: Effet,
    /// When it happened, or should.
    pub le: Timestamp,
    /// What.
    pub sorte: Sorte,
    /// Which hospital.
    pub hopital: Hopital,
    /// Number of the stay in the hospital.
    #[serde(default)]
    pub venue: Option<String>,
    /// Number of the movement: the same for its updates and its cancellation.
    #[serde(default)]
    pub mouvement: Option<String>,
    /// As what.
    #[serde(default)]
    pub classe: Option<Classe>,
    /// Service, room and bed, as the hospital names them.
    #[serde(default)]
    pub service: Option<String>,
    /// True for an end by death.
    #[serde(default)]
    pub deces: bool,
    /// Where the person goes at the end of the stay, as written.
    #[serde(default)]
    pub vers: Option<String>,
    /// End of the stay, foreseen.
    #[serde(default)]
    pub sortie_prevue: Option<Timestamp>,
    /// End of the leave, foreseen.
    #[serde(default)]
    pub retour_prevu: Option<Timestamp>,
    /// Why the person is in hospital: medical, kept apart from the rest.
    #[serde(default)]
    pub motif: Option<String>,
    /// The reception it came from.
    #[serde(default)]
    pub source: Option<Uuid>,
}

impl Annonce {
    /// True for the same announcement, wherever it came from.
    pub(crate) fn dit_la_meme_chose(&self, autre: &Self) -> bool {
        let sans_source = |annonce: &Self| Self { source: None, ..annonce.clone() };
        sans_source(self) == sans_source(autre)
    }

    /// What a screen calls it: an end by death is told as such.
    pub fn libelle(&self) -> &'static str {
        if self.deces { "Décès à l'hôpital" } else { self.sorte.libelle() }
    }
}
