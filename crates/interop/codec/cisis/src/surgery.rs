//! Surgical history (FR-Antecedents-chirurgicaux).

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section, code};

use crate::concept::{Concept, System, Term};
use crate::french;
use crate::narrative::{Field, Grid, narrative, paragraph};
use crate::recorded::{Recorded, Wording};
use crate::scribe::{Scribe, SectionModel, point, statement, status, text, uncoded, with_original};
use crate::wishes::PROCEDURE;

/// An act of surgery, past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surgery {
    /// What the record says.
    pub label: String,
    /// Code, usually CCAM.
    pub code: Option<Term>,
    /// Date.
    pub date: Option<Timestamp>,
    /// Comment; in the narrative only.
    pub comment: Option<String>,
}

/// What is said when there is no act to list.
pub(crate) const WORDING: Wording = Wording {
    subject: "Actes et interventions",
    none: Concept::new("no-known-procedures", "Pas d'acte ou intervention connu", System::AbsentOrUnknown),
    unknown: Concept::new("no-procedure-info", "Pas d'information sur les actes et interventions", System::AbsentOrUnknown),
};

/// FR-Antecedents-chirurgicaux, 1.2.250.1.213.1.1.2.136.
pub(crate) const MODEL: SectionModel = SectionModel {
    templates: &[
        "2.16.840.1.113883.10.20.1.12",
        "1.3.6.1.4.1.19376.1.5.3.1.3.11",
        "1.3.6.1.4.1.19376.1.5.3.1.3.12",
        "1.2.250.1.213.1.1.2.136",
    ],
    code: Concept::new("47519-4", "Historique des actes", System::Loinc),
    title: "Antécédents chirurgicaux",
};

/// The section that lists acts, or says why it lists none.
pub(crate) fn section(scribe: &mut Scribe, recorded: &Recorded<Surgery>) -> Section {
    if let Some((reason, sentence)) = recorded.absence(&WORDING) {
        let anchor = scribe.anchor();
        let entry = procedure(scribe, code("code", &with_original(reason, &sentence, &anchor)), &anchor, None);
        let shown = narrative([paragraph(Field::anchored(&anchor, sentence))]);
        return MODEL.section(scribe, shown, vec![entry]);
    }
    let mut grid = Grid::new(&["Date", "Acte", "Code", "Commentaire"]);
    let mut entries = Vec::new();
    for surgery in recorded.items() {
        let anchor = scribe.anchor();
        grid.row([
            Field::new(french::optional_time(surgery.date.as_ref())),
            Field::anchored(&anchor, &surgery.label),
            Field::new(surgery.code.as_ref().map(Term::code).unwrap_or_default()),
            Field::new(surgery.comment.as_deref().unwrap_or_default()),
        ]);
        let what = match &surgery.code {
            Some(term) => with_original(term.to_code(&surgery.label), &surgery.label, &anchor),
            None => uncoded(&surgery.label, &anchor),
        };
        entries.push(procedure(scribe, code("code", &what), &anchor, surgery.date.as_ref()));
    }
    MODEL.section(scribe, narrative(grid.block()), entries)
}

fn procedure(scribe: &mut Scribe, what: Element, anchor: &str, date: Option<&Timestamp>) -> Element {
    statement("procedure", "PROC", "EVN", &PROCEDURE)
        .child(scribe.id_element())
        .child(what)
        .child(text(anchor))
        .child(status("completed"))
        .child(point(date))
}
