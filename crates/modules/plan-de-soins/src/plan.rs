//! The care plan of a person: what is planned, for whom to do it, since when, and why it stopped.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::id::{CompteId, EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cle::Cle;
use crate::poste::Creneau;
use crate::recurrence::{Occurrence, Recurrence, TOLERANCE_MIN, autour, occurrences};

/// Who signed, as it was known at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signataire {
    /// The account.
    pub compte: CompteId,
    /// Name shown.
    pub nom: String,
    /// Short profession: « AS », « IDE ».
    #[serde(default)]
    pub metier: String,
}

impl Signataire {
    /// « S. V. », for a tick.
    pub fn initiales(&self) -> String {
        self.nom
            .split_whitespace()
            .filter_map(|mot| mot.chars().next())
            .map(|lettre| format!("{lettre}."))
            .collect::<Vec<_>>()
            .join("\u{a0}")
    }

    /// « Sophie Vinatier, AS ».
    pub fn complet(&self) -> String {
        if self.metier.is_empty() { self.nom.clone() } else { format!("{}, {}", self.nom, self.metier) }
    }
}

/// The end of a planned act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arret {
    /// Since when it is no longer due.
    pub le: Timestamp,
    /// Name of who stopped it.
    pub par: String,
    /// Why.
    pub motif: String,
}

/// An act planned for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoinPrevu {
    /// Its id: what validations name. Another rhythm is another act, so that the past keeps its meaning.
    pub id: Uuid,
    /// Code of `referentiels/catalogue_actes.toml` or of the house's additions; empty for a free wording.
    pub acte: String,
    /// Words on the screen.
    pub libelle: String,
    /// Lucide name.
    pub icone: String,
    /// Family of acts (`toilette`, `nuit`…), as in the catalogue.
    #[serde(default)]
    pub categorie: String,
    /// How to do it for this person.
    #[serde(default)]
    pub consigne: String,
    /// Professions which usually do it, codes of the profiles; empty: anybody.
    #[serde(default)]
    pub metiers: Vec<String>,
    /// When it is due.
    pub recurrence: Recurrence,
    /// First day.
    pub du: Date,
    /// Last day, included.
    #[serde(default)]
    pub au: Option<Date>,
    /// When it was added: earlier times of the first day are not due.
    #[serde(default)]
    pub ajoute_le: Option<Timestamp>,
    /// Stopped.
    #[serde(default)]
    pub arret: Option<Arret>,
    /// Codes of `referentiels/constantes.toml` measured with it.
    #[serde(default)]
    pub mesures: Vec<String>,
    /// Never part of a grouped validation.
    #[serde(default)]
    pub a_risque: bool,
    /// An observation is expected: never part of a grouped validation.
    #[serde(default)]
    pub observation: bool,
    /// Usual minutes, to weigh a shift.
    #[serde(default)]
    pub duree_min: u16,
    /// What proposed it: `plan-type/gir_2`, `evaluation/…`.
    #[serde(default)]
    pub origine: Option<String>,
}

impl SoinPrevu {
    /// True as long as it is neither stopped nor over at this instant.
    pub fn en_cours(&self, now: Timestamp, aujourd_hui: Date) -> bool {
        self.arret.as_ref().is_none_or(|arret| now < arret.le) && self.au.is_none_or(|au| aujourd_hui <= au)
    }

    /// True if an act due then is (or was) really to be done: added before, not stopped yet.
    pub fn valable(&self, due: Timestamp) -> bool {
        self.ajoute_le.is_none_or(|le| le <= due) && self.arret.as_ref().is_none_or(|arret| due < arret.le)
    }

    /// Times due on a civil day.
    pub fn occurrences(&self, jour: Date, fuseau: &TimeZone) -> Vec<Occurrence> {
        let mut dues = occurrences(&self.recurrence, self.du, self.au, jour, fuseau);
        if self.ajoute_le.is_some() || self.arret.is_some() {
            dues.retain(|occurrence| self.valable(occurrence.due));
        }
        dues
    }

    /// Times due in a shift.
    pub fn occurrences_du_creneau(&self, creneau: Creneau, fuseau: &TimeZone) -> Vec<Occurrence> {
        let mut dues = Vec::new();
        for jour in creneau.jours() {
            dues.extend(self.occurrences(jour, fuseau).into_iter().filter(|occurrence| occurrence.cle.creneau() == creneau));
        }
        dues
    }

    /// The time this name designates, if the plan holds it; a postponed one follows its origin.
    pub fn occurrence(&self, cle: &Cle, fuseau: &TimeZone) -> Option<Occurrence> {
        if cle.est_libre() {
            return None;
        }
        let jour = cle.origine().date();
        let trouvee = self.occurrences(jour, fuseau).into_iter().find(|connue| connue.cle.origine() == cle.origine())?;
        if !cle.est_reportee() {
            return Some(trouvee).filter(|trouvee| trouvee.cle == *cle);
        }
        let due = cle.due(fuseau);
        let (debut, fin) = autour(due, TOLERANCE_MIN);
        Some(Occurrence { cle: cle.clone(), due, debut, fin })
    }

    /// True for an act a grouped validation may take: nothing measured, nothing observed, no risk.
    pub fn est_courant(&self) -> bool {
        !self.a_risque && !self.observation && self.mesures.is_empty() && !self.recurrence.est_si_besoin()
    }

    /// True if this profession usually does it; aides-soignants, AES and night aides stand for one another.
    pub fn concerne(&self, profil: &str) -> bool {
        const AIDES: [&str; 3] = ["as", "aes", "as_nuit"];
        self.metiers.is_empty()
            || self.metiers.iter().any(|metier| metier == profil)
            || (AIDES.contains(&profil) && self.metiers.iter().any(|metier| AIDES.contains(&metier.as_str())))
            || (profil == "idec" && self.metiers.iter().any(|metier| metier == "ide"))
    }
}

/// The care plan of a person: one record, each version signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Whose.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Acts planned, stopped ones included for half a year; shared, since a round reads sixty plans and changes none.
    #[serde(default)]
    pub lignes: Vec<Arc<SoinPrevu>>,
    /// What this version changed, in words.
    #[serde(default)]
    pub changement: String,
    /// Who signed this version.
    #[serde(default)]
    pub signe: Option<Signataire>,
}

/// How long a stopped act stays in the present version; former versions keep it for ever.
const GARDE_JOURS: i64 = 180;

impl Plan {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "plan")
    }

    /// A plan without any act.
    pub fn vide(usager: UsagerId, etablissement: EtablissementId) -> Self {
        Self { usager, etablissement, lignes: Vec::new(), changement: String::new(), signe: None }
    }

    /// A planned act.
    pub fn ligne(&self, soin: Uuid) -> Option<&SoinPrevu> {
        self.lignes.iter().find(|ligne| ligne.id == soin).map(AsRef::as_ref)
    }

    /// Acts neither stopped nor over.
    pub fn en_cours(&self, now: Timestamp, aujourd_hui: Date) -> impl Iterator<Item = &SoinPrevu> {
        self.lignes.iter().map(AsRef::as_ref).filter(move |ligne| ligne.en_cours(now, aujourd_hui))
    }

    /// Leaves to former versions what stopped more than half a year ago.
    pub fn elaguer(&mut self, now: Timestamp) {
        let limite = now.checked_sub(SignedDuration::from_hours(24 * GARDE_JOURS)).unwrap_or(Timestamp::MIN);
        self.lignes.retain(|ligne| ligne.arret.as_ref().is_none_or(|arret| arret.le > limite));
    }
}
