//! Documents whose body is a PDF (CDA level 1), of any type.

use cda_r2::write::Body;

use crate::concept::{Concept, System, Term};
use crate::error::CisisError;
use crate::header::Header;
use crate::profile::Model;
use crate::write::{Document, finish};

/// Model of a document whose body is a file (IHE XDS-SD).
const TEMPLATE: &str = "1.3.6.1.4.1.19376.1.2.20";
/// `formatCode` of a document whose body is a PDF/A-1 (TRE_A11).
const PDF_FORMAT: &str = "urn:ihe:iti:xds-sd:pdf:2008";

const fn loinc(code: &'static str, display: &'static str) -> Concept {
    Concept::new(code, display, System::Loinc)
}

/// *Projet personnalisé d'accompagnement*.
pub const PERSONALISED_PROJECT: Concept = loinc("80788-3", "Projet personnalisé d'accompagnement");
/// Follow-up of care by a nurse or a therapist.
pub const CARE_REPORT: Concept = loinc("11506-3", "CR ou fiche de suivi de soins par auxiliaire médical");
/// Any document of the social and medico-social sector.
pub const SOCIAL_DOCUMENT: Concept = loinc("28653-4", "Document du secteur social / médico-social");
/// Liaison letter on admission to a social or medico-social structure.
pub const SOCIAL_ADMISSION: Concept = loinc("88348-8", "Lettre de liaison d'entrée en structure sociale ou médico-sociale");
/// Liaison letter on discharge from a social or medico-social structure.
pub const SOCIAL_DISCHARGE: Concept = loinc("83981-1", "Lettre de liaison à la sortie d'une structure sociale ou médico-sociale");
/// Medico-social assessment.
pub const ASSESSMENT: Concept = loinc("34842-5", "Grille d'évaluation médico-social");
/// Administration of medicines.
pub const MEDICATION_ADMINISTRATION: Concept = loinc("80565-5", "CR d'administration de médicaments");
/// Vital signs.
pub const VITAL_SIGNS: Concept = loinc("29274-8", "Mesures de signes vitaux");
/// Assessment of the loss of autonomy.
pub const AUTONOMY: Concept = Concept::new("BIL_AUTO", "CR de bilan d'évaluation de la perte d'autonomie", System::DocumentType);
/// Advance directives.
pub const ADVANCE_DIRECTIVES: Concept = Concept::new("EXPPAT_3", "Directives anticipées", System::DocumentType);

impl From<Concept> for Term {
    /// A term of a value set, as a term chosen by the sender.
    fn from(concept: Concept) -> Self {
        Self::trusted(concept)
    }
}

/// A document whose body is a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level1 {
    /// Type, LOINC or TRE_A05 (JDV_J07), with its label: the French minimal structure requires one.
    pub kind: Term,
    /// Act the document is about.
    pub act: Option<Term>,
    /// The PDF. The CI-SIS wants PDF/A-1: only its first bytes are checked here.
    pub pdf: Vec<u8>,
}

impl Level1 {
    /// Writes the document.
    ///
    /// # Errors
    /// `not_pdf` when the bytes do not start as a PDF, `missing_part` when the type has no label,
    /// and what the header or the printer refuses.
    pub fn write(&self, header: &Header) -> Result<Document, CisisError> {
        check_pdf(&self.pdf, "body")?;
        let title = self.kind.display().ok_or(CisisError::MissingPart { which: "label of the type of the document" })?;
        let model = Model {
            template_id: TEMPLATE,
            template_version: None,
            kind: self.kind.to_code(title),
            title: title.to_owned(),
            act: self.act.as_ref().map(|act| act.to_code("")),
            format_code: PDF_FORMAT,
            needs_attending_physician: false,
        };
        let body = Body::File { media_type: "application/pdf".to_owned(), bytes: self.pdf.clone() };
        finish(header, model, &body)
    }
}

/// Refuses bytes that do not start as a PDF.
pub(crate) fn check_pdf(bytes: &[u8], which: &str) -> Result<(), CisisError> {
    if bytes.starts_with(b"%PDF-") { Ok(()) } else { Err(CisisError::NotPdf { which: crate::error::excerpt(which) }) }
}
