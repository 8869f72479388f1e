//! Reports of delivery and of disposition.

use mssante::{DeliveryAction, DispositionType, IntegrationCode, MailKind, SubjectKind};

use crate::support::parse;

fn crlf(text: &str) -> Vec<u8> {
    text.trim_start().replace('\n', "\r\n").into_bytes()
}

const DELIVERY: &str = "
Return-Path: <>
From: MAILER-DAEMON@relais.mssante.fr
To: dui.ehpad@ehpad-test.mssante.fr
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=\"R\"

--R
Content-Type: text/plain; charset=us-ascii

It could not be delivered.
--R
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.mssante.fr
Original-Envelope-Id: env-7
Arrival-Date: Fri, 2 Jan 2026 04:04:05 +0100

Final-Recipient: rfc822; inconnu@hopital-test.mssante.fr
Original-Recipient: rfc822;ancien@hopital-test.mssante.fr
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.hopital-test.mssante.fr
Diagnostic-Code: smtp; 550 5.1.1
    <inconnu@hopital-test.mssante.fr>: unknown

Final-Recipient: rfc822; lent@hopital-test.mssante.fr
Action: Delayed
Status: 4.4.1

Final-Recipient: rfc822; present@hopital-test.mssante.fr
Action: relayed
Status: 2.0.0
--R
Content-Type: text/rfc822-headers

Message-ID: <a1@ehpad-test.mssante.fr>
Subject: XDM/1.0/DDM+x
--R--
";

#[test]
fn a_delivery_report_tells_what_became_of_each_recipient() {
    let mail = parse(crlf(DELIVERY));
    let MailKind::Delivery(report) = &mail.kind else { panic!("{:?}", mail.kind) };
    assert_eq!(report.original_message_id.as_deref(), Some("a1@ehpad-test.mssante.fr"));
    assert_eq!((report.envelope_id.as_deref(), report.reporting_server.as_deref()), (Some("env-7"), Some("relais.mssante.fr")));
    let actions: Vec<_> = report.recipients.iter().map(|r| (r.address.as_str(), r.action, r.status.as_str())).collect();
    assert_eq!(
        actions,
        [
            ("inconnu@hopital-test.mssante.fr", DeliveryAction::Failed, "5.1.1"),
            ("lent@hopital-test.mssante.fr", DeliveryAction::Delayed, "4.4.1"),
            ("present@hopital-test.mssante.fr", DeliveryAction::Relayed, "2.0.0"),
        ]
    );
    let first = &report.recipients[0];
    assert_eq!(first.original_address.as_deref(), Some("ancien@hopital-test.mssante.fr"));
    assert_eq!(first.diagnostic.as_deref(), Some("smtp; 550 5.1.1 <inconnu@hopital-test.mssante.fr>: unknown"));
    assert_eq!(first.remote.as_deref(), Some("mx.hopital-test.mssante.fr"));
    assert!(report.has_failed() && mail.is_automatic && mail.return_path.as_deref() == Some(""));
    assert_eq!(mail.text.as_deref(), Some("It could not be delivered."));
    assert_eq!(mail.attachments.len(), 2);
}

#[test]
fn the_original_may_be_returned_whole() {
    let whole = DELIVERY.replace("text/rfc822-headers", "message/rfc822");
    let MailKind::Delivery(report) = parse(crlf(&whole)).kind else { panic!("a report") };
    assert_eq!(report.original_message_id.as_deref(), Some("a1@ehpad-test.mssante.fr"));
}

#[test]
fn recipients_of_a_report_are_counted() {
    let one = "Final-Recipient: rfc822; lent@hopital-test.mssante.fr\n";
    let many = format!("{one}Action: failed\n\n").repeat(2_000);
    let mail = parse(crlf(&DELIVERY.replace(one, &format!("{many}{one}"))));
    let MailKind::Delivery(report) = &mail.kind else { panic!("{:?}", mail.kind) };
    assert_eq!(report.recipients.len(), 500);
    assert_eq!(mail.warnings, ["the report names more recipients than accepted"]);
}

fn disposition(field: &str) -> mssante::DispositionReport {
    let text = format!(
        "
From: medecin@hopital-test.mssante.fr
Subject: x
Content-Type: multipart/report; report-type=disposition-notification; boundary=R

--R

Texte
--R
Content-Type: message/disposition-notification

Reporting-UA: x; y
Original-Recipient: rfc822;service@hopital-test.mssante.fr
Final-Recipient: rfc822; medecin@hopital-test.mssante.fr
Original-Message-ID: <a1@ehpad-test.mssante.fr>
{field}
--R
Content-Type: message/rfc822

Message-ID: <a1@ehpad-test.mssante.fr>

x
--R--
"
    );
    match parse(crlf(&text)).kind {
        MailKind::Disposition(report) => report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_disposition_says_what_was_done() {
    let report = disposition("Disposition: automatic-action/MDN-sent-automatically; processed");
    assert_eq!(report.original_message_id.as_deref(), Some("a1@ehpad-test.mssante.fr"));
    assert_eq!(report.recipient.as_deref(), Some("medecin@hopital-test.mssante.fr"));
    assert_eq!(report.original_recipient.as_deref(), Some("service@hopital-test.mssante.fr"));
    assert!(report.is_automatic && report.failure.is_none());
    assert_eq!(report.disposition, DispositionType::Processed);
    let manual = disposition("Disposition: manual-action/MDN-sent-manually; Displayed");
    assert!(!manual.is_automatic && manual.disposition == DispositionType::Displayed);
    assert_eq!(disposition("Disposition: manual-action/MDN-sent-manually; deleted").disposition, DispositionType::Deleted);
    assert_eq!(disposition("Disposition: x").disposition, DispositionType::Unknown);
    assert_eq!(disposition("X: y").disposition, DispositionType::Unknown);
}

#[test]
fn a_refusal_is_read_in_every_form_met() {
    let guide = "Disposition:automatic-action/MDN-sent-automatically; processed/Error: 902^Identifiant de patient inconnu^messageErrorCondition| E^Error^errorSeverity";
    let failure = disposition(guide).failure.expect("a refusal");
    assert_eq!(failure.code, Some(IntegrationCode::PatientUnknown));
    assert!(failure.text.starts_with("902^Identifiant de patient inconnu^"));
    let folded = "Disposition: automatic-action/MDN-sent-automatically;\n processed/error:\n 905^Traits";
    assert_eq!(disposition(folded).failure.and_then(|f| f.code), Some(IntegrationCode::InsTraitsIncomplete));
    let rfc = "Disposition: automatic-action/MDN-sent-automatically; processed/error\nError: 903 no INS";
    assert_eq!(disposition(rfc).failure.and_then(|f| f.code), Some(IntegrationCode::NoIns));
    let other = "Disposition: automatic-action/MDN-sent-automatically; processed/error: disque plein";
    let failure = disposition(other).failure.expect("a refusal");
    assert_eq!((failure.code, failure.text.as_str()), (None, "disque plein"));
    assert_eq!(disposition("Disposition: a/b; processed/warning").failure, None);
}

#[test]
fn an_ordinary_mail_may_tell_a_refusal() {
    let text = "
From: medecin@hopital-test.mssante.fr
Subject: =?utf-8?Q?[Erreur_d=E2=80=99int=C3=A9gration_!][904]_XDM/1.0/DDM+x?=
Content-Type: multipart/mixed; boundary=R

--R

Texte
--R
Content-Type: application/zip; name=IHE_XDM.zip

PK
--R--
";
    let mail = parse(crlf(text));
    assert_eq!(mail.kind, MailKind::Refusal);
    let expected = SubjectKind::Refusal { code: Some(IntegrationCode::InsDiffers), about: "XDM/1.0/DDM+x".to_owned() };
    assert_eq!(mail.subject_kind, expected);
}
