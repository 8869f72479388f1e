//! Measured values: a base per person, a slow wave, a drift, a noise. Integers only, printed as decimals.

use super::resident::Resident;
use super::sejours::cle;
use crate::alea::Alea;

const CODES: [&str; 13] = [
    "poids",
    "temperature",
    "ta_systolique",
    "ta_diastolique",
    "frequence_cardiaque",
    "frequence_respiratoire",
    "spo2",
    "glycemie_capillaire",
    "hydratation",
    "diurese",
    "selles",
    "prise_alimentaire",
    "douleur",
];

/// The static form of a code of `constantes.toml` the story can measure.
pub(crate) fn code(constante: &str) -> Option<&'static str> {
    CODES.iter().copied().find(|c| *c == constante)
}

/// Prints `valeur` with `decimales` digits after the dot.
pub(crate) fn decimal(valeur: i64, decimales: u32) -> String {
    let diviseur = 10i64.pow(decimales);
    match decimales {
        0 => valeur.to_string(),
        1 => format!("{}.{}", valeur / diviseur, valeur % diviseur),
        _ => format!("{}.{:02}", valeur / diviseur, valeur % diviseur),
    }
}

/// A moment of a person: who, which day and minute.
pub(crate) struct Moment<'a> {
    pub graine: u64,
    pub index: usize,
    pub resident: &'a Resident,
    pub j: i64,
    pub minute: i64,
}

impl Moment<'_> {
    fn base(&self, cle_constante: i64, min: i64, max: i64) -> i64 {
        Alea::pour(self.graine, &[700, cle(self.index), cle_constante]).entre(min, max)
    }

    /// A walk that changes its heading each week: knots at each seventh day, straight lines between.
    fn vague(&self, cle_constante: i64, ampleur: i64) -> i64 {
        let semaine = self.j.div_euclid(7);
        let noeud = |s: i64| Alea::pour(self.graine, &[701, cle(self.index), cle_constante, s]).entre(-ampleur, ampleur);
        let reste = self.j.rem_euclid(7);
        (noeud(semaine) * (7 - reste) + noeud(semaine + 1) * reste) / 7
    }

    fn malade(&self) -> bool {
        self.resident.clinique.isolement.is_some_and(|(du, au)| (du..=au).contains(&self.j))
    }

    fn poids(&self, alea: &mut Alea) -> i64 {
        let c = &self.resident.clinique;
        if self.resident.identite.nom() == "Valmorin" {
            return match self.j {
                ..=-28 => 628,
                -27..=-2 => 628 - 34 * (self.j + 28) / 26,
                _ => 594,
            };
        }
        let derive = if c.plans.contains(&"denutrition") { self.base(1, -26, 4) } else { self.base(1, -11, 10) };
        c.poids_hg + derive * (self.j + 60) / 60 + self.vague(1, 4) + alea.entre(-2, 2)
    }

    /// The value of `constante` at this moment, as a decimal string.
    pub(super) fn valeur(&self, constante: &str, alea: &mut Alea) -> String {
        let c = &self.resident.clinique;
        let soir = i64::from(self.minute > 840);
        match constante {
            "poids" => decimal(self.poids(alea), 1),
            "temperature" => {
                let fievre = if self.malade() { alea.entre(6, 20) } else { 0 };
                decimal(self.base(2, 362, 368) + fievre + soir * 2 + alea.entre(-2, 3), 1)
            }
            "ta_systolique" => decimal(self.base(3, 114, 148) + self.vague(3, 9) + alea.entre(-8, 9), 0),
            "ta_diastolique" => decimal(self.base(4, 60, 82) + self.vague(4, 5) + alea.entre(-5, 6), 0),
            "frequence_cardiaque" => decimal(self.base(5, 60, 84) + self.vague(5, 5) + alea.entre(-5, 7), 0),
            "frequence_respiratoire" => decimal(self.base(6, 14, 19) + alea.entre(-1, 3), 0),
            "spo2" => {
                let base = if c.plans.contains(&"respiratoire") { self.base(7, 90, 94) } else { self.base(7, 95, 97) };
                decimal((base + alea.entre(-1, 2)).min(99), 0)
            }
            "glycemie_capillaire" => decimal(self.base(8, 118, 182) + self.vague(8, 22) + soir * 18 + alea.entre(-34, 48), 2),
            "hydratation" => decimal((self.base(9, 85, 140) + self.vague(9, 15) + alea.entre(-12, 12)) * 10, 0),
            "diurese" => decimal((self.base(10, 80, 150) + alea.entre(-20, 20)) * 10, 0),
            "selles" if self.malade() => decimal(alea.entre(2, 5), 0),
            "selles" => decimal([0, 0, 0, 1, 1, 1, 1, 1, 2, 2][alea.indice(10)], 0),
            "prise_alimentaire" if c.plans.contains(&"denutrition") => decimal([25, 25, 50, 50, 75, 100][alea.indice(6)], 0),
            "prise_alimentaire" => decimal([50, 75, 75, 100, 100, 100][alea.indice(6)], 0),
            _ => decimal([0, 0, 0, 1, 2, 2, 3, 4, 5][alea.indice(9)], 0),
        }
    }
}
