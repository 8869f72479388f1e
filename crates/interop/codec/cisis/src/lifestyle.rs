//! Risk factors of a medical summary (VSM): habits, work, family.

use cda_r2::write::{Element, Section};

use crate::concept::{Concept, System, Term};
use crate::narrative::{Field, Grid, narrative};
use crate::scribe::{
    Scribe, SectionModel, absent, coded, coded_value, observation_of, statement, status, string, uncoded, with_original,
};

/// A habit (JDV_SocialHistoryCodes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HabitKind {
    /// Tobacco.
    Tobacco,
    /// Alcohol.
    Alcohol,
    /// Drugs.
    Drugs,
    /// Physical exercise.
    Exercise,
    /// Diet.
    Diet,
    /// Anything else.
    Other,
}

impl HabitKind {
    fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Tobacco => ("74011-8", "Consommation tabagique"),
            Self::Alcohol => ("74013-4", "Consommation d'alcool"),
            Self::Drugs => ("11343-1", "Consommation de drogue non médicales"),
            Self::Exercise => ("73985-4", "Exercice physique"),
            Self::Diet => ("81663-7", "Régime"),
            Self::Other => ("11345-6", "Autre élément social"),
        };
        Concept::new(code, display, System::Loinc)
    }
}

/// A habit, as the record says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habit {
    /// Kind.
    pub kind: HabitKind,
    /// What the record says.
    pub text: String,
}

/// FR-Habitus-mode-de-vie, 1.2.250.1.213.1.1.2.141.
const HABITS: SectionModel = SectionModel {
    templates: &[
        "2.16.840.1.113883.10.20.1.15",
        "1.3.6.1.4.1.19376.1.5.3.1.3.16",
        "1.3.6.1.4.1.19376.1.5.3.1.3.16.1",
        "1.2.250.1.213.1.1.2.141",
    ],
    code: Concept::new("29762-2", "Habitus, Mode de vie", System::Loinc),
    title: "Mode de vie",
};
const HABIT: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.33",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.4",
    "1.2.250.1.213.1.1.3.52",
];

/// The habits, when there are some.
pub(crate) fn habits(scribe: &mut Scribe, habits: &[Habit]) -> Option<Section> {
    let mut grid = Grid::new(&["Type", "Observation"]);
    let mut entries = Vec::new();
    for habit in habits.iter().filter(|habit| !habit.text.trim().is_empty()) {
        let anchor = scribe.anchor();
        let concept = habit.kind.concept();
        grid.row([Field::new(concept.display), Field::anchored(&anchor, &habit.text)]);
        let rest = [absent("effectiveTime", "NA"), string(&habit.text)];
        entries.push(observation_of(scribe, &HABIT, coded("code", &concept), &anchor, rest));
    }
    (!entries.is_empty()).then(|| HABITS.section(scribe, narrative(grid.block()), entries))
}

/// FR-Facteurs-de-risques-professionnels-non-code, 1.2.250.1.213.1.1.2.74.
pub(crate) const WORK: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.1.5.3.1", "1.2.250.1.213.1.1.2.74"],
    code: Concept::new("10161-8", "Facteurs de risques professionnels", System::Loinc),
    title: "Facteurs de risques professionnels",
};

/// A pathology of a relative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyProblem {
    /// Relative, a term of HL7 RoleCode such as those of [`crate::RELATIONS`]; `None` when unknown.
    pub relation: Option<Concept>,
    /// What the record says.
    pub label: String,
    /// Code, usually CIM-10.
    pub code: Option<Term>,
}

/// FR-Antecedents-familiaux, 1.2.250.1.213.1.1.2.139.
const FAMILY: SectionModel = SectionModel {
    templates: &[
        "2.16.840.1.113883.10.20.1.4",
        "1.3.6.1.4.1.19376.1.5.3.1.3.14",
        "1.3.6.1.4.1.19376.1.5.3.1.3.15",
        "1.2.250.1.213.1.1.2.139",
    ],
    code: Concept::new("10157-6", "Historique des pathologies familiales", System::Loinc),
    title: "Antécédents familiaux",
};
const FAMILY_GROUP: [&str; 3] = ["2.16.840.1.113883.10.20.1.23", "1.3.6.1.4.1.19376.1.5.3.1.4.15", "1.2.250.1.213.1.1.3.59"];
const SUBJECT: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.4.15.2", "1.2.250.1.213.1.1.3.60"];
const FAMILY_PROBLEM: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.22",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.3",
    "1.2.250.1.213.1.1.3.51",
];
const DIAGNOSIS: Concept = Concept::new("282291009", "interprétation diagnostique", System::SnomedCt);

/// The family history, when there is one.
pub(crate) fn family(scribe: &mut Scribe, problems: &[FamilyProblem]) -> Option<Section> {
    if problems.is_empty() {
        return None;
    }
    let mut grid = Grid::new(&["Lien de parenté", "Antécédent", "Code"]);
    let mut entries = Vec::new();
    for problem in problems {
        let anchor = scribe.anchor();
        // Legal relations are no kinship: the value set of this place has HL7 terms only.
        let relation = problem.relation.filter(|relation| relation.system == System::RoleCode);
        grid.row([
            Field::new(problem.relation.map_or("non renseigné", |relation| relation.display)),
            Field::anchored(&anchor, &problem.label),
            Field::new(problem.code.as_ref().map(Term::code).unwrap_or_default()),
        ]);
        entries.push(family_entry(scribe, problem, relation, &anchor));
    }
    Some(FAMILY.section(scribe, narrative(grid.block()), entries))
}

fn family_entry(scribe: &mut Scribe, problem: &FamilyProblem, relation: Option<Concept>, anchor: &str) -> Element {
    let link = relation.map_or_else(|| absent("code", "UNK"), |relation| coded("code", &relation));
    let subject = Element::new("subject")
        .with("typeCode", "SBJ")
        .children(crate::scribe::templates(&SUBJECT))
        .child(Element::new("relatedSubject").with("classCode", "PRS").child(link));
    let what = match &problem.code {
        Some(term) => with_original(term.to_code(&problem.label), &problem.label, anchor),
        None => uncoded(&problem.label, anchor),
    };
    let rest = [absent("effectiveTime", "UNK"), coded_value(&what)];
    let observation = observation_of(scribe, &FAMILY_PROBLEM, coded("code", &DIAGNOSIS), anchor, rest);
    statement("organizer", "CLUSTER", "EVN", &FAMILY_GROUP)
        .child(status("completed"))
        .child(subject)
        .child(Element::new("component").with("typeCode", "COMP").child(observation))
}
