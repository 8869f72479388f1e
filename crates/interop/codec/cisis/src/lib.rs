//! French content models of CDA R2 documents (CI-SIS): from plain values to documents.
//!
//! A [`Header`] and the content of one model give the bytes of a document:
//! [`Dlu`], [`Fludt`], [`Fludr`] (emergency liaison of nursing homes), [`Vsm`] (medical summary),
//! [`LdlEes`], [`LdlSes`] (letters on admission and discharge), and [`Level1`] (any PDF).
//!
//! The narratives, which people read, are French, and made from the same values as the entries.
//! A mandatory section without data says so; [`Recorded`] tells "none known" from "not asked" and
//! "unknown". The same values give the same bytes: time and identifiers are parameters.
//!
//! [`read`] gives the lists of a document received back as the same types.
//!
//! Sources: the schematrons, value sets and examples published by the French agency (ANS,
//! TestContenuCDA), volets DLU-EHPAD, LDL 2022.01 and VSM 1.4, and IHE PCC for the entries.

mod allergy;
mod annex;
mod concept;
mod context;
mod daily;
mod error;
mod establishment;
mod free_text;
mod french;
mod header;
mod identifier;
mod letter;
pub mod level1;
mod liaison;
mod lifestyle;
mod measure;
mod moment;
mod narrative;
mod patient;
mod person;
mod problem;
mod professional;
pub mod profile;
pub mod read;
mod recorded;
mod results;
mod route;
mod scribe;
mod state;
mod stay;
mod summary;
mod surgery;
mod treatment;
mod vaccination;
mod vital;
mod wishes;
mod write;

pub use allergy::{Allergy, AllergyKind, Severity};
pub use annex::{Annex, AnnexContent, AnnexKind, DluAnnex, ReturnAnnex};
pub use concept::{Concept, System, Term};
pub use context::{Act, Author, Confidentiality, Recipient, Replaced, Signatory, Stay, StayKind};
pub use daily::{Belongings, LastIntake, LastMeal};
pub use error::CisisError;
pub use establishment::{Establishment, Transfer};
pub use header::Header;
pub use identifier::{ProfessionalId, QualifiedIns, StructureId};
pub use letter::{LdlEes, LdlSes};
pub use level1::Level1;
pub use liaison::{Dlu, Fludr, Fludt};
pub use lifestyle::{FamilyProblem, Habit, HabitKind};
pub use measure::{Decimal, Measure};
pub use patient::{Patient, Sex};
pub use person::{
    Address, Civility, Contact, ContactRole, Guardian, HumanName, RELATIONS, Representative, Telecom, Title, Usage,
};
pub use problem::Problem;
pub use professional::{Organization, PracticeSetting, Profession, Professional, Sector};
pub use profile::{Metadata, Profile};
pub use recorded::Recorded;
pub use results::{Consciousness, Findings, Glucose, GlucoseUnit, LabResult, MultiResistance, Pain, ResultValue};
pub use route::Route;
pub use state::{PatientState, Trait};
pub use stay::{AdmissionMode, DischargeMode, FollowUp, LetterStatus, Synthesis};
pub use summary::Vsm;
pub use surgery::Surgery;
pub use treatment::{Dose, Drug, Treatment};
pub use vaccination::Vaccination;
pub use vital::{VitalKind, VitalSign};
pub use wishes::{AdvanceDirectives, Directive, DirectiveKind, PalliativeCare};
pub use write::Document;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
