//! The lists of the official examples, when this machine has them.

use std::path::PathBuf;

use cda_r2::{ClinicalDocument, Limits, parse};
use cisis::profile::{DLU, FLUDR, LDL_SES};
use cisis::read::{Listed, ProblemList, TreatmentList, allergies, problems, treatments, vaccinations, vital_signs};
use cisis::{AllergyKind, Recorded, System};

use crate::support::whole;

fn example(name: &str) -> Option<ClinicalDocument> {
    let root = std::env::var_os("GRAPPE_INTEROP")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/interop"), PathBuf::from);
    let path = root.join("cda/examples").join(name);
    if !path.is_file() {
        eprintln!("official examples absent: set GRAPPE_INTEROP to test them");
        return None;
    }
    let bytes = std::fs::read(path).expect("read");
    Some(parse(&bytes, &Limits::default()).expect("readable"))
}

#[test]
fn the_lists_of_a_dlu_are_read() {
    let Some(document) = example("DLU-EHPAD-DLU_2022.01.xml") else { return };
    assert!(DLU.matches(&document) && !FLUDR.matches(&document));
    let active = problems(&document, ProblemList::Active).map(whole).expect("problems");
    assert_eq!(active.items()[0].label, "Bronchite chronique simple");
    assert_eq!(active.items()[0].code.as_ref().map(cisis::Term::code), Some("J41.0"));
    let known = allergies(&document).map(whole).expect("allergies");
    assert_eq!(known.items().len(), 2);
    assert_eq!((known.items()[1].kind, known.items()[1].agent.as_str()), (AllergyKind::Medicine, "Paracétamol"));
    let current = treatments(&document, TreatmentList::Current).map(whole).expect("treatments");
    let treatment = &current.items()[0];
    assert!(treatment.drug.label.starts_with("AMPICILLINE"));
    let systems: Vec<System> = treatment.drug.codes.iter().map(cisis::Term::system).collect();
    assert_eq!(systems, [System::Cis, System::Atc]);
    let dose = treatment.dose.as_ref().expect("dose");
    assert_eq!((dose.low.value.as_str(), dose.high.as_ref().map(|high| high.value.as_str())), ("2", Some("4")));
    assert_eq!(vaccinations(&document).map(whole).expect("vaccinations").items().len(), 3);
}

#[test]
fn the_lists_of_sheets_and_letters_are_read() {
    let Some(sheet) = example("DLU-EHPAD-FLUDT_2022.01.xml") else { return };
    assert_eq!(whole(vital_signs(&sheet)).len(), 5);
    let Some(back) = example("DLU-EHPAD-FLUDR_2022.01.xml") else { return };
    assert!(FLUDR.matches(&back));
    assert_eq!(treatments(&back, TreatmentList::Discharge).map(whole).expect("treatments").items().len(), 1);
    let Some(letter) = example("LDL-SES_2022.01.xml") else { return };
    assert!(LDL_SES.matches(&letter));
    assert!(treatments(&letter, TreatmentList::Stopped).map(whole).expect("stopped").items()[0].drug.label.starts_with("SOLIAN"));
    // Its narrative says that there is none, its entry names no agent: a machine must not conclude.
    assert_eq!(allergies(&letter), Some(Listed { list: Recorded::Unknown, unread: 1 }));
    let Some(summary) = example("VSM_1.4_2022.01.xml") else { return };
    assert_eq!(problems(&summary, ProblemList::Active).map(whole).expect("problems").items().len(), 2);
    // The document says that this allergy is inactive: it is not one to propose, nor one to hide.
    assert_eq!(allergies(&summary), Some(Listed { list: Recorded::Unknown, unread: 1 }));
}
