//! tmp
use propositions::Ligne;
fn d(f: &str) -> Vec<u8> {
    std::fs::read(format!("/work/shared/interop/{f}")).unwrap()
}
fn dire(l: &Ligne) -> String {
    format!(
        "{}|{}|{}|{}|{}|{}",
        l.repere,
        l.famille.code(),
        l.libelle,
        l.codes.iter().map(|c| c.code.clone()).collect::<Vec<_>>().join(","),
        l.suite(),
        l.precision
    )
}
#[test]
fn dump() {
    for f in [
        "cda/examples/BIO-CR-BIO_2024.01_Microbiologie_V2.xml",
        "cda/examples/BIO-CR-BIO_2024.01_TSH_1.xml",
        "cda/examples/DLU-EHPAD-DLU_2022.01.xml",
        "cda/examples/DLU-EHPAD-FLUDR_2022.01.xml",
        "cda/examples/DLU-EHPAD-FLUDT_2022.01.xml",
        "cda/examples/DOC_NON_STRUCTURE_CDA-R2-N1.xml",
        "cda/examples/IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml",
        "cda/examples/IPS-FR_2024.01_DLU.xml",
        "cda/examples/LDL-EES_2022.01.xml",
        "cda/examples/LDL-SES_2022.01.xml",
        "cda/examples/VAC_2023.01.xml",
        "cda/examples/VSM_1.4_2022.01.xml",
        "cda/examples/eP-MED-DM_2024.01_PosoStruct.xml",
        "hl7v2/cda-en-mdm/message_MDM_CR_Radio_INIT_N1_Base64.er7",
        "hl7v2/cda-en-oru/message_ORU_CR_Bio_INIT_N3_SEGUR.hl7",
        "hl7v2/cda-en-oru/SEGUR_CR-BIO_2023.01_Electrophorese.xml",
        "hl7v2/depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7",
        "hl7v2/volet-1.2/mdm/message.hl7",
        "hl7v2/volet-1.2/oru/message.hl7",
        "hl7v2/sgl/admission.er7",
    ] {
        match lectures::lire(&d(f)) {
            None => eprintln!("== {f}: none"),
            Some(Err(e)) => eprintln!("== {f}: ERR {e}"),
            Some(Ok(lu)) => {
                eprintln!("== {f}: {} lignes, {} non lues", lu.lignes.len(), lu.non_lues);
                for l in &lu.lignes {
                    eprintln!("{}", dire(l).replace('\n', " // "));
                }
            }
        }
    }
}
