//! Sections of text without entries.

use cda_r2::write::Section;

use crate::concept::{Concept, System};
use crate::narrative::{Field, narrative, paragraph};
use crate::scribe::{Scribe, SectionModel};

/// FR-Commentaire-non-code, 1.2.250.1.213.1.1.2.73.
pub(crate) const COMMENT: SectionModel = SectionModel {
    templates: &["2.16.840.1.113883.10.12.201", "1.3.6.1.4.1.19376.1.4.1.2.16", "1.2.250.1.213.1.1.2.73"],
    code: Concept::new("55112-7", "Commentaire", System::Loinc),
    title: "Commentaires",
};

/// FR-Raison-de-la-recommandation-non-code, 1.2.250.1.213.1.1.2.127.
pub(crate) const REASON: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.3.1", "1.2.250.1.213.1.1.2.127"],
    code: Concept::new("42349-1", "Raison de la recommandation", System::Loinc),
    title: "Motif d'hospitalisation",
};

/// A section of text; `otherwise` is said when there is none.
pub(crate) fn section(scribe: &mut Scribe, model: &SectionModel, told: Option<&str>, otherwise: &str) -> Section {
    let told = told.filter(|told| !told.trim().is_empty()).unwrap_or(otherwise);
    model.section(scribe, narrative([paragraph(Field::new(told))]), Vec::new())
}

/// The comments, when there are some.
pub(crate) fn comments(scribe: &mut Scribe, told: Option<&str>) -> Option<Section> {
    let told = told.filter(|told| !told.trim().is_empty())?;
    Some(section(scribe, &COMMENT, Some(told), ""))
}
