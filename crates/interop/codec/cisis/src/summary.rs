//! The medical summary (VSM).

use cda_r2::Narrative;
use cda_r2::write::{Body, Section};

use crate::allergy::{self, Allergy};
use crate::concept::{Concept, System};
use crate::error::CisisError;
use crate::free_text;
use crate::header::Header;
use crate::lifestyle::{self, FamilyProblem, Habit};
use crate::narrative::{Field, narrative, paragraph};
use crate::problem::{self, Problem};
use crate::profile::VSM;
use crate::recorded::Recorded;
use crate::results::{RESULTS_CODE, UNCODED};
use crate::scribe::{Scribe, SectionModel};
use crate::surgery::{self, Surgery};
use crate::treatment::{self, Treatment};
use crate::write::{Document, finish};

/// VSM, written by the attending physician.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vsm {
    /// Pathologies.
    pub problems: Recorded<Problem>,
    /// Medical history.
    pub history: Recorded<Problem>,
    /// Surgical history.
    pub surgeries: Recorded<Surgery>,
    /// Allergies.
    pub allergies: Recorded<Allergy>,
    /// Habits.
    pub habits: Vec<Habit>,
    /// Risks of the former work.
    pub work_risks: Option<String>,
    /// Family history.
    pub family: Vec<FamilyProblem>,
    /// Points to watch, results.
    pub watch_points: Option<String>,
    /// Long-term treatments.
    pub treatments: Recorded<Treatment>,
}

/// FR-Pathologies-antecedents-allergies-facteurs-de-risques, 1.2.250.1.213.1.1.2.29.
const WHOLE: SectionModel = SectionModel {
    templates: &["1.2.250.1.213.1.1.2.29"],
    code: Concept::new("46612-8", "Conclusions de synthèse", System::Loinc),
    title: "Pathologies en cours, antécédents, allergies et facteurs de risque",
};
/// FR-Pathologies-antecedents-allergies, 1.2.250.1.213.1.1.2.30.
const PAST: SectionModel = SectionModel {
    templates: &["1.2.250.1.213.1.1.2.30"],
    code: Concept::new("34117-2", "Historique et physique", System::Loinc),
    title: "Pathologies en cours, antécédents et allergies",
};
/// FR-Facteurs-de-risques, 1.2.250.1.213.1.1.2.31.
const RISKS: SectionModel = SectionModel {
    templates: &["1.2.250.1.213.1.1.2.31"],
    code: Concept::new(
        "57207-3",
        "Facteurs de risque présents ou passés affectant l'état de santé et/ou une circonstance",
        System::Loinc,
    ),
    title: "Facteurs de risque",
};
/// FR-Plan-de-traitement, 1.2.250.1.213.1.1.2.32.
const PLAN: SectionModel = SectionModel {
    templates: &["1.2.250.1.213.1.1.2.32"],
    code: Concept::new("18776-5", "Plan de traitement", System::Loinc),
    title: "Traitement au long cours",
};

impl Vsm {
    /// Writes the document.
    ///
    /// # Errors
    /// What the header, the content or the printer refuses: see [`CisisError`].
    pub fn write(&self, header: &Header) -> Result<Document, CisisError> {
        let scribe = &mut Scribe::new(&header.id);
        let mut whole = WHOLE.section(scribe, Narrative::default(), Vec::new());
        whole.sections = vec![self.past(scribe)?, self.risks(scribe)];
        let watch = SectionModel { templates: &UNCODED, code: RESULTS_CODE, title: "Points de vigilance" };
        let told = self.watch_points.as_deref();
        let watched = free_text::section(scribe, &watch, told, "Aucun point de vigilance renseigné.");
        let mut plan = PLAN.section(scribe, Narrative::default(), Vec::new());
        plan.sections = vec![treatment::section(scribe, &treatment::CURRENT, "EVN", &self.treatments)?];
        finish(header, VSM.model(), &Body::Sections(vec![whole, watched, plan]))
    }

    /// The four sections the model knows are all there: each says what it does not know, and the
    /// section around them has then no text of its own.
    fn past(&self, scribe: &mut Scribe) -> Result<Section, CisisError> {
        let mut past = PAST.section(scribe, Narrative::default(), Vec::new());
        past.sections = vec![
            problem::section(scribe, &problem::ACTIVE, &self.problems, false)?,
            problem::section(scribe, &problem::HISTORY, &self.history, true)?,
            surgery::section(scribe, &self.surgeries),
            allergy::section(scribe, &self.allergies)?,
        ];
        Ok(past)
    }

    /// The sections there are; a text says so when there is none.
    fn risks(&self, scribe: &mut Scribe) -> Section {
        let mut risks = RISKS.section(scribe, Narrative::default(), Vec::new());
        risks.sections.extend(lifestyle::habits(scribe, &self.habits));
        let work = self.work_risks.as_deref().filter(|told| !told.trim().is_empty());
        risks.sections.extend(work.map(|told| free_text::section(scribe, &lifestyle::WORK, Some(told), "")));
        risks.sections.extend(lifestyle::family(scribe, &self.family));
        if risks.sections.is_empty() {
            risks.narrative = narrative([paragraph(Field::new("Aucun facteur de risque renseigné."))]);
        }
        risks
    }
}
