//! What is written is read again as it was.

use tddui::{
    Contact, ContactRole, Document, Event, EventStatus, Gender, Limits, Organization, Patient, Qualified, Stay, StayStatus,
    TdduiError, Transfer,
};

/// A whole transfer: every kind of resource, with what breaks JSON or XML when it is written by hand.
pub(crate) fn whole() -> Transfer {
    Transfer {
        id: "0192aaaa-bbbb-7ccc-8ddd-000000000000".into(),
        patient: Patient {
            local_id: "3750000018/A1B2".into(),
            ins: Some(Qualified { oid: "1.2.250.1.213.1.4.10".into(), number: "279035121518989".into() }),
            family: "PAT-TROIS".into(),
            given: "DOMINIQUE".into(),
            given_names: "DOMINIQUE MARIE-LOUISE".into(),
            used: Some(("Dupond \"dit\" l'Ancien".into(), "Anna".into())),
            gender: Gender::Female,
            birth_date: "1979-03-28".into(),
            birth_place: Some("51215".into()),
        },
        organization: Organization { finess: "750000018".into(), name: "EHPAD d'essai".into() },
        stays: stays(),
        events: vec![Event {
            id: "3750000018/A1B2-EVN-1".into(),
            label: "Hospitalisation, CH de Val-Brumeux".into(),
            status: EventStatus::Finished,
            start: "2025-05-01T08:00:00+02:00".into(),
            end: "2025-05-04T18:00:00+02:00".into(),
        }],
        contacts: contacts(),
        documents: vec![Document {
            id: "urn:uuid:0192aaaa-bbbb-7ccc-8ddd-0000000000d1".into(),
            title: "Lettre".into(),
            kind: ("11490-0".into(), "Lettre de liaison".into()),
            date: "2025-05-04T10:00:00+02:00".into(),
            author: "Dr Essai".into(),
            media_type: "application/pdf".into(),
            bytes: b"%PDF-1.7 essai".to_vec(),
        }],
    }
}

fn stays() -> Vec<Stay> {
    vec![
        Stay {
            id: "3750000018/A1B2-SEJOUR-1".into(),
            status: StayStatus::Finished,
            class: "IMP".into(),
            start: Some("2024-01-02".into()),
            end: Some("2024-03-01".into()),
            planned_end: None,
            entry: "domicile".into(),
            exit: "retour".into(),
        },
        Stay {
            id: "3750000018/A1B2-SEJOUR-2".into(),
            status: StayStatus::InProgress,
            class: "IMP".into(),
            start: Some("2025-01-10".into()),
            end: None,
            planned_end: Some("2026-12-31".into()),
            entry: String::new(),
            exit: String::new(),
        },
    ]
}

fn contacts() -> Vec<Contact> {
    vec![
        Contact {
            id: "c1".into(),
            role: ContactRole::Trusted,
            link: "fille".into(),
            name: "Élise Martin".into(),
            phone: "0600000000".into(),
            email: "e@exemple.fr".into(),
            address: "1 rue des Lilas, 63000 Ville".into(),
            comment: "pas la nuit".into(),
        },
        Contact {
            id: "c2".into(),
            role: ContactRole::Other,
            link: String::new(),
            name: "Voisin".into(),
            phone: String::new(),
            email: String::new(),
            address: String::new(),
            comment: String::new(),
        },
    ]
}

/// Edge identities: without number, incomplete dates, no birth place, long names.
pub(crate) fn edges() -> Vec<Transfer> {
    let bare = Transfer { stays: Vec::new(), events: Vec::new(), contacts: Vec::new(), documents: Vec::new(), ..whole() };
    let with = |change: &dyn Fn(&mut Patient)| {
        let mut transfer = bare.clone();
        change(&mut transfer.patient);
        transfer
    };
    let mut planned = bare.clone();
    planned.stays = vec![Stay { status: StayStatus::Planned, end: None, ..whole().stays[1].clone() }];
    vec![
        with(&|patient| patient.ins = None),
        with(&|patient| (patient.ins, patient.birth_date) = (None, "1936".into())),
        with(&|patient| (patient.ins, patient.birth_date, patient.gender) = (None, "1936-03".into(), Gender::Unknown)),
        with(&|patient| patient.birth_place = None),
        with(&|patient| {
            patient.ins = Some(Qualified { oid: "1.2.250.1.213.1.4.11".into(), number: "230017511800097".into() });
        }),
        with(&|patient| (patient.birth_place, patient.gender) = (Some("99134".into()), Gender::Male)),
        with(&|patient| patient.family = "ABCDEFGHIJ-KLMNOPQRS'TUVWXYZ ".repeat(4).trim().into()),
        with(&|patient| patient.used = None),
        planned,
    ]
}

#[test]
fn what_is_written_is_read_again() {
    let transfer = whole();
    let read = tddui::read(&tddui::write(&transfer).expect("written"), &Limits::default()).expect("read");
    assert_eq!(read.patient, transfer.patient);
    assert_eq!((read.stays, read.events, read.contacts), (transfer.stays, transfer.events, transfer.contacts));
    assert_eq!((read.documents, read.organizations), (transfer.documents, vec![transfer.organization]));
    assert!(read.defects.is_empty() && read.others.is_empty(), "{:?}", read.defects);
}

#[test]
fn a_number_leaves_only_with_what_its_profile_demands() {
    let text = |transfer: &Transfer| String::from_utf8(tddui::write(transfer).expect("written")).expect("text");
    assert!(text(&whole()).contains("279035121518989"));
    assert!(edges().iter().filter(|one| one.patient.ins.is_none() || one.patient.birth_place.is_none()).all(|one| {
        let written = text(one);
        !written.contains("279035121518989") && written.contains("tddui-birth-order")
    }));
}

#[test]
fn what_the_guide_refuses_is_not_written() {
    let broken: [&dyn Fn(&mut Transfer); 8] = [
        &|one| one.id = "x".into(),
        &|one| one.patient.local_id = "750000018/A".into(),
        &|one| one.patient.birth_date = "28/03/1979".into(),
        &|one| one.patient.family = " ".into(),
        &|one| one.organization.finess = "75".into(),
        &|one| one.stays[0].id = "3750000018/A1B2-SEJ-1".into(),
        &|one| one.events[0].end = String::new(),
        &|one| one.documents[0].bytes.clear(),
    ];
    for change in broken {
        let mut transfer = whole();
        change(&mut transfer);
        assert!(matches!(tddui::write(&transfer), Err(TdduiError::Invalid(_))));
    }
}
