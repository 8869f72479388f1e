use kernel::fichiers::{NatureFichier, nom_affichable};
use proptest::prelude::*;

#[test]
fn natures() {
    use NatureFichier::{Cda, Jpeg, Pdf, Png, Webp, Xml, Zip};
    let cda: &[u8] = b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"x.xsl\"?><!-- <a> -->\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\">";
    for (octets, nature) in [
        (b"%PDF-1.7\n".as_slice(), Some(Pdf)),
        (b"\x89PNG\r\n\x1a\n\0\0", Some(Png)),
        (b"\xFF\xD8\xFF\xE0", Some(Jpeg)),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Webp)),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"PK\x03\x04\x14", Some(Zip)),
        (b"PK\x05\x06\0\0", Some(Zip)),
        (cda, Some(Cda)),
        (b"<hl7:ClinicalDocument>", Some(Cda)),
        (b"<ClinicalDocuments>", Some(Xml)),
        (b"  <racine/>", Some(Xml)),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><ClinicalDocument>", None),
        (b"<!-- jamais ferme <ClinicalDocument>", None),
        (b"<html><body>", None),
        (b"<HTML >", None),
        (b"< 3 comprimes >", None),
        (b" %PDF-1.7", None),
        (b"MZ\x90", None),
        (b"", None),
    ] {
        assert_eq!(NatureFichier::reconnaitre(octets), nature, "{}", octets.escape_ascii());
    }
    assert_eq!((Cda.mime(), Jpeg.extension(), Pdf.est_image(), Webp.est_image()), ("application/xml", "jpg", false, true));
}

#[test]
fn noms() {
    for (recu, montre) in [
        ("ordonnance.pdf", "ordonnance.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\Été 2026.pdf", "Été 2026.pdf"),
        ("ordonnance\u{202E}fdp.exe", "ordonnancefdp.exe"),
        ("a\u{0}b\nc\u{200F}.pdf", "ab c.pdf"),
        ("<b>\"x\"|y.png", "bxy.png"),
        ("...", "sans-nom"),
        (".bashrc", "bashrc"),
        ("dossier/", "dossier"),
        ("", "sans-nom"),
    ] {
        assert_eq!(nom_affichable(recu), montre, "{recu}");
    }
    let long = nom_affichable(&format!("{}.pdf", "é".repeat(300)));
    assert_eq!(long.chars().count(), 120);
    assert!(long.ends_with("é.pdf"));
}

proptest! {
    #[test]
    fn nom_toujours_sain(nom: String) {
        let montre = nom_affichable(&nom);
        prop_assert!(!montre.is_empty() && montre.chars().count() <= 120);
        let malsain = montre.chars().any(|c| c.is_control() || ['/', '\\', ':', '\u{202E}'].contains(&c));
        prop_assert!(!malsain);
        prop_assert_eq!(nom_affichable(&montre), montre);
    }

    #[test]
    fn reconnaitre_ne_faillit_jamais(octets: Vec<u8>) {
        let _ = NatureFichier::reconnaitre(&octets);
    }
}
