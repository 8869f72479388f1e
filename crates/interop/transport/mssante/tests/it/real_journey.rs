//! The whole way of a document, and of the answers to it, through the real peer.

use std::time::Duration;

use mssante::{
    Address, AfterStore, Answer, Correspondent, DeliveryAction, Inbox, Integration, IntegrationCode, Mail, MailKind, Outcome,
    OutgoingMail, Policy, Wake, receipt_address,
};
use xdm::{Author, Code, Document, DocumentEntry, Name, Origin, PatientId, PatientInfo, Person, SubmissionSet, Subset, UtcTime};

use crate::peer::Peer;
use crate::real_inbox::Memory;
use crate::support::{Draft, HOME, HOSPITAL, PDF, address, beside, date, id, parse};

/// A package around the official liaison document, or a small one where the examples are absent.
fn subset() -> Subset {
    let example = beside("GRAPPE_INTEROP", "interop").map(|folder| folder.join("cda/examples/DLU-EHPAD-DLU_2022.01.xml"));
    let bytes = example.map_or_else(|| b"<ClinicalDocument/>".to_vec(), |path| std::fs::read(path).expect("an example"));
    let patient = Some(PatientId::ins("279035121518989", "1.2.250.1.213.1.4.10"));
    let person = Some(Person::professional("899900000011", "ESSAI", "Anne"));
    let authors = vec![Author { person: person.clone(), ..Author::default() }];
    let code = |code: &str| Some(Code::new(code, "1.2.3", code));
    let name = Name { family: "PAT-TROIS".to_owned(), given: "DOMINIQUE".to_owned(), ..Name::default() };
    let entry = DocumentEntry {
        entry_uuid: "urn:uuid:00000000-0000-4000-8000-000000000001".to_owned(),
        unique_id: "1.2.250.1.213.1.1.1.22.2022.1.1".to_owned(),
        mime_type: "text/xml".to_owned(),
        title: Some("Document de liaison d'urgence".to_owned()),
        patient_id: patient.clone(),
        source_patient_id: patient.clone(),
        source_patient: PatientInfo { names: vec![name], ..PatientInfo::default() },
        class_code: code("11"),
        type_code: code("74207-2"),
        format_code: code("urn:asip:ci-sis:dlu:2015"),
        confidentiality: code("N").into_iter().collect(),
        facility_type: code("SA17"),
        practice_setting: code("ETABLISSEMENT"),
        authors: authors.clone(),
        legal_authenticator: person,
        creation_time: UtcTime::from_hl7("20200327153500+0100"),
        service_start: UtcTime::from_hl7("20200327153500+0100"),
        language: Some("fr-FR".to_owned()),
        ..DocumentEntry::default()
    };
    let submission = SubmissionSet {
        entry_uuid: "urn:uuid:00000000-0000-4000-8000-000000000002".to_owned(),
        unique_id: "1.2.250.1.999.9.1".to_owned(),
        source_id: "1.2.250.1.999.1".to_owned(),
        patient_id: patient,
        submission_time: UtcTime::parse("20260102030405"),
        content_type: code("43"),
        authors,
        ..SubmissionSet::default()
    };
    Subset { submission, documents: vec![Document { entry, bytes, readable: Some(PDF.to_vec()) }] }
}

fn package(subset: &Subset) -> Vec<u8> {
    let origin = Origin { institution: "EHPAD".to_owned(), contact: "x".to_owned(), software: "y".to_owned() };
    xdm::write(std::slice::from_ref(subset), &origin).expect("a package")
}

async fn accepted(peer: &Peer, mail: &OutgoingMail) -> bool {
    let submission = peer.smtp().submit(mail).await;
    assert!(submission.recipients.iter().all(|(_, o)| matches!(o, Outcome::Accepted { .. })), "{submission:?}");
    submission.delivery_report
}

/// The next message of a mailbox, waited for.
async fn next(inbox: &mut Inbox, store: &mut Memory) -> (Vec<u8>, Mail) {
    let before = store.messages.len();
    for _ in 0..30 {
        store.receive(inbox, &AfterStore::MarkSeen).await;
        if let Some(bytes) = store.messages.get(before) {
            return (bytes.clone(), parse(bytes));
        }
        let wake = inbox.wait(Duration::from_secs(10), Duration::from_secs(1)).await.expect("waited");
        assert!(matches!(wake, Wake::News | Wake::Nothing));
    }
    panic!("no message came");
}

#[tokio::test]
async fn a_liaison_document_arrives_equal_and_its_receipts_come_back() {
    let Some(peer) = Peer::start() else { return };
    let (mut hospital, mut hospital_store) = (peer.open(HOSPITAL).await, Memory::default());
    let (mut home, mut home_store) = (peer.open(HOME).await, Memory::default());
    let subset = subset();
    let mut draft = Draft::new("dlu");
    draft.package = package(&subset);
    accepted(&peer, &draft.compose()).await;
    let (original, mail) = next(&mut hospital, &mut hospital_store).await;
    let MailKind::Documents { packages, readable: Some(pdf) } = &mail.kind else { panic!("{:?}", mail.kind) };
    let received = xdm::read(&mail.attachments[packages[0]].bytes, &xdm::Limits::default()).expect("a package");
    assert_eq!(received.subsets, [subset]);
    assert_eq!(mail.attachments[*pdf].bytes, PDF);
    assert_eq!(mail.return_path.as_deref(), Some(HOME));

    let to = receipt_address(&mail).expect("a receipt is wanted");
    let from = Correspondent::new(address(HOSPITAL));
    let refused = Integration::Refused { code: IntegrationCode::PatientUnknown, label: "Identifiant de patient inconnu" };
    for (left, integration) in [("ok", Integration::Processed), ("ko", refused)] {
        let message_id = id(left);
        let answer = Answer {
            message_id: &message_id,
            date: date(),
            from: &from,
            original: &original,
            mail: &mail,
            integration,
            text: "Texte.",
        };
        accepted(&peer, &answer.receipt(&to, &Policy::default()).expect("composed").mail).await;
        let (_, receipt) = next(&mut home, &mut home_store).await;
        let MailKind::Disposition(report) = &receipt.kind else { panic!("{:?}", receipt.kind) };
        assert_eq!(report.original_message_id.as_deref(), Some("dlu@ehpad-test.mssante.fr"));
        assert_eq!(report.failure.as_ref().and_then(|f| f.code), (left == "ko").then_some(IntegrationCode::PatientUnknown));
        assert_eq!(receipt.return_path.as_deref(), Some(""));
        assert!(receipt_address(&receipt).is_err(), "a receipt is not answered");
    }
}

#[tokio::test]
async fn a_citizen_receives_and_the_operator_says_so() {
    let Some(peer) = Peer::start() else { return };
    let citizen = Address::citizen("279035121518989").expect("a citizen");
    let (mut home, mut home_store) = (peer.open(HOME).await, Memory::default());
    let (mut box_of_citizen, mut store) = (peer.open(citizen.as_str()).await, Memory::default());
    let mut draft = Draft::new("citizen");
    draft.to = vec![citizen];
    (draft.closes_exchange, draft.wants_receipt, draft.wants_delivery_report) = (true, false, true);
    assert!(accepted(&peer, &draft.compose()).await, "the peer offers reports of delivery");
    let (_, mail) = next(&mut box_of_citizen, &mut store).await;
    assert!(mail.closes_exchange && mail.receipt_to.is_empty());
    let (_, report) = next(&mut home, &mut home_store).await;
    let MailKind::Delivery(delivery) = &report.kind else { panic!("{:?}", report.kind) };
    assert_eq!(delivery.original_message_id.as_deref(), Some("citizen@ehpad-test.mssante.fr"));
    assert_eq!(delivery.recipients[0].address, "279035121518989@patient.mssante.fr");
    assert!(matches!(delivery.recipients[0].action, DeliveryAction::Delivered | DeliveryAction::Relayed));
    assert!(!delivery.has_failed());
}

#[tokio::test]
async fn a_message_accepted_then_refused_comes_back_as_a_report() {
    let Some(peer) = Peer::start() else { return };
    // The relay knows a mailbox that the delivery server does not.
    peer.edit("dovecot/dovecot.conf", " allow_all_users=yes", "");
    peer.edit("postfix/boxes", HOSPITAL, &format!("parti@hopital-test.mssante.fr x\n{HOSPITAL}"));
    peer.reload();
    let (mut home, mut store) = (peer.open(HOME).await, Memory::default());
    let mut draft = Draft::new("bounced");
    draft.to = vec![address("parti@hopital-test.mssante.fr")];
    accepted(&peer, &draft.compose()).await;
    let (_, report) = next(&mut home, &mut store).await;
    let MailKind::Delivery(delivery) = &report.kind else { panic!("{:?}", report.kind) };
    assert_eq!(delivery.original_message_id.as_deref(), Some("bounced@ehpad-test.mssante.fr"));
    assert!(delivery.has_failed());
    let recipient = &delivery.recipients[0];
    assert_eq!((recipient.address.as_str(), recipient.status.as_str()), ("parti@hopital-test.mssante.fr", "5.1.1"));
    assert!(recipient.diagnostic.as_deref().is_some_and(|text| text.contains("550")), "{recipient:?}");
}
