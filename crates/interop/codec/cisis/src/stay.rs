//! What a hospital says of a stay (LDL-SES): status, synthesis, follow-up.

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section};

use crate::concept::{Concept, System};
use crate::establishment::{EVENTS, EVENTS_CODE};
use crate::french;
use crate::narrative::{Field, Grid, narrative};
use crate::scribe::{
    SIMPLE_OBSERVATION, Scribe, SectionModel, absent, boolean, coded, coded_value, observation_of, point, statement, status,
    string, text,
};
use crate::wishes::{CARE_PLAN, CARE_PLAN_CODE};

/// Whether the letter is final.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LetterStatus {
    /// Will be completed.
    #[default]
    InProgress,
    /// Final.
    Final,
}

/// FR-Statut-du-document, 1.2.250.1.213.1.1.2.35, for this letter.
const STATUS: SectionModel = SectionModel {
    templates: &["1.2.250.1.213.1.1.2.35", "1.2.250.1.213.1.1.2.35.1"],
    code: Concept::new("33557-0", "Etat d'achèvement", System::Loinc),
    title: "Statut du document",
};
const STATUS_OBSERVATION: [&str; 4] =
    [SIMPLE_OBSERVATION[0], SIMPLE_OBSERVATION[1], "1.2.250.1.213.1.1.3.48.16", "1.2.250.1.213.1.1.3.48.16.1"];
const STATUS_CODE: Concept = Concept::new("GEN-065", "Statut du document", System::Cisis);

/// The section about the status of the letter.
pub(crate) fn letter_status(scribe: &mut Scribe, found: LetterStatus, when: &Timestamp) -> Section {
    let (code, display, shown) = match found {
        LetterStatus::InProgress => ("385651009", "en cours d'exécution", "En cours"),
        LetterStatus::Final => ("445665009", "terminé(e)", "Validé"),
    };
    let concept = Concept::new(code, display, System::SnomedCt);
    let anchor = scribe.anchor();
    let mut grid = Grid::new(&["Statut du document"]);
    grid.row([Field::anchored(&anchor, shown)]);
    let rest = [point(Some(when)), coded_value(&concept.to_code())];
    let entry = observation_of(scribe, &STATUS_OBSERVATION, coded("code", &STATUS_CODE), &anchor, rest);
    STATUS.section(scribe, narrative(grid.block()), vec![entry])
}

/// How the patient came in (JDV_ModaliteEntree).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AdmissionMode {
    /// In an emergency.
    Emergency,
    /// Planned.
    Planned,
    /// Transferred.
    Transfer,
    /// Another way.
    #[default]
    Other,
}

/// How the patient leaves (JDV_ModaliteSortie).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DischargeMode {
    /// Home.
    Home,
    /// To a nursing home.
    NursingHome,
    /// To another hospital.
    Hospital,
    /// Elsewhere.
    #[default]
    Other,
}

/// Synthesis of a stay. Texts left empty are written as "Non renseigné".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synthesis {
    /// How and when the patient came in.
    pub admission: AdmissionMode,
    /// When.
    pub admitted: Option<Timestamp>,
    /// How and when the patient leaves.
    pub discharge: DischargeMode,
    /// When.
    pub discharged: Option<Timestamp>,
    /// Medical synthesis.
    pub synthesis: String,
    /// Adverse events during the stay.
    pub adverse_events: Option<String>,
    /// Whether multi-resistant or emerging micro-organisms were looked for.
    pub bacteria_searched: Option<bool>,
    /// Those found.
    pub bacteria_found: Option<String>,
    /// Whether blood products were transfused.
    pub transfusion: Option<bool>,
    /// Accidents of transfusion.
    pub transfusion_accidents: Option<String>,
    /// Whether blood derivatives were given.
    pub blood_derivatives: Option<bool>,
    /// Adverse events after them.
    pub derivatives_events: Option<String>,
}

/// One line of the synthesis: number of its model, code, label, text shown, value, time.
struct Line<'s> {
    model: &'static str,
    concept: Concept,
    shown: String,
    value: Element,
    time: Option<&'s Timestamp>,
}

/// The section about the synthesis of the stay.
pub(crate) fn synthesis(scribe: &mut Scribe, found: &Synthesis) -> Section {
    let model = SectionModel {
        templates: &[EVENTS[0], EVENTS[1], EVENTS[2], "1.2.250.1.213.1.1.2.163.1"],
        code: EVENTS_CODE,
        title: "Synthèse médicale du séjour",
    };
    let mut grid = Grid::new(&["Rubrique", "Contenu"]);
    let mut entries = Vec::new();
    for line in moves(found).into_iter().chain(lines(found)) {
        let anchor = scribe.anchor();
        grid.row([Field::new(line.concept.display), Field::anchored(&anchor, line.shown)]);
        let models = [SIMPLE_OBSERVATION[0], SIMPLE_OBSERVATION[1], line.model];
        let rest = [point(line.time), line.value];
        entries.push(observation_of(scribe, &models, coded("code", &line.concept), &anchor, rest));
    }
    model.section(scribe, narrative(grid.block()), entries)
}

/// Admission and discharge.
fn moves(found: &Synthesis) -> [Line<'_>; 2] {
    let snomed = |code, display| Concept::new(code, display, System::SnomedCt);
    let admission = match found.admission {
        AdmissionMode::Emergency => snomed("183452005", "hospitalisation en urgence"),
        AdmissionMode::Planned => snomed("8715000", "hospitalisation programmée"),
        AdmissionMode::Transfer => snomed("107724000", "transfert du patient"),
        AdmissionMode::Other => Concept::new("GEN-092.06.07", "Autre modalité d'entrée", System::Cisis),
    };
    let discharge = match found.discharge {
        DischargeMode::Home => snomed("160849004", "retour au domicile"),
        DischargeMode::NursingHome => {
            let display = "Etablissement d'hébergement pour personnes âgées dépendantes";
            Concept::new("500", display, System::StructureCategory)
        }
        DischargeMode::Hospital => Concept::new("GEN-092.06.01", "Autre établissement de santé", System::Cisis),
        DischargeMode::Other => Concept::new("GEN-092.06.03", "Autre destination", System::Cisis),
    };
    let line = |model, code, display, mode: Concept, time: Option<&'_ Timestamp>| {
        let date = time.map(|time| format!("{}, ", french::time(time))).unwrap_or_default();
        let shown = format!("{date}{}", mode.display);
        (model, Concept::new(code, display, System::Cisis), shown, coded_value(&mode.to_code()).data_type("CE"))
    };
    let (model, concept, shown, value) =
        line("1.2.250.1.213.1.1.3.48.6", "ORG-070", "Modalité d'entrée", admission, found.admitted.as_ref());
    let entered = Line { model, concept, shown, value, time: found.admitted.as_ref() };
    let (model, concept, shown, value) =
        line("1.2.250.1.213.1.1.3.48.7", "ORG-074", "Modalité de sortie", discharge, found.discharged.as_ref());
    [entered, Line { model, concept, shown, value, time: found.discharged.as_ref() }]
}

/// The texts and the answers, in the order of the model.
fn lines(found: &Synthesis) -> Vec<Line<'_>> {
    let time = found.discharged.as_ref();
    let line = |model, code, display, shown: String, value| {
        let concept = Concept::new(code, display, System::Cisis);
        Line { model, concept, shown, value, time }
    };
    let told = |model, code, display, told: Option<&str>| {
        let told = told.map(str::trim).filter(|told| !told.is_empty()).unwrap_or("Non renseigné");
        line(model, code, display, told.to_owned(), string(told))
    };
    let answer = |model, code, display, answer: Option<bool>| {
        line(model, code, display, french::yes_no(answer).to_owned(), boolean(answer))
    };
    vec![
        told("1.2.250.1.213.1.1.3.48.9", "MED-142", "Synthèse médicale", Some(&found.synthesis)),
        told(
            "1.2.250.1.213.1.1.3.48.3",
            "MED-143",
            "Evènements indésirables survenus pendant l'hospitalisation",
            found.adverse_events.as_deref(),
        ),
        answer(
            "1.2.250.1.213.1.1.3.48.8",
            "MED-309",
            "Recherche de microorganismes multi-résistants ou émergents effectuée",
            found.bacteria_searched,
        ),
        told(
            "1.2.250.1.213.1.1.3.48.5",
            "MED-144",
            "Identification de micro-organismes multirésistants",
            found.bacteria_found.as_deref(),
        ),
        answer("1.2.250.1.213.1.1.3.48.10", "MED-145", "Transfusion de produits sanguins", found.transfusion),
        told("1.2.250.1.213.1.1.3.48.1", "MED-146", "Accidents transfusionnels", found.transfusion_accidents.as_deref()),
        answer("1.2.250.1.213.1.1.3.48.2", "MED-147", "Administration de dérivés du sang", found.blood_derivatives),
        told(
            "1.2.250.1.213.1.1.3.48.4",
            "MED-148",
            "Evènements indésirables suite à l'administration de dérivés du sang",
            found.derivatives_events.as_deref(),
        ),
    ]
}

/// Something to be done after the stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowUp {
    /// What: examination, visit, wound care.
    pub label: String,
    /// When.
    pub date: Option<Timestamp>,
}

const REQUEST: [&str; 3] = ["2.16.840.1.113883.10.20.1.25", "1.3.6.1.4.1.19376.1.5.3.1.1.20.3.1", "1.2.250.1.213.1.1.3.27"];
const REQUEST_CODE: Concept = Concept::new("ORG-064", "Demande d'examen ou de suivi", System::Cisis);

/// What is to be done, when there is something.
pub(crate) fn follow_ups(scribe: &mut Scribe, found: &[FollowUp]) -> Option<Section> {
    if found.is_empty() {
        return None;
    }
    let model = SectionModel { templates: &CARE_PLAN, code: CARE_PLAN_CODE, title: "Suites à donner" };
    let mut grid = Grid::new(&["Demande d'examen ou de suivi", "Date"]);
    let mut entries = Vec::new();
    for follow_up in found {
        let anchor = scribe.anchor();
        grid.row([Field::anchored(&anchor, &follow_up.label), Field::new(french::optional_time(follow_up.date.as_ref()))]);
        let told = Some(follow_up.label.trim()).filter(|told| !told.is_empty());
        let value = told.map_or_else(|| absent("value", "UNK").data_type("ST"), string);
        let request = statement("observation", "OBS", "INT", &REQUEST)
            .child(scribe.id_element())
            .child(coded("code", &REQUEST_CODE))
            .child(text(&anchor))
            .child(status("active"))
            .child(point(follow_up.date.as_ref()))
            .child(value);
        entries.push(request);
    }
    Some(model.section(scribe, narrative(grid.block()), entries))
}
