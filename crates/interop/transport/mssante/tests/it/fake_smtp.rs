//! Submission to servers that refuse, fail, lie or say nothing.

use std::time::Duration;

use mssante::{LaterReason, Outcome, OutgoingMail, Policy, SmtpServer, Stage, Submission};

use crate::fake::{Do, Fake, say};
use crate::support::{Draft, HOSPITAL, address};

const EXTENSIONS: &str = "250-fake\r\n250-SIZE 10485760\r\n250-8BITMIME\r\n250 DSN\r\n";

/// A server whose answers to some commands are `special`, and friendly ones to the others.
async fn server(greeting: Do, mut special: impl FnMut(&str) -> Option<Do> + Send + 'static) -> Option<(SmtpServer, Fake)> {
    let script = move |line: &str| {
        special(line).unwrap_or_else(|| match line.split(' ').next().unwrap_or_default() {
            "EHLO" => say(EXTENSIONS),
            "MAIL" | "RCPT" => say("250 2.1.0 ok\r\n"),
            "DATA" => Do::Take(Box::new(say("250 2.0.0 queued as 7\r\n"))),
            "QUIT" => say("221 bye\r\n"),
            _ => Do::Cut,
        })
    };
    let fake = Fake::start(greeting, script).await?;
    let server = SmtpServer {
        host: "localhost".to_owned(),
        port: fake.port,
        hello: "dui.ehpad-test.mssante.fr".to_owned(),
        tls: fake.tls.clone(),
        command_timeout: Duration::from_secs(3),
        message_timeout: Duration::from_secs(3),
    };
    Some((server, fake))
}

/// The outcome of a submission to one recipient when the command `at` is answered by `answer`.
async fn outcome(at: &'static str, answer: Do) -> Option<Outcome> {
    outcome_of(&Draft::new("a1").compose(), at, answer).await
}

async fn outcome_of(mail: &OutgoingMail, at: &'static str, answer: Do) -> Option<Outcome> {
    let greeting = if at.is_empty() { answer.clone() } else { say("220 fake\r\n") };
    let special = move |line: &str| (!at.is_empty() && line.starts_with(at)).then(|| answer.clone());
    let (server, _fake) = server(greeting, special).await?;
    let Submission { mut recipients, .. } = server.submit(mail).await;
    assert_eq!(recipients.len(), 1);
    recipients.pop().map(|(_, outcome)| outcome)
}

fn later(reason: LaterReason, code: Option<u16>) -> impl Fn(&Outcome) -> bool {
    move |outcome| matches!(outcome, Outcome::Later { reason: r, code: c, .. } if *r == reason && *c == code)
}

fn refused(stage: Stage, code: u16) -> impl Fn(&Outcome) -> bool {
    move |outcome| matches!(outcome, Outcome::Refused { stage: s, code: c, .. } if *s == stage && *c == code)
}

/// A command, the answer to it, and whether an outcome is the expected one.
type Case = (&'static str, &'static str, Box<dyn Fn(&Outcome) -> bool>);

#[tokio::test]
async fn every_reply_has_its_outcome() {
    let server_says = |code| later(LaterReason::Server, Some(code));
    let cases: [Case; 13] = [
        ("", "421 4.3.2 busy\r\n", Box::new(server_says(421))),
        ("", "554 5.3.2 no service\r\n", Box::new(server_says(554))),
        ("EHLO", "550 5.7.1 not you\r\n", Box::new(server_says(550))),
        ("MAIL", "451 4.3.0 try again\r\n", Box::new(server_says(451))),
        ("MAIL", "550 5.7.1 not this sender\r\n", Box::new(refused(Stage::Sender, 550))),
        ("MAIL", "552 5.3.4 too large\r\n", Box::new(refused(Stage::Sender, 552))),
        ("RCPT", "450 4.2.0 greylisted\r\n", Box::new(server_says(450))),
        ("RCPT", "550 5.1.1 unknown\r\n", Box::new(refused(Stage::Recipient, 550))),
        ("RCPT", "421 4.3.2 closing\r\n", Box::new(server_says(421))),
        ("DATA", "451 4.3.0 no room\r\n", Box::new(server_says(451))),
        ("DATA", "554 5.5.1 no\r\n", Box::new(refused(Stage::Content, 554))),
        ("MAIL", "hello?\r\n", Box::new(later(LaterReason::Protocol, None))),
        ("MAIL", "999 what\r\n", Box::new(later(LaterReason::Protocol, None))),
    ];
    for (at, answer, expected) in cases {
        let Some(outcome) = outcome(at, say(answer)).await else { return };
        assert!(expected(&outcome), "{at} {answer}: {outcome:?}");
    }
}

#[tokio::test]
async fn the_words_of_the_server_are_kept() {
    let answer = say("550-5.1.1 unknown\r\n550 5.1.1 see \u{7}our directory\r\n");
    let Some(Outcome::Refused { text, .. }) = outcome("RCPT", answer).await else { return };
    assert!(text.contains("5.1.1 unknown") && text.contains("see  our directory"), "{text:?}");
    let Some(Outcome::Accepted { text }) = outcome("NONE", Do::Cut).await else { panic!("accepted") };
    assert_eq!(text, "2.0.0 queued as 7");
}

#[tokio::test]
async fn the_reply_to_the_message_decides() {
    let after = |answer: Do| Do::Take(Box::new(answer));
    let Some(outcome) = outcome("DATA", after(say("452 4.3.1 no room\r\n"))).await else { return };
    assert!(later(LaterReason::Server, Some(452))(&outcome), "{outcome:?}");
    let refusal = self::outcome("DATA", after(say("550 5.7.1 virus\r\n"))).await.expect("a server");
    assert!(refused(Stage::Content, 550)(&refusal), "{refusal:?}");
}

#[tokio::test]
async fn a_message_sent_whole_and_never_answered_is_unknown() {
    for end in [Do::Cut, Do::Sleep, say("what?\r\n"), say("250")] {
        let Some(outcome) = outcome("DATA", Do::Take(Box::new(end.clone()))).await else { return };
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{end:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_message_that_never_left_whole_is_to_be_tried_later() {
    let mut draft = Draft::new("large");
    draft.package = vec![b'x'; 30_000_000];
    let mail = draft.compose_under(&Policy { max_bytes: usize::MAX, ..Policy::default() }).expect("composed");
    // The server asks for the message and reads nothing of it.
    let then_nothing = say("354 go\r\n");
    let special = move |line: &str| match line {
        "DATA" => Some(then_nothing.clone()),
        _ if line.starts_with("Message-ID") || line.starts_with("Date") => Some(Do::Cut),
        _ => None,
    };
    let Some((server, _fake)) = server(say("220 fake\r\n"), special).await else { return };
    let submission = server.submit(&mail).await;
    assert!(later(LaterReason::Connection, None)(&submission.recipients[0].1), "{submission:?}");
    let special = move |line: &str| match line {
        "DATA" => Some(say("354 go\r\n")),
        _ if line.starts_with("Message-ID") || line.starts_with("Date") => Some(Do::Sleep),
        _ => None,
    };
    let (server, _fake) = self::server(say("220 fake\r\n"), special).await.expect("a server");
    let submission = server.submit(&mail).await;
    assert!(later(LaterReason::Timeout, None)(&submission.recipients[0].1), "{submission:?}");
}

#[tokio::test]
async fn silence_cuts_and_floods_are_survived() {
    let Some(outcome) = outcome("", Do::Sleep).await else { return };
    assert!(later(LaterReason::Timeout, None)(&outcome), "{outcome:?}");
    let silent = self::outcome("RCPT", Do::Sleep).await.expect("a server");
    assert!(later(LaterReason::Timeout, None)(&silent), "{silent:?}");
    for at in ["EHLO", "MAIL", "RCPT", "DATA"] {
        let cut = self::outcome(at, Do::Cut).await.expect("a server");
        assert!(matches!(cut, Outcome::Later { code: None, .. }), "{at}: {cut:?}");
    }
    let endless_line = self::outcome("MAIL", Do::Repeat(b"2".repeat(1_000))).await.expect("a server");
    assert!(later(LaterReason::Connection, None)(&endless_line), "{endless_line:?}");
    let endless_reply = self::outcome("MAIL", Do::Repeat(b"250-x\r\n".to_vec())).await.expect("a server");
    assert!(matches!(endless_reply, Outcome::Later { code: None, .. }), "{endless_reply:?}");
}

#[tokio::test]
async fn only_what_the_server_announces_is_used() {
    let mut draft = Draft::new("a1");
    draft.wants_delivery_report = true;
    let mail = draft.compose();
    let Some((full, told)) = server(say("220 fake\r\n"), |_| None).await else { return };
    assert!(full.submit(&mail).await.delivery_report);
    let size = format!("MAIL FROM:<dui.ehpad@ehpad-test.mssante.fr> SIZE={}", mail.bytes().len());
    assert!(told.lines().contains(&size), "{:?}", told.lines());
    assert!(told.lines().iter().any(|line| line == &format!("RCPT TO:<{HOSPITAL}> NOTIFY=SUCCESS,FAILURE,DELAY")));
    let bare = |line: &str| line.starts_with("EHLO").then(|| say("250 fake\r\n"));
    let (bare, told) = server(say("220 fake\r\n"), bare).await.expect("a server");
    let submission = bare.submit(&mail).await;
    assert!(!submission.delivery_report && matches!(submission.recipients[0].1, Outcome::Accepted { .. }));
    let plain = ["MAIL FROM:<dui.ehpad@ehpad-test.mssante.fr>".to_owned(), format!("RCPT TO:<{HOSPITAL}>")];
    assert!(plain.iter().all(|line| told.lines().contains(line)), "{:?}", told.lines());
}

#[tokio::test]
async fn some_recipients_may_have_to_wait() {
    let mut draft = Draft::new("a1");
    draft.to.push(address("slow@hopital-test.mssante.fr"));
    let mail = draft.compose();
    let slow = |line: &str| line.contains("slow@").then(|| say("450 4.2.0 later\r\n"));
    let Some((server, _fake)) = server(say("220 fake\r\n"), slow).await else { return };
    let submission = server.submit(&mail).await;
    assert!(matches!(submission.recipients[0].1, Outcome::Accepted { .. }));
    assert!(later(LaterReason::Server, Some(450))(&submission.recipients[1].1));
    let rest = mail.only_to(&submission.later()).expect("one is left");
    assert_eq!(rest.recipients(), [address("slow@hopital-test.mssante.fr")]);
}

#[tokio::test]
async fn a_message_is_sent_as_it_was_composed() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let lines = std::sync::Arc::clone(&seen);
    let mut in_message = false;
    let special = move |line: &str| {
        if in_message {
            lines.lock().expect("the lines").push(line.to_owned());
            return Some(if line == "." { say("250 ok\r\n") } else { Do::Say(Vec::new()) });
        }
        in_message = line == "DATA";
        in_message.then(|| say("354 go\r\n"))
    };
    let Some((server, _fake)) = server(say("220 fake\r\n"), special).await else { return };
    let mail = Draft::new("a1").compose();
    assert!(matches!(server.submit(&mail).await.recipients[0].1, Outcome::Accepted { .. }));
    let sent = String::from_utf8(mail.bytes().to_vec()).expect("ASCII");
    let mut expected: Vec<String> =
        sent.lines().map(|l| if l.starts_with('.') { format!(".{l}") } else { l.to_owned() }).collect();
    expected.push(".".to_owned());
    let seen = seen.lock().expect("the lines").clone();
    let trimmed: Vec<_> = expected.iter().map(|line| line.trim_end().to_owned()).collect();
    assert_eq!(seen[..trimmed.len()], trimmed);
}
