//! Palliative care and advance directives.

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section};

use crate::concept::{Concept, System};
use crate::french;
use crate::narrative::{Field, Grid, narrative};
use crate::scribe::{Scribe, SectionModel, boolean, coded, observation_of, point, statement, status, text};

/// Palliative care.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PalliativeCare {
    /// Whether it is under way.
    pub under_way: bool,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Team, anticipatory prescriptions, limits decided.
    pub comment: Option<String>,
}

/// FR-Plan-de-soins, 1.2.250.1.213.1.1.2.158.
pub(crate) const CARE_PLAN: [&str; 3] =
    ["2.16.840.1.113883.10.20.1.10", "1.3.6.1.4.1.19376.1.5.3.1.3.36", "1.2.250.1.213.1.1.2.158"];
pub(crate) const CARE_PLAN_CODE: Concept = Concept::new("18776-5", "Plan de soins", System::Loinc);
const PALLIATIVE: Concept = Concept::new("103735009", "Soins palliatifs", System::SnomedCt);
/// FR-Acte, done.
pub(crate) const PROCEDURE: [&str; 3] =
    ["1.3.6.1.4.1.19376.1.5.3.1.4.19", "2.16.840.1.113883.10.20.1.29", "1.2.250.1.213.1.1.3.62"];

/// The section about palliative care.
pub(crate) fn palliative(scribe: &mut Scribe, care: &PalliativeCare) -> Section {
    let model = SectionModel { templates: &CARE_PLAN, code: CARE_PLAN_CODE, title: "Soins palliatifs" };
    let anchor = scribe.anchor();
    let mut grid = Grid::new(&["Soins palliatifs", "Depuis", "Commentaire"]);
    grid.row([
        Field::anchored(&anchor, french::yes_no(Some(care.under_way))),
        Field::new(french::optional_time(care.since.as_ref())),
        Field::new(care.comment.as_deref().unwrap_or_default()),
    ]);
    let entry = statement("procedure", "PROC", "EVN", &PROCEDURE)
        .with("negationInd", (!care.under_way).to_string())
        .child(scribe.id_element())
        .child(coded("code", &PALLIATIVE))
        .child(text(&anchor))
        .child(status("active"))
        .child(point(care.since.as_ref()));
    model.section(scribe, narrative(grid.block()), vec![entry])
}

/// Subject of a directive (JDV_TypeDirectiveAnticipee).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectiveKind {
    /// Being kept alive artificially.
    LifeSupport,
    /// Resuscitation.
    Resuscitation,
    /// Breathing assistance.
    Ventilation,
    /// Artificial feeding and hydration.
    Feeding,
    /// Surgery.
    Surgery,
    /// Dialysis.
    Dialysis,
    /// Deep and continuous sedation.
    Sedation,
}

impl DirectiveKind {
    fn concept(self) -> Concept {
        let (code, display, system) = match self {
            Self::LifeSupport => ("75789-8", "Maintient artificiel en vie", System::Loinc),
            Self::Resuscitation => ("75779-9", "Réanimation cardiaque et respiratoire", System::Loinc),
            Self::Ventilation => ("75787-2", "Assistance respiratoire", System::Loinc),
            Self::Feeding => ("77352-3", "Alimentation et hydratation artificielles", System::Loinc),
            Self::Surgery => ("387713003", "intervention chirurgicale", System::SnomedCt),
            Self::Dialysis => ("MED-295", "Dialyse rénale", System::Cisis),
            Self::Sedation => ("MED-298", "Sédation profonde et continue associée à un traitement de la douleur", System::Cisis),
        };
        Concept::new(code, display, system)
    }
}

/// One directive: a subject, and whether the person accepts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Subject.
    pub kind: DirectiveKind,
    /// Whether the person wants it.
    pub accepted: bool,
    /// Their words.
    pub comment: Option<String>,
}

/// Advance directives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdvanceDirectives {
    /// Whether there are some; `None` when nobody asked or the record says nothing.
    pub exist: Option<bool>,
    /// When they were written.
    pub date: Option<Timestamp>,
    /// Where they can be found.
    pub place: Option<String>,
    /// Trusted person, as a reader must find them here; the header names them too.
    pub trusted_person: Option<String>,
    /// Directives, when they were recorded one by one.
    pub directives: Vec<Directive>,
}

const DIRECTIVES_CODE: Concept = Concept::new("42348-3", "Directives anticipées", System::Loinc);
/// FR-Directives-anticipees, 1.2.250.1.213.1.1.2.157.
const DIRECTIVES: SectionModel = SectionModel {
    templates: &[
        "2.16.840.1.113883.10.20.1.1",
        "1.3.6.1.4.1.19376.1.5.3.1.3.34",
        "1.3.6.1.4.1.19376.1.5.3.1.3.35",
        "1.2.250.1.213.1.1.2.157",
    ],
    code: DIRECTIVES_CODE,
    title: "Directives anticipées",
};
const DIRECTIVE: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.17",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.7",
    "1.2.250.1.213.1.1.3.54",
];

/// The section about advance directives, always present.
pub(crate) fn directives(scribe: &mut Scribe, found: &AdvanceDirectives) -> Section {
    let mut grid = Grid::new(&["Directive", "Réponse", "Précision"]);
    let anchor = scribe.anchor();
    let date = found.date.as_ref().map(|date| format!("datées du {}", french::time(date)));
    grid.row([
        Field::anchored(&anchor, "Directives anticipées"),
        Field::new(french::yes_no(found.exist)),
        Field::new(date.unwrap_or_default()),
    ]);
    for (title, value) in [("Lieu de conservation", &found.place), ("Personne de confiance", &found.trusted_person)] {
        let value = value.as_deref().filter(|value| !value.trim().is_empty()).unwrap_or("non renseigné");
        grid.row([Field::new(title), Field::new(value), Field::default()]);
    }
    let mut entries = vec![entry(scribe, &DIRECTIVES_CODE, &anchor, found, found.exist)];
    for directive in &found.directives {
        let own = scribe.anchor();
        let concept = directive.kind.concept();
        grid.row([
            Field::anchored(&own, concept.display),
            Field::new(french::yes_no(Some(directive.accepted))),
            Field::new(directive.comment.as_deref().unwrap_or_default()),
        ]);
        entries.push(entry(scribe, &concept, &own, found, Some(directive.accepted)));
    }
    DIRECTIVES.section(scribe, narrative(grid.block()), entries)
}

fn entry(scribe: &mut Scribe, concept: &Concept, anchor: &str, found: &AdvanceDirectives, answer: Option<bool>) -> Element {
    let rest = [point(found.date.as_ref()), boolean(answer)];
    observation_of(scribe, &DIRECTIVE, coded("code", concept), anchor, rest)
}
