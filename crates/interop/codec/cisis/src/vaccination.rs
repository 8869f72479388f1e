//! Vaccinations (FR-Vaccination).

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section, code};

use crate::concept::{Concept, System};
use crate::french;
use crate::narrative::{Field, Grid, narrative, paragraph};
use crate::recorded::{Recorded, Wording};
use crate::scribe::{Scribe, SectionModel, coded, comment, point, statement, status, text};
use crate::treatment::{Drug, consumable, no_product};

/// A vaccination given, or not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vaccination {
    /// Disease or vaccine, as the record says it: "Grippe".
    pub label: String,
    /// Whether it was given; false for a refusal or a contraindication.
    pub given: bool,
    /// Vaccine given.
    pub product: Option<Drug>,
    /// Batch number.
    pub lot: Option<String>,
    /// Date.
    pub date: Option<Timestamp>,
    /// Comment.
    pub comment: Option<String>,
}

/// What is said when there is no vaccination to list.
pub(crate) const WORDING: Wording = Wording {
    subject: "Vaccinations",
    none: Concept::new("no-known-immunizations", "Pas de vaccin connu", System::AbsentOrUnknown),
    unknown: Concept::new("no-immunization-info", "Pas d'information sur les vaccins", System::AbsentOrUnknown),
};

/// FR-Vaccinations, 1.2.250.1.213.1.1.2.147.
pub(crate) const MODEL: SectionModel = SectionModel {
    templates: &["2.16.840.1.113883.10.20.1.6", "1.3.6.1.4.1.19376.1.5.3.1.3.23", "1.2.250.1.213.1.1.2.147"],
    code: Concept::new("11369-6", "Historique des vaccinations", System::Loinc),
    title: "Vaccinations",
};

const VACCINATION: [&str; 3] = ["2.16.840.1.113883.10.20.1.24", "1.3.6.1.4.1.19376.1.5.3.1.4.12", "1.2.250.1.213.1.1.3.45"];
const IMMUNIZATION: Concept = Concept::new("IMMUNIZ", "Vaccination sans autre précision", System::ActCode);

/// The section that lists vaccinations, or says why it lists none.
pub(crate) fn section(scribe: &mut Scribe, recorded: &Recorded<Vaccination>) -> Section {
    if let Some((reason, sentence)) = recorded.absence(&WORDING) {
        let anchor = scribe.anchor();
        // The value set of this code admits no reason for absence: not asked counts as no information.
        let told = if reason.code.is_some() { reason } else { WORDING.unknown.to_code() };
        let entry = head(scribe, false, code("code", &told), &anchor).child(point(None)).child(no_product());
        let shown = narrative([paragraph(Field::anchored(&anchor, sentence))]);
        return MODEL.section(scribe, shown, vec![entry]);
    }
    let mut grid = Grid::new(&["Vaccination", "Effectuée", "Vaccin", "Lot", "Date", "Commentaire"]);
    let mut entries = Vec::new();
    for vaccination in recorded.items() {
        let anchors = [scribe.anchor(), scribe.anchor(), scribe.anchor()];
        grid.row(row(vaccination, &anchors));
        entries.push(entry(scribe, vaccination, &anchors));
    }
    MODEL.section(scribe, narrative(grid.block()), entries)
}

fn row(vaccination: &Vaccination, [label, product, note]: &[String; 3]) -> [Field; 6] {
    let vaccine = vaccination.product.as_ref().map(|drug| drug.label.as_str());
    [
        Field::anchored(label, &vaccination.label),
        Field::new(french::yes_no(Some(vaccination.given))),
        Field::anchored(product, vaccine.unwrap_or_default()),
        Field::new(vaccination.lot.as_deref().unwrap_or_default()),
        Field::new(french::optional_time(vaccination.date.as_ref())),
        Field::anchored(note, vaccination.comment.as_deref().unwrap_or_default()),
    ]
}

fn head(scribe: &mut Scribe, negated: bool, what: Element, anchor: &str) -> Element {
    statement("substanceAdministration", "SBADM", "EVN", &VACCINATION)
        .with("negationInd", negated.to_string())
        .child(scribe.id_element())
        .child(what)
        .child(text(anchor))
        .child(status("completed"))
}

fn entry(scribe: &mut Scribe, vaccination: &Vaccination, [label, product, note]: &[String; 3]) -> Element {
    let lot = vaccination.lot.as_deref().filter(|lot| !lot.trim().is_empty());
    let vaccine = match &vaccination.product {
        Some(drug) => consumable(drug, product, lot),
        None => consumable(&Drug { label: vaccination.label.clone(), codes: Vec::new() }, label, lot),
    };
    head(scribe, !vaccination.given, coded("code", &IMMUNIZATION), label)
        .child(point(vaccination.date.as_ref()))
        .child(vaccine)
        .children(vaccination.comment.as_ref().map(|_| comment(note)))
}
