//! What the story already says of a person, as traits the catalogue asks for.

use std::collections::HashSet;

use crate::alea::Alea;
use crate::recit::batiments::DOMES;
use crate::recit::resident::Resident;

/// Every trait the story may give; the catalogue may ask for no other, save those it brings itself.
pub(super) const CONNUS: [&str; 36] = [
    "femme",
    "homme",
    "gir_1",
    "dependant",
    "desoriente",
    "episode_digestif",
    "episode_autre",
    "fausse_route",
    "chute_recente",
    "anticoagulant",
    "insuline",
    "risque_sortie",
    "fin_de_vie",
    "contention",
    "oxygene",
    "chutes",
    "escarre",
    "plaie",
    "uvp",
    "comportement",
    "nuit_agitee",
    "insuffisance_cardiaque",
    "respiratoire",
    "denutrition",
    "appareillage",
    "fauteuil_roulant",
    "deambulateur",
    "canne",
    "leve_malade",
    "lunettes",
    "appareil_auditif",
    "dentier",
    "diabetique",
    "sans_sel",
    "enrichi",
    "vegetarien",
];

/// Traits of a person. Nothing in the story says who is disoriented: it is drawn here from the dependence and the unit.
pub(super) fn de<'a>(r: &Resident, unite: Option<usize>, alea: &mut Alea) -> HashSet<&'a str> {
    let c = &r.clinique;
    let codes = c.alertes.iter().chain(&c.plans).chain(&c.equipements).chain(std::iter::once(&c.regime));
    let mut traits: HashSet<&'a str> = codes.copied().filter(|code| CONNUS.contains(code)).collect();
    traits.insert(if r.identite.sexe == 'F' { "femme" } else { "homme" });
    if c.gir <= 2 {
        traits.insert("dependant");
    }
    if c.gir == 1 {
        traits.insert("gir_1");
    }
    if episode(r).is_some() {
        traits.insert(if unite == Some(DOMES) { "episode_digestif" } else { "episode_autre" });
    }
    let pour_mille = match c.gir {
        _ if traits.contains("risque_sortie") => 1000,
        _ if traits.contains("comportement") => 720,
        1 => 560,
        2 => 450,
        3 => 270,
        4 => 130,
        _ => 30,
    };
    if alea.chance(pour_mille) {
        traits.insert("desoriente");
    }
    traits
}

/// First and last day of the isolation.
pub(super) fn episode(r: &Resident) -> Option<(i64, i64)> {
    r.clinique.isolement.filter(|(du, au)| du <= au && *au < 0)
}
