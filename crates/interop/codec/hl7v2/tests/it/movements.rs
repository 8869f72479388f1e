//! Admissions, movements, identities.

use hl7v2::{Adt, AdtEvent, Charset, Hl7Error, InsKind, MovementAction};

use crate::samples::{adt, envelope};
use crate::support::{message, read};

const PID: &str = "PID|1||7^^^A^PI||ESSAI^X^^^^^L";
const PV1: &str = "PV1|1|I|||||||||||||||||V1";
const ZBE: &str = "ZBE|1^A|20261103||INSERT|N||UF1^^^^^^UF^^^1||HMS";

fn adt_of(event: &str, segments: &[&str]) -> Result<Adt, Hl7Error> {
    Adt::read(&read(message(&format!("ADT^{event}"), segments)))
}

#[test]
fn every_event_of_the_profile_is_read() {
    let events = [
        "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A11", "A12", "A13", "A21", "A22", "A28", "A31", "A40", "A44",
        "A47", "A52", "A53", "A54", "A55", "Z80", "Z81", "Z82", "Z83", "Z84", "Z85", "Z86", "Z87", "Z88", "Z89", "Z99",
    ];
    for code in events {
        let read = adt_of(code, &["EVN||20261103", PID, "MRG|8^^^A^PI||F1", PV1, ZBE]).expect(code);
        assert_eq!(read.event.code(), code);
        assert_eq!(AdtEvent::from_code(code), Some(read.event));
    }
    for code in ["A60", "Z98", "a01", ""] {
        let error = adt_of(code, &[PID]).expect_err(code).code();
        assert!(matches!(error, "unsupported_event" | "missing"), "{error}");
    }
}

#[test]
fn what_a_message_cannot_do_without_is_demanded() {
    let missing = |event: &str, segments: &[&str]| match adt_of(event, segments) {
        Err(Hl7Error::Missing { path }) => path,
        other => panic!("{other:?}"),
    };
    assert_eq!(missing("A01", &[PV1]), "PID");
    assert_eq!(missing("A01", &["PID|1||^^^A^PI||X", PV1]), "PID-3");
    assert_eq!(missing("A01", &[PID]), "PV1");
    assert_eq!(missing("A40", &[PID]), "MRG-1");
    assert_eq!(missing("A47", &[PID, "MRG|^^^A^PI"]), "MRG-1");
    assert_eq!(missing("A44", &[PID, "MRG|8^^^A^PI"]), "MRG-3");
    assert_eq!(missing("A01", &[PID, PV1, "ZBE||20261103||INSERT|N|||||HMS"]), "ZBE-1");
    assert_eq!(missing("A01", &[PID, PV1, "ZBE|1|||INSERT|N|||||HMS"]), "ZBE-2");
    assert_eq!(missing("A01", &[PID, PV1, "ZBE|1|20261103|||N|||||HMS"]), "ZBE-4");
    assert!(adt_of("A28", &[PID]).is_ok());
    let several = adt_of("A40", &[PID, "MRG|8", "PID|2||9^^^A^PI", "MRG|10"]);
    assert_eq!(several.expect_err("refused").code(), "several_patients");
}

#[test]
fn wrong_movements_are_refused_and_odd_ones_told() {
    let invalid = |zbe: &str| adt_of("A01", &["EVN||2026", PID, PV1, zbe]).expect_err(zbe);
    assert_eq!(invalid("ZBE|1|demain||INSERT|N|||||S").to_string(), "the value \"demain\" of ZBE-2 is not valid");
    assert_eq!(invalid("ZBE|1|2026||DELETE|N|||||S").to_string(), "the value \"DELETE\" of ZBE-4 is not valid");
    let odd = adt_of("A01", &["EVN||2026", PID, PV1, "ZBE|1|20261103||CANCEL|O||||XYZ"]).expect("read");
    assert_eq!(
        odd.warnings,
        [
            "ZBE-5: \"O\" is neither Y nor N and was left out",
            "ZBE-5: the movement does not say whether it is past",
            "ZBE-6: an update or a cancellation does not say what it changes",
            "ZBE-9: the nature of the movement is absent or not known",
        ]
    );
    let absent = adt_of("A01", &["EVN||2026", PID, PV1]).expect("read");
    assert_eq!(absent.warnings, ["ZBE: absent, the movement has no identifier"]);
}

#[test]
fn a_shifted_movement_is_read_with_its_units() {
    let zbe = "ZBE|2^CHU|20261103|20261104||CANCEL|Y|A02|Med^^^^^^UF^^^1|Soins^^^^^^UF^^^2|SM";
    let movement = adt_of("A12", &["EVN||2026", PID, PV1, zbe]).expect("read");
    assert_eq!(movement.warnings.len(), 2, "{:?}", movement.warnings);
    assert!(movement.warnings[0].starts_with("ZBE-4: the segment is shifted"));
    let movement = movement.movement.expect("ZBE");
    assert_eq!((movement.action, movement.historical), (MovementAction::Cancel, Some(true)));
    assert_eq!(movement.original_event.as_deref(), Some("A02"));
    let units = [&movement.medical_unit, &movement.care_unit].map(|u| u.as_ref().and_then(|u| u.id.as_deref()));
    assert_eq!((units, movement.nature.as_deref()), ([Some("1"), Some("2")], Some("SM")));
}

#[test]
fn identities_are_told_apart_by_oid() {
    let ids = "7^^^A^PI~1^^^X&1.2.250.1.213.1.4.8&ISO^INS~2^^^X&1.2.250.1.213.1.4.9&ISO^INS~\
               3^^^X&1.2.250.1.213.1.4.11&ISO^INS~4^^^X&1.2.250.1.213.1.4.2&ISO^INS-C~5^^^X&1.2.250.1.213.1.4.80&ISO^PI";
    let read =
        adt_of("A28", &["EVN||2026", &format!("PID|1||{ids}||ESSAI^^^^^^L|||||||||||||||||||||||||||VALI~DOUB")]).expect("read");
    let expected = [(InsKind::Nir, "1"), (InsKind::Nia, "2"), (InsKind::Demonstration, "3")];
    assert_eq!(read.patient.ins(), expected);
    assert_eq!(read.patient.identity_status, ["VALI", "DOUB"]);
    assert_eq!(read.warnings, [""; 0]);
    let doubts = adt_of(
        "A31",
        &["EVN||2026", "PID|1||7^^^A&9.9&ISO^INS~1^^^X&1.2.250.1.213.1.4.8&ISO^PI||^Y|hier||W||||||||||||||||||||||||PROV"],
    );
    assert_eq!(
        doubts.expect("read").warnings,
        [
            "PID-8: the code \"W\" is not known and was left out",
            "PID-5: no family name",
            "PID-3: the type INS and the OID of the authority do not agree",
            "PID-3: the type INS and the OID of the authority do not agree",
            "PID-32: an INS is sent although the identity is not said to be validated",
        ]
    );
}

#[test]
fn a_contradicting_event_is_told() {
    let read = adt_of("A01", &["EVN|A03|2026", PID, PV1, ZBE]).expect("read");
    assert_eq!(read.warnings, ["EVN-1: the event is not that of MSH-9, which is the one used"]);
    let read = adt_of("A01", &[PID, PV1, ZBE, ZBE]).expect("read");
    assert_eq!(read.warnings, ["EVN: absent", "ZBE: only the first segment is read"]);
}

#[test]
fn nothing_incomplete_is_printed() {
    let envelope = envelope(Charset::Utf8);
    let refused = |change: fn(&mut Adt)| {
        let mut sent = adt(AdtEvent::A02);
        change(&mut sent);
        match sent.print(&envelope) {
            Err(Hl7Error::Missing { path } | Hl7Error::Invalid { path, .. }) => path,
            Err(error) => error.code().to_owned(),
            Ok(_) => "printed".to_owned(),
        }
    };
    assert_eq!(refused(|_| {}), "printed");
    assert_eq!(refused(|adt| adt.movement = None), "ZBE");
    assert_eq!(refused(|adt| adt.visit = None), "PV1");
    assert_eq!(refused(|adt| adt.visit.as_mut().expect("PV1").number = None), "PV1-19");
    assert_eq!(refused(|adt| adt.visit.as_mut().expect("PV1").class = None), "PV1-2");
    assert_eq!(refused(|adt| adt.occurred = None), "EVN-6");
    assert_eq!(refused(|adt| adt.patient.identifiers.clear()), "PID-3");
    assert_eq!(refused(|adt| adt.patient.names.clear()), "PID-5");
    assert_eq!(refused(|adt| adt.movement.as_mut().expect("ZBE").nature = None), "ZBE-9");
    assert_eq!(refused(|adt| adt.movement.as_mut().expect("ZBE").nature = Some("SMH".to_owned())), "ZBE-9");
    assert_eq!(refused(|adt| adt.movement.as_mut().expect("ZBE").historical = None), "ZBE-5");
    assert_eq!(refused(|adt| adt.movement.as_mut().expect("ZBE").action = MovementAction::Update), "ZBE-6");
    assert_eq!(refused(|adt| adt.event = AdtEvent::A08), "unsupported_event");
    assert_eq!(refused(|adt| adt.event = AdtEvent::A40), "MRG-1");
    // The end of a movement and empty French segments are not of PAM.fr 2.11.
    let mut sent = adt(AdtEvent::A03);
    sent.movement.as_mut().expect("ZBE").end = sent.occurred.clone();
    sent.pmsi = Some(hl7v2::PmsiModes::default());
    let printed = String::from_utf8(sent.print(&envelope).expect("printed")).expect("UTF-8");
    assert!(printed.contains("|20261103100000||INSERT|") && !printed.contains("ZFM"), "{printed}");
}
