//! What became of an act: a fact, appended, corrected or annulled by a later version, never erased (INV-09).

use jiff::Timestamp;
use kernel::id::{EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cle::Cle;
use crate::plan::Signataire;

/// What became of an act. « Non tracé » is the absence of any of these, and never counts as done (INV-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Issue {
    /// Done.
    Fait,
    /// Done in part.
    FaitEnPartie {
        /// Code of the reason, family `fait_partiellement`.
        #[serde(default)]
        note: String,
    },
    /// The person refused.
    Refuse {
        /// Code of the reason, family `refus_soin`.
        motif: String,
    },
    /// The person was not there.
    Absent {
        /// Code of the reason, family `absence_soin`.
        motif: String,
    },
    /// Put off.
    Reporte {
        /// Until when.
        a: Timestamp,
        /// Code of the reason, family `report`.
        motif: String,
    },
    /// Not needed this time.
    NonNecessaire {
        /// Code of the reason, family `non_necessaire`.
        motif: String,
    },
}

impl Issue {
    /// Codes of the outcomes, in forms and messages of tablets.
    pub const CODES: [&'static str; 6] = ["fait", "fait_en_partie", "refuse", "absent", "reporte", "non_necessaire"];

    /// Its code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Fait => "fait",
            Self::FaitEnPartie { .. } => "fait_en_partie",
            Self::Refuse { .. } => "refuse",
            Self::Absent { .. } => "absent",
            Self::Reporte { .. } => "reporte",
            Self::NonNecessaire { .. } => "non_necessaire",
        }
    }

    /// Its word on screens.
    pub fn libelle(&self) -> &'static str {
        match self {
            Self::Fait => "fait",
            Self::FaitEnPartie { .. } => "fait en partie",
            Self::Refuse { .. } => "refusé",
            Self::Absent { .. } => "absent",
            Self::Reporte { .. } => "reporté",
            Self::NonNecessaire { .. } => "non nécessaire",
        }
    }

    /// True if something was done to the person.
    pub fn est_fait(&self) -> bool {
        matches!(self, Self::Fait | Self::FaitEnPartie { .. })
    }

    /// Code of the reason, if there is one.
    pub fn motif(&self) -> Option<&str> {
        let motif = match self {
            Self::Fait => return None,
            Self::FaitEnPartie { note } => note,
            Self::Refuse { motif } | Self::Absent { motif } | Self::Reporte { motif, .. } | Self::NonNecessaire { motif } => {
                motif
            }
        };
        Some(motif.as_str()).filter(|motif| !motif.is_empty())
    }

    /// True if two people said the same thing of an act, whatever the words of the reason.
    pub fn meme(&self, autre: &Self) -> bool {
        self.code() == autre.code()
    }
}

/// How the hour of the act is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaitSource {
    /// The tap itself.
    #[default]
    Maintenant,
    /// The carer's word: « il y a 15 min », « 08:30 ».
    Choisi,
}

/// An annulment: the fact stays readable, struck through, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annulation {
    /// Name of who annulled.
    pub par: String,
    /// When.
    pub le: Timestamp,
    /// Why.
    pub motif: String,
}

/// What became of one time of a planned act.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent fact kept with the word: grouped, off plan, doubtful clock, offline"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// Whose.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit of the stay at the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unite: Option<UniteId>,
    /// The planned act.
    pub soin: Uuid,
    /// Its words at the time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub libelle: String,
    /// Which time of it.
    pub occurrence: Cle,
    /// Outcome.
    pub issue: Issue,
    /// When it was done, by the carer's word.
    pub fait_le: Timestamp,
    /// When it was entered.
    pub saisi_le: Timestamp,
    /// How the hour is known.
    #[serde(default)]
    pub fait_source: FaitSource,
    /// Part of « Tout est fait » or of « Tout RAS sauf… ».
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub groupe: bool,
    /// Done with this colleague.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avec: Option<String>,
    /// Free note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who did it.
    pub par: Signataire,
    /// The act was stopped, or never due: kept and raised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hors_plan: bool,
    /// The tablet's clock was doubtful.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heure_a_confirmer: bool,
    /// Entered without network.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hors_ligne: bool,
    /// Annulled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annule: Option<Annulation>,
    /// Why this version replaces the former one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Annulation>,
    /// The annulled fact it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remplace: Option<Uuid>,
    /// Somebody else spoke first of the same time: both are kept, this one holds no key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub double_de: Option<Uuid>,
}

impl Validation {
    /// The key two tablets compete for; `None` once annulled, for a second word and for what is done when needed.
    pub fn cle_unique(&self) -> Option<String> {
        let tenue = self.annule.is_none() && self.double_de.is_none() && !self.occurrence.est_libre();
        tenue.then(|| cle_unique(self.soin, &self.occurrence))
    }

    /// True unless annulled.
    pub fn compte(&self) -> bool {
        self.annule.is_none()
    }

    /// True if it was entered later than it was done, by more than the time of a tap.
    pub fn est_tardive(&self) -> bool {
        self.saisi_le.duration_since(self.fait_le).as_secs() > 300
    }

    /// True if this is the same word of the same person about the same time: a repeated sending.
    pub fn est_la_meme(&self, autre: &Self) -> bool {
        self.usager == autre.usager
            && self.soin == autre.soin
            && self.occurrence == autre.occurrence
            && self.par.compte == autre.par.compte
            && self.issue.meme(&autre.issue)
    }
}

/// The uniqueness key of one time of one planned act.
pub fn cle_unique(soin: Uuid, occurrence: &Cle) -> String {
    // The time first: keys of one round are neighbours on disk.
    format!("soin/{occurrence}/{soin}")
}

/// An act put off comes back at its new time: this names it on the round it comes back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Whose.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit of the stay.
    #[serde(default)]
    pub unite: Option<UniteId>,
    /// The validation which put it off.
    pub validation: Uuid,
    /// The planned act.
    pub soin: Uuid,
    /// The name of the new time.
    pub occurrence: Cle,
    /// The new time.
    pub a: Timestamp,
    /// The validation was annulled or corrected.
    #[serde(default)]
    pub annule: bool,
}

impl Report {
    /// The record's id for a validation and the time it put the act off to.
    pub fn id(validation: Uuid, occurrence: &Cle) -> Uuid {
        kernel::id::derived(validation, &format!("report/{occurrence}"))
    }
}
