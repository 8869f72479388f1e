//! One structured line of a document, in the words of the record; which standard it came in is not known here.

use jiff::Timestamp;
use kernel::dates::DatePartielle;
use kernel::decimal::Decimal;
use medical::{Code, Nature};
use serde::{Deserialize, Serialize};

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Famille {
    /// Allergy or intolerance.
    Allergie,
    /// Treatment taken when the person came to the hospital.
    TraitementAdmission,
    /// Treatment stopped during the stay.
    TraitementArrete,
    /// Treatment to take from the discharge on.
    TraitementSortie,
    /// Treatment the author says is taken.
    Traitement,
    /// Line of a prescription.
    TraitementPrescrit,
    /// Disease in progress.
    Pathologie,
    /// Medical history.
    Antecedent,
    /// Surgery undergone.
    Intervention,
    /// Multi-resistant bacterium carried.
    Bmr,
    /// Result of an examination.
    Resultat,
    /// Vital sign.
    Constante,
    /// Vaccination.
    Vaccination,
    /// Prosthesis, device, belonging.
    Dispositif,
}

impl Famille {
    /// Every family, in the order of the screen: itself, its code in addresses, one line, the title of its list.
    pub const TOUTES: [(Self, &'static str, &'static str, &'static str); 14] = [
        (Self::Allergie, "allergie", "Allergie", "Allergies"),
        (Self::TraitementAdmission, "traitement_admission", "Traitement à l'admission", "Traitements à l'admission"),
        (Self::TraitementArrete, "traitement_arrete", "Traitement arrêté", "Traitements arrêtés"),
        (Self::TraitementSortie, "traitement_sortie", "Traitement de sortie", "Traitements de sortie"),
        (Self::Traitement, "traitement", "Traitement en cours", "Traitements en cours"),
        (Self::TraitementPrescrit, "traitement_prescrit", "Traitement prescrit", "Traitements prescrits"),
        (Self::Pathologie, "pathologie", "Pathologie", "Pathologies"),
        (Self::Antecedent, "antecedent", "Antécédent", "Antécédents"),
        (Self::Intervention, "intervention", "Intervention", "Interventions"),
        (Self::Bmr, "bmr", "Bactérie multirésistante", "Bactéries multirésistantes"),
        (Self::Resultat, "resultat", "Résultat", "Résultats"),
        (Self::Constante, "constante", "Constante", "Constantes"),
        (Self::Vaccination, "vaccination", "Vaccination", "Vaccinations"),
        (Self::Dispositif, "dispositif", "Prothèse ou appareil", "Prothèses et appareils"),
    ];

    fn connue(self) -> (&'static str, &'static str, &'static str) {
        Self::TOUTES.iter().find(|(une, ..)| *une == self).map_or(("", "", ""), |(_, code, un, liste)| (code, un, liste))
    }

    /// Its code in addresses.
    pub fn code(self) -> &'static str {
        self.connue().0
    }

    /// « Traitement de sortie ».
    pub fn libelle(self) -> &'static str {
        self.connue().1
    }

    /// « Traitements de sortie ».
    pub fn titre(self) -> &'static str {
        self.connue().2
    }

    /// True for what the reconciliation of treatments shows.
    pub fn est_traitement(self) -> bool {
        self.nature() == Some(Nature::Traitement)
    }

    /// The family of the medical file an accepted line enters; `None` for allergies and vital signs, which are kept elsewhere.
    pub fn nature(self) -> Option<Nature> {
        match self {
            Self::Allergie | Self::Constante => None,
            Self::TraitementAdmission
            | Self::TraitementArrete
            | Self::TraitementSortie
            | Self::Traitement
            | Self::TraitementPrescrit => Some(Nature::Traitement),
            Self::Pathologie => Some(Nature::Pathologie),
            Self::Antecedent => Some(Nature::Antecedent),
            Self::Intervention => Some(Nature::Intervention),
            Self::Bmr => Some(Nature::Bmr),
            Self::Resultat => Some(Nature::Resultat),
            Self::Vaccination => Some(Nature::Vaccination),
            Self::Dispositif => Some(Nature::Dispositif),
        }
    }
}

/// A vital sign as the record would keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mesure {
    /// Code of `referentiels/constantes.toml`.
    pub grandeur: String,
    /// The value, in the unit of the quantity.
    pub valeur: Decimal,
    /// The diastolic pressure, for a blood pressure.
    #[serde(default)]
    pub valeur2: Option<Decimal>,
    /// When.
    pub mesuree_le: Timestamp,
    /// The document gives the day only.
    #[serde(default)]
    pub heure_inconnue: bool,
}

/// One line, worded as the document words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ligne {
    /// Which line of the document: the same document read twice gives the same one.
    pub repere: String,
    /// What it is about.
    pub famille: Famille,
    /// The words: the drug, the disease, the agent of an allergy, the name of a result.
    pub libelle: String,
    /// Codes, in the order of the document.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// Since, or on.
    #[serde(default)]
    pub debut: Option<DatePartielle>,
    /// Until.
    #[serde(default)]
    pub fin: Option<DatePartielle>,
    /// Dosage, value with its unit and its range, reaction of an allergy, side of a device.
    #[serde(default)]
    pub detail: String,
    /// Anything else the line says.
    #[serde(default)]
    pub precision: String,
    /// True for a result the laboratory marks as abnormal.
    #[serde(default)]
    pub anormal: bool,
    /// The vital sign, when the record knows its quantity.
    #[serde(default)]
    pub mesure: Option<Mesure>,
}

/// Largest texts kept of a line: libelle, detail, precision, in characters.
const BORNES: [usize; 3] = [300, 1_000, 2_000];
/// Codes kept of a line.
const CODES_MAX: usize = 10;

impl Ligne {
    /// A line which says nothing yet but its words, on one line.
    pub fn new(repere: impl Into<String>, famille: Famille, libelle: impl AsRef<str>) -> Self {
        Self {
            repere: repere.into(),
            famille,
            libelle: libelle.as_ref().split_whitespace().collect::<Vec<_>>().join(" "),
            codes: Vec::new(),
            debut: None,
            fin: None,
            detail: String::new(),
            precision: String::new(),
            anormal: false,
            mesure: None,
        }
    }

    /// « Apixaban 5 mg · 1 matin et soir · depuis le 3 mars 2021 ».
    pub fn phrase(&self) -> String {
        let morceaux = [self.libelle.clone(), self.suite()];
        morceaux.into_iter().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What it says besides its words and its note.
    pub fn suite(&self) -> String {
        let continu = self.famille.est_traitement() || matches!(self.famille, Famille::Pathologie | Famille::Bmr);
        let depuis = self.debut.map(|debut| match (continu, debut.jour()) {
            (true, Some(_)) => format!("depuis le {}", debut.en_lettres()),
            (true, None) => format!("depuis {}", debut.en_lettres()),
            _ => debut.en_lettres(),
        });
        let fin = self.fin.map(|fin| match fin.jour() {
            Some(_) => format!("jusqu'au {}", fin.en_lettres()),
            None => format!("jusqu'à {}", fin.en_lettres()),
        });
        let morceaux = [Some(self.detail.clone()), depuis, fin];
        morceaux.into_iter().flatten().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// Cuts what is too long for a record; true when something was cut, which is told to the reader.
    pub(crate) fn borner(&mut self) -> bool {
        let mut coupe = self.codes.len() > CODES_MAX;
        self.codes.truncate(CODES_MAX);
        for (texte, borne) in [&mut self.libelle, &mut self.detail, &mut self.precision].into_iter().zip(BORNES) {
            let propre: String = texte.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            let court: String = propre.chars().take(borne).collect();
            coupe |= court.len() < propre.len();
            court.trim().clone_into(texte);
        }
        self.detail = self.detail.lines().map(str::trim).filter(|ligne| !ligne.is_empty()).collect::<Vec<_>>().join(" ; ");
        coupe
    }
}
