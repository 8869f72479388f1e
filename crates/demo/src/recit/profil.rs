//! Clinical profiles: proportions of ux.md 6.4, and the profiles of the stories.

use super::batiments::{DOMES, UVP};
use super::calendrier::Calendrier;
use super::resident::{Allergie, Allergies, Clinique};
use crate::alea::Alea;

const AGENTS: [(&str, &str); 10] = [
    ("pénicilline", "anaphylaxie"),
    ("pénicilline", "éruption"),
    ("iode (produit de contraste)", "urticaire"),
    ("latex", "urticaire"),
    ("arachide", "œdème des lèvres"),
    ("œuf", "troubles digestifs"),
    ("sulfamides", "éruption étendue"),
    ("aspirine", "bronchospasme"),
    ("sparadrap", "rougeur locale"),
    ("fruits de mer", "urticaire"),
];

/// The GIR of each of `n` people, in the proportions 14/32/20/22/8/4.
pub(crate) fn girs(n: usize, graine: u64) -> Vec<u8> {
    let mut liste: Vec<u8> = (0..n)
        .map(|i| match i * 100 / n.max(1) {
            0..14 => 1,
            14..46 => 2,
            46..66 => 3,
            66..88 => 4,
            88..96 => 5,
            _ => 6,
        })
        .collect();
    Alea::pour(graine, &[400]).melange(&mut liste);
    liste
}

fn allergies(alea: &mut Alea, cal: &Calendrier) -> Allergies {
    match alea.entre(0, 99) {
        0..24 => {
            let nombre = if alea.chance(200) { 2 } else { 1 };
            let debut = alea.indice(AGENTS.len());
            let liste = (0..nombre).map(|k| {
                let (agent, reaction) = AGENTS[(debut + 3 * k) % AGENTS.len()];
                Allergie { agent, reaction, annee: cal.date(-alea.entre(200, 9000)).year() }
            });
            Allergies::Connues(liste.collect())
        }
        24..88 => Allergies::Aucune(cal.date(-alea.entre(10, 300))),
        88..95 => Allergies::NonRenseignees,
        _ => Allergies::Indisponible,
    }
}

/// A profile for a person of GIR `gir` living in `unite`.
pub(crate) fn tirer(alea: &mut Alea, cal: &Calendrier, gir: u8, unite: usize) -> Clinique {
    let mut c = Clinique {
        gir,
        allergies: allergies(alea, cal),
        alertes: Vec::new(),
        texture: "normale",
        regime: ["normal", "normal", "normal", "normal", "sans_sel", "enrichi", "sans_porc", "vegetarien"][alea.indice(8)],
        boisson: "normale",
        equipements: Vec::new(),
        plans: vec!["commun"],
        niveau_soins: if gir <= 2 && alea.chance(450) { 'B' } else { 'A' },
        poids_hg: alea.entre(445, 880),
        isolement: None,
    };
    c.plans.push(match gir {
        1 => "gir_1_alite",
        2 => "gir_2",
        3 => "gir_3",
        4 => "gir_4",
        _ => "gir_5_6",
    });
    alimentation(alea, &mut c);
    risques(alea, &mut c, unite);
    aides(alea, &mut c);
    if unite == DOMES && alea.chance(380) {
        let debut = -alea.entre(9, 12);
        c.isolement = Some((debut, debut + alea.entre(2, 3)));
    } else if alea.chance(65) {
        let debut = -alea.entre(15, 55);
        c.isolement = Some((debut, debut + alea.entre(3, 6)));
    }
    c
}

fn ajouter(c: &mut Clinique, alerte: &'static str, plan: &'static str) {
    if !alerte.is_empty() && !c.alertes.contains(&alerte) {
        c.alertes.push(alerte);
    }
    if !plan.is_empty() && !c.plans.contains(&plan) {
        c.plans.push(plan);
    }
}

fn alimentation(alea: &mut Alea, c: &mut Clinique) {
    let modifiee = match c.gir {
        1 => 620,
        2 => 420,
        3 => 260,
        4 => 130,
        _ => 30,
    };
    if alea.chance(modifiee) {
        c.texture = ["hachee", "moulinee", "mixee", "mixee"][alea.indice(4)];
        if c.texture == "mixee" && alea.chance(650) {
            c.boisson = ["epaissie", "gelifiee"][alea.indice(2)];
            ajouter(c, "fausse_route", "fausse_route");
        }
    }
    if alea.chance(120) {
        c.regime = "diabetique";
        ajouter(c, "insuline", "diabete_insuline");
    }
    if alea.chance(110) {
        ajouter(c, "", "denutrition");
    }
}

fn risques(alea: &mut Alea, c: &mut Clinique, unite: usize) {
    if alea.chance(230) {
        c.alertes.push("anticoagulant");
    }
    if (2..=5).contains(&c.gir) && alea.chance(210) {
        ajouter(c, if alea.chance(350) { "chute_recente" } else { "" }, "chutes");
    }
    if c.gir <= 2 && alea.chance(330) {
        ajouter(c, "", "escarre");
    }
    if alea.chance(45) {
        ajouter(c, "", "plaie");
    }
    if unite == UVP {
        ajouter(c, "risque_sortie", "uvp");
    }
    if unite == UVP || alea.chance(130) {
        ajouter(c, "", "comportement");
    }
    if alea.chance(110) {
        ajouter(c, "", "nuit_agitee");
    }
    if alea.chance(120) {
        ajouter(c, "", "insuffisance_cardiaque");
    }
    if alea.chance(40) {
        ajouter(c, "oxygene", "respiratoire");
    }
    if c.gir <= 2 && alea.chance(60) {
        ajouter(c, "contention", "contention");
    }
    if c.gir == 1 && alea.chance(90) {
        c.niveau_soins = 'C';
        ajouter(c, "fin_de_vie", "fin_de_vie");
    }
}

fn aides(alea: &mut Alea, c: &mut Clinique) {
    match c.gir {
        1 => c.equipements.extend(["leve_malade", "matelas_air", "fauteuil_roulant"]),
        2 => c.equipements.extend([["verticalisateur", "leve_malade"][alea.indice(2)], "fauteuil_roulant"]),
        3 | 4 if alea.chance(600) => {
            c.equipements.push("deambulateur");
            ajouter(c, "", "deambulateur");
        }
        3 | 4 => c.equipements.push("canne"),
        _ => {}
    }
    if c.gir == 3 && alea.chance(250) {
        ajouter(c, "", "fauteuil");
    }
    if c.gir > 2 && alea.chance(350) {
        ajouter(c, "", "vie_sociale");
    }
    if alea.chance(260) {
        c.equipements.push("appareil_auditif");
        ajouter(c, "", "appareillage");
    }
    for (code, pour_mille) in [("lunettes", 700), ("dentier", 520), ("lit_bas", 160)] {
        if alea.chance(pour_mille) {
            c.equipements.push(code);
        }
    }
}
