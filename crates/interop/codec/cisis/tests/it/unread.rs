//! What an entry says and our types cannot is counted, never taken for its contrary.

use cda_r2::{ClinicalDocument, Limits, parse};
use cisis::read::{Listed, ProblemList, TreatmentList, allergies, problems, treatments, vaccinations, vital_signs};
use cisis::{Allergy, Decimal, Dlu, Document, Drug, Fludt, Problem, Recorded, Treatment, Vaccination, VitalKind, VitalSign};

use crate::identities::qualified;
use crate::support::header;

/// The document, `old` being replaced by `new` in the first section of this LOINC code.
fn changed(document: &Document, section: &str, old: &str, new: &str) -> ClinicalDocument {
    let text = String::from_utf8(document.bytes.clone()).expect("UTF-8");
    let from = text.find(&format!("<code code=\"{section}\"")).expect("a section");
    let (before, after) = text.split_at(from);
    assert!(after.contains(old), "{old} in {section}");
    let text = format!("{before}{}", after.replacen(old, new, 1));
    parse(text.as_bytes(), &Limits::default()).expect("readable")
}

fn dlu() -> Document {
    let problem = |label: &str| Problem { label: label.to_owned(), ..Problem::default() };
    let allergy = |agent: &str| Allergy { agent: agent.to_owned(), ..Allergy::default() };
    let drug = |label: &str| Drug { label: label.to_owned(), codes: Vec::new() };
    let content = Dlu {
        problems: Recorded::Items(vec![problem("Diabète"), problem("Asthme")]),
        allergies: Recorded::Items(vec![allergy("Iode"), allergy("Latex")]),
        treatments: Recorded::Items(vec![Treatment { drug: drug("FUROSÉMIDE"), ..Treatment::default() }]),
        vaccinations: Recorded::Items(vec![Vaccination { label: "Grippe".to_owned(), given: true, ..Vaccination::default() }]),
        ..Dlu::default()
    };
    content.write(&header(qualified())).expect("DLU")
}

fn labels(found: Option<Listed<Recorded<Problem>>>) -> (Vec<String>, usize) {
    let found = found.expect("problems");
    (found.list.items().iter().map(|problem| problem.label.clone()).collect(), found.unread)
}

#[test]
fn a_negated_problem_is_no_problem() {
    let active = |document| labels(problems(&document, ProblemList::Active));
    let negated = changed(&dlu(), "11450-4", "negationInd=\"false\"", "negationInd=\"true\"");
    assert_eq!(active(negated), (vec!["Asthme".to_owned()], 1));
    let void = changed(&dlu(), "11450-4", "<statusCode code=\"active\"/>", "<statusCode code=\"nullified\"/>");
    assert_eq!(active(void), (vec!["Asthme".to_owned()], 1));
    let other = changed(&dlu(), "11450-4", "<templateId root=\"1.3.6.1.4.1.19376.1.5.3.1.4.5\"/>", "");
    assert_eq!(active(other), (vec!["Asthme".to_owned()], 1), "a statement of another model");
}

#[test]
fn a_withdrawn_allergy_or_one_to_nothing_is_counted() {
    let agents = |document| {
        let found = allergies(&document).expect("allergies");
        let agents: Vec<String> = found.list.items().iter().map(|allergy| allergy.agent.clone()).collect();
        (agents, found.unread)
    };
    let withdrawn = changed(&dlu(), "48765-2", "<statusCode code=\"completed\"/>", "<statusCode code=\"nullified\"/>");
    assert_eq!(agents(withdrawn), (vec!["Latex".to_owned()], 1));
    let negated = changed(&dlu(), "48765-2", "negationInd=\"false\"", "negationInd=\"true\"");
    assert_eq!(agents(negated), (vec!["Latex".to_owned()], 1));
}

#[test]
fn a_treatment_not_to_be_given_is_not_one() {
    let current = |old, new| treatments(&changed(&dlu(), "10160-0", old, new), TreatmentList::Current).expect("treatments");
    let unread = Listed { list: Recorded::Unknown, unread: 1 };
    assert_eq!(current("moodCode=\"INT\"", "moodCode=\"INT\" negationInd=\"true\""), unread);
    let done = "<statusCode code=\"completed\"/>";
    assert_eq!(current(done, "<statusCode code=\"aborted\"/>"), unread);
    assert_eq!(current(done, "<statusCode code=\"active\"/>").unread, 0, "under way");
}

#[test]
fn a_vaccination_planned_is_not_one_done() {
    let planned = changed(&dlu(), "11369-6", "moodCode=\"EVN\"", "moodCode=\"INT\"");
    assert_eq!(vaccinations(&planned), Some(Listed { list: Recorded::Unknown, unread: 1 }));
    let refused = changed(&dlu(), "11369-6", "negationInd=\"false\"", "negationInd=\"true\"");
    let found = vaccinations(&refused).expect("vaccinations");
    assert_eq!((found.list.items()[0].given, found.unread), (false, 0));
}

#[test]
fn a_state_negated_or_contradicted_is_not_believed() {
    let none = Dlu { allergies: Recorded::NoneKnown, ..Dlu::default() }.write(&header(qualified())).expect("DLU");
    let negated = changed(&none, "48765-2", "negationInd=\"false\"", "negationInd=\"true\"");
    assert_eq!(allergies(&negated), Some(Listed { list: Recorded::Unknown, unread: 1 }), "not: none known");
    let old = "<value nullFlavor=\"UNK\" xsi:type=\"CD\"><originalText>Iode";
    let coded = "code=\"no-known-allergies\" codeSystem=\"2.16.840.1.113883.5.1150.1\"";
    let both = changed(&dlu(), "48765-2", old, &old.replace("nullFlavor=\"UNK\"", coded));
    let found = allergies(&both).expect("allergies");
    assert_eq!((found.list.items()[0].agent.as_str(), found.list.items().len(), found.unread), ("Latex", 1, 1));
}

#[test]
fn a_measure_in_another_unit_is_counted() {
    let weight = VitalSign { kind: VitalKind::Weight, value: Decimal::new("61.5").expect("decimal"), time: None };
    let sheet = Fludt { vital_signs: vec![weight.clone()], ..Fludt::default() };
    let document = sheet.write(&header(qualified())).expect("FLUDT");
    let same = changed(&document, "8716-3", "unit=\"kg\"", "unit=\"kg\"");
    assert_eq!(vital_signs(&same), Listed { list: vec![weight], unread: 0 }, "what was not measured is not counted");
    let pounds = changed(&document, "8716-3", "unit=\"kg\"", "unit=\"[lb_av]\"");
    assert_eq!(vital_signs(&pounds), Listed { list: Vec::new(), unread: 1 });
}
