//! The official messages (ANS, hl7V2-exemples), when this machine has them.

use std::path::Path;

use hl7v2::{Ack, Adt, Distribution, DocumentMessage, Hl7Error, InsKind, Limits, Message, ParticipantRole, Report, Sex};

use crate::official_expected::{Adt as ExpectedAdt, Document, Expected, MESSAGES, View};
use crate::support::official_folder;

fn each(mut check: impl FnMut(&Path, &Expected, &[u8], &Message)) {
    let Some(folder) = official_folder() else { return };
    for expected in &MESSAGES {
        let bytes = std::fs::read(folder.join(expected.file)).expect(expected.file);
        let message = Message::parse(&bytes, &Limits::default()).expect(expected.file);
        check(&folder, expected, &bytes, &message);
    }
}

#[test]
fn every_official_message_is_in_the_table() {
    let Some(folder) = official_folder() else { return };
    let mut found = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path()) {
            match entry.extension().and_then(|e| e.to_str()) {
                _ if entry.is_dir() => folders.push(entry),
                Some("er7" | "hl7") => found += 1,
                _ => {}
            }
        }
    }
    assert_eq!(found, MESSAGES.len());
}

#[test]
fn headers_and_segments_are_as_published() {
    each(|_, expected, bytes, message| {
        let name = expected.file;
        let msh = message.segment("MSH").expect("MSH");
        assert_eq!([9, 10, 11, 12].map(|n| msh.field(n).raw()), expected.header, "{name}");
        assert_eq!(message.header().charset.as_deref(), Some("UNICODE UTF-8"), "{name}");
        assert_eq!(message.header().country.as_deref(), Some("FRA"), "{name}");
        let names: Vec<&str> = message.segments().map(|segment| segment.name()).collect();
        assert_eq!(names.join(" "), expected.segments, "{name}");
        assert_eq!(message.warnings(), [""; 0], "{name}");
        // Nothing is dropped: the lines of the file are the segments, byte for byte.
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, message.segments().map(|segment| segment.raw()).collect::<Vec<_>>(), "{name}");
        let again = message.to_bytes().expect("printed");
        assert_eq!(again, (lines.join("\r") + "\r").into_bytes(), "{name}");
    });
}

#[test]
fn the_patient_has_its_identifiers_and_traits() {
    each(|_, expected, _, message| {
        let patient = match &expected.view {
            View::Adt(_) => Adt::read(message).expect(expected.file).patient,
            View::Document(_) => DocumentMessage::read(message).expect(expected.file).patient,
            View::Ack(..) => return,
        };
        let name = expected.file;
        let old = name.starts_with("volet-1.2");
        let (kind, family, birth, sex) = if old {
            (InsKind::Nir, "DE VINCI", "2010-08-07", Sex::Male)
        } else {
            (InsKind::Test, "PAT-TROIS", "1979-03-28", Sex::Female)
        };
        assert_eq!(patient.ins().iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [kind], "{name}");
        let ins = patient.identifiers_of("INS").next().expect("INS");
        assert_eq!(ins.since.as_ref().and_then(hl7v2::Timestamp::date_iso).as_deref(), Some("2010-12-07"), "{name}");
        let birth_name = patient.birth_name().expect("name of birth");
        assert_eq!(birth_name.family.as_deref(), Some(family), "{name}");
        assert_eq!(birth_name.given_list.is_some(), !old, "{name}");
        assert_eq!(patient.birth.as_ref().and_then(hl7v2::Timestamp::date_iso).as_deref(), Some(birth), "{name}");
        assert_eq!((patient.sex, patient.is_validated()), (Some(sex), true), "{name}");
        assert_eq!(patient.birth_place_code(), Some("63220"), "{name}");
        assert_eq!(patient.addresses.len(), 2, "{name}");
    });
}

#[test]
fn movements_are_as_published() {
    each(|_, expected, _, message| {
        let View::Adt(told) = &expected.view else { return };
        let adt = Adt::read(message).expect(expected.file);
        assert_eq!(adt.warnings, expected.warnings, "{}", expected.file);
        compare_adt(expected.file, told, &adt);
    });
}

fn compare_adt(name: &str, told: &ExpectedAdt, adt: &Adt) {
    let raw = |time: &Option<hl7v2::Timestamp>| time.as_ref().map(|t| t.raw.clone());
    assert_eq!(raw(&adt.occurred).as_deref(), Some(told.occurred), "{name}");
    assert_eq!(adt.patient.identifiers_of("PI").next().map(|i| i.value.as_str()), Some("000003"), "{name}");
    let visit = adt.visit.as_ref().expect("PV1");
    let numbers = [&adt.patient.account, &visit.number].map(|n| n.as_ref().map(|n| n.value.as_str()));
    assert_eq!(numbers, told.numbers.map(Some), "{name}");
    assert_eq!(visit.class, Some(hl7v2::PatientClass::Inpatient), "{name}");
    let facility = visit.location.as_ref().and_then(|l| l.facility.as_ref()).expect("PV1-3.4");
    assert_eq!(facility.universal_id.as_deref(), Some("000897406"), "{name}");
    let doctor = visit.attending.first().and_then(|d| d.family.as_deref());
    assert_eq!(doctor, told.stay[0], "{name}");
    assert_eq!(raw(&visit.admitted).as_deref(), told.stay[1], "{name}");
    assert_eq!(visit.description.as_deref(), told.stay[2], "{name}");
    let movement = adt.movement.as_ref().expect("ZBE");
    let unit = |unit: &Option<hl7v2::Organization>| unit.as_ref().and_then(|u| u.id.clone());
    let said = [
        Some(movement.ids[0].id.clone()),
        Some(movement.start.raw.clone()),
        raw(&movement.end),
        Some(movement.action.code().to_owned()),
        unit(&movement.medical_unit),
        unit(&movement.care_unit),
    ];
    assert_eq!(said.each_ref().map(Option::as_deref), told.movement, "{name}");
    assert_eq!((movement.historical, movement.nature.as_deref()), (Some(false), Some("HMS")), "{name}");
    let dmp = adt.dmp.as_ref().map(|d| [&d.status, &d.feeding, &d.consulting].map(|v| v.as_deref().unwrap_or("")));
    assert_eq!(dmp, told.dmp, "{name}");
    let more = adt.pmsi.as_ref().zip(adt.complement.as_ref());
    let more = more.map(|(p, c)| [&p.entry, &c.obtained_by].map(|v| v.as_deref().unwrap_or("")));
    assert_eq!(more, told.more, "{name}");
    assert_eq!(adt.complement.as_ref().and_then(|c| c.sms_consent), told.more.map(|_| true), "{name}");
}

#[test]
fn documents_are_as_published() {
    each(|folder, expected, _, message| {
        let View::Document(told) = &expected.view else { return };
        let read = DocumentMessage::read(message).expect(expected.file);
        assert_eq!(read.warnings, expected.warnings, "{}", expected.file);
        assert_eq!(read.action, hl7v2::DocumentAction::New, "{}", expected.file);
        let content = match told.content {
            Ok(file) => std::fs::read_to_string(folder.join(expected.file).with_file_name(file)).expect(file),
            Err(text) => text.to_owned(),
        };
        assert_eq!(read.documents.len(), 1, "{}", expected.file);
        let carried = read.documents[0].file.as_text().expect("UTF-8").replace("\r\n", "\n");
        assert!(carried.trim() == as_carried(&content).trim(), "{}: not the document published", expected.file);
        assert!(read.documents[0].file.is_xml() && !read.documents[0].file.damaged, "{}", expected.file);
        compare_document(expected.file, told, &read);
    });
}

/// The documents published beside their messages are later editions: a mailbox, an identifier and a
/// comment changed.
fn as_carried(published: &str) -> String {
    published
        .replace("mailto:adam.hoda@test-ci-sis.mssante.fr", "mailto:adam.hoda@medecin.mssante.fr")
        .replace("<id root=\"1.2.250.1.213.1.1.12\"/>", "<id root=\"1.2.250.1.213.1.1.9\"/>")
        .replace("<!-- INS-NIR de test : 1.2.250.1.213.1.4.10 -->", "<!-- INS-NIR de test : 1.2.250.1.213.1.4.8 -->")
}

fn compare_document(name: &str, told: &Document, read: &DocumentMessage) {
    assert_eq!(read.patient.ins()[0].1, told.ins, "{name}");
    let account = read.patient.account.as_ref().expect("PID-18");
    let authority = account.authority.as_ref().and_then(|a| a.universal_id.as_deref());
    let class = read.visit.as_ref().and_then(|v| v.class).map(hl7v2::PatientClass::code);
    assert_eq!([Some(account.value.as_str()), authority, class], told.stay.map(Some), "{name}");
    let id = read.id.as_ref();
    let txa = [
        read.code.as_ref().and_then(|code| code.loinc()),
        id.map(|id| id.id.as_str()),
        id.and_then(|id| id.namespace.as_deref()),
        read.completion.as_deref(),
    ];
    assert_eq!(txa, told.txa, "{name}");
    let role = |role: &ParticipantRole| match role {
        ParticipantRole::Sender => "SB",
        ParticipantRole::Recipient => "RCT",
        ParticipantRole::ReplyTo => "REPLY",
        ParticipantRole::Other(_) => "other",
    };
    let participants: Vec<_> = read.participants.iter().map(|p| (role(&p.role), p.mailbox.as_deref().unwrap_or(""))).collect();
    assert_eq!(participants, told.participants, "{name}");
    let answers: String = read.distribution.iter().map(|(_, yes)| if *yes { 'Y' } else { 'N' }).collect();
    assert_eq!(answers, told.distribution, "{name}");
    assert_eq!(read.distribution[0].0, Distribution::HiddenFromProfessionals, "{name}");
    let mail =
        read.mail.as_ref().map(|m| [m.message_id.as_deref().unwrap_or(""), m.subject.as_deref().unwrap_or(""), m.body.as_str()]);
    assert_eq!(mail, told.mail, "{name}");
    assert_eq!(read.text_for_professionals.as_deref(), told.text, "{name}");
    assert_eq!(read.others.len(), told.others, "{name}");
}

#[test]
fn an_oru_is_also_a_report() {
    each(|_, expected, _, message| {
        let View::Document(told) = &expected.view else { return };
        if message.header().kind.code != "ORU" {
            assert_eq!(Report::read(message).expect_err(expected.file).code(), "unsupported_message");
            return;
        }
        let report = Report::read(message).expect(expected.file);
        let order = &report.orders[0];
        assert_eq!(report.orders.len(), 1, "{}", expected.file);
        assert_eq!(order.service.as_ref().and_then(|s| s.loinc()), told.txa[0], "{}", expected.file);
        assert_eq!(order.filler.as_ref().map(|f| f.id.as_str()), Some("1001-E1"), "{}", expected.file);
        assert_eq!(order.observations.len(), message.all("OBX").count(), "{}", expected.file);
        assert!(order.observations[0].file().is_some_and(|file| !file.bytes.is_empty()), "{}", expected.file);
    });
}

#[test]
fn acknowledgments_are_as_published() {
    each(|_, expected, _, message| {
        let View::Ack(code, control) = &expected.view else {
            assert_eq!(Ack::read(message).expect_err(expected.file).code(), "unsupported_message");
            return;
        };
        let ack = Ack::read(message).expect(expected.file);
        assert_eq!((ack.code.code(), ack.control_id.as_str()), (*code, *control), "{}", expected.file);
        assert!(ack.faults.is_empty(), "{}", expected.file);
    });
}

#[test]
fn every_prefix_ends_in_a_message_or_an_error() {
    each(|_, expected, bytes, _| {
        // The long messages are cut at every byte before their document, and here and there after it.
        let (short, late) = (bytes.len() < 4_000, bytes.len().saturating_sub(2_000));
        let cuts = (0..bytes.len()).filter(|at| short || *at < 2_000 || *at > late && at % 41 == 0);
        for at in cuts {
            let prefix = bytes.get(..at).expect("prefix");
            match Message::parse(prefix, &Limits::default()) {
                Ok(message) => read_all(&message),
                Err(error) => assert!(!error.code().is_empty(), "{} cut at {at}", expected.file),
            }
        }
    });
}

fn read_all(message: &Message) {
    let errors: [Option<Hl7Error>; 5] = [
        Adt::read(message).err(),
        Report::read(message).err(),
        DocumentMessage::read(message).err(),
        hl7v2::Appointment::read(message).err(),
        Ack::read(message).err(),
    ];
    for error in errors.iter().flatten() {
        assert!(!error.code().is_empty() && !error.to_string().is_empty());
    }
}
