//! Laboratory results.

use hl7v2::{Hl7Error, Report, ResultStatus, ResultValue};

use crate::support::{message, read};

fn report_of(segments: &[&str]) -> Result<Report, Hl7Error> {
    Report::read(&read(message("ORU^R01^ORU_R01", segments)))
}

const PID: &str = "PID|1||7^^^A^PI||ESSAI^^^^^^L";

#[test]
fn results_stay_with_their_request() {
    let report = report_of(&[
        PID,
        "ORC|RE|P1|F1||CM",
        "OBR|1|||1^IONO^L|||202611030700",
        "NTE|1||bilan",
        "OBX|1|NM|2951-2^Sodium^LN^NA^Na^L||132|mmol/L|136-145|L~A|||F|||202611030700||8^TEST^EVE|||20261103080000||||Labo^^^^^^FINEG^^^010000001",
        "NTE|1||ligne 1~ligne 2",
        "NTE|2||autre",
        "SPM|1|||SER^Sérum^L",
        "OBR|2|P2||2^NFS^L",
        "OBX|1|ST|718-7^Hb^LN||++||||||P",
    ])
    .expect("read");
    assert_eq!(report.warnings, [""; 0]);
    let [iono, nfs] = report.orders.as_slice() else { panic!("two requests") };
    assert_eq!((iono.placer.as_ref().map(|p| p.id.as_str()), iono.control.as_deref()), (Some("P1"), Some("RE")));
    assert_eq!(nfs.control, None);
    assert_eq!(iono.notes, ["bilan"]);
    assert_eq!(iono.specimen.as_ref().and_then(|s| s.label()), Some("Sérum"));
    let sodium = &iono.observations[0];
    assert_eq!(sodium.code.as_ref().and_then(|c| c.loinc()), Some("2951-2"));
    assert_eq!(sodium.code.as_ref().and_then(|c| c.in_system("L")), Some("NA"));
    assert_eq!(sodium.values, [ResultValue::Number("132".to_owned())]);
    assert_eq!(sodium.unit.as_ref().and_then(|u| u.label()), Some("mmol/L"));
    assert_eq!((sodium.reference_range.as_deref(), sodium.abnormal_flags.join(" ")), (Some("136-145"), "L A".to_owned()));
    assert_eq!(sodium.status, Some(ResultStatus::Final));
    assert_eq!(sodium.analysed.as_ref().map(|t| t.raw.as_str()), Some("20261103080000"));
    assert_eq!(sodium.laboratory.as_ref().and_then(|l| l.id.as_deref()), Some("010000001"));
    assert_eq!(sodium.notes, ["ligne 1\nligne 2", "autre"]);
    assert_eq!(nfs.observations[0].status, Some(ResultStatus::Preliminary));
}

#[test]
fn values_are_read_by_their_type() {
    let value = |kind: &str, raw: &str| {
        let obx = format!("OBX|1|{kind}|X^Y^L||{raw}||||||F");
        report_of(&[PID, "OBR|1", &obx]).expect("read").orders[0].observations[0].values.clone()
    };
    assert_eq!(value("NM", "01.50"), [ResultValue::Number("01.50".to_owned())]);
    let [ResultValue::Structured { comparator, first, separator, second }] = &value("SN", "<^1^/^8")[..] else { panic!("SN") };
    assert_eq!([comparator, first, separator, second].map(|p| p.as_deref().unwrap_or("")), ["<", "1", "/", "8"]);
    let [ResultValue::Coded(a), ResultValue::Coded(b)] = &value("CWE", "A^a^L~B^b^L")[..] else { panic!("CWE") };
    assert_eq!([a.label(), b.label()], [Some("a"), Some("b")]);
    assert!(matches!(&value("DT", "20261103")[..], [ResultValue::Time(time)] if time.day == Some(3)));
    assert_eq!(value("TS", "mardi"), [ResultValue::Text("mardi".to_owned())]);
    assert_eq!(value("TX", "a\\.br\\b ^ c"), [ResultValue::Text("a\nb ^ c".to_owned())]);
    assert_eq!(value("", "x"), [ResultValue::Text("x".to_owned())]);
    assert_eq!(value("RP", "http://x^y"), [ResultValue::Text("http://x^y".to_owned())]);
    assert_eq!(value("NM", ""), []);
}

#[test]
fn every_status_is_known_and_others_are_told() {
    for code in ["F", "C", "D", "P", "R", "S", "A", "I", "X", "U", "W", "N", "O"] {
        let report = report_of(&[PID, "OBR|1", &format!("OBX|1|NM|X||1||||||{code}")]).expect(code);
        assert_eq!(report.orders[0].observations[0].status.map(ResultStatus::code), Some(code));
    }
    let report = report_of(&[PID, "OBR|1", "OBX|1|NM|X||1||||||Q", "OBX|2|NM|X||1"]).expect("read");
    assert!(report.orders[0].observations.iter().all(|o| o.status.is_none()));
    assert_eq!(
        report.warnings,
        ["OBX[1]-11: the code \"Q\" is not known and was left out", "OBX[2]-11: the status of the result is absent"]
    );
}

#[test]
fn what_cannot_be_a_report_is_refused() {
    assert_eq!(report_of(&[PID]).expect_err("no OBR").to_string(), "OBR is missing or empty");
    assert_eq!(report_of(&["OBR|1"]).expect_err("no PID").code(), "missing");
    assert_eq!(report_of(&[PID, PID, "OBR|1"]).expect_err("two").code(), "several_patients");
    let other = Report::read(&read(message("ORU^R30", &[PID, "OBR|1"])));
    assert_eq!(other.expect_err("event").code(), "unsupported_event");
    let early = report_of(&[PID, "NTE|1||x", "OBX|1|NM|X||1||||||F", "OBR|1"]).expect("read");
    assert_eq!(early.warnings.len(), 2, "{:?}", early.warnings);
    assert!(early.warnings.iter().all(|w| w.ends_with("before any request and was left out")));
}
