//! Files made to mislead or to break: each ends in lines which are true, a count of what is left to read, or a named error.

use propositions::{Famille, Lu};

use crate::lettre::{allergie, lettre, maladie, section, traitement};

fn lire(octets: &[u8]) -> Lu {
    lectures::lire(octets).expect("structured").expect("readable")
}

/// A message of results about the person of the tests.
pub(crate) fn oru(resultats: &[&str]) -> String {
    let tete = "MSH|^~\\&|LABO|L|DUI|E|202611180800||ORU^R01^ORU_R01|1|P|2.5|||||FRA|UNICODE UTF-8\rPID|1||279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||PAT-TROIS^DOMINIQUE^^^^^L||19790328|F\rOBR|1|P1|F1|IONO^Ionogramme^L|||202611180700";
    format!("{tete}\r{}", resultats.join("\r"))
}

#[test]
fn any_bytes_end_in_lines_or_a_named_error() {
    let entier = crate::lettre::retour("1.2.3", None);
    for fin in (0..entier.len()).step_by(17) {
        match lectures::lire(&entier[..fin]) {
            None => {}
            Some(Ok(lu)) => panic!("a document cut at {fin} gave {lu:?}"),
            Some(Err(code)) => assert!(!code.is_empty()),
        }
    }
    let message = oru(&["OBX|1|NM|2951-2^Sodium^LN||132|mmol/L|136-145|L|||F"]);
    for fin in 0..message.len() {
        if let Some(Err(code)) = lectures::lire(&message.as_bytes()[..fin]) {
            assert!(!code.is_empty());
        }
    }
    for rien in [&b""[..], b"%PDF-1.4", b"MZ", b"{}", b"<html/>", b"   "] {
        assert!(lectures::lire(rien).is_none());
    }
    assert_eq!(lectures::lire(b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><ClinicalDocument xmlns=\"urn:hl7-org:v3\">&a;</ClinicalDocument>"), Some(Err("dtd_forbidden".to_owned())));
}

#[test]
fn a_statement_turned_around_is_no_line() {
    let lu =
        lire(&lettre("1.2.3", None, &[section("11450-4", &[maladie("Diabète", "E11", true), maladie("Asthme", "J45", false)])]));
    assert_eq!((lu.lignes.len(), lu.non_lues), (1, 1));
    let non_donne =
        traitement("DIGOXINE", "60000001", "1").replace("moodCode=\"INT\">", "moodCode=\"INT\" negationInd=\"true\">");
    let lu = lire(&lettre("1.2.3", None, &[section("10183-2", &[non_donne])]));
    assert_eq!((lu.lignes.len(), lu.non_lues), (0, 1));
    // A reaction the person did not have is not one; an allergy which is over, or is not established, is none to propose.
    let sans_reaction = allergie("Iode", "choc").replace(
        "<observation classCode=\"OBS\" moodCode=\"EVN\">",
        "<observation classCode=\"OBS\" moodCode=\"EVN\" negationInd=\"true\">",
    );
    let lu = lire(&lettre("1.2.3", None, &[section("48765-2", &[sans_reaction])]));
    assert_eq!((lu.lignes[0].libelle.as_str(), lu.lignes[0].detail.as_str()), ("Iode", ""));
    let dit = |question: &str, reponse: &str| {
        let suite = format!(
            r#"<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN"><code code="{question}" codeSystem="2.16.840.1.113883.6.1"/><value xsi:type="CE" code="{reponse}"/></observation></entryRelationship></observation></entryRelationship></act>"#
        );
        let brute = allergie("Iode", "choc");
        let fin = brute.rfind("</observation></entryRelationship></act>").expect("an end");
        let lu = lire(&lettre("1.2.3", None, &[section("48765-2", &[format!("{}{suite}", &brute[..fin])])]));
        (lu.lignes.len(), lu.non_lues)
    };
    assert_eq!(
        [dit("33999-4", "active"), dit("33999-4", "inactive"), dit("66455-7", "confirmed"), dit("66455-7", "refuted")],
        [(1, 0), (0, 1), (1, 0), (0, 1)]
    );
}

#[test]
fn results_of_a_message_keep_their_status_and_what_is_withdrawn_is_none() {
    let lu = lire(
        oru(&[
            "OBX|1|NM|2951-2^Sodium^LN||132|mmol/L|136-145|L|||F|||202611180730",
            "NTE|1||à contrôler",
            "OBX|2|NM|2823-3^Potassium^LN||4.1|mmol/L|3.5-5.1|N|||P",
            "OBX|3|SN|1988-5^CRP^LN||<^5|mg/L|||||Q",
            "OBX|4|SN|1988-5^CRP^LN||<^5|mg/L|||||C",
            "OBX|5|NM|2160-0^Créatinine^LN||80|umol/L|||||D",
            "OBX|6|NM|2160-0^Créatinine^LN||80|umol/L|||||X",
            "OBX|7|ST|630-4^ECBU^LN||Stérile||||||F",
            "OBX|8|NM|777-3^Plaquettes^LN|||10*9/L|||||F",
            "OBX|9|CE|MASQUE_PS^Masqué^||N||||||F",
        ])
        .as_bytes(),
    );
    let dits: Vec<(String, String)> = lu.lignes.iter().map(|ligne| (ligne.libelle.clone(), ligne.suite())).collect();
    let dit = |libelle: &str, suite: &str| (libelle.to_owned(), suite.to_owned());
    assert_eq!(
        dits,
        [
            dit("Sodium", "132 mmol/L · bas · référence 136-145 · 18 nov. 2026"),
            dit("Potassium", "4,1 mmol/L · normal · référence 3,5-5,1 · résultat provisoire · 18 nov. 2026"),
            dit("CRP", "<5 mg/L · 18 nov. 2026"),
            dit("ECBU", "Stérile · 18 nov. 2026"),
        ]
    );
    assert_eq!(lu.non_lues, 4, "an unknown status, a deletion, a result not obtained, one without value");
    assert!(lu.lignes.iter().all(|ligne| ligne.famille == Famille::Resultat));
    assert_eq!(lu.lignes[0].precision, "Ionogramme · à contrôler");
}

#[test]
fn a_movement_or_an_acknowledgment_has_no_line() {
    let ack = "MSH|^~\\&|A|B|C|D|202611180800||ACK^A01^ACK|1|P|2.5\rMSA|AA|1";
    assert_eq!(lire(ack.as_bytes()), Lu::default());
}
