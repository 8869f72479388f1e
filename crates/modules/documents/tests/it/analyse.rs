//! What a file says of itself.

use documents::{CODES_ERREURS, Nature, analyser, phrase_erreur};

use crate::monde::{PDF, cda};

#[test]
fn a_file_is_what_its_bytes_say() {
    let genre = |octets: &[u8]| analyser(octets).nature;
    assert_eq!(genre(PDF), Nature::Pdf);
    assert_eq!(genre(b"\x89PNG\r\n\x1a\n0000"), Nature::Image);
    assert_eq!(genre(b"PK\x03\x04rest"), Nature::Zip);
    assert_eq!(genre(b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>"), Nature::Xml);
    assert!(matches!(genre(b"<svg onload='x()'/>"), Nature::Xml | Nature::Inconnue));
    assert!(matches!(genre(b"<html><script>x()</script></html>"), Nature::Xml | Nature::Inconnue));
    assert_eq!(genre(b"MZ\x90"), Nature::Inconnue);
    assert_eq!(genre(b""), Nature::Inconnue);
}

#[test]
fn the_header_of_a_clinical_document_is_read() {
    let apercu = analyser(&cda("1.2.3", "DOMINIQUE MARIE-LOUISE", "Douleur."));
    assert_eq!(apercu.refus, None, "{:?}", apercu.detail);
    assert_eq!(apercu.titre.as_deref(), Some("Lettre de sortie"));
    assert_eq!(apercu.type_code.as_deref(), Some("11490-0"));
    assert_eq!(apercu.date.map(|date| date.to_string()).as_deref(), Some("2026-11-18"));
    assert_eq!(apercu.identifiant.as_deref(), Some("1.2.3"));
    let patient = apercu.patient.expect("patient");
    assert!(patient.traits().is_some() && patient.ins_unique().is_some());
}

#[test]
fn a_hostile_document_is_refused_with_its_code_and_a_french_sentence() {
    let dtd = br#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><ClinicalDocument xmlns="urn:hl7-org:v3">&a;</ClinicalDocument>"#;
    assert_eq!(analyser(dtd).refus.as_deref(), Some("dtd_forbidden"));
    let latin = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>\xe9t\xe9</title></ClinicalDocument>";
    assert_eq!(analyser(latin).refus.as_deref(), Some("charset_mismatch"));
    assert_eq!(analyser(b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\">").refus.as_deref(), Some("not_xml"));
}

#[test]
fn every_code_has_its_own_sentence() {
    let general = phrase_erreur("un-code-inconnu");
    for code in CODES_ERREURS {
        let phrase = phrase_erreur(code);
        assert_ne!(phrase, general, "{code}");
        assert!(phrase.ends_with('.') && phrase.matches(". ").count() >= 1, "{code}: what happened, what to do");
    }
}
