//! What is written.

use xdm::{Code, Limits, Role, Slot, Subset, write};

use crate::support::{document, metadata, origin, package, read, submission, subset, unpack};

#[test]
fn a_package_is_read_back_equal() {
    let mut rich = subset();
    let entry = &mut rich.documents[0].entry;
    entry.logical_id = Some("urn:uuid:00000000-0000-4000-8000-0000000000aa".to_owned());
    entry.comments = Some("Comment with \"quotes\" & <signs>".to_owned());
    entry.confidentiality.push(Code::new("MASQUE_PS", "1.2.250.1.213.1.1.4.13", "Masqué aux professionnels de santé"));
    entry.events = vec![Code::new("A^B|C~D\\E", "1.2.3", "Event")];
    entry.other_slots = vec![Slot { name: "referenceIdList".to_owned(), values: vec!["a^^^&1.2.3&ISO^urn:x".to_owned(); 2] }];
    rich.submission.comments = Some("Deux\u{a0}mots".to_owned());
    let two = Subset { submission: submission(2), documents: vec![document(2), document(3)] };
    let written = write(&[rich.clone(), two.clone()], &origin()).expect("written");
    let package = read(&written);
    assert_eq!(package.subsets, [rich, two]);
    assert_eq!(package.warnings, Vec::<String>::new());
    assert_eq!(package.others.iter().map(|f| f.role).collect::<Vec<_>>(), [Role::Index, Role::Readme]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(package(), package());
}

#[test]
fn names_are_short_and_in_capitals() {
    let several = Subset { submission: submission(1), documents: vec![document(1), document(2)] };
    let second = Subset { submission: submission(2), documents: vec![document(3)] };
    let files = unpack(&write(&[several, second], &origin()).expect("written"));
    let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        names,
        [
            "INDEX.HTM",
            "README.TXT",
            "IHE_XDM/SUBSET01/METADATA.XML",
            "IHE_XDM/SUBSET01/DOC00001.XML",
            "DOC00001.PDF",
            "IHE_XDM/SUBSET01/DOC00002.XML",
            "DOC00002.PDF",
            "IHE_XDM/SUBSET02/METADATA.XML",
            "IHE_XDM/SUBSET02/DOC00003.XML",
            "DOC00003.PDF",
        ]
    );
}

#[test]
fn the_index_leads_to_every_file_and_escapes_what_it_prints() {
    let files = unpack(&package());
    let index = String::from_utf8(files[0].1.clone()).expect("UTF-8");
    assert!(index.contains("href=\"IHE_XDM/SUBSET01/DOC00001.XML\"") && index.contains("href=\"DOC00001.PDF\""));
    assert!(index.contains("EHPAD Les Tilleuls &amp; Cie") && index.contains("urgence &lt;à jour&gt; (PDF)"));
    let readme = String::from_utf8(files[1].1.clone()).expect("UTF-8");
    assert!(readme.contains("Contact : secretariat@exemple.invalid\r\n") && readme.contains("Logiciel d'essai 1.0"));
}

#[test]
fn the_metadata_say_who_and_what_in_the_forms_of_the_french_rules() {
    let text = metadata();
    for piece in [
        "<rim:Value>899900000011^ESSAI^Anne \\T\\ Marie^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^D^^^IDNPS</rim:Value>",
        "<rim:Value>EHPAD Les Tilleuls^^^^^&amp;1.2.250.1.71.4.2.2&amp;ISO^IDNST^^^1990000011</rim:Value>",
        "value=\"279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH\"",
        "<rim:Value>IPP-42^^^&amp;1.2.250.1.999.8&amp;ISO^PI</rim:Value>",
        "<rim:Value>PID-5|DUPOND\\R\\ESSAI^CAMILLE^CAMILLE ANNE^^^^L</rim:Value>",
        "<rim:Value>PID-7|19790328</rim:Value>",
        "<rim:Value>G15_10/SM26^Médecin - Qualifié en Médecine Générale (SM)^1.2.250.1.213.1.1.4.5</rim:Value>",
        "<rim:Value>20260102030405</rim:Value>",
    ] {
        assert!(text.contains(piece), "{piece}");
    }
}

#[test]
fn names_too_long_for_one_line_leave_their_list_out_and_nothing_is_cut() {
    let mut long = subset();
    let name = &mut long.documents[0].entry.source_patient.names[0];
    (name.family, name.given_list) = ("F".repeat(120), "ANNE-SOPHIE ".repeat(10).trim().to_owned());
    let back = read(&write(&[long.clone()], &origin()).expect("written"));
    long.documents[0].entry.source_patient.names[0].given_list.clear();
    assert_eq!(back.subsets, [long]);
}

#[test]
fn a_document_that_is_a_pdf_needs_no_readable_copy() {
    let mut subset = subset();
    subset.documents[0].entry.mime_type = "application/pdf".to_owned();
    subset.documents[0].bytes = crate::support::PDF.to_vec();
    subset.documents[0].readable = None;
    let written = write(std::slice::from_ref(&subset), &origin()).expect("written");
    assert!(unpack(&written).iter().any(|(path, _)| path == "IHE_XDM/SUBSET01/DOC00001.PDF"));
    assert_eq!(read(&written).subsets, [subset]);
}

#[test]
fn what_is_written_never_passes_what_is_read() {
    let bytes = package();
    let limits = Limits { max_archive_bytes: bytes.len(), ..Limits::default() };
    assert!(xdm::read(&bytes, &limits).is_ok());
    let mut many = subset();
    many.documents = (1..=101).map(document).collect();
    assert_eq!(write(&[many], &origin()).expect_err("too many").code(), "too_many_documents");
}
