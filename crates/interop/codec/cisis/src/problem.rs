//! Pathologies and medical history (FR-Liste-des-problemes, FR-Probleme).

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section};

use crate::concept::{Concept, System, Term};
use crate::error::CisisError;
use crate::french;
use crate::moment::ordered;
use crate::narrative::{Field, Grid, narrative, paragraph};
use crate::recorded::{Recorded, Wording};
use crate::scribe::{
    Scribe, SectionModel, absent, bound, coded, coded_value, comment, observation_of, statement, status, uncoded, under,
    with_original,
};

/// A pathology, present or past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// What the record says, always.
    pub label: String,
    /// Code, usually CIM-10.
    pub code: Option<Term>,
    /// Start.
    pub start: Option<Timestamp>,
    /// End.
    pub end: Option<Timestamp>,
    /// Comment.
    pub comment: Option<String>,
}

/// What is said when there is no pathology to list.
pub(crate) const WORDING: Wording = Wording {
    subject: "Problèmes de santé",
    none: Concept::new("no-known-problems", "Pas de problème connu", System::AbsentOrUnknown),
    unknown: Concept::new("no-problem-info", "Pas d'information sur les problèmes", System::AbsentOrUnknown),
};

/// FR-Problemes-actifs, 1.2.250.1.213.1.1.2.132.
pub(crate) const ACTIVE: SectionModel = SectionModel {
    templates: &["2.16.840.1.113883.10.20.1.11", "1.3.6.1.4.1.19376.1.5.3.1.3.6", "1.2.250.1.213.1.1.2.132"],
    code: Concept::new("11450-4", "Liste des problèmes actifs", System::Loinc),
    title: "Pathologies en cours",
};

/// FR-Antecedents-medicaux, 1.2.250.1.213.1.1.2.134.
pub(crate) const HISTORY: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.3.8", "1.2.250.1.213.1.1.2.134"],
    code: Concept::new("11348-0", "Antécédents médicaux", System::Loinc),
    title: "Antécédents médicaux",
};

/// FR-Diagnostic-de-sortie-episode-de-soins, 1.2.250.1.213.1.1.2.133.
pub(crate) const DISCHARGE: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.3.7", "1.2.250.1.213.1.1.2.133"],
    code: Concept::new("11535-2", "Diagnostic de sortie", System::Loinc),
    title: "Diagnostic ou résumé de passage aux urgences",
};

const CONCERN: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
    "1.2.250.1.213.1.1.3.39",
];
const PROBLEM: [&str; 3] = ["2.16.840.1.113883.10.20.1.28", "1.3.6.1.4.1.19376.1.5.3.1.4.5", "1.2.250.1.213.1.1.3.37"];
/// Nature of a problem stated by a professional (JDV_ProblemCodes).
const DIAGNOSIS: Concept = Concept::new("282291009", "interprétation diagnostique", System::SnomedCt);

/// A section that lists problems; `past` when they are over.
pub(crate) fn section(
    scribe: &mut Scribe,
    model: &SectionModel,
    recorded: &Recorded<Problem>,
    past: bool,
) -> Result<Section, CisisError> {
    if let Some((reason, sentence)) = recorded.absence(&WORDING) {
        let anchor = scribe.anchor();
        let value = coded_value(&with_original(reason, &sentence, &anchor));
        let unknown = Element::new("effectiveTime").child(bound("low", None));
        let entry = concern(scribe, false, &unknown, &anchor, vec![value]);
        let text = narrative([paragraph(Field::anchored(&anchor, sentence))]);
        return Ok(model.section(scribe, text, vec![entry]));
    }
    let mut grid = Grid::new(&["Début", "Fin", "Libellé", "Code", "Commentaire"]);
    let mut entries = Vec::new();
    for problem in recorded.items() {
        ordered("a problem", problem.start.as_ref(), problem.end.as_ref())?;
        let (anchor, note) = (scribe.anchor(), scribe.anchor());
        grid.row([
            Field::new(french::optional_time(problem.start.as_ref())),
            Field::new(french::optional_time(problem.end.as_ref())),
            Field::anchored(&anchor, &problem.label),
            Field::new(problem.code.as_ref().map(Term::code).unwrap_or_default()),
            Field::anchored(&note, problem.comment.as_deref().unwrap_or_default()),
        ]);
        entries.push(entry(scribe, problem, past, [&anchor, &note]));
    }
    Ok(model.section(scribe, narrative(grid.block()), entries))
}

fn entry(scribe: &mut Scribe, problem: &Problem, past: bool, [anchor, note]: [&str; 2]) -> Element {
    let code = match &problem.code {
        Some(term) => with_original(term.to_code(&problem.label), &problem.label, anchor),
        None => uncoded(&problem.label, anchor),
    };
    let over = past || problem.end.is_some();
    let start = Element::new("effectiveTime").child(bound("low", problem.start.as_ref()));
    let period = if over { start.child(bound("high", problem.end.as_ref())) } else { start };
    let mut rest = vec![coded_value(&code)];
    rest.extend(problem.comment.as_ref().map(|_| comment(note)));
    concern(scribe, over, &period, anchor, rest)
}

/// The act that follows a problem, around the observation of it.
fn concern(scribe: &mut Scribe, over: bool, period: &Element, anchor: &str, rest: Vec<Element>) -> Element {
    let act = statement("act", "ACT", "EVN", &CONCERN)
        .child(scribe.id_element())
        .child(absent("code", "NA"))
        .child(status(if over { "completed" } else { "active" }))
        .child(period.clone());
    let nature = coded("code", &DIAGNOSIS);
    let content = std::iter::once(period.clone()).chain(rest);
    let observation = observation_of(scribe, &PROBLEM, nature, anchor, content).with("negationInd", "false");
    act.child(under("SUBJ", false, observation))
}
