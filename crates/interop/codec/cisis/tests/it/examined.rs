//! Results and devices read, from our own documents and from sections made by hand.

use cda_r2::{ClinicalDocument, Limits, parse};
use cisis::read::{Finding, devices, examinations};
use cisis::{Dlu, LabResult, Measure, MultiResistance, ResultValue};

use crate::identities::qualified;
use crate::support::{header, read};

#[test]
fn the_results_of_a_dlu_are_read_back() {
    let clearance = LabResult {
        label: "Clairance".to_owned(),
        code: None,
        value: ResultValue::Measure(Measure::new("34", "mL/min").expect("a measure")),
        date: None,
        comment: None,
    };
    let bacteria = MultiResistance { carrier: Some(true), detail: None, date: None };
    let content = Dlu { results: vec![clearance], bacteria, ..Dlu::default() };
    let found = examinations(&read(&content.write(&header(qualified())).expect("DLU")));
    let told: Vec<(&str, &Finding)> = found.list.iter().map(|one| (one.label.as_str(), &one.finding)).collect();
    let measured = Finding::Measure(Measure::new("34", "mL/min").expect("a measure"));
    assert_eq!(told, [("Bactérie multirésistante [BMR]", &Finding::Boolean(true)), ("Clairance", &measured)]);
    assert_eq!(found.unread, 0);
}

/// A DLU where these entries stand in place of those of its results.
fn with(entries: &str) -> ClinicalDocument {
    let written = Dlu::default().write(&header(qualified())).expect("DLU");
    let text = String::from_utf8(written.bytes).expect("UTF-8");
    let section = text.find("<code code=\"30954-2\"").expect("results");
    let first = section + text.get(section..).and_then(|rest| rest.find("<entry")).expect("an entry");
    let end = first + text.get(first..).and_then(|rest| rest.find("</section>")).expect("an end");
    let text = format!("{}{entries}{}", &text[..first], &text[end..]);
    parse(text.as_bytes(), &Limits::default()).expect("readable")
}

const CODE: &str = r#"<code code="2951-2" codeSystem="2.16.840.1.113883.6.1" displayName="Sodium"/>"#;

fn observation(attributes: &str, rest: &str) -> String {
    format!(r#"<observation classCode="OBS" moodCode="EVN"{attributes}>{CODE}<statusCode code="completed"/>{rest}</observation>"#)
}

#[test]
fn a_result_keeps_its_bounds_and_its_range_and_forgets_former_ones() {
    let rest = r#"<value xsi:type="IVL_PQ"><high value="0.5" unit="mg/L" inclusive="false"/></value><interpretationCode code="L"/>
        <entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN"><code code="2951-2" codeSystem="2.16.840.1.113883.6.1" displayName="Sodium"/><statusCode code="completed"/><value xsi:type="PQ" value="9" unit="mg/L"/></observation></entryRelationship>
        <referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="1" unit="mg/L"/></value><interpretationCode code="N"/></observationRange></referenceRange>"#;
    let found = examinations(&with(&format!("<entry>{}</entry>", observation("", rest))));
    let [one] = found.list.as_slice() else { panic!("{found:?}") };
    let Finding::Between(bounds) = &one.finding else { panic!("{one:?}") };
    assert_eq!(
        (bounds.low.as_ref(), bounds.below, bounds.high.as_ref().map(|high| high.value.as_str())),
        (None, true, Some("0.5"))
    );
    assert_eq!(one.flags, ["L"]);
    let range = one.references[0].bounds.as_ref().expect("a range");
    assert_eq!((range.low.as_ref().map(|low| low.value.as_str()), one.references[0].meaning.as_deref()), (Some("1"), Some("N")));
}

#[test]
fn what_is_no_result_is_counted_and_what_was_not_measured_is_not() {
    let value = r#"<value xsi:type="PQ" value="132" unit="mmol/L"/>"#;
    let one = |attributes: &str, rest: &str| {
        let found = examinations(&with(&format!("<entry>{}</entry>", observation(attributes, rest))));
        (found.list.len(), found.unread)
    };
    assert_eq!(one("", value), (1, 0));
    assert_eq!(one(" negationInd=\"true\"", value), (0, 1));
    assert_eq!(one("", &format!("{value}{value}")), (0, 1), "two values make no finding");
    assert_eq!(one("", r#"<value xsi:type="PQ" nullFlavor="NASK"/>"#), (0, 0));
    let cancelled = observation("", value).replace("completed", "cancelled");
    let found = examinations(&with(&format!("<entry>{cancelled}</entry>")));
    assert_eq!((found.list.len(), found.unread), (0, 1));
}

#[test]
fn a_document_without_devices_has_none() {
    assert_eq!(devices(&with("")).list, []);
}
