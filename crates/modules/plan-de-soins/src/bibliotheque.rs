//! The library: acts and plan templates shared by the grappe, and what an establishment adds to them.
//!
//! Shared items are delivered with a published version and never changed locally; a house adds its own beside them.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use kernel::id::EtablissementId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::plan::SoinPrevu;
use crate::recurrence::{Jour, Moment, Recurrence, Rythme};

/// An act a plan may name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActeCatalogue {
    /// Stable key.
    pub code: String,
    /// Words on the screen.
    pub libelle: String,
    /// Family: one of [`CATEGORIES`].
    pub categorie: String,
    /// Lucide name.
    pub icone: String,
    /// Professions which usually do it.
    #[serde(default)]
    pub metiers: Vec<String>,
    /// Usual minutes.
    #[serde(default)]
    pub duree_min: u16,
    /// Codes of `referentiels/constantes.toml` measured with it.
    #[serde(default)]
    pub mesures: Vec<String>,
    /// Never part of a grouped validation.
    #[serde(default)]
    pub a_risque: bool,
    /// An observation is expected.
    #[serde(default)]
    pub observation: bool,
    /// How to do it, one line.
    #[serde(default)]
    pub consigne: String,
}

/// Families of acts with their label, in the order of the day.
pub const CATEGORIES: [(&str, &str); 12] = [
    ("toilette", "Toilette et habillage"),
    ("continence", "Continence"),
    ("alimentation", "Repas"),
    ("hydratation", "Hydratation"),
    ("mobilite", "Mobilité"),
    ("prevention", "Prévention"),
    ("surveillance", "Surveillance"),
    ("technique", "Soins techniques"),
    ("nuit", "Nuit"),
    ("linge", "Linge"),
    ("materiel", "Matériel"),
    ("vie_sociale", "Vie sociale"),
];

/// Label of a family of acts.
pub(crate) fn categorie_libelle(code: &str) -> &str {
    CATEGORIES.iter().find(|(connu, _)| *connu == code).map_or(code, |(_, libelle)| libelle)
}

/// A line proposed by a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneType {
    /// Code of the act.
    pub acte: String,
    /// Times of the day, `HH:MM`.
    pub heures: Vec<String>,
    /// `quotidien`, `hebdomadaire`, `intervalle`, `mensuel`.
    pub rythme: String,
    /// Days of the week, for `hebdomadaire`.
    #[serde(default)]
    pub jours: Vec<Jour>,
    /// Days, for `intervalle`.
    #[serde(default)]
    pub tous_les: u16,
}

/// A plan template: lines proposed, confirmed or refused by who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanType {
    /// Stable key.
    pub code: String,
    /// Name.
    pub libelle: String,
    /// For whom.
    #[serde(default)]
    pub indication: String,
    /// Lucide name.
    #[serde(default)]
    pub icone: String,
    /// Lines.
    pub lignes: Vec<LigneType>,
}

#[derive(Deserialize)]
struct FichierActes {
    acte: Vec<ActeCatalogue>,
}

#[derive(Deserialize)]
struct FichierPlans {
    plan: Vec<PlanType>,
}

const SOURCE_ACTES: &str = include_str!("../../../../referentiels/catalogue_actes.toml");
const SOURCE_PLANS: &str = include_str!("../../../../referentiels/plans_types.toml");

static ACTES: LazyLock<Vec<ActeCatalogue>> =
    LazyLock::new(|| toml::from_str::<FichierActes>(SOURCE_ACTES).map(|fichier| fichier.acte).unwrap_or_default());
static PLANS: LazyLock<Vec<PlanType>> =
    LazyLock::new(|| toml::from_str::<FichierPlans>(SOURCE_PLANS).map(|fichier| fichier.plan).unwrap_or_default());

/// The acts shared by the grappe, in the order of the file.
pub fn actes_partages() -> &'static [ActeCatalogue] {
    &ACTES
}

/// The templates shared by the grappe, in the order of the file.
pub fn plans_partages() -> &'static [PlanType] {
    &PLANS
}

/// Fingerprint of the shared library, shown as its published version.
pub(crate) fn version_partagee() -> String {
    let empreinte = kernel::id::derived(Uuid::nil(), &format!("{SOURCE_ACTES}{SOURCE_PLANS}"));
    empreinte.simple().to_string().chars().take(8).collect()
}

/// An act added by an establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActeLocal {
    /// Where.
    pub etablissement: EtablissementId,
    /// The act; its code starts with `local_`.
    #[serde(flatten)]
    pub acte: ActeCatalogue,
    /// No longer proposed.
    #[serde(default)]
    pub retire: bool,
    /// Name of who published this version.
    #[serde(default)]
    pub par: String,
}

/// A template added by an establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTypeLocal {
    /// Where.
    pub etablissement: EtablissementId,
    /// The template; its code starts with `local_`.
    #[serde(flatten)]
    pub plan: PlanType,
    /// No longer proposed.
    #[serde(default)]
    pub retire: bool,
    /// Name of who published this version.
    #[serde(default)]
    pub par: String,
}

/// What an establishment may choose among: the shared library and its own additions still proposed.
#[derive(Debug, Clone, Default)]
pub struct Bibliotheque {
    /// Own acts.
    pub actes_locaux: Vec<ActeCatalogue>,
    /// Own templates.
    pub plans_locaux: Vec<PlanType>,
}

impl Bibliotheque {
    /// Every act.
    pub fn actes(&self) -> impl Iterator<Item = &ActeCatalogue> {
        ACTES.iter().chain(&self.actes_locaux)
    }

    /// Every template.
    pub fn plans(&self) -> impl Iterator<Item = &PlanType> {
        PLANS.iter().chain(&self.plans_locaux)
    }

    /// An act by its code.
    pub fn acte(&self, code: &str) -> Option<&ActeCatalogue> {
        self.actes().find(|acte| acte.code == code)
    }

    /// A template by its code.
    pub fn plan(&self, code: &str) -> Option<&PlanType> {
        self.plans().find(|plan| plan.code == code)
    }
}

impl LigneType {
    /// The recurrence it proposes from a first day; the day of the month is that of the first day, 28 at most.
    pub fn recurrence(&self, du: Date) -> Recurrence {
        let rythme = match self.rythme.as_str() {
            "hebdomadaire" => Rythme::Hebdomadaire { jours: self.jours.clone() },
            "intervalle" => Rythme::Intervalle { tous_les: self.tous_les.max(1), depuis: du },
            "mensuel" => Rythme::Mensuel { jour: du.day().min(28) },
            _ => Rythme::Quotidien,
        };
        Recurrence { rythme, moments: self.heures.iter().filter_map(|heure| lire_heure(heure)).map(Moment::a).collect() }
    }
}

/// Reads « 08:30 ».
pub(crate) fn lire_heure(texte: &str) -> Option<Time> {
    let (heures, minutes) = texte.trim().split_once([':', 'h'])?;
    let minutes = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    Time::new(heures.parse().ok()?, minutes, 0, 0).ok()
}

impl ActeCatalogue {
    /// A planned act made from the catalogue.
    pub fn prevoir(&self, id: Uuid, recurrence: Recurrence, du: Date) -> SoinPrevu {
        SoinPrevu {
            id,
            acte: self.code.clone(),
            libelle: self.libelle.clone(),
            icone: self.icone.clone(),
            categorie: self.categorie.clone(),
            consigne: self.consigne.clone(),
            metiers: self.metiers.clone(),
            recurrence,
            du,
            au: None,
            ajoute_le: None,
            arret: None,
            mesures: self.mesures.clone(),
            a_risque: self.a_risque,
            observation: self.observation,
            duree_min: self.duree_min,
            origine: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_shared_template_names_a_known_act_and_readable_times() {
        assert!(ACTES.len() > 100 && PLANS.len() > 20);
        for plan in plans_partages() {
            for ligne in &plan.lignes {
                assert!(ACTES.iter().any(|acte| acte.code == ligne.acte), "{} is unknown", ligne.acte);
                let recurrence = ligne.recurrence(jiff::civil::date(2026, 11, 21));
                assert_eq!(recurrence.moments.len(), ligne.heures.len(), "{}", ligne.acte);
                assert!(["quotidien", "hebdomadaire", "intervalle", "mensuel"].contains(&ligne.rythme.as_str()));
            }
        }
        for acte in actes_partages() {
            assert!(CATEGORIES.iter().any(|(code, _)| *code == acte.categorie), "{}", acte.code);
        }
    }
}
