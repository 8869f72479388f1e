//! The three documents of the emergency liaison between a nursing home and a hospital.

use cda_r2::write::Body;

use crate::allergy::{self, Allergy};
use crate::annex::{self, Annex, DluAnnex, ReturnAnnex};
use crate::daily::{self, Belongings, LastIntake, LastMeal};
use crate::error::CisisError;
use crate::establishment::{self, Establishment, Transfer, Way};
use crate::free_text;
use crate::header::Header;
use crate::problem::{self, Problem};
use crate::profile::{DLU, FLUDR, FLUDT};
use crate::recorded::Recorded;
use crate::results::{self, Findings, LabResult, MultiResistance};
use crate::scribe::Scribe;
use crate::state::{self, PatientState};
use crate::treatment::{self, Treatment};
use crate::vaccination::{self, Vaccination};
use crate::vital::{self, VitalSign};
use crate::wishes::{self, AdvanceDirectives, PalliativeCare};
use crate::write::{Document, finish};

/// DLU, what an emergency service must know of a resident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dlu {
    /// Hospital the resident prefers.
    pub preferred_hospital: Option<Establishment>,
    /// Pathologies; the section is left out when unknown.
    pub problems: Recorded<Problem>,
    /// Medical history; the section is left out when unknown.
    pub history: Recorded<Problem>,
    /// Allergies: the section is always there, for its silence could be read as "none".
    pub allergies: Recorded<Allergy>,
    /// Treatments.
    pub treatments: Recorded<Treatment>,
    /// Palliative care; the section is left out when absent.
    pub palliative_care: Option<PalliativeCare>,
    /// Advance directives.
    pub directives: AdvanceDirectives,
    /// Behaviour, impairments, moves, risks.
    pub state: PatientState,
    /// Multi-resistant bacteria.
    pub bacteria: MultiResistance,
    /// Other results.
    pub results: Vec<LabResult>,
    /// Vaccinations; the section is left out when unknown.
    pub vaccinations: Recorded<Vaccination>,
    /// Comments.
    pub comments: Option<String>,
    /// Documents annexed.
    pub annexes: Vec<Annex<DluAnnex>>,
}

impl Dlu {
    /// Writes the document.
    ///
    /// # Errors
    /// What the header, the content or the printer refuses: see [`CisisError`].
    pub fn write(&self, header: &Header) -> Result<Document, CisisError> {
        let scribe = &mut Scribe::new(&header.id);
        let mut sections = vec![establishment::preferred(scribe, self.preferred_hospital.as_ref())];
        if !self.problems.is_unknown() {
            sections.push(problem::section(scribe, &problem::ACTIVE, &self.problems, false)?);
        }
        if !self.history.is_unknown() {
            sections.push(problem::section(scribe, &problem::HISTORY, &self.history, true)?);
        }
        sections.push(allergy::section(scribe, &self.allergies)?);
        sections.push(treatment::section(scribe, &treatment::CURRENT, "INT", &self.treatments)?);
        sections.extend(self.palliative_care.as_ref().map(|care| wishes::palliative(scribe, care)));
        sections.push(wishes::directives(scribe, &self.directives));
        sections.push(state::section(scribe, &self.state));
        sections.push(results::section(scribe, &self.bacteria, &self.results));
        if !self.vaccinations.is_unknown() {
            sections.push(vaccination::section(scribe, &self.vaccinations));
        }
        sections.extend(free_text::comments(scribe, self.comments.as_deref()));
        sections.push(annex::section(scribe, &self.annexes)?);
        finish(header, DLU.model(), &Body::Sections(sections))
    }
}

/// FLUDT, what goes with a resident to the emergency department.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fludt {
    /// Why, when and where to.
    pub transfer: Transfer,
    /// Vital signs.
    pub vital_signs: Vec<VitalSign>,
    /// Consciousness, pain, glucose.
    pub findings: Findings,
    /// Last intakes of medicines.
    pub last_intakes: Vec<LastIntake>,
    /// Last meal.
    pub last_meal: LastMeal,
    /// Prostheses and belongings.
    pub belongings: Belongings,
    /// Comments.
    pub comments: Option<String>,
}

impl Fludt {
    /// Writes the document.
    ///
    /// # Errors
    /// What the header, the content or the printer refuses: see [`CisisError`].
    pub fn write(&self, header: &Header) -> Result<Document, CisisError> {
        let scribe = &mut Scribe::new(&header.id);
        let mut sections = vec![
            establishment::transfer(scribe, &self.transfer, Way::Out)?,
            vital::section(scribe, &self.vital_signs),
            results::findings(scribe, &self.findings)?,
            daily::intakes(scribe, &self.last_intakes),
            daily::meal(scribe, &self.last_meal),
            daily::belongings(scribe, &self.belongings),
        ];
        sections.extend(free_text::comments(scribe, self.comments.as_deref()));
        finish(header, FLUDT.model(), &Body::Sections(sections))
    }
}

/// FLUDR, what comes back with a resident from the emergency department.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fludr {
    /// Why and when the resident comes back.
    pub transfer: Transfer,
    /// Diagnosis.
    pub diagnosis: Recorded<Problem>,
    /// Treatments prescribed.
    pub treatments: Recorded<Treatment>,
    /// Prostheses and belongings.
    pub belongings: Belongings,
    /// Documents annexed.
    pub annexes: Vec<Annex<ReturnAnnex>>,
    /// Comments.
    pub comments: Option<String>,
}

impl Fludr {
    /// Writes the document.
    ///
    /// # Errors
    /// What the header, the content or the printer refuses: see [`CisisError`].
    pub fn write(&self, header: &Header) -> Result<Document, CisisError> {
        let scribe = &mut Scribe::new(&header.id);
        let mut sections = vec![
            establishment::transfer(scribe, &self.transfer, Way::Back)?,
            problem::section(scribe, &problem::DISCHARGE, &self.diagnosis, true)?,
            treatment::section(scribe, &treatment::DISCHARGE, "INT", &self.treatments)?,
            daily::belongings(scribe, &self.belongings),
            annex::section(scribe, &self.annexes)?,
        ];
        sections.extend(free_text::comments(scribe, self.comments.as_deref()));
        finish(header, FLUDR.model(), &Body::Sections(sections))
    }
}
