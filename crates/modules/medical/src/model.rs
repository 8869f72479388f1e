//! What a physician says of the person: diseases, history, vaccinations, treatments taken, results, devices.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::dates::DatePartielle;
use kernel::id::{EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The families of entries, in the order a physician reads them; those of the CI-SIS document of emergency liaison (DLU 2022.01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Disease in progress (section 11450-4).
    Pathologie,
    /// Medical history (section 11348-0).
    Antecedent,
    /// Surgery undergone (section 47519-4).
    Intervention,
    /// Treatment taken (section 10160-0), as declared or copied from a letter; the medication circuit prescribes elsewhere.
    Traitement,
    /// Multi-resistant bacterium carried (U83.71 in section 30954-2).
    Bmr,
    /// Result of an examination (section 30954-2).
    Resultat,
    /// Vaccination (section 11369-6).
    Vaccination,
    /// Prosthesis, device, aid which goes with the person (section 46264-8).
    Dispositif,
}

impl Nature {
    /// Every family: itself, its code in addresses, its name, the title of its list.
    pub const TOUTES: [(Self, &'static str, &'static str, &'static str); 8] = [
        (Self::Pathologie, "pathologie", "Pathologie en cours", "Pathologies en cours"),
        (Self::Antecedent, "antecedent", "Antécédent", "Antécédents"),
        (Self::Intervention, "intervention", "Intervention", "Interventions"),
        (Self::Traitement, "traitement", "Traitement", "Traitements en cours"),
        (Self::Bmr, "bmr", "Bactérie multirésistante", "Bactéries multirésistantes"),
        (Self::Resultat, "resultat", "Résultat", "Résultats"),
        (Self::Vaccination, "vaccination", "Vaccination", "Vaccinations"),
        (Self::Dispositif, "dispositif", "Prothèse ou appareil", "Prothèses et appareils"),
    ];

    fn ligne(self) -> (&'static str, &'static str, &'static str) {
        Self::TOUTES.iter().find(|(nature, ..)| *nature == self).map_or(("", "", ""), |(_, code, un, liste)| (code, un, liste))
    }

    /// Its code in addresses.
    pub fn code(self) -> &'static str {
        self.ligne().0
    }

    /// « Pathologie en cours ».
    pub fn libelle(self) -> &'static str {
        self.ligne().1
    }

    /// « Pathologies en cours ».
    pub fn titre(self) -> &'static str {
        self.ligne().2
    }

    /// The family of a code.
    pub fn lire(code: &str) -> Option<Self> {
        Self::TOUTES.iter().find(|(_, connu, ..)| *connu == code).map(|(nature, ..)| *nature)
    }
}

/// A code of a public nomenclature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// OID of the nomenclature: 2.16.840.1.113883.6.3 for the CIM-10.
    pub systeme: String,
    /// The code.
    pub code: String,
    /// Its words in the nomenclature, when they are known.
    #[serde(default)]
    pub libelle: String,
}

impl Code {
    /// OID of the CIM-10.
    pub const CIM10: &'static str = "2.16.840.1.113883.6.3";

    /// Nomenclatures told by their name: OID, name (CI-SIS, list of nomenclatures).
    const NOMS: [(&'static str, &'static str); 8] = [
        (Self::CIM10, "CIM-10"),
        ("2.16.840.1.113883.6.1", "LOINC"),
        ("2.16.840.1.113883.6.96", "SNOMED CT"),
        ("1.2.250.1.215.300.1", "CCAM"),
        ("1.2.250.1.213.2.3.1", "CIS"),
        ("1.2.250.1.213.2.3.2", "CIP"),
        ("2.16.840.1.113883.6.73", "ATC"),
        ("1.2.250.1.213.2.68", "EMDN"),
    ];

    /// « CIM-10 I48.9 », « CIS 63107752 »; the code alone when its nomenclature has no name here.
    pub fn en_mots(&self) -> String {
        match Self::NOMS.iter().find(|(oid, _)| *oid == self.systeme) {
            Some((_, nom)) => format!("{nom} {}", self.code),
            None => self.code.clone(),
        }
    }

    /// A code of the CIM-10: a letter, two digits, then up to four digits or letters after a dot.
    pub fn cim10(texte: &str) -> Option<Self> {
        let texte = texte.trim().to_uppercase();
        let (tete, queue) = texte.split_once('.').unwrap_or((&texte, ""));
        let tete_juste =
            matches!(tete.as_bytes(), [lettre, a, b] if lettre.is_ascii_uppercase() && a.is_ascii_digit() && b.is_ascii_digit());
        let queue_juste = queue.len() <= 4 && queue.bytes().all(|octet| octet.is_ascii_alphanumeric()) && !texte.ends_with('.');
        (tete_juste && queue_juste).then(|| Self { systeme: Self::CIM10.into(), code: texte.clone(), libelle: String::new() })
    }
}

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "de", rename_all = "snake_case")]
pub enum Origine {
    /// Typed by a professional of the house.
    #[default]
    Saisie,
    /// Accepted by a person from a document received.
    Document {
        /// The document of the record.
        document: Uuid,
        /// Which line of it: accepting the same line twice gives the same entry.
        repere: String,
    },
    /// Taken over from the record another establishment holds, when the person moved (F013).
    Reprise {
        /// Which entry there, in whose file: taking it over twice gives the same entry.
        source: String,
        /// Name of that establishment, or of the software it came from.
        lieu: String,
        /// When.
        le: Timestamp,
    },
}

/// Whether an entry still holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum Etat {
    /// It holds.
    #[default]
    EnVigueur,
    /// It held until then: cured, stopped, removed.
    Termine {
        /// Last day.
        le: Date,
        /// Why.
        #[serde(default)]
        motif: String,
    },
    /// It was written by mistake.
    Annule {
        /// Why.
        motif: String,
    },
}

/// One line of the medical file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Which family.
    pub nature: Nature,
    /// The words: « Fibrillation auriculaire », « Apixaban 2,5 mg cp ».
    pub libelle: String,
    /// The code, when it is known.
    #[serde(default)]
    pub code: Option<Code>,
    /// Since, or on.
    #[serde(default)]
    pub debut: Option<DatePartielle>,
    /// Dose and moments of a treatment, value and unit of a result, site of a device: as they are read aloud.
    #[serde(default)]
    pub detail: String,
    /// Anything else.
    #[serde(default)]
    pub precision: String,
    /// A treatment to be told before the others: anticoagulant, insulin, opioid…
    #[serde(default)]
    pub a_risque: bool,
    /// First written.
    pub note_le: Timestamp,
    /// Where it comes from.
    #[serde(default)]
    pub origine: Origine,
    /// Whether it still holds.
    #[serde(default)]
    pub etat: Etat,
}

impl Origine {
    /// « repris de EHPAD Les Genêts, le 3 déc. 2026 »; empty for what was typed here.
    pub fn mention(&self) -> String {
        match self {
            Self::Saisie => String::new(),
            Self::Document { .. } => "repris d'un document reçu".into(),
            Self::Reprise { lieu, le, .. } => {
                let jour = kernel::dates::jour_local(*le, &kernel::clock::fuseau_par_defaut());
                format!("repris de {lieu}, le {}", kernel::dates::date_courte(jour))
            }
        }
    }
}

impl Element {
    /// True if it still holds.
    pub fn en_vigueur(&self) -> bool {
        self.etat == Etat::EnVigueur
    }

    /// « Apixaban 2,5 mg cp · matin et soir · depuis mars 2021 ».
    pub fn phrase(&self) -> String {
        let debut = self.debut.map(|debut| match self.nature {
            Nature::Pathologie | Nature::Traitement | Nature::Bmr => format!("depuis {}", debut.en_lettres()),
            _ => debut.en_lettres(),
        });
        let morceaux = [Some(self.libelle.clone()), Some(self.detail.clone()), debut, Some(self.precision.clone())];
        morceaux.into_iter().flatten().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// Id of the entry which one of another record becomes in this one.
    pub fn id_de_reprise(usager: UsagerId, source: &str) -> Uuid {
        kernel::id::derived(usager.0, &format!("medical/reprise/{source}"))
    }

    /// Id of the entry which a line of a document becomes.
    pub fn id_de_document(usager: UsagerId, document: Uuid, repere: &str) -> Uuid {
        kernel::id::derived(usager.0, &format!("medical/{document}/{repere}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_the_cim10_has_its_shape() {
        for juste in ["I48", "i48.9", "U83.71", " E11.40 "] {
            assert!(Code::cim10(juste).is_some(), "{juste}");
        }
        for faux in ["", "48", "I4", "I48.", "I48.12345", "FA", "I48-9", "É48"] {
            assert!(Code::cim10(faux).is_none(), "{faux}");
        }
    }

    #[test]
    fn every_family_is_found_by_its_code() {
        assert!(Nature::TOUTES.iter().all(|(nature, code, ..)| Nature::lire(code) == Some(*nature)));
    }
}
