//! Liaison letters on admission to a hospital and on discharge from it.

use cda_r2::write::Body;

use crate::allergy::{self, Allergy};
use crate::error::CisisError;
use crate::free_text;
use crate::header::Header;
use crate::problem::{self, Problem};
use crate::profile::{LDL_EES, LDL_SES};
use crate::recorded::Recorded;
use crate::results::{RESULTS_CODE, UNCODED};
use crate::scribe::{Scribe, SectionModel};
use crate::stay::{self, FollowUp, LetterStatus, Synthesis};
use crate::surgery::{self, Surgery};
use crate::treatment::{self, Treatment};
use crate::write::{Document, finish};

/// LDL-EES, from whoever sends the patient to the hospital.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LdlEes {
    /// Why the patient is sent.
    pub reason: Option<String>,
    /// Treatments on admission.
    pub treatments: Recorded<Treatment>,
    /// Allergies.
    pub allergies: Recorded<Allergy>,
    /// Medical history; the section is left out when unknown.
    pub history: Recorded<Problem>,
    /// Surgical history; the section is left out when unknown.
    pub surgeries: Recorded<Surgery>,
    /// Anything else.
    pub others: Option<String>,
}

impl LdlEes {
    /// Writes the document.
    ///
    /// # Errors
    /// What the header, the content or the printer refuses: see [`CisisError`].
    pub fn write(&self, header: &Header) -> Result<Document, CisisError> {
        let scribe = &mut Scribe::new(&header.id);
        let reason = self.reason.as_deref();
        let mut sections = vec![
            free_text::section(scribe, &free_text::REASON, reason, "Motif d'hospitalisation : non renseigné."),
            treatment::section(scribe, &treatment::ADMISSION, "EVN", &self.treatments)?,
            allergy::section(scribe, &self.allergies)?,
        ];
        if !self.history.is_unknown() {
            sections.push(problem::section(scribe, &problem::HISTORY, &self.history, true)?);
        }
        if !self.surgeries.is_unknown() {
            sections.push(surgery::section(scribe, &self.surgeries));
        }
        let model = SectionModel { title: "Autres informations", ..free_text::COMMENT };
        sections.push(free_text::section(scribe, &model, self.others.as_deref(), "Aucune autre information."));
        finish(header, LDL_EES.model(), &Body::Sections(sections))
    }
}

/// LDL-SES, from the hospital the patient leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LdlSes {
    /// Whether the letter is final.
    pub status: LetterStatus,
    /// Why the patient was there.
    pub reason: Option<String>,
    /// Synthesis of the stay.
    pub synthesis: Synthesis,
    /// Treatments stopped during the stay; the section is left out when unknown.
    pub stopped: Recorded<Treatment>,
    /// Treatments on discharge.
    pub treatments: Recorded<Treatment>,
    /// Results still expected.
    pub expected_results: Option<String>,
    /// What is to be done.
    pub follow_ups: Vec<FollowUp>,
    /// Allergies found during the stay; the section is left out when unknown.
    pub allergies: Recorded<Allergy>,
}

impl LdlSes {
    /// Writes the document.
    ///
    /// # Errors
    /// What the header, the content or the printer refuses: see [`CisisError`].
    pub fn write(&self, header: &Header) -> Result<Document, CisisError> {
        let scribe = &mut Scribe::new(&header.id);
        let reason = self.reason.as_deref();
        let mut sections = vec![
            stay::letter_status(scribe, self.status, &header.created),
            free_text::section(scribe, &free_text::REASON, reason, "Motif de l'hospitalisation : non renseigné."),
            stay::synthesis(scribe, &self.synthesis),
        ];
        if !self.stopped.is_unknown() {
            sections.push(treatment::section(scribe, &treatment::STOPPED, "EVN", &self.stopped)?);
        }
        sections.push(treatment::section(scribe, &treatment::DISCHARGE, "INT", &self.treatments)?);
        if self.expected_results.is_some() {
            let model = SectionModel { templates: &UNCODED, code: RESULTS_CODE, title: "Résultats attendus" };
            let told = self.expected_results.as_deref();
            sections.push(free_text::section(scribe, &model, told, "Aucun résultat attendu."));
        }
        sections.extend(stay::follow_ups(scribe, &self.follow_ups));
        if !self.allergies.is_unknown() {
            sections.push(allergy::section(scribe, &self.allergies)?);
        }
        finish(header, LDL_SES.model(), &Body::Sections(sections))
    }
}
