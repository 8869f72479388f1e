//! Every document obeys the official rules; a damaged one does not.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use cisis::Document;

use crate::contents::{LONG, PLAIN, PUNCTUATED, empty, level_1};
use crate::identities;
use crate::support::header;
use crate::validator::{Verdict, validate};

fn named(identity: &str, documents: Vec<(&'static str, Document)>) -> impl Iterator<Item = (String, Vec<u8>)> {
    let identity = identity.to_owned();
    documents.into_iter().map(move |(name, document)| (format!("{identity}-{name}"), document.bytes))
}

fn assert_valid(name: &str, verdict: &Verdict, model: &str) {
    assert!(verdict.errors.is_empty(), "{name}: {:#?}", verdict.errors);
    assert!(verdict.model.as_deref().is_some_and(|found| found.contains(model)), "{name}: {:?}", verdict.model);
}

fn model_of(name: &str) -> &'static str {
    match name.rsplit('-').next() {
        Some("dlu") => "DLU-EHPAD-DLU_",
        Some("fludt") => "DLU-EHPAD-FLUDT_",
        Some("fludr") => "DLU-EHPAD-FLUDR_",
        Some("vsm") => "VSM_",
        Some("ldl_ees") => "LDL-EES_",
        Some("ldl_ses") => "LDL-SES_",
        other => panic!("{other:?}"),
    }
}

/// Every identity with every model, the contents taking turns.
fn structured() -> Vec<(String, Vec<u8>)> {
    let mut documents = Vec::new();
    for (rank, (identity, patient)) in identities::all().into_iter().enumerate() {
        let header = header(patient);
        let content = match rank % 4 {
            0 => PLAIN.documents(&header),
            1 => empty(&header),
            2 => PUNCTUATED.documents(&header),
            _ => LONG.documents(&header),
        };
        documents.extend(named(identity, content));
    }
    documents
}

fn level_1_documents() -> Vec<(String, Vec<u8>)> {
    let one = |(identity, patient)| (format!("{identity}-level1"), level_1(&header(patient)).bytes);
    identities::all().into_iter().map(one).collect()
}

/// The summary, under the versions the public rules know.
fn summaries() -> [(String, Vec<u8>); 2] {
    let document = PLAIN.vsm().write(&header(identities::qualified())).expect("VSM");
    let text = String::from_utf8(document.bytes).expect("UTF-8");
    ["2022.01", "2023.01"].map(|version| {
        let own = text.replace("extension=\"201310\"", &format!("extension=\"{version}\""));
        (format!("summary-{version}"), own.into_bytes())
    })
}

/// A document, and what is cut out of it or changed, so that the rules must complain.
fn damaged() -> Vec<(String, Vec<u8>)> {
    let header = header(identities::qualified());
    let find = |name: &str| {
        let documents = PLAIN.documents(&header);
        let (_, found) = documents.into_iter().find(|(own, _)| *own == name).expect("a document");
        String::from_utf8(found.bytes).expect("UTF-8")
    };
    let cases = [
        ("dlu", "<templateId root=\"1.2.250.1.213.1.1.1.1\"/>", ""),
        ("dlu", "<templateId root=\"1.3.6.1.4.1.19376.1.5.3.1.3.35\"/>", ""),
        ("dlu", "code=\"288575003\"", "code=\"288575004\""),
        ("dlu", "code=\"DLU_011\"", "code=\"DLU_911\""),
        ("dlu", "<signatureCode code=\"S\"/>", ""),
        ("dlu", "<county>51215</county>", ""),
        ("dlu", "qualifier=\"BR\"", "qualifier=\"SP\""),
        ("dlu", "negationInd=\"false\"", "negationInd=\"peut-être\""),
        ("fludt", "code=\"DLU_003\"", "code=\"DLU_009\""),
        ("fludt", "unit=\"/min\"", "unit=\"bpm\""),
        ("fludt", "code=\"57277-6\"", "code=\"57277-7\""),
        ("fludr", "<templateId root=\"1.3.6.1.4.1.19376.1.5.3.1.3.22\"/>", ""),
        ("vsm", "<templateId root=\"1.2.250.1.213.1.1.2.29\"/>", ""),
        ("ldl_ees", "code=\"42349-1\"", "code=\"42349-2\""),
        ("ldl_ses", "code=\"183452005\"", "code=\"183452006\""),
    ];
    let damage = |(rank, (name, old, new)): (usize, (&str, &str, &str))| {
        let text = find(name);
        assert!(text.contains(old), "{name} holds {old}");
        (format!("damaged{rank}-{name}"), text.replacen(old, new, 1).into_bytes())
    };
    cases.into_iter().enumerate().map(damage).collect()
}

/// The verdicts on all documents, from one run.
fn verdicts() -> Option<&'static BTreeMap<String, Verdict>> {
    static VERDICTS: OnceLock<Option<BTreeMap<String, Verdict>>> = OnceLock::new();
    let all = || [structured(), level_1_documents(), summaries().to_vec(), damaged()].concat();
    VERDICTS.get_or_init(|| validate(&all())).as_ref()
}

#[test]
fn every_document_on_every_identity_obeys_the_official_rules() {
    let documents = structured();
    assert_eq!(documents.len(), 60);
    let Some(verdicts) = verdicts() else { return };
    for (name, _) in &documents {
        assert_valid(name, &verdicts[name], model_of(name));
    }
}

#[test]
fn a_pdf_in_an_envelope_obeys_the_official_rules() {
    let documents = level_1_documents();
    assert_eq!(documents.len(), 10);
    let Some(verdicts) = verdicts() else { return };
    for (name, _) in &documents {
        assert!(verdicts[name].errors.is_empty(), "{name}: {:#?}", verdicts[name].errors);
    }
}

#[test]
fn a_summary_obeys_the_rules_of_its_two_versions() {
    let Some(verdicts) = verdicts() else { return };
    assert_valid("2022.01", &verdicts["summary-2022.01"], "VSM_1.4_2022.01");
    assert_valid("2023.01", &verdicts["summary-2023.01"], "VSM_2023.01");
}

#[test]
fn a_damaged_document_is_seen() {
    let documents = damaged();
    let Some(verdicts) = verdicts() else { return };
    for (name, _) in &documents {
        assert!(!verdicts[name].errors.is_empty(), "{name} passes though it was damaged");
    }
}
