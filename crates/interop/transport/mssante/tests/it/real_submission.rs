//! Submission to the real peer.

use mssante::{LaterReason, Outcome, OutgoingMail, Policy, Stage, Submission, TrustedDomains};

use crate::peer::{Peer, smtp};
use crate::support::{Draft, HOSPITAL, address};

fn only(submission: &Submission) -> &Outcome {
    assert_eq!(submission.recipients.len(), 1);
    &submission.recipients[0].1
}

/// A mail that our own policy would not let leave.
fn unchecked(draft: &Draft) -> OutgoingMail {
    let trusted = TrustedDomains::new(&["*.mssante.fr", "exemple.invalid"]).expect("domains");
    draft.compose_under(&Policy { trusted, max_bytes: usize::MAX }).expect("composed")
}

#[tokio::test]
async fn recipients_are_accepted_or_refused_one_by_one() {
    let Some(peer) = Peer::start() else { return };
    let mut draft = Draft::new("several");
    draft.to = ["inconnu@hopital-test.mssante.fr", HOSPITAL, "x@exemple.invalid"].map(address).to_vec();
    let submission = peer.smtp().submit(&unchecked(&draft)).await;
    let outcomes: Vec<_> = submission.recipients.iter().map(|(_, outcome)| outcome).collect();
    let Outcome::Refused { stage: Stage::Recipient, code, text } = outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!((*code, text.contains("5.1.1")), (550, true), "{text}");
    let Outcome::Accepted { text } = outcomes[1] else { panic!("{outcomes:?}") };
    assert!(text.contains("queued as"), "{text}");
    let Outcome::Refused { stage: Stage::Recipient, code: 554, .. } = outcomes[2] else { panic!("{outcomes:?}") };
    assert!(submission.later().is_empty() && !submission.delivery_report);
}

#[tokio::test]
async fn a_closed_domain_and_a_foreign_sender_are_refused() {
    let Some(peer) = Peer::start() else { return };
    let mut draft = Draft::new("closed");
    draft.to = vec![address("x@exemple.invalid")];
    let submission = peer.smtp().submit(&unchecked(&draft)).await;
    assert!(matches!(only(&submission), Outcome::Refused { stage: Stage::Recipient, code: 554, .. }), "{submission:?}");
    let mut foreign = Draft::new("foreign");
    foreign.from.address = address("x@exemple.invalid");
    let submission = peer.smtp().submit(&unchecked(&foreign)).await;
    assert!(matches!(only(&submission), Outcome::Refused { code: 554, .. }), "{submission:?}");
}

#[tokio::test]
async fn a_message_over_the_limit_is_refused_before_it_is_sent() {
    let Some(peer) = Peer::start() else { return };
    let mut draft = Draft::new("large");
    draft.package = vec![b'x'; 9_000_000];
    let submission = peer.smtp().submit(&unchecked(&draft)).await;
    let Outcome::Refused { stage, code, text } = only(&submission) else { panic!("{submission:?}") };
    assert_eq!((*stage, *code), (Stage::Sender, 552), "{text}");
}

#[tokio::test]
async fn other_certificates_are_refused() {
    let Some(peer) = Peer::start() else { return };
    let mail = Draft::new("intruder").compose();
    for (certificate, words) in [(Some("intruder"), "certificate not trusted"), (None, "No client certificate")] {
        let submission = smtp(peer.tls(certificate)).submit(&mail).await;
        let Outcome::Later { reason: LaterReason::Server, code: Some(421), text } = only(&submission) else {
            panic!("{submission:?}")
        };
        assert!(text.contains(words), "{text}");
    }
    // The server's own certificate is verified too.
    let stranger = mssante::Tls::new(&std::fs::read(peer.path("ca/intruder.pem")).expect("a certificate"), None).expect("TLS");
    let submission = smtp(stranger).submit(&mail).await;
    assert!(matches!(only(&submission), Outcome::Later { reason: LaterReason::Tls, .. }), "{submission:?}");
    let mut misnamed = peer.smtp();
    misnamed.host = "127.0.0.2".to_owned();
    let submission = misnamed.submit(&mail).await;
    assert!(matches!(only(&submission), Outcome::Later { .. }), "{submission:?}");
}

#[tokio::test]
async fn a_stopped_server_is_to_be_tried_later() {
    let Some(peer) = Peer::start() else { return };
    let server = peer.smtp();
    peer.stop();
    let submission = server.submit(&Draft::new("stopped").compose()).await;
    let Outcome::Later { reason: LaterReason::Connection, code: None, .. } = only(&submission) else { panic!("{submission:?}") };
    assert_eq!(submission.later(), [address(HOSPITAL)]);
}
