//! What nobody at the bedside may ignore: allergies in their four states, textures, risks.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A known allergy: the agent and, always with it, the reaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergie {
    /// What to avoid: « pénicilline ».
    pub agent: String,
    /// What happens: « anaphylaxie ».
    pub reaction: String,
    /// Since which year, when it is known.
    #[serde(default)]
    pub annee: Option<i16>,
}

/// Exactly four states, never blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum Allergies {
    /// « Allergie connue : pénicilline, anaphylaxie ».
    Connues {
        /// At least one.
        liste: Vec<Allergie>,
    },
    /// « Aucune allergie connue (vérifié le …) ».
    Aucune {
        /// When it was checked.
        verifie_le: Date,
    },
    /// « Allergies non renseignées ».
    NonRenseignees,
    /// « Information indisponible ».
    Indisponible,
}

/// A chip of the banner, with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalAlerte {
    /// Stable code: `fausse_route`, `chute_recente`, `contention`, `isolement`, `anticoagulant`, `palliatif`, `fugue`…
    pub code: String,
    /// Words on the chip.
    pub libelle: String,
    /// True for danger, false for something to watch.
    #[serde(default)]
    pub danger: bool,
    /// Since.
    pub depuis: Timestamp,
    /// Name of who noted it.
    pub note_par: String,
}

impl SignalAlerte {
    /// Code of the chip which says that allergies come from another record and wait to be checked here.
    pub const ALLERGIES_REPRISES: &'static str = "allergies_reprises";

    /// Chips which can be put up by hand: code, label, danger (ux.md 2.4).
    pub const CONNUS: [(&'static str, &'static str, bool); 12] = [
        ("fausse_route", "Fausse route", true),
        ("chute_recente", "Chute récente", false),
        ("contention", "Contention", false),
        ("isolement", "Isolement", true),
        ("bmr", "BMR", true),
        ("anticoagulant", "Anticoagulant", false),
        ("insuline", "Insuline", false),
        ("oxygene", "Oxygène", false),
        ("fin_de_vie", "Soins de confort", false),
        ("niveau_soins", "Niveau de soins limité", false),
        ("risque_sortie", "Risque de sortie", true),
        ("opposition", "Opposition", false),
    ];
}

/// What nobody at the bedside may ignore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alertes {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Allergies.
    pub allergies: Allergies,
    /// Chips of the banner.
    #[serde(default)]
    pub signaux: Vec<SignalAlerte>,
    /// Texture of meals: « mixée ».
    #[serde(default)]
    pub texture: String,
    /// Diet: « sans sel », « diabétique ».
    #[serde(default)]
    pub regime: String,
    /// Drinks: « eau gélifiée ».
    #[serde(default)]
    pub boisson: String,
    /// Transfers and equipment: « à deux, lève-malade », « déambulateur ».
    #[serde(default)]
    pub transfert: String,
    /// GIR of the last validated evaluation, 1 to 6.
    #[serde(default)]
    pub gir: Option<u8>,
}

impl Alertes {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "alertes")
    }

    /// Of a person of whom nothing was noted yet.
    pub fn vides(usager: UsagerId, etablissement: EtablissementId) -> Self {
        Self {
            usager,
            etablissement,
            allergies: Allergies::NonRenseignees,
            signaux: Vec::new(),
            texture: String::new(),
            regime: String::new(),
            boisson: String::new(),
            transfert: String::new(),
            gir: None,
        }
    }

    /// « GIR 2 · texture mixée, eau gélifiée · lève-malade »: what is read on the card before entering the room.
    pub fn essentiel(&self) -> String {
        let gir = self.gir.map(|gir| format!("GIR {gir}"));
        let texture = (!self.texture.is_empty()).then(|| format!("texture {}", self.texture));
        let autres = [&self.boisson, &self.regime, &self.transfert].into_iter().filter(|texte| !texte.is_empty()).cloned();
        gir.into_iter().chain(texture).chain(autres).collect::<Vec<_>>().join(" · ")
    }
}
