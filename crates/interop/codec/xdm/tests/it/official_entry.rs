//! Metadata of the official examples, taken from their header as a bridge would.

use roxmltree::{Document as Xml, Node};
use xdm::{
    Author, Code, Document, DocumentEntry, Name, Organization, PatientId, PatientInfo, Person, SubmissionSet, Subset, UtcTime,
};

use crate::support::PDF;

const CLASSES: &str = "1.2.250.1.213.1.1.4.1";
const NATIONAL_FORMATS: &str = "1.2.250.1.213.1.1.4.2.282";
const IHE_FORMATS: &str = "1.3.6.1.4.1.19376.1.2.3";

/// An official example, with what its header alone does not say.
pub(crate) struct Example {
    pub(crate) file: &'static str,
    class: (&'static str, &'static str),
    format: (&'static str, &'static str, &'static str),
}

const fn example(
    file: &'static str,
    class: (&'static str, &'static str),
    format: (&'static str, &'static str, &'static str),
) -> Example {
    Example { file, class, format }
}

/// The examples that pass every layer of the official rules themselves.
pub(crate) const EXAMPLES: [Example; 9] = [
    example(
        "DLU-EHPAD-DLU_2022.01.xml",
        ("11", "Synthèse"),
        ("urn:asip:ci-sis:dlu:2015", NATIONAL_FORMATS, "Document de liaison d'urgence"),
    ),
    example(
        "LDL-SES_2022.01.xml",
        ("10", "Compte rendu"),
        ("urn:asip:ci-sis:ldl-ses:2017", NATIONAL_FORMATS, "Lettre de Liaison à la sortie de l'établissement de santé"),
    ),
    example(
        "LDL-EES_2022.01.xml",
        ("10", "Compte rendu"),
        ("urn:asip:ci-sis:ldl-ees:2017", NATIONAL_FORMATS, "Lettre de Liaison à l'entrée d'un établissement de santé"),
    ),
    example(
        "DLU-EHPAD-FLUDT_2022.01.xml",
        ("11", "Synthèse"),
        ("urn:asip:ci-sis:fludt:2017", NATIONAL_FORMATS, "Fiche de liaison d'urgence - Transfert"),
    ),
    example(
        "DLU-EHPAD-FLUDR_2022.01.xml",
        ("11", "Synthèse"),
        ("urn:asip:ci-sis:fludr:2017", NATIONAL_FORMATS, "Fiche de liaison d'urgence - Retour"),
    ),
    example("IPS-FR_2024.01_DLU.xml", ("11", "Synthèse"), ("urn:ihe:pcc:ips:2020", IHE_FORMATS, "Synthèse médicale")),
    example("VSM_1.4_2022.01.xml", ("11", "Synthèse"), ("urn:asip:ci-sis:vsm:2012", NATIONAL_FORMATS, "Synthèse médicale")),
    example("VAC_2023.01.xml", ("11", "Synthèse"), ("urn:asip:ci-sis:vac:2019", NATIONAL_FORMATS, "Historique des vaccinations")),
    example(
        "eP-MED-DM_2024.01_PosoStruct.xml",
        ("42", "Prescription"),
        ("urn:ihe:pharm:pre:2010", IHE_FORMATS, "Prescription de médicaments"),
    ),
];

/// The submission of one example, its readable copy included.
pub(crate) fn subset(example: &Example, bytes: &[u8], number: u32) -> Subset {
    let text = std::str::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{feff}');
    let tree = Xml::parse(text).expect("XML");
    let root = tree.root_element();
    let entry = entry(root, example, number);
    let submission = SubmissionSet {
        entry_uuid: format!("urn:uuid:a0000000-0000-4000-8000-{number:012}"),
        unique_id: format!("1.2.250.1.999.5.{number}"),
        source_id: "1.2.250.1.999.1".to_owned(),
        patient_id: entry.patient_id.clone(),
        submission_time: UtcTime::parse("20260102030405"),
        content_type: Some(Code::new("43", "1.2.250.1.213.2.2", "Tous modes d'accueil avec hébergement")),
        authors: entry.authors.clone(),
        ..SubmissionSet::default()
    };
    Subset { submission, documents: vec![Document { entry, bytes: bytes.to_vec(), readable: Some(PDF.to_vec()) }] }
}

fn entry(root: Node<'_, '_>, example: &Example, number: u32) -> DocumentEntry {
    let (class, format) = (example.class, example.format);
    let encounter = ["componentOf", "encompassingEncounter", "location", "healthCareFacility", "code"];
    let setting = ["documentationOf", "serviceEvent", "performer", "assignedEntity", "representedOrganization"];
    let practice = at(root, &setting).and_then(|n| child(n, "standardIndustryClassCode")).expect("practice setting");
    DocumentEntry {
        entry_uuid: format!("urn:uuid:d0000000-0000-4000-8000-{number:012}"),
        unique_id: attribute(root, &["id"], "root").expect("id"),
        mime_type: "text/xml".to_owned(),
        title: child(root, "title").and_then(|n| n.text()).map(str::to_owned),
        patient_id: Some(patient_ids(root).remove(0)),
        source_patient_id: patient_ids(root).pop(),
        source_patient: patient(root),
        class_code: Some(Code::new(class.0, CLASSES, class.1)),
        type_code: Some(coded(child(root, "code").expect("code"))),
        format_code: Some(Code::new(format.0, format.1, format.2)),
        confidentiality: vec![coded(child(root, "confidentialityCode").expect("confidentiality"))],
        facility_type: Some(coded(at(root, &encounter).expect("facility"))),
        practice_setting: Some(coded(practice)),
        authors: vec![author(at(root, &["author", "assignedAuthor"]).expect("author"))],
        legal_authenticator: Some(person(at(root, &["legalAuthenticator", "assignedEntity"]).expect("authenticator"))),
        creation_time: attribute(root, &["effectiveTime"], "value").and_then(|v| UtcTime::from_hl7(&v)),
        service_start: attribute(root, &["documentationOf", "serviceEvent", "effectiveTime", "low"], "value")
            .and_then(|v| UtcTime::from_hl7(&v)),
        service_stop: attribute(root, &["documentationOf", "serviceEvent", "effectiveTime", "high"], "value")
            .and_then(|v| UtcTime::from_hl7(&v)),
        language: attribute(root, &["languageCode"], "code"),
        ..DocumentEntry::default()
    }
}

fn patient_ids(root: Node<'_, '_>) -> Vec<PatientId> {
    let role = at(root, &["recordTarget", "patientRole"]).expect("patient");
    role.children()
        .filter(|n| n.tag_name().name() == "id")
        .map(|n| {
            let (value, root) = (n.attribute("extension").expect("extension"), n.attribute("root").expect("root"));
            if root == "1.2.250.1.213.1.4.10" { PatientId::ins(value, root) } else { PatientId::local(value, root) }
        })
        .collect()
}

fn patient(root: Node<'_, '_>) -> PatientInfo {
    let patient = at(root, &["recordTarget", "patientRole", "patient"]).expect("patient");
    let name = child(patient, "name").expect("name");
    let text = |part: &str| child(name, part).and_then(|n| n.text()).unwrap_or_default().to_owned();
    PatientInfo {
        ids: patient_ids(root),
        names: vec![Name { family: text("family"), given: text("given"), given_list: String::new(), kind: "L".to_owned() }],
        birth: attribute(patient, &["birthTime"], "value"),
        sex: attribute(patient, &["administrativeGenderCode"], "code"),
        other: Vec::new(),
    }
}

fn author(node: Node<'_, '_>) -> Author {
    let organization = child(node, "representedOrganization").expect("organization");
    let id = attribute(organization, &["id"], "extension").expect("identifier");
    let name = child(organization, "name").and_then(|n| n.text()).expect("name");
    Author {
        person: Some(person(node)),
        institutions: vec![Organization::structure(id, name)],
        roles: Vec::new(),
        specialties: child(node, "code").map(|n| coded(n).to_text()).into_iter().collect(),
    }
}

fn person(node: Node<'_, '_>) -> Person {
    let name = at(node, &["assignedPerson", "name"]).expect("name");
    let text = |part: &str| child(name, part).and_then(|n| n.text()).unwrap_or_default().trim().to_owned();
    let id = attribute(node, &["id"], "extension").expect("identifier");
    let authority = attribute(node, &["id"], "root").expect("authority");
    let mut person = Person::professional(id, text("family"), text("given"));
    if person.authority != authority {
        // The patient's own document: the identifier is an INS.
        (person.authority, person.id_type) = (authority, "NH".to_owned());
    }
    person
}

fn coded(node: Node<'_, '_>) -> Code {
    let get = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
    let display = if get("displayName").is_empty() { get("code") } else { get("displayName") };
    Code { code: get("code"), scheme: get("codeSystem"), display }
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|n| n.tag_name().name() == name)
}

fn at<'a>(node: Node<'a, 'a>, path: &[&str]) -> Option<Node<'a, 'a>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

fn attribute(node: Node<'_, '_>, path: &[&str], name: &str) -> Option<String> {
    let mut node = node;
    for step in path {
        node = node.children().find(|n| n.tag_name().name() == *step)?;
    }
    node.attribute(name).map(str::to_owned)
}
