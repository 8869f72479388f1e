//! A measured value, and the thresholds it is compared with.

use jiff::Timestamp;
use kernel::decimal::Decimal;
use kernel::id::{EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A measured value. Appended; corrected or annulled by a later version, never overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constante {
    /// Of whom.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit the person stayed in when it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unite: Option<UniteId>,
    /// What: a code of `referentiels/constantes.toml`. A blood pressure is `ta_systolique` with `valeur2`.
    pub type_code: String,
    /// The value, in `unite_mesure`, exact.
    pub valeur: Decimal,
    /// The diastolic pressure, for `ta_systolique`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valeur2: Option<Decimal>,
    /// Unit of the value, as it was shown at the entry: `kg`, `mmHg`, `°C`.
    pub unite_mesure: String,
    /// When it was measured, by the carer's word.
    pub mesuree_le: Timestamp,
    /// When it was entered.
    pub saisie_le: Timestamp,
    /// Circumstances: position, effort, before a meal, side.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contexte: String,
    /// Free words of the carer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub commentaire: String,
    /// Name of who measured.
    pub auteur_nom: String,
    /// Implausible and not yet measured again or confirmed: shown, never silent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub a_confirmer: bool,
    /// Entered without network.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hors_ligne: bool,
    /// The clock of the device was doubtful: the hour is to be confirmed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heure_a_confirmer: bool,
    /// The planned act it was measured in, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soin: Option<Uuid>,
    /// The value entered before which looks like the same one (same type and value, two minutes apart at most).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jumelle_de: Option<Uuid>,
    /// Why this version was written, when it corrects the former one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motif: String,
    /// Annulled, with the reason; stays readable, counts nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annule: Option<String>,
}

impl Constante {
    /// True if it counts: neither annulled nor a twin waiting for a word.
    pub fn compte(&self) -> bool {
        self.annule.is_none() && self.jumelle_de.is_none()
    }

    /// « 52,4 », or « 132/74 » for a blood pressure.
    pub fn valeur_lisible(&self) -> String {
        match self.valeur2 {
            Some(basse) => format!("{}/{basse}", self.valeur),
            None => self.valeur.to_string(),
        }
    }

    /// « 52,4 kg », « 132/74 mmHg »; the unit is bound by a no-break space.
    pub fn lisible(&self) -> String {
        match self.unite_mesure.as_str() {
            "" => self.valeur_lisible(),
            unite if unite.starts_with('/') => format!("{}{unite}", self.valeur_lisible()),
            unite => format!("{}\u{a0}{unite}", self.valeur_lisible()),
        }
    }
}

/// Below and above which a value is an alert; an absent bound alerts never.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bornes {
    /// Alert strictly below.
    #[serde(default)]
    pub bas: Option<Decimal>,
    /// Alert at and above.
    #[serde(default)]
    pub haut: Option<Decimal>,
}

impl Bornes {
    /// True if the value is out of the bounds.
    pub fn depasse(&self, valeur: Decimal) -> bool {
        self.bas.is_some_and(|bas| valeur < bas) || self.haut.is_some_and(|haut| valeur >= haut)
    }
}

/// Bounds by code of quantity.
pub type BornesParType = BTreeMap<String, Bornes>;

/// Thresholds an establishment chose instead of those of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeuilsMaison {
    /// Where.
    pub etablissement: EtablissementId,
    /// Bounds, for the quantities which differ from the file.
    #[serde(default)]
    pub bornes: BornesParType,
    /// Name of who decided.
    #[serde(default)]
    pub auteur_nom: String,
}

impl SeuilsMaison {
    /// The record's id for an establishment.
    pub fn id(etablissement: EtablissementId) -> Uuid {
        kernel::id::derived(etablissement.0, "seuils-constantes")
    }
}

/// Thresholds set for one person by the physician or the nurse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seuils {
    /// Of whom.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Bounds, for the quantities which differ from those of the house.
    #[serde(default)]
    pub bornes: BornesParType,
    /// Why, in words: « BPCO, cible 88 à 92 % ».
    #[serde(default)]
    pub motif: String,
    /// Name of who decided.
    #[serde(default)]
    pub auteur_nom: String,
}

impl Seuils {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "seuils-constantes")
    }
}
