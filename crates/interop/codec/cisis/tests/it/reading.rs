//! What was written is read back: lists, header, files.

use cda_r2::{Body, InsKind};
use cisis::read::{ProblemList, TreatmentList, allergies, problems, treatments, vaccinations, vital_signs};
use cisis::{Allergy, Dlu, LdlEes, Problem, Recorded, Replaced, Treatment, Vaccination};

use crate::contents::{LONG, PDF, PLAIN, PUNCTUATED, Texts, level_1};
use crate::identities;
use crate::support::{at, header, id, nurse, physician, read, whole};

/// What a reader finds of a text: white space collapsed, lines kept.
fn lines(text: &str) -> String {
    let line = |line: &str| line.split([' ', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    text.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What a reader finds of a text on one line.
fn line(text: &str) -> String {
    lines(text).replace('\n', " ")
}

fn opt(text: Option<&String>, read: fn(&str) -> String) -> Option<String> {
    text.map(|text| read(text))
}

fn problem(problem: &Problem) -> Problem {
    Problem { label: line(&problem.label), comment: opt(problem.comment.as_ref(), lines), ..problem.clone() }
}

fn allergy(allergy: &Allergy) -> Allergy {
    Allergy {
        agent: line(&allergy.agent),
        reaction: opt(allergy.reaction.as_ref(), line),
        comment: opt(allergy.comment.as_ref(), lines),
        ..allergy.clone()
    }
}

fn treatment(treatment: &Treatment) -> Treatment {
    let mut read = treatment.clone();
    read.drug.label = line(&treatment.drug.label);
    read.dosage = lines(&treatment.dosage);
    read.as_needed = opt(treatment.as_needed.as_ref(), line);
    read.reason = None;
    read.comment = opt(treatment.comment.as_ref(), lines);
    read
}

fn vaccination(vaccination: &Vaccination) -> Vaccination {
    let mut read = vaccination.clone();
    read.label = lines(&vaccination.label);
    read.lot = opt(vaccination.lot.as_ref(), line);
    read.comment = opt(vaccination.comment.as_ref(), lines);
    if let Some(product) = &mut read.product {
        product.label = line(&product.label);
    }
    read
}

fn all<T>(recorded: &Recorded<T>, read: fn(&T) -> T) -> Recorded<T> {
    Recorded::Items(recorded.items().iter().map(read).collect())
}

fn assert_dlu(texts: &Texts) {
    let content = texts.dlu();
    let document = read(&content.write(&header(identities::qualified())).expect("DLU"));
    assert_eq!(problems(&document, ProblemList::Active).map(whole), Some(all(&content.problems, problem)));
    assert_eq!(problems(&document, ProblemList::History).map(whole), Some(all(&content.history, problem)));
    assert_eq!(allergies(&document).map(whole), Some(all(&content.allergies, allergy)));
    assert_eq!(treatments(&document, TreatmentList::Current).map(whole), Some(all(&content.treatments, treatment)));
    assert_eq!(vaccinations(&document).map(whole), Some(all(&content.vaccinations, vaccination)));
    assert_eq!(treatments(&document, TreatmentList::Discharge).map(whole), None);
    let files: Vec<_> = document.sections().into_iter().flat_map(|section| &section.media).collect();
    assert_eq!(files.len(), 2);
    assert!(files.iter().all(|media| media.file.bytes == PDF && !media.file.damaged));
}

#[test]
fn a_dlu_is_read_back_equal_whatever_its_texts() {
    assert_dlu(&PLAIN);
    assert_dlu(&PUNCTUATED);
    assert_dlu(&LONG);
}

#[test]
fn sheets_and_letters_are_read_back_equal() {
    let header = header(identities::qualified());
    let fludr = read(&PUNCTUATED.fludr().write(&header).expect("FLUDR"));
    assert_eq!(problems(&fludr, ProblemList::Diagnosis).map(whole), Some(all(&PUNCTUATED.problems(), problem)));
    assert_eq!(treatments(&fludr, TreatmentList::Discharge).map(whole), Some(all(&PUNCTUATED.treatments(), treatment)));
    let fludt = PLAIN.fludt();
    assert_eq!(whole(vital_signs(&read(&fludt.write(&header).expect("FLUDT")))), fludt.vital_signs);
    let admission = read(&PLAIN.ldl_ees().write(&header).expect("LDL-EES"));
    assert_eq!(treatments(&admission, TreatmentList::Admission).map(whole), Some(all(&PLAIN.treatments(), treatment)));
    assert_eq!(allergies(&admission).map(whole), Some(all(&PLAIN.allergies(), allergy)));
    let discharge = read(&PLAIN.ldl_ses().write(&header).expect("LDL-SES"));
    assert_eq!(treatments(&discharge, TreatmentList::Stopped).map(whole), Some(all(&PLAIN.treatments(), treatment)));
    let summary = read(&PLAIN.vsm().write(&header).expect("VSM"));
    assert_eq!(problems(&summary, ProblemList::Active).map(whole), Some(all(&PLAIN.problems(), problem)));
    assert_eq!(treatments(&summary, TreatmentList::Current).map(whole), Some(all(&PLAIN.treatments(), treatment)));
}

/// Every state of a list but its items.
fn states<T>() -> [Recorded<T>; 5] {
    [
        Recorded::NoneKnown,
        Recorded::NotAsked,
        Recorded::Elsewhere("le plan de soins annexé".to_owned()),
        Recorded::Unknown,
        Recorded::Items(Vec::new()),
    ]
}

#[test]
fn none_known_is_never_taken_for_unknown() {
    let header = header(identities::qualified());
    for rank in 0..5 {
        let letter = LdlEes {
            allergies: states()[rank].clone(),
            treatments: states()[rank].clone(),
            history: states()[rank].clone(),
            ..LdlEes::default()
        };
        let document = read(&letter.write(&header).expect("LDL-EES"));
        let expected = |rank: usize| if rank == 4 { 3 } else { rank };
        assert_eq!(allergies(&document).map(whole), Some(states::<Allergy>()[expected(rank)].clone()));
        assert_eq!(
            treatments(&document, TreatmentList::Admission).map(whole),
            Some(states::<Treatment>()[expected(rank)].clone())
        );
        let history = (rank < 3).then(|| states::<Problem>()[rank].clone());
        assert_eq!(problems(&document, ProblemList::History).map(whole), history, "left out when unknown");
        let dlu = Dlu { vaccinations: states()[rank].clone(), ..Dlu::default() };
        let document = read(&dlu.write(&header).expect("DLU"));
        let vaccinated = (rank < 3).then(|| states::<Vaccination>()[rank].clone());
        assert_eq!(vaccinations(&document).map(whole), vaccinated);
    }
}

#[test]
fn the_header_is_read_back() {
    let mut header = header(identities::qualified());
    header.version = 2;
    header.replaces = Some(Replaced { id: id("doc-7-1"), version: Some(1) });
    header.id = id("doc-7-2");
    header.title = Some("DLU de Mme D. & fils".to_owned());
    header.referring = Some(physician());
    header.recipients = vec![cisis::Recipient { professional: physician(), primary: true }];
    header.act.end = Some(at("20261103101530+0100"));
    let document = Dlu::default().write(&header).expect("DLU");
    let read = read(&document).header;
    assert_eq!(read.title, header.title);
    assert_eq!((read.id, read.set_id, read.version_number), (header.id.clone(), Some(header.set_id.clone()), Some(2)));
    assert_eq!(read.related_documents[0].type_code.as_deref(), Some("RPLC"));
    assert_eq!(read.related_documents[0].ids, [id("doc-7-1")]);
    assert_eq!(read.effective_time, header.created);
    assert_eq!(read.patient.ins(), [(InsKind::Test, "279035121518989")]);
    assert_eq!(read.authors[0].entity.display().as_deref(), Some("DR Ève L’HÔPITAL-MÉDECIN"));
    assert_eq!(read.authors[0].entity.ids[0].extension.as_deref(), Some("899900000001"));
    assert_eq!(read.authors[1].entity.ids[0].extension.as_deref(), Some("3999999999/agent-42"));
    let code = |entity: &cda_r2::Entity| entity.code.as_ref().and_then(|code| code.code.clone());
    assert_eq!(code(&read.authors[0].entity).as_deref(), Some("G15_10/SM26"));
    let contacts: Vec<_> = read.informants.iter().map(|one| one.entity.class_code.as_deref()).collect();
    assert_eq!(contacts, [Some("ECON"), Some("NOK")]);
    assert_eq!(read.participants[0].type_code.as_deref(), Some("REFB"));
    let physician = &read.participants[1];
    let function = physician.function.as_ref().and_then(|function| function.code.as_deref());
    assert_eq!((physician.type_code.as_deref(), function), (Some("INF"), Some("PCP")));
    assert_eq!(read.recipients[0].type_code.as_deref(), Some("PRCP"));
    let event = &read.service_events[0];
    assert_eq!(event.period.as_ref().and_then(|period| period.high.clone()), header.act.end);
    let stay = read.encounter.expect("stay");
    assert_eq!(stay.ids, [id("sejour-9")]);
    assert_eq!(stay.facility.and_then(|found| found.code).and_then(|code| code.code).as_deref(), Some("SA17"));
    assert_eq!(read.custodian.and_then(|own| own.ids[0].extension.clone()).as_deref(), Some("1999999999"));
    let signature = read.legal_authenticator.expect("signature");
    assert_eq!((signature.signature_code.as_deref(), signature.time), (Some("S"), Some(header.signatory.time)));
}

#[test]
fn a_pdf_is_read_back_with_its_metadata() {
    let document = level_1(&header(identities::qualified()));
    let Body::File(file) = read(&document).body else { panic!("a file") };
    assert_eq!((file.bytes.as_slice(), file.media_type.as_deref()), (PDF, Some("application/pdf")));
    let metadata = &document.metadata;
    assert_eq!(metadata.type_code.code.as_deref(), Some("80788-3"));
    assert_eq!(metadata.format_code, "urn:ihe:iti:xds-sd:pdf:2008");
    assert_eq!(metadata.template_id, "1.3.6.1.4.1.19376.1.2.20");
    assert_eq!(metadata.title, "Projet personnalisé d'accompagnement");
}

#[test]
fn metadata_are_those_of_the_document() {
    let header = header(identities::qualified());
    let formats = ["dlu:2015", "fludt:2017", "fludr:2017", "vsm:2012", "ldl-ees:2017", "ldl-ses:2017"];
    for ((name, document), format) in PLAIN.documents(&header).into_iter().zip(formats) {
        let read = read(&document).header;
        let metadata = document.metadata;
        assert_eq!(Some(metadata.title), read.title, "{name}");
        assert_eq!(metadata.type_code, read.code, "{name}");
        assert!(read.template_ids.iter().any(|template| template.root == metadata.template_id), "{name}");
        assert_eq!(metadata.act.and_then(|act| act.code), read.service_events[0].code.as_ref().and_then(|c| c.code.clone()));
        assert_eq!(metadata.format_code, format!("urn:asip:ci-sis:{format}"), "{name}");
    }
}

#[test]
fn same_values_same_bytes() {
    let header = header(identities::qualified());
    for ((name, first), (_, second)) in PLAIN.documents(&header).into_iter().zip(PLAIN.documents(&header)) {
        assert_eq!(first, second, "{name}");
    }
    assert_ne!(nurse(), physician());
}
