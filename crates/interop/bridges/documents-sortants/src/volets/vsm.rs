//! VSM: the medical summary, by a physician.

use cisis::{FamilyProblem, Habit, HabitKind, Vsm};
use medical::{Element, Nature};
use platform::web::Champs;

use super::champs::dit;
use super::ldl_ees::interventions;
use super::{Champ, Contenu, Contexte, Groupe, Redige, Sorte};
use crate::dlu::{allergies, liste, plein, probleme, traitement};

/// Kind of the summary (JDV_J07).
const TYPE: &str = "SYNTH";

const HABITUDES: [(&str, HabitKind); 5] = [
    ("tabac", HabitKind::Tobacco),
    ("alcool", HabitKind::Alcohol),
    ("activite", HabitKind::Exercise),
    ("regime", HabitKind::Diet),
    ("habitudes", HabitKind::Other),
];

pub(super) const GROUPES: &[Groupe] = &[
    Groupe {
        titre: "Facteurs de risque",
        champs: &[
            Champ::new("tabac", "Tabac", Sorte::Ligne(200)),
            Champ::new("alcool", "Alcool", Sorte::Ligne(200)),
            Champ::new("activite", "Activité physique", Sorte::Ligne(200)),
            Champ::new("regime", "Régime", Sorte::Ligne(200)),
            Champ::new("habitudes", "Autre élément de vie", Sorte::Ligne(200)),
            Champ::new("travail", "Risques de l'ancien métier", Sorte::Ligne(400)),
            Champ::new("famille", "Antécédents familiaux, un par ligne", Sorte::Zone(1000)),
        ],
    },
    Groupe { titre: "Points de vigilance", champs: &[Champ::new("vigilance", "Points de vigilance", Sorte::Zone(2000))] },
];

/// What the record already says.
pub(super) fn preremplir(contexte: &Contexte<'_>) -> Vec<(&'static str, String)> {
    let dlu = contexte.dlu;
    let mut vigilance = vec![dlu.niveau()];
    vigilance.extend(dlu.de(Nature::Bmr).map(Element::phrase));
    vigilance.extend(dlu.de(Nature::Resultat).map(Element::phrase));
    vigilance.extend(dlu.consignes.iter().flat_map(medical::Consignes::observees).map(str::to_owned));
    let regime = dlu.alertes.as_ref().map(|alertes| {
        let morceaux = [alertes.regime.as_str(), alertes.texture.as_str()];
        morceaux.into_iter().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(", ")
    });
    vec![("regime", regime.unwrap_or_default()), ("vigilance", vigilance.join("\n").chars().take(2000).collect())]
}

/// The summary; pathologies, history, surgery, allergies and treatments are those of the record.
pub(super) fn rediger(contexte: &Contexte<'_>, saisie: &Champs) -> Redige {
    let dlu = contexte.dlu;
    let habits = HABITUDES.into_iter().filter_map(|(nom, kind)| Some(Habit { kind, text: dit(saisie, nom)? }));
    let family = saisie.texte("famille").lines().filter_map(plein).take(20);
    let vsm = Vsm {
        problems: liste(dlu, &[Nature::Pathologie], probleme),
        history: liste(dlu, &[Nature::Antecedent], probleme),
        surgeries: interventions(contexte),
        allergies: allergies(dlu),
        habits: habits.collect(),
        work_risks: dit(saisie, "travail"),
        family: family.map(|label| FamilyProblem { relation: None, label, code: None }).collect(),
        watch_points: dit(saisie, "vigilance"),
        treatments: liste(dlu, &[Nature::Traitement], traitement),
    };
    Redige {
        contenu: Contenu::Vsm(Box::new(vsm)),
        titre: "Volet de synthèse médicale".into(),
        type_code: TYPE.into(),
        clef: "vsm".into(),
        jour: dlu.jour,
    }
}
