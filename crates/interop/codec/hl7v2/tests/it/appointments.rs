//! Appointments.

use hl7v2::{Appointment, Charset, Hl7Error, ResourceKind, SiuEvent};

use crate::samples::{appointment, envelope};
use crate::support::{message, read};

fn siu(event: &str, segments: &[&str]) -> Result<Appointment, Hl7Error> {
    Appointment::read(&read(message(&format!("SIU^{event}^SIU_S12"), segments)))
}

const PID: &str = "PID|1||7^^^A^PI||ESSAI^^^^^^L";

#[test]
fn an_appointment_is_read_with_its_resources() {
    let read = siu(
        "S12",
        &[
            "SCH|P1^DUI|F1^AGENDA||||PAT^demande|CS^Suivi^L|NORMAL|30|min|^^^20261210093000^20261210100000|||||8^TEST^EVE|||||||||Booked",
            "NTE|1||à jeun",
            PID,
            "PV1|1|O",
            "RGS|1|A",
            "AIS|1|A|ECG^Électrocardiogramme^L|20261210093000|||20|min||Booked",
            "AIP|1|A|8^TEST^EVE~9^AUTRE|D||20261210093000|||30|min",
            "RGS|2",
            "AIL|1|A|CS-2^12^^ORMES|C||20261210093000",
            "AIG|1|A|VSL^Transport^L|T||||20261210090000|||60|min||Pending",
        ],
    )
    .expect("read");
    assert_eq!(read.warnings, [""; 0]);
    assert_eq!((read.placer.map(|p| p.id), read.filler.map(|f| f.id)), (Some("P1".into()), Some("F1".into())));
    assert_eq!(read.start.map(|t| t.raw).as_deref(), Some("20261210093000"));
    assert_eq!(read.end.map(|t| t.raw).as_deref(), Some("20261210100000"));
    assert_eq!(read.status.and_then(|s| s.id).as_deref(), Some("Booked"));
    assert_eq!(read.notes, ["à jeun"]);
    let groups: Vec<_> = read.resources.iter().map(|r| r.group.as_deref()).collect();
    assert_eq!(groups, [Some("1"), Some("1"), Some("2"), Some("2")]);
    let starts: Vec<_> = read.resources.iter().map(|r| r.start.as_ref().and_then(|t| t.hour)).collect();
    assert_eq!(starts, [Some(9); 4]);
    let durations: Vec<_> = read.resources.iter().map(|r| r.duration.as_deref()).collect();
    assert_eq!(durations, [Some("20"), Some("30"), None, Some("60")]);
    assert!(matches!(&read.resources[0].kind, ResourceKind::Service(Some(code)) if code.id.as_deref() == Some("ECG")));
    assert!(matches!(&read.resources[1].kind, ResourceKind::Persons(persons, _) if persons.len() == 2));
    assert!(matches!(&read.resources[2].kind, ResourceKind::Places(places, _) if places[0].room.as_deref() == Some("12")));
    assert!(matches!(&read.resources[3].kind, ResourceKind::General(Some(_), Some(_))));
    assert_eq!(read.resources[3].status.as_ref().and_then(|s| s.id.as_deref()), Some("Pending"));
}

#[test]
fn the_time_may_be_in_tq1_and_its_absence_is_told() {
    let read = siu("S13", &["SCH|P1", "TQ1|1||||||20261210093000|20261210100000", PID]).expect("read");
    assert_eq!(read.start.and_then(|t| t.minute), Some(30));
    assert_eq!(read.end.and_then(|t| t.hour), Some(10));
    let read = siu("S15", &["SCH|P1||||||||||^^^demain", PID]).expect("read");
    assert_eq!(
        read.warnings,
        ["SCH-11: the time \"demain\" is not readable and was left out", "SCH-11: the appointment has no time"]
    );
}

#[test]
fn every_event_is_read_and_what_lacks_is_named() {
    for event in ["S12", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S26"] {
        let read = siu(event, &["SCH||F1", PID]).expect(event);
        assert_eq!(read.event.code(), event);
        assert_eq!(siu(event, &["SCH||F1"]).expect_err("no patient").to_string(), "PID is missing or empty");
    }
    for event in ["S23", "S24"] {
        assert_eq!(siu(event, &["SCH||F1"]).expect(event).patient, None);
    }
    assert_eq!(siu("S25", &["SCH||F1", PID]).expect_err("event").code(), "unsupported_event");
    assert_eq!(siu("S12", &[PID]).expect_err("SCH").to_string(), "SCH is missing or empty");
    assert_eq!(siu("S12", &["SCH|||x", PID]).expect_err("number").to_string(), "SCH-1 is missing or empty");
    let mut sent = appointment(SiuEvent::S12);
    sent.patient = None;
    assert_eq!(sent.print(&envelope(Charset::Utf8)).expect_err("no patient").code(), "missing");
    sent.placer = None;
    sent.filler = None;
    assert_eq!(sent.print(&envelope(Charset::Utf8)).expect_err("no number").code(), "missing");
}
