//! The measured quantities as data: `referentiels/constantes.toml`.

use std::sync::LazyLock;

use kernel::decimal::Decimal;
use serde::Deserialize;
use ui::Icone;

use crate::model::Bornes;

/// A measured quantity, one entry of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Grandeur {
    /// Stable code.
    pub code: String,
    /// Name on screens.
    pub libelle: String,
    /// Unit; empty for a score.
    pub unite: String,
    /// Decimals shown, 0 to 3.
    pub decimales: u8,
    /// Below, the entry is confirmed.
    #[serde(deserialize_with = "facultatif")]
    pub plausible_min: Option<Decimal>,
    /// Above, the entry is confirmed.
    #[serde(deserialize_with = "facultatif")]
    pub plausible_max: Option<Decimal>,
    /// Alert strictly below.
    #[serde(deserialize_with = "facultatif")]
    pub alerte_bas: Option<Decimal>,
    /// Alert at and above.
    #[serde(deserialize_with = "facultatif")]
    pub alerte_haut: Option<Decimal>,
    /// LOINC code; empty when none was verified.
    pub loinc: String,
    icone: String,
}

fn facultatif<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let texte = String::deserialize(deserializer)?;
    if texte.is_empty() {
        return Ok(None);
    }
    texte.parse().map(Some).map_err(serde::de::Error::custom)
}

/// Relative rules of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Regles {
    /// Loss of weight in 30 days which alerts, in percent.
    pub poids_baisse_30_jours: Decimal,
    /// Loss of weight in 180 days which alerts, in percent.
    pub poids_baisse_180_jours: Decimal,
    /// Days without stool which alert.
    pub jours_sans_selles: i64,
}

#[derive(Debug, Deserialize)]
struct Fichier {
    regles: Regles,
    constante: Vec<Grandeur>,
}

const REGLES_PAR_DEFAUT: Regles =
    Regles { poids_baisse_30_jours: Decimal::ZERO, poids_baisse_180_jours: Decimal::ZERO, jours_sans_selles: 3 };

static LU: LazyLock<Fichier> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../referentiels/constantes.toml"))
        .unwrap_or(Fichier { regles: REGLES_PAR_DEFAUT, constante: Vec::new() })
});

/// The systolic pressure: its entry carries the diastolic one.
pub const TENSION: &str = "ta_systolique";
/// The diastolic pressure, when it comes alone.
pub const TENSION_BASSE: &str = "ta_diastolique";
/// Weight.
pub const POIDS: &str = "poids";
/// Number of stools.
pub const SELLES: &str = "selles";

/// Quantities nobody enters: computed from others, or entered with another.
const NON_SAISIES: [&str; 2] = ["imc", TENSION_BASSE];

/// Families of the entry screen, in the order of the hand.
pub(crate) const FAMILLES: [(&str, &[&str]); 4] = [
    ("Signes vitaux", &[TENSION, "frequence_cardiaque", "temperature", "spo2", "frequence_respiratoire", "debit_oxygene"]),
    ("Douleur", &["douleur", "algoplus"]),
    ("Poids et alimentation", &[POIDS, "taille", "perimetre_mollet", "prise_alimentaire", "hydratation"]),
    ("Élimination et biologie", &[SELLES, "bristol", "diurese", "glycemie_capillaire", "inr"]),
];

impl Grandeur {
    /// Every quantity, in the order of the file.
    pub fn toutes() -> &'static [Self] {
        &LU.constante
    }

    /// Those which are entered.
    pub fn saisies() -> impl Iterator<Item = &'static Self> {
        Self::toutes().iter().filter(|grandeur| !NON_SAISIES.contains(&grandeur.code.as_str()))
    }

    /// A quantity by its code.
    pub fn get(code: &str) -> Option<&'static Self> {
        LU.constante.iter().find(|grandeur| grandeur.code == code)
    }

    /// The relative rules of the file.
    pub fn regles() -> &'static Regles {
        &LU.regles
    }

    /// Thresholds of the file.
    pub fn bornes(&self) -> Bornes {
        Bornes { bas: self.alerte_bas, haut: self.alerte_haut }
    }

    /// True if nobody would be surprised by this value.
    pub fn plausible(&self, valeur: Decimal) -> bool {
        self.plausible_min.is_none_or(|min| valeur >= min) && self.plausible_max.is_none_or(|max| valeur <= max)
    }

    /// « Tension » rather than its systolic part, for what is shown as one.
    pub fn nom(&self) -> &str {
        if self.code == TENSION { "Tension" } else { &self.libelle }
    }

    /// Icon of the entry.
    pub fn icone(&self) -> Icone {
        Icone::TOUTES.iter().copied().find(|icone| icone.symbole() == self.icone).unwrap_or(Icone::Activity)
    }

    /// The value as an integer in the smallest unit shown: 52,4 kg is 524. What curves are drawn with.
    pub fn entier(&self, valeur: Decimal) -> i64 {
        let echelle = Decimal::new(10_i64.pow(u32::from(self.decimales)), 0);
        let entier = echelle.and_then(|echelle| valeur.arrondi(self.decimales).fois(echelle));
        entier.ok().and_then(|entier| entier.point().parse().ok()).unwrap_or(0)
    }

    /// Hours during which an out-of-range value is still an alert: two days at the bedside, longer for what is
    /// measured by the week or the month.
    pub fn fraicheur_heures(&self) -> i64 {
        match self.code.as_str() {
            POIDS | "imc" | "taille" | "perimetre_mollet" => 35 * 24,
            "inr" => 7 * 24,
            _ => 48,
        }
    }

    /// True for the quantities whose excess may be an emergency.
    pub fn vitale(&self) -> bool {
        matches!(
            self.code.as_str(),
            TENSION
                | TENSION_BASSE
                | "frequence_cardiaque"
                | "frequence_respiratoire"
                | "spo2"
                | "temperature"
                | "glycemie_capillaire"
                | "inr"
        )
    }
}
