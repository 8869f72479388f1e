//! What the physician decided for an emergency: level of care, directives, hospital, what to know of the person.

use std::collections::BTreeMap;

use kernel::id::{EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How far care goes, decided with the person. Letters are those of the house's sheet: the words are what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NiveauSoins {
    /// Every care, intensive care included.
    A,
    /// Hospital, no intensive care.
    B,
    /// Care on the spot; hospital for comfort only.
    C,
    /// Comfort care.
    D,
}

impl NiveauSoins {
    /// Every level, its code and its words.
    pub const TOUS: [(Self, &'static str, &'static str); 4] = [
        (Self::A, "a", "Niveau A : tous les soins, réanimation comprise"),
        (Self::B, "b", "Niveau B : hospitalisation possible, pas de réanimation"),
        (Self::C, "c", "Niveau C : soins sur place, hospitalisation pour le confort seulement"),
        (Self::D, "d", "Niveau D : soins de confort"),
    ];

    /// Its words.
    pub fn libelle(self) -> &'static str {
        Self::TOUS.iter().find(|(niveau, ..)| *niveau == self).map_or("", |(.., libelle)| libelle)
    }

    /// The level of a code.
    pub fn lire(code: &str) -> Option<Self> {
        Self::TOUS.iter().find(|(_, connu, _)| *connu == code).map(|(niveau, ..)| *niveau)
    }
}

/// Subjects of advance directives: code of the CI-SIS, words (DLU 2022.01, section 42348-3).
pub const DIRECTIVES: [(&str, &str); 8] = [
    ("75779-9", "Réanimation"),
    ("75787-2", "Assistance respiratoire"),
    ("75789-8", "Maintien artificiel en vie"),
    ("77352-3", "Alimentation et hydratation artificielles"),
    ("387713003", "Chirurgie"),
    ("MED-295", "Dialyse"),
    ("MED-298", "Sédation profonde et continue"),
    ("75793-0", "Autre volonté"),
];

/// What an emergency team must know of the person: code, words (DLU 2022.01, section 42545-4: the fifteen observations).
pub const OBSERVATIONS: [(&str, &str); 15] = [
    ("288575003", "Capable de communiquer"),
    ("247663003", "Bien orienté·e"),
    ("62476001", "Désorienté·e"),
    ("24199005", "Agitation"),
    ("248043008", "Refus de soins habituel"),
    ("425104003", "Risque suicidaire"),
    ("397540003", "Malvoyance"),
    ("15188001", "Perte auditive"),
    ("62305002", "Trouble du langage"),
    ("161898004", "Chutes"),
    ("50239007", "Errance"),
    ("248046000", "Fugue"),
    ("386423001", "Contention physique"),
    ("285304000", "Risque d'escarre"),
    ("249492002", "Fausses routes"),
];

/// What the person said of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Code of [`DIRECTIVES`].
    pub sujet: String,
    /// In their words: « pas de réanimation ».
    pub volonte: String,
}

impl Directive {
    /// Words of the subject.
    pub fn libelle(&self) -> &str {
        DIRECTIVES.iter().find(|(code, _)| *code == self.sujet).map_or(self.sujet.as_str(), |(_, libelle)| libelle)
    }
}

/// The hospital the person would go to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hopital {
    /// Its name.
    #[serde(default)]
    pub nom: String,
    /// FINESS number, when it is known.
    #[serde(default)]
    pub finess: String,
    /// Telephone of the service to call.
    #[serde(default)]
    pub telephone: String,
}

/// The sheet of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consignes {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// How far care goes; `None`: not decided.
    #[serde(default)]
    pub niveau: Option<NiveauSoins>,
    /// What must be added to the level.
    #[serde(default)]
    pub niveau_precision: String,
    /// Palliative care in progress: what it is made of; empty when there is none.
    #[serde(default)]
    pub palliatif: String,
    /// Advance directives, subject by subject (art. L.1111-11 CSP).
    #[serde(default)]
    pub directives: Vec<Directive>,
    /// Where the signed paper is kept.
    #[serde(default)]
    pub directives_ou: String,
    /// Hospital of preference.
    #[serde(default)]
    pub hopital: Hopital,
    /// Observations answered: code of [`OBSERVATIONS`], yes or no. A missing one was not answered.
    #[serde(default)]
    pub observations: BTreeMap<String, bool>,
    /// No multi-resistant bacterium known, checked: told apart from a question nobody asked.
    #[serde(default)]
    pub bmr_absente: bool,
    /// Anything else for who receives the person.
    #[serde(default)]
    pub commentaire: String,
}

impl Consignes {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "consignes-medicales")
    }

    /// A sheet where nothing was answered.
    pub fn vides(usager: UsagerId, etablissement: EtablissementId) -> Self {
        Self {
            usager,
            etablissement,
            niveau: None,
            niveau_precision: String::new(),
            palliatif: String::new(),
            directives: Vec::new(),
            directives_ou: String::new(),
            hopital: Hopital::default(),
            observations: BTreeMap::new(),
            bmr_absente: false,
            commentaire: String::new(),
        }
    }

    /// Observations answered yes, in words.
    pub fn observees(&self) -> Vec<&'static str> {
        OBSERVATIONS.iter().filter(|(code, _)| self.observations.get(*code) == Some(&true)).map(|(_, mots)| *mots).collect()
    }
}
