//! The official examples, when this machine has them: the lines written down from the XML are those read.
//!
//! `attendus/*.txt`: first the number of statements left to the reader of the document, then a line each: place in the document,
//! family, words, codes, what it says, note; `!` when the laboratory marks it.

use std::path::PathBuf;

use propositions::{Ligne, Lu};

fn interop() -> Option<PathBuf> {
    let voisin = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/interop");
    let racine = std::env::var_os("GRAPPE_INTEROP").map_or_else(voisin, PathBuf::from);
    let la = racine.join("cda/examples").is_dir();
    if !la {
        eprintln!("official examples absent: set GRAPPE_INTEROP to test them");
    }
    la.then_some(racine)
}

fn dire(ligne: &Ligne) -> String {
    let codes: Vec<&str> = ligne.codes.iter().map(|code| code.code.as_str()).collect();
    let signe = if ligne.anormal { " !" } else { "" };
    let parties = [&ligne.repere, ligne.famille.code(), &ligne.libelle, &codes.join(","), &ligne.suite(), &ligne.precision];
    format!("{}{signe}", parties.map(|partie| partie.replace('\n', " / ")).join("|"))
}

fn texte(lu: &Lu) -> String {
    let lignes: Vec<String> = lu.lignes.iter().map(dire).collect();
    format!("non lues : {}\n{}", lu.non_lues, lignes.join("\n")).trim_end().to_owned()
}

/// Documents with their lines; `None`: nothing in them is structured.
const DOCUMENTS: [(&str, &str); 15] = [
    ("cda/examples/BIO-CR-BIO_2024.01_Microbiologie_V2.xml", include_str!("attendus/ecbu.txt")),
    ("cda/examples/BIO-CR-BIO_2024.01_TSH_1.xml", include_str!("attendus/tsh.txt")),
    ("cda/examples/DLU-EHPAD-DLU_2022.01.xml", include_str!("attendus/dlu.txt")),
    ("cda/examples/DLU-EHPAD-FLUDR_2022.01.xml", include_str!("attendus/fludr.txt")),
    ("cda/examples/DLU-EHPAD-FLUDT_2022.01.xml", include_str!("attendus/fludt.txt")),
    ("cda/examples/DOC_NON_STRUCTURE_CDA-R2-N1.xml", "non lues : 0"),
    ("cda/examples/IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml", "non lues : 0"),
    ("cda/examples/IPS-FR_2024.01_DLU.xml", include_str!("attendus/ips.txt")),
    ("cda/examples/LDL-EES_2022.01.xml", include_str!("attendus/ldl-ees.txt")),
    ("cda/examples/LDL-SES_2022.01.xml", include_str!("attendus/ldl-ses.txt")),
    ("cda/examples/VAC_2023.01.xml", include_str!("attendus/vac.txt")),
    ("cda/examples/VSM_1.4_2022.01.xml", include_str!("attendus/vsm.txt")),
    ("cda/examples/eP-MED-DM_2024.01_PosoStruct.xml", include_str!("attendus/prescription.txt")),
    ("hl7v2/cda-en-oru/SEGUR_CR-BIO_2023.01_Electrophorese.xml", include_str!("attendus/biologie.txt")),
    ("hl7v2/cda-en-mdm/CR_Radio_CDAN1_v1.XML", "non lues : 0"),
];

#[test]
fn the_lines_of_each_document_are_listed_and_right() {
    let Some(racine) = interop() else { return };
    for (nom, attendu) in DOCUMENTS {
        let octets = std::fs::read(racine.join(nom)).expect("an example");
        let lu = lectures::lire(&octets).expect("structured").expect("readable");
        comparer(nom, &texte(&lu), attendu.trim_end());
    }
}

/// The first line which differs, rather than two long texts.
fn comparer(nom: &str, lu: &str, attendu: &str) {
    for (rang, (une, autre)) in lu.lines().zip(attendu.lines()).enumerate() {
        assert_eq!(une, autre, "{nom}, line {rang}");
    }
    assert_eq!(lu.lines().count(), attendu.lines().count(), "{nom}: lines missing or too many");
}

#[test]
fn a_report_carried_by_a_message_gives_the_lines_of_the_report() {
    let Some(racine) = interop() else { return };
    let lire = |nom: &str| {
        let octets = std::fs::read(racine.join(nom)).expect("an example");
        lectures::lire(&octets).expect("structured").expect("readable")
    };
    let porte = lire("hl7v2/cda-en-oru/message_ORU_CR_Bio_INIT_N3_SEGUR.hl7");
    assert_eq!((porte.lignes.len(), porte.non_lues), (44, 0));
    let nu = lire("hl7v2/cda-en-oru/SEGUR_CR-BIO_2023.01_Electrophorese.xml");
    for (porte, nu) in porte.lignes.iter().zip(&nu.lignes) {
        assert_eq!(porte.repere, format!("fichier/1/{}", nu.repere));
        let sans_place = |ligne: &Ligne| Ligne { repere: String::new(), ..ligne.clone() };
        assert_eq!(sans_place(porte), sans_place(nu));
    }
    // An image report as a PDF in a CDA: readable, nothing structured. A document which is none: a person reads it.
    for radio in [
        "hl7v2/cda-en-mdm/message_MDM_CR_Radio_INIT_N1_Base64.er7",
        "hl7v2/depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7",
    ] {
        assert_eq!(lire(radio), Lu::default(), "{radio}");
    }
    for faux in ["hl7v2/volet-1.2/mdm/message.hl7", "hl7v2/volet-1.2/oru/message.hl7"] {
        assert_eq!(lire(faux), Lu { lignes: Vec::new(), non_lues: 1 }, "{faux}");
    }
    for mouvement in ["hl7v2/sgl/admission.er7", "hl7v2/sgl/sortie.er7", "hl7v2/volet-1.2/mdm/ack.hl7"] {
        assert_eq!(lire(mouvement), Lu::default(), "{mouvement}");
    }
}
