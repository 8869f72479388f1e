//! Last intake of medicines, last meal, prostheses and belongings.

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section};

use crate::concept::{Concept, System};
use crate::french;
use crate::narrative::{Field, Grid, narrative, paragraph};
use crate::scribe::{
    SIMPLE_OBSERVATION, Scribe, SectionModel, absent, boolean, coded, coded_value, observation, observation_of, point, uncoded,
};
use crate::treatment::{CURRENT, Drug, taken};

/// The last time something was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastIntake {
    /// Medicine; `None` for the usual treatment as a whole.
    pub drug: Option<Drug>,
    /// When.
    pub time: Timestamp,
}

/// The last intakes; without any, the section says that none is recorded.
pub(crate) fn intakes(scribe: &mut Scribe, intakes: &[LastIntake]) -> Section {
    let model = SectionModel { title: "Dernière prise du traitement habituel", ..CURRENT };
    if intakes.is_empty() {
        let anchor = scribe.anchor();
        let sentence = "Date et heure de la dernière prise du traitement habituel : non renseignées.";
        let entry = taken(scribe, None, &anchor, None);
        return model.section(scribe, narrative([paragraph(Field::anchored(&anchor, sentence))]), vec![entry]);
    }
    let mut grid = Grid::new(&["Médicament", "Dernière prise"]);
    let mut entries = Vec::new();
    for intake in intakes {
        let anchor = scribe.anchor();
        let label = intake.drug.as_ref().map_or("Traitement habituel", |drug| drug.label.as_str());
        grid.row([Field::anchored(&anchor, label), Field::new(french::time(&intake.time))]);
        entries.push(taken(scribe, intake.drug.as_ref(), &anchor, Some(&intake.time)));
    }
    model.section(scribe, narrative(grid.block()), entries)
}

/// The last meal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastMeal {
    /// When.
    pub time: Option<Timestamp>,
    /// What, how much; in the narrative only.
    pub detail: Option<String>,
}

/// FR-Evaluation-fonctionnelle-du-sommeil-et-de-l-alimentation, 1.2.250.1.213.1.1.2.162.
const MEAL: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.7.3.1.1.13.5", "1.2.250.1.213.1.1.2.162"],
    code: Concept::new("47420-5", "Évaluation du statut fonctionnel", System::Loinc),
    title: "Dernier repas",
};
const MEAL_TIME: Concept = Concept::new("GEN-244", "Date et heure du dernier repas", System::Cisis);

/// The section about the last meal, always present in a transfer sheet.
pub(crate) fn meal(scribe: &mut Scribe, meal: &LastMeal) -> Section {
    let anchor = scribe.anchor();
    let when = meal.time.as_ref().map_or_else(|| "non renseigné".to_owned(), french::time);
    let mut blocks = vec![paragraph(Field::anchored(&anchor, format!("Dernier repas : {when}.")))];
    blocks.extend(meal.detail.as_deref().filter(|told| !told.trim().is_empty()).map(|told| paragraph(Field::new(told))));
    let value = Element::new("value").data_type("REAL").absent("NA");
    let entry = observation(scribe, coded("code", &MEAL_TIME), &anchor, point(meal.time.as_ref()), value);
    MEAL.section(scribe, narrative(blocks), vec![entry])
}

/// Prostheses and belongings that leave with the patient. `None`: the record says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Belongings {
    /// Glasses.
    pub glasses: Option<bool>,
    /// Upper dental prosthesis.
    pub upper_denture: Option<bool>,
    /// Lower dental prosthesis.
    pub lower_denture: Option<bool>,
    /// Right hearing aid.
    pub right_hearing_aid: Option<bool>,
    /// Left hearing aid.
    pub left_hearing_aid: Option<bool>,
    /// Anything else: cane, wheelchair, jewels, papers.
    pub others: Vec<String>,
}

/// FR-Protheses-et-objets-personnels, 1.2.250.1.213.1.1.2.53.
const BELONGINGS: SectionModel = SectionModel {
    templates: &["1.2.250.1.213.1.1.2.53"],
    code: Concept::new("46264-8", "Dispositifs médicaux", System::Loinc),
    title: "Prothèses et objets personnels",
};
/// Model of each object, added to the simple observation.
const OBJECT: &str = "1.2.250.1.213.1.1.3.12";
const GLASSES: Concept = Concept::new("Q021003", "LUNETTES PRÊTES À PORTER (OU LUNETTES MONTÉES)", System::Emdn);
const DENTURE: Concept = Concept::new("P0102", "PROTHÈSES DENTAIRES", System::Emdn);
const HEARING_AID: Concept = Concept::new("Y2145", "DISPOSITIFS ACCOUSTIQUES D'AIDE À L'AUDITION", System::Emdn);
const OTHER: Concept = Concept::new("GEN-092.02.01", "Autre dispositif ou objet personnel", System::Cisis);
const UPPER: Concept = Concept::new("264217000", "supérieur", System::SnomedCt);
const LOWER: Concept = Concept::new("261089000", "inférieur", System::SnomedCt);
const RIGHT: Concept = Concept::new("24028007", "droit", System::SnomedCt);
const LEFT: Concept = Concept::new("7771000", "gauche", System::SnomedCt);

/// The section about prostheses and belongings, always present in transfer and return sheets.
pub(crate) fn belongings(scribe: &mut Scribe, found: &Belongings) -> Section {
    let listed = [
        ("Lunettes", GLASSES, None, found.glasses),
        ("Prothèse dentaire (haut)", DENTURE, Some(UPPER), found.upper_denture),
        ("Prothèse dentaire (bas)", DENTURE, Some(LOWER), found.lower_denture),
        ("Prothèse auditive (droite)", HEARING_AID, Some(RIGHT), found.right_hearing_aid),
        ("Prothèse auditive (gauche)", HEARING_AID, Some(LEFT), found.left_hearing_aid),
    ];
    let models = [SIMPLE_OBSERVATION[0], SIMPLE_OBSERVATION[1], OBJECT];
    let mut grid = Grid::new(&["Prothèse ou objet personnel", "Présent"]);
    let mut entries = Vec::new();
    for (label, concept, side, present) in listed {
        let anchor = scribe.anchor();
        grid.row([Field::anchored(&anchor, label), Field::new(french::yes_no(present))]);
        let site = side.map_or_else(|| absent("targetSiteCode", "NASK"), |side| coded("targetSiteCode", &side));
        let rest = [absent("effectiveTime", "NA"), boolean(present), site];
        entries.push(observation_of(scribe, &models, coded("code", &concept), &anchor, rest));
    }
    for other in found.others.iter().filter(|other| !other.trim().is_empty()) {
        let anchor = scribe.anchor();
        grid.row([Field::anchored(&anchor, other), Field::new(french::yes_no(Some(true)))]);
        let rest = [absent("effectiveTime", "NA"), coded_value(&uncoded(other, &anchor))];
        entries.push(observation_of(scribe, &models, coded("code", &OTHER), &anchor, rest));
    }
    BELONGINGS.section(scribe, narrative(grid.block()), entries)
}
