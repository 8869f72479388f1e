//! Treatments of a CDA, list by list.

use cisis::Treatment;
use cisis::read::{TreatmentList, posology};
use propositions::{Famille, Ligne};

use crate::cda::{code, suite};
use crate::dates::partielle;

/// Lists of treatments: section, family, list.
pub(crate) const LISTES: [(&str, Famille, TreatmentList); 5] = [
    ("42346-7", Famille::TraitementAdmission, TreatmentList::Admission),
    ("18610-6", Famille::TraitementArrete, TreatmentList::Stopped),
    ("10183-2", Famille::TraitementSortie, TreatmentList::Discharge),
    ("10160-0", Famille::Traitement, TreatmentList::Current),
    ("57828-6", Famille::TraitementPrescrit, TreatmentList::Prescribed),
];

/// One treatment; its posology is that of the document in words, after its structured dose.
pub(crate) fn ligne(traitement: &Treatment, famille: Famille, repere: String) -> Ligne {
    let dose = traitement.dose.as_ref().map(posology);
    let voie = traitement.route.map(|voie| voie.concept().display);
    let besoin = traitement.as_needed.as_ref().map(|condition| match condition.trim() {
        "" => "sous condition : lire le document".to_owned(),
        condition => format!("si besoin : {condition}"),
    });
    let dosage = traitement.dosage.replace('\n', " ; ");
    Ligne {
        codes: traitement.drug.codes.iter().map(code).collect(),
        debut: traitement.start.as_ref().and_then(partielle),
        fin: traitement.end.as_ref().and_then(partielle),
        detail: suite([dose.as_deref(), Some(dosage.as_str()), voie, besoin.as_deref()]),
        precision: suite([traitement.reason.as_deref(), traitement.comment.as_deref()]),
        ..Ligne::new(repere, famille, &traitement.drug.label)
    }
}
