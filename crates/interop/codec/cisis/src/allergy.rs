//! Allergies and hypersensitivities (FR-Liste-des-allergies-et-hypersensibilites).

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section, code};

use crate::concept::{Concept, System, Term};
use crate::error::CisisError;
use crate::french;
use crate::moment::ordered;
use crate::narrative::{Field, Grid, narrative, paragraph};
use crate::recorded::{Recorded, Wording};
use crate::scribe::{
    Scribe, SectionModel, absent, bound, coded, coded_value, comment, observation_of, statement, status, text, uncoded, under,
    with_original,
};

/// Kind of allergy (JDV_TypeEvenementIndesirablePrevisible).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AllergyKind {
    /// Allergy to a medicine.
    Medicine,
    /// Allergy to a food.
    Food,
    /// Allergy to another substance.
    Substance,
    /// Intolerance to a medicine.
    MedicineIntolerance,
    /// Intolerance to a food.
    FoodIntolerance,
    /// Kind not recorded.
    #[default]
    Unspecified,
}

impl AllergyKind {
    const ALL: [Self; 6] =
        [Self::Medicine, Self::Food, Self::Substance, Self::MedicineIntolerance, Self::FoodIntolerance, Self::Unspecified];

    fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Medicine => ("416098002", "allergie médicamenteuse"),
            Self::Food => ("414285001", "allergie alimentaire"),
            Self::Substance => ("419199007", "allergie à une substance"),
            Self::MedicineIntolerance => ("59037007", "intolérance aux drogues et/ou médicaments"),
            Self::FoodIntolerance => ("235719002", "intolérance alimentaire"),
            Self::Unspecified => ("420134006", "propension aux effets indésirables"),
        };
        Concept::new(code, display, System::SnomedCt)
    }

    pub(crate) fn of_code(code: &cda_r2::Code) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.concept().is(code))
    }
}

/// Severity (JDV_SeveriteObservation).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Mild.
    Mild,
    /// Moderate.
    Moderate,
    /// Severe.
    Severe,
    /// Life-threatening.
    Fatal,
}

impl Severity {
    const ALL: [Self; 4] = [Self::Mild, Self::Moderate, Self::Severe, Self::Fatal];

    fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Mild => ("255604002", "léger"),
            Self::Moderate => ("6736007", "modéré"),
            Self::Severe => ("24484000", "grave"),
            Self::Fatal => ("442452003", "gravité mortelle"),
        };
        Concept::new(code, display, System::SnomedCt)
    }

    pub(crate) fn of_code(code: &cda_r2::Code) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.concept().is(code))
    }
}

/// An allergy or intolerance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allergy {
    /// Kind.
    pub kind: AllergyKind,
    /// Agent, as the record says it.
    pub agent: String,
    /// Code of the agent: CIS, ATC, SNOMED CT, CIM-11…
    pub agent_code: Option<Term>,
    /// Reaction observed.
    pub reaction: Option<String>,
    /// Severity.
    pub severity: Option<Severity>,
    /// Start.
    pub start: Option<Timestamp>,
    /// End: the allergy is over.
    pub end: Option<Timestamp>,
    /// Comment.
    pub comment: Option<String>,
}

/// What is said when there is no allergy to list.
pub(crate) const WORDING: Wording = Wording {
    subject: "Allergies et hypersensibilités",
    none: Concept::new("no-known-allergies", "Pas d'allergie/hypersensibilité connue", System::AbsentOrUnknown),
    unknown: Concept::new("no-allergy-info", "Pas d’information sur les allergies/hypersensibilités", System::AbsentOrUnknown),
};

/// FR-Allergies-et-hypersensibilites, 1.2.250.1.213.1.1.2.137.
pub(crate) const MODEL: SectionModel = SectionModel {
    templates: &["2.16.840.1.113883.10.20.1.2", "1.3.6.1.4.1.19376.1.5.3.1.3.13", "1.2.250.1.213.1.1.2.137"],
    code: Concept::new("48765-2", "Allergies et hypersensibilités", System::Loinc),
    title: "Allergies et hypersensibilités",
};

const CONCERN: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.3",
    "1.2.250.1.213.1.1.3.40",
];
const ALLERGY: [&str; 5] = [
    "2.16.840.1.113883.10.20.1.18",
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.3.6.1.4.1.19376.1.5.3.1.4.6",
    "1.2.250.1.213.1.1.3.41",
];
const REACTION: [&str; 4] =
    ["2.16.840.1.113883.10.20.1.28", "2.16.840.1.113883.10.20.1.54", "1.3.6.1.4.1.19376.1.5.3.1.4.5", "1.2.250.1.213.1.1.3.37"];
const SEVERITY: [&str; 3] = ["2.16.840.1.113883.10.20.1.55", "1.3.6.1.4.1.19376.1.5.3.1.4.1", "1.2.250.1.213.1.1.3.29"];
const SYMPTOM: Concept = Concept::new("418799008", "symptôme rapporté par le patient ou le répondant", System::SnomedCt);
const SEVERITY_CODE: Concept = Concept::new("SEV", "Sévérité", System::ActCode);

/// The places in the narrative of one allergy.
struct Anchors {
    agent: String,
    reaction: String,
    severity: String,
    note: String,
}

/// The section that lists allergies, or says why it lists none.
pub(crate) fn section(scribe: &mut Scribe, recorded: &Recorded<Allergy>) -> Result<Section, CisisError> {
    if let Some((reason, sentence)) = recorded.absence(&WORDING) {
        let anchor = scribe.anchor();
        let value = coded_value(&with_original(reason, &sentence, &anchor));
        let period = Element::new("effectiveTime").child(bound("low", None));
        let entry = concern(scribe, AllergyKind::Unspecified, false, &period, &anchor, vec![value]);
        let text = narrative([paragraph(Field::anchored(&anchor, sentence))]);
        return Ok(MODEL.section(scribe, text, vec![entry]));
    }
    let mut grid = Grid::new(&["Agent", "Type", "Réaction", "Sévérité", "Début", "Fin", "Commentaire"]);
    let mut entries = Vec::new();
    for allergy in recorded.items() {
        ordered("an allergy", allergy.start.as_ref(), allergy.end.as_ref())?;
        let anchors =
            Anchors { agent: scribe.anchor(), reaction: scribe.anchor(), severity: scribe.anchor(), note: scribe.anchor() };
        grid.row(row(allergy, &anchors));
        entries.push(entry(scribe, allergy, &anchors));
    }
    Ok(MODEL.section(scribe, narrative(grid.block()), entries))
}

fn row(allergy: &Allergy, anchors: &Anchors) -> [Field; 7] {
    let severity = allergy.severity.map(|severity| severity.concept().display).unwrap_or_default();
    [
        Field::anchored(&anchors.agent, &allergy.agent),
        Field::new(allergy.kind.concept().display),
        Field::anchored(&anchors.reaction, allergy.reaction.as_deref().unwrap_or_default()),
        Field::anchored(&anchors.severity, severity),
        Field::new(french::optional_time(allergy.start.as_ref())),
        Field::new(french::optional_time(allergy.end.as_ref())),
        Field::anchored(&anchors.note, allergy.comment.as_deref().unwrap_or_default()),
    ]
}

fn entry(scribe: &mut Scribe, allergy: &Allergy, anchors: &Anchors) -> Element {
    let over = allergy.end.is_some();
    let start = Element::new("effectiveTime").child(bound("low", allergy.start.as_ref()));
    let period = if over { start.child(bound("high", allergy.end.as_ref())) } else { start };
    let described = coded_value(&uncoded(&allergy.agent, &anchors.agent));
    let mut rest = vec![described, agent(allergy, anchors)];
    if let Some(seen) = &allergy.reaction {
        rest.push(reaction(scribe, seen, &anchors.reaction));
    }
    rest.extend(allergy.severity.map(|found| severity(found, &anchors.severity)));
    rest.extend(allergy.comment.as_ref().map(|_| comment(&anchors.note)));
    concern(scribe, allergy.kind, over, &period, &anchors.agent, rest)
}

fn agent(allergy: &Allergy, anchors: &Anchors) -> Element {
    let what = match &allergy.agent_code {
        Some(term) => with_original(term.to_code(&allergy.agent), &allergy.agent, &anchors.agent),
        None => uncoded(&allergy.agent, &anchors.agent),
    };
    let entity = Element::new("playingEntity")
        .with("classCode", "MMAT")
        .child(code("code", &what))
        .child(Element::new("name").text(&allergy.agent));
    let role = Element::new("participantRole").with("classCode", "MANU").child(entity);
    Element::new("participant").with("typeCode", "CSM").child(role)
}

fn reaction(scribe: &mut Scribe, seen: &str, anchor: &str) -> Element {
    let unknown = Element::new("effectiveTime").child(bound("low", None));
    let rest = [unknown, coded_value(&uncoded(seen, anchor))];
    let observation = observation_of(scribe, &REACTION, coded("code", &SYMPTOM), anchor, rest);
    under("MFST", false, observation.with("negationInd", "false"))
}

fn severity(severity: Severity, anchor: &str) -> Element {
    let observation = statement("observation", "OBS", "EVN", &SEVERITY)
        .child(coded("code", &SEVERITY_CODE))
        .child(text(anchor))
        .child(status("completed"))
        .child(coded_value(&severity.concept().to_code()));
    under("SUBJ", true, observation)
}

/// The act that follows an allergy, around the observation of it.
fn concern(scribe: &mut Scribe, kind: AllergyKind, over: bool, period: &Element, anchor: &str, rest: Vec<Element>) -> Element {
    let act = statement("act", "ACT", "EVN", &CONCERN)
        .child(scribe.id_element())
        .child(absent("code", "NA"))
        .child(status(if over { "completed" } else { "active" }))
        .child(period.clone());
    let content = std::iter::once(period.clone()).chain(rest);
    let observation = observation_of(scribe, &ALLERGY, coded("code", &kind.concept()), anchor, content);
    act.child(under("SUBJ", false, observation.with("negationInd", "false")))
}
