//! Reading of the metadata.

use xdm::{PatientId, PersonKind, RelationKind, Slot};

use crate::support::{metadata, pack, package, read, refusal, unpack, with_metadata};

#[test]
fn the_patient_of_the_metadata_is_given_to_the_caller() {
    let package = read(&package());
    let id = package.subsets[0].documents[0].entry.patient_id.as_ref().expect("a patient");
    assert!(id.is_ins() && id.same_as(&PatientId::ins("279035121518989", "1.2.250.1.213.1.4.10")));
    assert!(!id.same_as(&PatientId::ins("279035121518989", "1.2.250.1.213.1.4.8")));
    let named = with_metadata("279035121518989^^^&amp;", "279035121518989^^^ASIP-SANTE-INS-NIR&amp;");
    assert!(read(&named).warnings.is_empty());
}

#[test]
fn several_patients_are_refused() {
    let other = with_metadata(
        "279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH\">",
        "279035121518980^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH\">",
    );
    assert_eq!(refusal(&other).code(), "several_patients");
}

#[test]
fn an_identifier_that_is_absent_repeated_or_unreadable_is_refused() {
    let scheme = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427";
    assert_eq!(refusal(&with_metadata(scheme, "urn:uuid:other")).code(), "missing");
    let value = "value=\"279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH\"";
    assert_eq!(refusal(&with_metadata(value, "value=\"279035121518989\"")).code(), "invalid");
    assert_eq!(refusal(&with_metadata(value, "value=\"^^^&amp;1.2.3&amp;ISO\"")).code(), "invalid");
    assert_eq!(refusal(&with_metadata("urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab", scheme)).code(), "missing");
    let text = metadata();
    let start = text.find("<rim:ExternalIdentifier").expect("an identifier");
    let end = start + text[start..].find("</rim:ExternalIdentifier>").expect("its end") + "</rim:ExternalIdentifier>".len();
    let once = &text[start..end];
    assert_eq!(refusal(&with_metadata(once, &once.repeat(2))).code(), "repeated");
}

#[test]
fn exactly_one_submission_set_is_expected() {
    let node = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd";
    let error = refusal(&with_metadata(node, "urn:uuid:other"));
    assert_eq!((error.code(), error.to_string().contains("0 submission sets")), ("submission_sets", true));
    let package = "<rim:RegistryPackage id=\"urn:uuid:00000000-0000-4000-8000-900000000001\">";
    let twice = format!("{package}</rim:RegistryPackage>{package}");
    assert_eq!(refusal(&with_metadata(package, &twice)).code(), "submission_sets");
}

#[test]
fn the_classification_of_the_submission_set_may_stand_inside_it() {
    let text = metadata();
    let start = text.find("<rim:Classification id=\"id0022\"").or_else(|| text.rfind("    <rim:Classification id")).expect("it");
    let node = &text[start..start + text[start..].find("/>").expect("its end") + 2];
    assert!(node.contains("classificationNode"), "{node}");
    let moved = text.replace(node, "").replacen("</rim:RegistryPackage>", &format!("{node}</rim:RegistryPackage>"), 1);
    let files: Vec<_> = unpack(&package())
        .into_iter()
        .map(|(path, content)| if path.ends_with("METADATA.XML") { (path, moved.clone().into_bytes()) } else { (path, content) })
        .collect();
    assert_eq!(read(&pack(&files)).subsets, [crate::support::subset()]);
}

#[test]
fn what_the_french_rules_demand_and_is_absent_is_told() {
    for (old, field) in [
        ("name=\"creationTime\"", "creationTime"),
        ("name=\"legalAuthenticator\"", "legalAuthenticator"),
        ("name=\"languageCode\"", "languageCode"),
        ("name=\"sourcePatientId\"", "sourcePatientId"),
        ("name=\"serviceStartTime\"", "serviceStartTime"),
    ] {
        let package = read(&with_metadata(old, "name=\"unknown\""));
        assert_eq!(package.warnings, [format!("IHE_XDM/SUBSET01/METADATA.XML: document: {field} is missing")]);
        assert_eq!(package.subsets[0].documents[0].entry.other_slots[0].name, "unknown");
    }
    let package = read(&with_metadata("urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a", "urn:uuid:unknown"));
    assert_eq!(package.warnings.len(), 2);
    assert!(package.warnings[0].ends_with("the classification urn:uuid:unknown has no meaning here"));
    let package = read(&with_metadata("<rim:Value>20260102030405</rim:Value>", "<rim:Value>hier</rim:Value>"));
    assert!(package.warnings[0].ends_with("the value \"hier\" of creationTime is not a time"), "{:?}", package.warnings);
    let package = read(&with_metadata("AssociationType:HasMember", "AssociationType:RelatesTo"));
    assert!(package.warnings.iter().any(|w| w.ends_with("a document is not declared a member of the submission set")));
}

#[test]
fn relations_between_documents_are_read() {
    let relation = |kind: &str| {
        let association = format!(
            "<rim:Association id=\"z\" associationType=\"{kind}\" sourceObject=\"urn:uuid:00000000-0000-4000-8000-000000000001\" targetObject=\"urn:uuid:old\"/></rim:RegistryObjectList>"
        );
        let package = read(&with_metadata("</rim:RegistryObjectList>", &association));
        package.subsets[0].documents[0].entry.relations.clone()
    };
    for (kind, expected) in [
        ("urn:ihe:iti:2007:AssociationType:RPLC", RelationKind::Replaces),
        ("urn:ihe:iti:2007:AssociationType:APND", RelationKind::Appends),
        ("urn:ihe:iti:2007:AssociationType:XFRM", RelationKind::Transforms),
        ("urn:ihe:iti:2007:AssociationType:XFRM_RPLC", RelationKind::TransformsAndReplaces),
        ("urn:ihe:iti:2007:AssociationType:signs", RelationKind::Signs),
        ("urn:other", RelationKind::Other("urn:other".to_owned())),
    ] {
        let relations = relation(kind);
        assert_eq!(relations.len(), 1);
        assert_eq!((&relations[0].kind, relations[0].target.as_str()), (&expected, "urn:uuid:old"));
    }
}

#[test]
fn other_encodings_and_other_prefixes_are_read() {
    let latin: Vec<u8> =
        metadata().replace("UTF-8\"?", "ISO-8859-1\"?").chars().map(|c| u8::try_from(u32::from(c)).expect("Latin 1")).collect();
    let utf16: Vec<u8> = metadata().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with = |content: &[u8]| {
        let replace =
            |(path, old): (String, Vec<u8>)| if path.ends_with("METADATA.XML") { (path, content.to_vec()) } else { (path, old) };
        pack(&unpack(&package()).into_iter().map(replace).collect::<Vec<_>>())
    };
    assert_eq!(read(&with(&latin)).subsets, [crate::support::subset()]);
    let bom = [b"\xEF\xBB\xBF".as_slice(), metadata().as_bytes()].concat();
    assert_eq!(read(&with(&bom)).subsets, [crate::support::subset()]);
    let renamed = metadata().replace("<rim:", "<ns2:").replace("</rim:", "</ns2:").replace("xmlns:rim", "xmlns:ns2");
    assert_eq!(read(&with(renamed.as_bytes())).subsets, [crate::support::subset()]);
    assert_eq!(refusal(&with(&utf16)).code(), "unsupported_charset");
    assert_eq!(refusal(&with(b"<?xml version='1.0' encoding='EBCDIC'?><a/>")).code(), "unsupported_charset");
    assert_eq!(refusal(&with(b"<a>\xE9</a>")).code(), "unsupported_charset");
}

#[test]
fn what_is_no_submission_is_refused() {
    let with = |content: &str| refusal(&pack(&[("IHE_XDM/A/METADATA.XML".to_owned(), content.as_bytes().to_vec())]));
    assert_eq!(with("").code(), "not_xml");
    assert_eq!(with("<a").code(), "not_xml");
    assert_eq!(with("<html/>").code(), "not_metadata");
    assert_eq!(with("<SubmitObjectsRequest/>").code(), "not_metadata");
    assert_eq!(with("<SubmitObjectsRequest xmlns='urn:oasis:names:tc:ebxml-regrep:registry:xsd:2.1'/>").code(), "not_metadata");
    assert_eq!(with("<SubmitObjectsRequest xmlns='urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0'/>").code(), "submission_sets");
}

#[test]
fn a_submission_set_without_document_is_refused_when_it_is_alone() {
    let text = metadata();
    let start = text.find("<rim:ExtrinsicObject").expect("an entry");
    let end = text.find("</rim:ExtrinsicObject>").expect("its end") + "</rim:ExtrinsicObject>".len();
    assert_eq!(refusal(&with_metadata(&text[start..end], "")).code(), "no_document");
}

#[test]
fn unknown_parts_of_an_author_stay_readable() {
    let value = "899900000011^ESSAI^Anne \\T\\ Marie^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^D^^^IDNPS";
    let package = read(&with_metadata(value, "42^SEUL"));
    let person = package.subsets[0].documents[0].entry.legal_authenticator.clone().expect("somebody");
    assert_eq!((person.id.as_str(), person.family.as_str(), person.kind), ("42", "SEUL", PersonKind::Unknown));
    let slot = Slot { name: "a".to_owned(), values: vec![] };
    assert_eq!(slot.clone(), slot);
}
