//! Treatments (FR-Traitement, FR-Produit-de-sante).

use cda_r2::write::{Element, Section, code};
use cda_r2::{Code, Timestamp};

use crate::concept::{Concept, System, Term};
use crate::error::CisisError;
use crate::french;
use crate::measure::Measure;
use crate::moment::ordered;
use crate::narrative::{Field, Grid, narrative, paragraph};
use crate::recorded::{Recorded, Wording};
use crate::route::Route;
use crate::scribe::{
    Scribe, SectionModel, absent, bound, coded, comment, statement, status, templates, text, under, with_original,
};

/// A medicine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drug {
    /// Name, as the record says it, always.
    pub label: String,
    /// Codes of the medicine. A CIS is written as its code, since French rules admit no other there;
    /// CIP, UCD, virtual medicine and ATC as translations.
    pub codes: Vec<Term>,
}

/// The structured part of a posology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dose {
    /// Dose at each time, or the smallest one.
    pub low: Measure,
    /// Largest dose; the same as `low` when absent.
    pub high: Option<Measure>,
    /// Time between two doses, such as `8 h` or `1 d`.
    pub period: Option<Measure>,
}

/// A treatment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Treatment {
    /// Medicine.
    pub drug: Drug,
    /// Posology, as the record says it.
    pub dosage: String,
    /// Posology, as far as it is structured.
    pub dose: Option<Dose>,
    /// Route.
    pub route: Option<Route>,
    /// When it is to be given only if needed: the condition, which may be empty.
    pub as_needed: Option<String>,
    /// Start.
    pub start: Option<Timestamp>,
    /// End.
    pub end: Option<Timestamp>,
    /// Why it is given; in the narrative only.
    pub reason: Option<String>,
    /// Comment.
    pub comment: Option<String>,
}

/// What is said when there is no treatment to list.
pub(crate) const WORDING: Wording = Wording {
    subject: "Traitements",
    none: Concept::new("no-known-medications", "Pas de traitement médicamenteux connu", System::AbsentOrUnknown),
    unknown: Concept::new("no-medication-info", "Pas d'information sur les traitements médicamenteux", System::AbsentOrUnknown),
};

/// FR-Traitements, 1.2.250.1.213.1.1.2.143.
pub(crate) const CURRENT: SectionModel = SectionModel {
    templates: &["2.16.840.1.113883.10.20.1.8", "1.3.6.1.4.1.19376.1.5.3.1.3.19", "1.2.250.1.213.1.1.2.143"],
    code: Concept::new("10160-0", "Historique de la prise médicamenteuse", System::Loinc),
    title: "Traitements",
};

/// FR-Traitements-a-l-admission, 1.2.250.1.213.1.1.2.144.
pub(crate) const ADMISSION: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.3.20", "1.2.250.1.213.1.1.2.144"],
    code: Concept::new("42346-7", "Traitements à l'admission", System::Loinc),
    title: "Traitements à l'admission",
};

/// FR-Traitements-administres, 1.2.250.1.213.1.1.2.145.
pub(crate) const STOPPED: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.3.21", "1.2.250.1.213.1.1.2.145"],
    code: Concept::new("18610-6", "Traitements administrés", System::Loinc),
    title: "Traitements arrêtés durant le séjour",
};

/// FR-Traitements-a-la-sortie, 1.2.250.1.213.1.1.2.146.
pub(crate) const DISCHARGE: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.3.22", "1.2.250.1.213.1.1.2.146"],
    code: Concept::new("10183-2", "Traitements à la sortie", System::Loinc),
    title: "Traitements à la sortie",
};

const TREATMENT: [&str; 3] = ["2.16.840.1.113883.10.20.1.24", "1.3.6.1.4.1.19376.1.5.3.1.4.7", "1.2.250.1.213.1.1.3.42"];
/// How it is given, which IHE PCC wants to be said by a model: plainly, or if needed.
const PLAIN: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.7.1";
const CONDITIONAL: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.10";
const PRODUCT: [&str; 3] = ["2.16.840.1.113883.10.20.1.53", "1.3.6.1.4.1.19376.1.5.3.1.4.7.2", "1.2.250.1.213.1.1.3.43"];
pub(crate) const INSTRUCTIONS: [&str; 3] =
    ["2.16.840.1.113883.10.20.1.49", "1.3.6.1.4.1.19376.1.5.3.1.4.3", "1.2.250.1.213.1.1.3.33"];
const MEDICINE: Concept = Concept::new("DRUG", "Médicament", System::ActCode);
const INSTRUCTION: Concept = Concept::new("PINSTRUCT", "Instructions au patient", System::IheAct);

/// The places in the narrative of one treatment.
struct Anchors {
    drug: String,
    dosage: String,
    note: String,
}

/// A section that lists treatments, planned (`INT`) or taken (`EVN`).
pub(crate) fn section(
    scribe: &mut Scribe,
    model: &SectionModel,
    mood: &str,
    recorded: &Recorded<Treatment>,
) -> Result<Section, CisisError> {
    if let Some((reason, sentence)) = recorded.absence(&WORDING) {
        let anchor = scribe.anchor();
        let entry = head(scribe, mood, PLAIN, code("code", &reason), &anchor).child(no_product());
        let shown = narrative([paragraph(Field::anchored(&anchor, sentence))]);
        return Ok(model.section(scribe, shown, vec![entry]));
    }
    let titles = &["Médicament", "Posologie", "Voie", "Si besoin", "Début", "Fin", "Motif", "Commentaire"];
    let mut grid = Grid::new(titles);
    let mut entries = Vec::new();
    for treatment in recorded.items() {
        ordered("a treatment", treatment.start.as_ref(), treatment.end.as_ref())?;
        let anchors = Anchors { drug: scribe.anchor(), dosage: scribe.anchor(), note: scribe.anchor() };
        grid.row(row(treatment, &anchors));
        entries.push(entry(scribe, treatment, mood, &anchors));
    }
    Ok(model.section(scribe, narrative(grid.block()), entries))
}

fn row(treatment: &Treatment, anchors: &Anchors) -> [Field; 8] {
    let condition = treatment.as_needed.as_deref().map(|condition| match condition.trim() {
        "" => "oui".to_owned(),
        condition => condition.to_owned(),
    });
    [
        Field::anchored(&anchors.drug, &treatment.drug.label),
        Field::anchored(&anchors.dosage, &treatment.dosage),
        Field::new(treatment.route.map(|route| route.concept().display).unwrap_or_default()),
        Field::new(condition.unwrap_or_default()),
        Field::new(french::optional_time(treatment.start.as_ref())),
        Field::new(french::optional_time(treatment.end.as_ref())),
        Field::new(treatment.reason.as_deref().unwrap_or_default()),
        Field::anchored(&anchors.note, treatment.comment.as_deref().unwrap_or_default()),
    ]
}

/// What every administration starts with.
fn head(scribe: &mut Scribe, mood: &str, manner: &str, what: Element, anchor: &str) -> Element {
    statement("substanceAdministration", "SBADM", mood, &TREATMENT)
        .children(templates(&[manner]))
        .child(scribe.id_element())
        .child(what)
        .child(text(anchor))
        .child(status("completed"))
}

fn entry(scribe: &mut Scribe, treatment: &Treatment, mood: &str, anchors: &Anchors) -> Element {
    let manner = if treatment.as_needed.is_some() { CONDITIONAL } else { PLAIN };
    let period = Element::new("effectiveTime")
        .data_type("IVL_TS")
        .child(bound("low", treatment.start.as_ref()))
        .child(bound("high", treatment.end.as_ref()));
    let dose = treatment.dose.as_ref();
    let condition = treatment.as_needed.as_deref().filter(|condition| !condition.trim().is_empty());
    let criterion = condition.map(|condition| {
        let told = Element::new("criterion").child(Element::new("text").text(condition));
        Element::new("precondition").with("typeCode", "PRCN").child(told)
    });
    head(scribe, mood, manner, coded("code", &MEDICINE), &anchors.drug)
        .child(period)
        .children(dose.and_then(|dose| dose.period.as_ref()).map(frequency))
        .children(treatment.route.map(|route| coded("routeCode", &route.concept())))
        .children(dose.map(quantity))
        .child(consumable(&treatment.drug, &anchors.drug, None))
        .children((!treatment.dosage.trim().is_empty()).then(|| instructions(&anchors.dosage)))
        .children(treatment.comment.as_ref().map(|_| comment(&anchors.note)))
        .children(criterion)
}

fn frequency(period: &Measure) -> Element {
    Element::new("effectiveTime").data_type("PIVL_TS").with("operator", "A").child(period.element("period"))
}

fn quantity(dose: &Dose) -> Element {
    let high = dose.high.as_ref().unwrap_or(&dose.low);
    Element::new("doseQuantity").child(dose.low.element("low")).child(high.element("high"))
}

fn instructions(anchor: &str) -> Element {
    let act = statement("act", "ACT", "INT", &INSTRUCTIONS).child(coded("code", &INSTRUCTION)).child(text(anchor));
    under("SUBJ", true, act.child(status("completed")))
}

/// The medicine, its name standing at `anchor` in the narrative.
pub(crate) fn consumable(drug: &Drug, anchor: &str, lot: Option<&str>) -> Element {
    let main = drug.codes.iter().find(|term| term.system() == System::Cis);
    let others = drug.codes.iter().filter(|term| Some(*term) != main);
    let what = match main {
        Some(term) => term.to_code(&drug.label),
        None => Code { null_flavor: Some("UNK".to_owned()), ..Code::default() },
    };
    let translations = others.map(|term| term.to_code(&drug.label)).collect();
    let what = Code { translations, ..with_original(what, &drug.label, anchor) };
    let material = Element::new("manufacturedMaterial")
        .child(code("code", &what))
        .child(Element::new("name").text(&drug.label))
        .children(lot.map(|lot| Element::new("lotNumberText").text(lot)));
    manufactured(material)
}

/// A statement about no medicine in particular.
pub(crate) fn no_product() -> Element {
    manufactured(Element::new("manufacturedMaterial").child(absent("code", "NA")).child(absent("name", "NA")))
}

fn manufactured(material: Element) -> Element {
    let product = Element::new("manufacturedProduct").with("classCode", "MANU").children(templates(&PRODUCT)).child(material);
    Element::new("consumable").with("typeCode", "CSM").child(product)
}

/// A time of taking, of a medicine or of the usual treatment.
pub(crate) fn taken(scribe: &mut Scribe, drug: Option<&Drug>, anchor: &str, when: Option<&Timestamp>) -> Element {
    let period = Element::new("effectiveTime").data_type("IVL_TS").child(bound("low", when)).child(absent("high", "NA"));
    let product = drug.map_or_else(no_product, |drug| consumable(drug, anchor, None));
    head(scribe, "EVN", PLAIN, absent("code", "NA"), anchor).child(period).child(product)
}
