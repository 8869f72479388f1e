//! HL7 v2 messages kept as documents: results of an ORU^R01, and the CDA they or an MDM carry.

use hl7v2::{DocumentAction, DocumentMessage, Limits, Message, Observation, Order, Report, ResultStatus, ResultValue};
use medical::Code;
use propositions::{Famille, Ligne, Lu};

use crate::cda;
use crate::cda::suite;
use crate::dates::partielle;
use crate::resultats::{anormal, avec_unite, drapeaux, nombre};

/// OID of LOINC.
const LOINC: &str = "2.16.840.1.113883.6.1";

/// True for what begins as a message does, framing bytes of MLLP or a byte order mark aside.
pub(crate) fn ressemble(octets: &[u8]) -> bool {
    let sans_marque = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets);
    let debut = sans_marque.iter().position(|octet| !octet.is_ascii_whitespace() && *octet != 0x0B).unwrap_or(0);
    sans_marque.get(debut..).is_some_and(|texte| texte.starts_with(b"MSH"))
}

/// Reads the lines of a message; one which carries no result nor document has none.
pub(crate) fn lire(octets: &[u8]) -> Result<Lu, String> {
    let message = Message::parse(octets, &Limits::default()).map_err(|error| error.code().to_owned())?;
    match message.header().kind.code.as_str() {
        "ORU" => Report::read(&message).map(|report| rapport(&report)).map_err(|error| error.code().to_owned()),
        "MDM" => {
            let porte = DocumentMessage::read(&message).map_err(|error| error.code().to_owned())?;
            // A document to take away proposes nothing: a person is told.
            if porte.action == DocumentAction::Delete {
                return Ok(Lu { lignes: Vec::new(), non_lues: 1 });
            }
            let mut lu = Lu::default();
            for (rang, document) in porte.documents.iter().enumerate() {
                fichier(&mut lu, &document.file, rang);
            }
            Ok(lu)
        }
        _ => Ok(Lu::default()),
    }
}

/// Taken away, or of another patient.
fn retire(observation: &Observation) -> bool {
    matches!(observation.status, Some(ResultStatus::Deleted | ResultStatus::Wrong | ResultStatus::Unobtainable))
}

fn rapport(report: &Report) -> Lu {
    let mut lu = Lu::default();
    let mut fichiers = 0;
    for (rang, demande) in report.orders.iter().enumerate() {
        for (place, observation) in demande.observations.iter().enumerate() {
            if let Some(porte) = observation.file() {
                if retire(observation) {
                    lu.non_lues += 1;
                } else {
                    fichier(&mut lu, porte, fichiers);
                }
                fichiers += 1;
                continue;
            }
            if consigne(observation) {
                continue;
            }
            match ligne(demande, observation, format!("obx/{}/{}", rang + 1, place + 1)) {
                Some(ligne) => lu.lignes.push(ligne),
                None => lu.non_lues += 1,
            }
        }
    }
    lu
}

/// The lines of a carried file: those of a CDA; a file damaged or unreadable is counted, a PDF has none.
fn fichier(lu: &mut Lu, porte: &hl7v2::Attachment, rang: usize) {
    if !porte.is_xml() && documents::Nature::de(&porte.bytes).0 != documents::Nature::Cda {
        return;
    }
    match cda::lire(&porte.bytes) {
        Ok(mut siennes) if !porte.damaged => {
            lu.non_lues += siennes.non_lues;
            for ligne in &mut siennes.lignes {
                ligne.repere = format!("fichier/{}/{}", rang + 1, ligne.repere);
            }
            lu.lignes.extend(siennes.lignes);
        }
        _ => lu.non_lues += 1,
    }
}

/// What tells how to send the document on (CI-SIS, « Transmission de documents CDA en HL7 v2 ») and is no result.
fn consigne(observation: &Observation) -> bool {
    const MOTS: [&str; 16] = [
        "MASQUE_PS",
        "INVISIBLE_PATIENT",
        "INVISIBLE_REPRESENTANTS_LEGAUX",
        "INVISIBLE_REP_LEGAUX",
        "CONNEXION_SECRETE",
        "MODIF_CONFIDENTIALITYCODE",
        "MODIF_CONF_CODE",
        "DESTDMP",
        "DESTMSSANTEPS",
        "DESTMSSANTEPAT",
        "CORPSMAIL_PS",
        "CORPSMAIL_PATIENT",
        "COMP_LOT",
        "ACK_RECEPTION",
        "ACK_LECTURE_MSS",
        "CONF_REC_DMP",
    ];
    observation.code.as_ref().and_then(|code| code.id.as_deref()).is_some_and(|id| MOTS.contains(&id))
}

/// One result; `None` for what is withdrawn, not done, wrong, or says nothing.
fn ligne(demande: &Order, observation: &Observation, repere: String) -> Option<Ligne> {
    let provisoire = match observation.status? {
        ResultStatus::Final | ResultStatus::Corrected | ResultStatus::FinalUnsent => None,
        ResultStatus::Preliminary | ResultStatus::Partial | ResultStatus::Some => Some("résultat provisoire"),
        ResultStatus::Unverified => Some("résultat non vérifié par le laboratoire"),
        _ => return None,
    };
    let valeur = valeurs(observation)?;
    let code = observation.code.as_ref()?;
    let fleches = observation.abnormal_flags.iter().map(String::as_str);
    let norme = observation.reference_range.as_ref().map(|bornes| format!("référence {}", nombre(bornes)));
    let quand = observation.observed.as_ref().or(demande.observed.as_ref());
    let titre = demande.service.as_ref().and_then(|service| service.label());
    let notes = observation.notes.join(" ");
    let loinc = code.loinc().map(|loinc| Code { systeme: LOINC.to_owned(), code: loinc.to_owned(), libelle: String::new() });
    Some(Ligne {
        codes: loinc.into_iter().collect(),
        debut: quand.and_then(partielle),
        detail: suite([Some(valeur.as_str()), drapeaux(fleches.clone()).as_deref(), norme.as_deref(), provisoire]),
        precision: suite([titre, Some(notes.as_str())]),
        anormal: anormal(fleches),
        ..Ligne::new(repere, Famille::Resultat, code.label()?)
    })
}

/// The value with its unit; several values one after the other. A time alone is said as written.
fn valeurs(observation: &Observation) -> Option<String> {
    let unite = observation.unit.as_ref().and_then(|unite| unite.id.as_deref().or(unite.label())).unwrap_or_default();
    let dites: Option<Vec<String>> = observation.values.iter().map(|valeur| dite(valeur, unite)).collect();
    dites.map(|dites| dites.join(", ")).filter(|texte| !texte.trim().is_empty())
}

fn dite(valeur: &ResultValue, unite: &str) -> Option<String> {
    match valeur {
        ResultValue::Number(nombre) => Some(avec_unite(nombre, unite)),
        ResultValue::Structured { comparator, first, separator, second } => {
            let parties = [comparator, first, separator, second].into_iter().flatten().map(String::as_str);
            Some(avec_unite(&parties.collect::<String>(), unite))
        }
        ResultValue::Coded(code) => code.label().map(str::to_owned),
        ResultValue::Time(moment) => partielle(moment).map(kernel::dates::DatePartielle::en_lettres),
        ResultValue::Text(texte) if unite.is_empty() => Some(texte.clone()),
        ResultValue::Text(texte) => Some(format!("{texte} {unite}")),
        ResultValue::File(_) => None,
    }
}
