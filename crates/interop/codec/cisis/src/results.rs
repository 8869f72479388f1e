//! Results: multi-resistant bacteria, laboratory, consciousness, pain, glucose.

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section, code};

use crate::concept::{Concept, System, Term};
use crate::error::CisisError;
use crate::french;
use crate::measure::{Decimal, Measure};
use crate::narrative::{Field, Grid, narrative};
use crate::scribe::{
    Scribe, SectionModel, absent, boolean, coded, observation, point, reference, statement, status, string, text, uncoded,
    with_original,
};
use crate::wishes::PROCEDURE;

/// Whether the patient carries a multi-resistant bacterium (BMR).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MultiResistance {
    /// Whether they do; `None` when it was not looked for or the record says nothing.
    pub carrier: Option<bool>,
    /// Germ, site, precautions.
    pub detail: Option<String>,
    /// Date of the finding.
    pub date: Option<Timestamp>,
}

/// Value of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultValue {
    /// A quantity.
    Measure(Measure),
    /// A text.
    Text(String),
}

impl ResultValue {
    fn shown(&self) -> String {
        match self {
            Self::Measure(measure) => format!("{} {}", french::number(measure.value.as_str()), measure.unit).trim().to_owned(),
            Self::Text(text) => text.clone(),
        }
    }

    fn element(&self) -> Element {
        match self {
            Self::Measure(measure) => measure.element("value").data_type("PQ"),
            Self::Text(text) => string(text),
        }
    }
}

/// A result of the laboratory, or of any examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabResult {
    /// What was measured, as the record says it.
    pub label: String,
    /// Code, usually LOINC.
    pub code: Option<Term>,
    /// Value.
    pub value: ResultValue,
    /// Date.
    pub date: Option<Timestamp>,
    /// Comment: reference range, interpretation.
    pub comment: Option<String>,
}

/// FR-Resultats-examens, 1.2.250.1.213.1.1.2.151.
const CODED: [&str; 3] = ["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.3.6.1.4.1.19376.1.5.3.1.3.28", "1.2.250.1.213.1.1.2.151"];
/// FR-Resultats-examens-non-code, 1.2.250.1.213.1.1.2.150.
pub(crate) const UNCODED: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.2.250.1.213.1.1.2.150"];
pub(crate) const RESULTS_CODE: Concept = Concept::new("30954-2", "Résultats d'examens", System::Loinc);
const BACTERIUM: Concept = Concept::new("U83.71", "Bactérie multirésistante [BMR]", System::Icd10);
const CARRIER: &str = "Le patient porte-t-il une bactérie multirésistante (BMR) ?";

/// The section about results, always present in a DLU: bacteria first.
pub(crate) fn section(scribe: &mut Scribe, bacteria: &MultiResistance, results: &[LabResult]) -> Section {
    let model = SectionModel { templates: &CODED, code: RESULTS_CODE, title: "Résultats d'examens" };
    let anchor = scribe.anchor();
    let mut grid = Grid::new(&["Examen", "Résultat", "Date", "Commentaire"]);
    grid.row([
        Field::anchored(&anchor, CARRIER),
        Field::new(french::yes_no(bacteria.carrier)),
        Field::new(french::optional_time(bacteria.date.as_ref())),
        Field::new(bacteria.detail.as_deref().unwrap_or_default()),
    ]);
    let mut entries = vec![no_act(scribe, &anchor)];
    let when = point(bacteria.date.as_ref());
    entries.push(observation(scribe, coded("code", &BACTERIUM), &anchor, when, boolean(bacteria.carrier)));
    for result in results {
        let own = scribe.anchor();
        grid.row([
            Field::anchored(&own, &result.label),
            Field::new(result.value.shown()),
            Field::new(french::optional_time(result.date.as_ref())),
            Field::new(result.comment.as_deref().unwrap_or_default()),
        ]);
        let what = match &result.code {
            Some(term) => with_original(term.to_code(&result.label), &result.label, &own),
            None => uncoded(&result.label, &own),
        };
        let when = point(result.date.as_ref());
        entries.push(observation(scribe, code("code", &what), &own, when, result.value.element()));
    }
    model.section(scribe, narrative(grid.block()), entries)
}

/// The act IHE PCC wants in every section of coded results, when there is none.
fn no_act(scribe: &mut Scribe, anchor: &str) -> Element {
    statement("procedure", "PROC", "EVN", &PROCEDURE)
        .child(scribe.id_element())
        .child(absent("code", "NA"))
        .child(text(anchor))
        .child(status("completed"))
        .child(absent("effectiveTime", "NA"))
}

/// Consciousness, as the transfer sheet asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consciousness {
    /// Conscious and awake, DLU_002.
    Awake,
    /// Can be woken, DLU_003.
    Wakeable,
    /// Cannot be woken, DLU_004.
    Unwakeable,
}

impl Consciousness {
    pub(crate) fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Awake => ("DLU_002", "Conscient et éveillé"),
            Self::Wakeable => ("DLU_003", "Eveillable"),
            Self::Unwakeable => ("DLU_004", "Non éveillable"),
        };
        Concept::new(code, display, System::Cisis)
    }
}

/// A recent pain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pain {
    /// Where.
    pub location: Option<String>,
    /// Score from 0 to 10; above, the document is refused (`invalid_number`).
    pub score: Option<u8>,
    /// When.
    pub time: Option<Timestamp>,
}

/// Unit of a glucose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlucoseUnit {
    /// Grams a litre, LOINC 2339-0.
    GramsPerLitre,
    /// Millimoles a litre, LOINC 15074-8.
    MillimolesPerLitre,
}

/// A capillary glucose. It has no place among the vital signs of the CI-SIS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glucose {
    /// Value.
    pub value: Decimal,
    /// Unit.
    pub unit: GlucoseUnit,
    /// When.
    pub time: Option<Timestamp>,
}

/// What the transfer sheet says of the patient beside the vital signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Consciousness.
    pub consciousness: Option<Consciousness>,
    /// Recent pains.
    pub pains: Vec<Pain>,
    /// Glucose.
    pub glucose: Option<Glucose>,
}

const PAIN: Concept = Concept::new("R52.9", "Douleur, sans précision", System::Icd10);
const PAIN_SCORE: Concept = Concept::new("72514-3", "Score de douleur (0-10)", System::Loinc);

/// The section about consciousness and pain, always present in a transfer sheet.
pub(crate) fn findings(scribe: &mut Scribe, found: &Findings) -> Result<Section, CisisError> {
    let model = SectionModel { templates: &CODED, code: RESULTS_CODE, title: "Conscience, douleur, autres observations" };
    let anchor = scribe.anchor();
    let mut grid = Grid::new(&["Observation", "Résultat", "Date"]);
    let state = found.consciousness.map_or("non renseigné", |state| state.concept().display);
    grid.row([Field::anchored(&anchor, "État de conscience"), Field::new(state), Field::default()]);
    // The rules want one of the three states even when none is known: it is then neither true nor false.
    let what = coded("code", &found.consciousness.unwrap_or(Consciousness::Awake).concept());
    let known = found.consciousness.map(|_| true);
    let mut entries = vec![no_act(scribe, &anchor)];
    entries.push(observation(scribe, what, &anchor, absent("effectiveTime", "NA"), boolean(known)));
    for pain in &found.pains {
        if let Some(score) = pain.score.filter(|score| *score > 10) {
            return Err(CisisError::InvalidNumber { value: score.to_string() });
        }
        entries.extend(pain_entries(scribe, &mut grid, pain));
    }
    if found.pains.is_empty() {
        grid.row([Field::new("Douleurs récentes"), Field::new("non renseigné"), Field::default()]);
    }
    entries.extend(found.glucose.as_ref().map(|glucose| glucose_entry(scribe, &mut grid, glucose)));
    Ok(model.section(scribe, narrative(grid.block()), entries))
}

fn pain_entries(scribe: &mut Scribe, grid: &mut Grid, pain: &Pain) -> Vec<Element> {
    let (anchor, site) = (scribe.anchor(), scribe.anchor());
    let place = pain.location.as_deref().unwrap_or("localisation non renseignée");
    let date = || Field::new(french::optional_time(pain.time.as_ref()));
    grid.row([Field::anchored(&anchor, "Douleur récente"), Field::anchored(&site, place), date()]);
    let target = Element::new("targetSiteCode").absent("UNK");
    let told = Element::new("originalText").text(place).child(reference(&site));
    let pain_itself = observation(scribe, coded("code", &PAIN), &anchor, point(pain.time.as_ref()), boolean(Some(true)));
    let mut entries = vec![pain_itself.child(target.child(told))];
    if let Some(score) = pain.score {
        let (own, score) = (scribe.anchor(), score.to_string());
        grid.row([Field::anchored(&own, "Score de douleur (0 à 10)"), Field::new(&score), date()]);
        let value = Element::new("value").data_type("INT").with("value", score);
        entries.push(observation(scribe, coded("code", &PAIN_SCORE), &own, point(pain.time.as_ref()), value));
    }
    entries
}

fn glucose_entry(scribe: &mut Scribe, grid: &mut Grid, glucose: &Glucose) -> Element {
    let (code, unit) = match glucose.unit {
        GlucoseUnit::GramsPerLitre => ("2339-0", "g/L"),
        GlucoseUnit::MillimolesPerLitre => ("15074-8", "mmol/L"),
    };
    let concept = Concept::new(code, "Glucose [sang capillaire]", System::Loinc);
    let anchor = scribe.anchor();
    grid.row([
        Field::anchored(&anchor, "Glycémie capillaire"),
        Field::new(format!("{} {unit}", french::number(glucose.value.as_str()))),
        Field::new(french::optional_time(glucose.time.as_ref())),
    ]);
    let value = Element::new("value").data_type("PQ").with("value", glucose.value.as_str()).with("unit", unit);
    observation(scribe, coded("code", &concept), &anchor, point(glucose.time.as_ref()), value)
}
