//! Reception from servers with less, or with more than they should have.

use std::time::Duration;

use mssante::{AfterStore, ImapError, ImapServer, Inbox, Limits, Login, ReceiveError, Tally, Wake};

use crate::fake::{Do, Fake, say};
use crate::peer::login;
use crate::real_inbox::Memory;

const GREETING: &str = "* OK hello {3}\r\n";
const MESSAGE: &str = "Message-ID: <m@x>\r\nFrom: a@b.fr\r\n\r\nBody (((((((((( {5}\r\n";

/// The tag of a command, and the command itself.
fn cut(line: &str) -> (&str, &str) {
    line.split_once(' ').unwrap_or((line, ""))
}

/// A server with one message and these capabilities; `special` answers some commands instead.
async fn fake(capabilities: &'static str, mut special: impl FnMut(&str, &str) -> Option<Do> + Send + 'static) -> Option<Fake> {
    let script = move |line: &str| {
        let (tag, command) = cut(line);
        if let Some(answer) = special(tag, command) {
            return answer;
        }
        let before = if command.starts_with("CAPABILITY") {
            format!("* CAPABILITY IMAP4rev1 {capabilities}\r\n")
        } else if command.starts_with("SELECT") {
            "* FLAGS (\\Seen)\r\n* 1 EXISTS\r\n* OK [UIDVALIDITY 42] ok\r\n* OK [UIDNEXT 8] next\r\n".to_owned()
        } else if command.contains("RFC822.SIZE") {
            format!("* 1 FETCH (UID 7 RFC822.SIZE {} FLAGS (\\Recent))\r\n", MESSAGE.len())
        } else if command.contains("BODY.PEEK[]") {
            format!("* 1 FETCH (UID 7 BODY[] {{{}}}\r\n{MESSAGE})\r\n", MESSAGE.len())
        } else {
            String::new()
        };
        say(format!("{before}{tag} OK done\r\n"))
    };
    Fake::start(say(GREETING), script).await
}

fn server(fake: &Fake) -> ImapServer {
    ImapServer {
        host: "localhost".to_owned(),
        port: fake.port,
        tls: fake.tls.clone(),
        timeout: Duration::from_secs(3),
        limits: Limits::default(),
    }
}

async fn open(fake: &Fake) -> Inbox {
    server(fake).open(&login("a@b.mssante.fr")).await.expect("an open mailbox")
}

async fn refusal(fake: &Fake) -> ImapError {
    server(fake).open(&login("a@b.mssante.fr")).await.expect_err("refused")
}

/// What receiving gives when some commands are answered by `special`.
async fn receive(
    capabilities: &'static str,
    after: AfterStore,
    special: impl FnMut(&str, &str) -> Option<Do> + Send + 'static,
) -> Option<(Result<Tally, ImapError>, Memory, Vec<String>)> {
    let fake = fake(capabilities, special).await?;
    let mut inbox = open(&fake).await;
    let mut store = Memory::default();
    let result = match inbox.receive(None, &mut store, &after).await {
        Ok(tally) => Ok(tally),
        Err(ReceiveError::Imap(error)) => Err(error),
        Err(other) => panic!("{other:?}"),
    };
    Some((result, store, fake.lines().iter().map(|line| cut(line).1.to_owned()).collect()))
}

#[tokio::test]
async fn without_extensions_a_message_is_copied_and_marked_but_nothing_else_is_erased() {
    let after = || AfterStore::MoveTo("Done box".to_owned());
    let Some((tally, store, lines)) = receive("", after(), |_, _| None).await else { return };
    assert_eq!(tally.map(|t| (t.stored, t.unsettled)), Ok((1, 0)));
    assert_eq!(store.messages, [MESSAGE.as_bytes()]);
    let end = ["UID COPY 7 \"Done box\"", "UID STORE 7 +FLAGS.SILENT (\\Seen \\Deleted)"];
    assert_eq!(lines[lines.len() - 2..], end);
    let (_, _, lines) = receive("UIDPLUS", after(), |_, _| None).await.expect("a server");
    assert_eq!(lines.last().map(String::as_str), Some("UID EXPUNGE 7"));
    let (_, _, lines) = receive("MOVE UIDPLUS", after(), |_, _| None).await.expect("a server");
    assert_eq!(lines.last().map(String::as_str), Some("UID MOVE 7 \"Done box\""));
    let (_, _, lines) = receive("", AfterStore::MarkSeen, |_, _| None).await.expect("a server");
    assert_eq!(lines.last().map(String::as_str), Some("UID STORE 7 +FLAGS.SILENT (\\Seen)"));
}

#[tokio::test]
async fn a_server_that_refuses_to_move_does_not_stop_the_reception() {
    let refuse = |tag: &str, command: &str| command.starts_with("UID MOVE").then(|| say(format!("{tag} NO over quota\r\n")));
    let Some((tally, store, _)) = receive("MOVE", AfterStore::MoveTo("Done".to_owned()), refuse).await else { return };
    let tally = tally.expect("received");
    assert_eq!((tally.stored, tally.unsettled, tally.refusal.as_deref()), (1, 1, Some("over quota")));
    assert_eq!(store.messages.len(), 1);
}

#[tokio::test]
async fn a_missing_folder_is_created() {
    let mut is_created = false;
    let special = move |tag: &str, command: &str| {
        is_created |= command.starts_with("CREATE");
        (command.starts_with("UID MOVE") && !is_created).then(|| say(format!("{tag} NO [TRYCREATE] no such folder\r\n")))
    };
    let Some((tally, _, lines)) = receive("MOVE", AfterStore::MoveTo("Done".to_owned()), special).await else { return };
    assert_eq!(tally.map(|t| t.unsettled), Ok(0));
    assert_eq!(lines[lines.len() - 3..], ["UID MOVE 7 \"Done\"", "CREATE \"Done\"", "UID MOVE 7 \"Done\""]);
}

#[tokio::test]
async fn a_refused_fetch_is_an_error_and_not_an_empty_mailbox() {
    for what in ["RFC822.SIZE", "BODY.PEEK[]"] {
        for answer in ["NO not now", "BAD what"] {
            let special = move |tag: &str, command: &str| command.contains(what).then(|| say(format!("{tag} {answer}\r\n")));
            let Some((result, store, _)) = receive("", AfterStore::MarkSeen, special).await else { return };
            assert_eq!(result.map_err(|e| e.code()), Err("refused"), "{what} {answer}");
            assert!(store.messages.is_empty() && store.cursor.is_none());
        }
    }
}

#[tokio::test]
async fn messages_that_vanish_or_have_another_number_are_not_mixed_up() {
    let vanished = |tag: &str, command: &str| command.contains("BODY.PEEK[]").then(|| say(format!("{tag} OK gone\r\n")));
    let Some((tally, store, _)) = receive("", AfterStore::MarkSeen, vanished).await else { return };
    assert_eq!(tally.map(|t| (t.stored, t.cursor.map(|c| (c.uid_validity, c.uid)))), Ok((0, Some((42, 7)))));
    assert!(store.messages.is_empty());
    let other = |tag: &str, command: &str| {
        let answer = format!("* 1 FETCH (UID 8 BODY[] {{1}}\r\nx)\r\n{tag} OK done\r\n");
        command.contains("BODY.PEEK[]").then(|| say(answer))
    };
    let (tally, _, _) = receive("", AfterStore::MarkSeen, other).await.expect("a server");
    assert_eq!(tally.map(|t| t.stored), Ok(0));
    let unsolicited = |tag: &str, command: &str| {
        let answer = format!(
            "* X-UNKNOWN (a b)\r\n* 3 EXPUNGE\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 7 BODY[] {{{}}}\r\n{MESSAGE} FLAGS ())\r\n{tag} OK done {{9}}\r\n",
            MESSAGE.len()
        );
        command.contains("BODY.PEEK[]").then(|| say(answer))
    };
    let (tally, store, _) = receive("", AfterStore::MarkSeen, unsolicited).await.expect("a server");
    assert_eq!(tally.map(|t| t.stored), Ok(1));
    assert_eq!(store.messages, [MESSAGE.as_bytes()]);
}

#[tokio::test]
async fn what_is_too_large_or_too_strange_cuts_the_session() {
    let deep = |name: &str| format!("* 1 FETCH (UID 7 {name} {}\r\n", "(".repeat(300_000));
    let answers = [
        (format!("* 1 FETCH (UID 7 BODY[] {{{}}}\r\n", 40 * 1024 * 1024), "protocol"),
        ("* 1 FETCH (UID 7 BODY[] {99999999999999999999999}\r\n".to_owned(), "protocol"),
        (deep("X"), "protocol"),
        (deep("BODYSTRUCTURE"), "protocol"),
        ("g99 OK another command\r\n".to_owned(), "protocol"),
        ("nonsense\r\n".to_owned(), "protocol"),
        // Less than announced, then nothing.
        (format!("* 1 FETCH (UID 7 BODY[] {{{}}}\r\n{}", 20 * 1024 * 1024, "x".repeat(1_000_000)), "timeout"),
    ];
    for (answer, expected) in answers {
        let shown: String = answer.chars().take(60).collect();
        let special = move |_: &str, command: &str| command.contains("BODY.PEEK[]").then(|| say(&answer));
        let Some((result, store, _)) = receive("", AfterStore::MarkSeen, special).await else { return };
        assert_eq!(result.map_err(|e| e.code()), Err(expected), "{shown}");
        assert!(store.messages.is_empty());
    }
    for flood in [b"x".repeat(1_000), b"* 1 EXISTS\r\n".repeat(100)] {
        let special = move |_: &str, command: &str| command.contains("BODY.PEEK[]").then(|| Do::Repeat(flood.clone()));
        let (result, _, _) = receive("", AfterStore::MarkSeen, special).await.expect("a server");
        assert_eq!(result.map_err(|e| e.code()), Err("protocol"));
    }
    for (end, code) in [(Do::Cut, "closed"), (Do::Sleep, "timeout"), (say("* BYE later\r\n"), "closed")] {
        let special = move |_: &str, command: &str| command.contains("BODY.PEEK[]").then(|| end.clone());
        let (result, _, _) = receive("", AfterStore::MarkSeen, special).await.expect("a server");
        assert_eq!(result.map_err(|e| e.code()), Err(code));
    }
}

#[tokio::test]
async fn greetings_and_logins_are_told_apart() {
    let greeted = async |greeting: &'static str| {
        let script = |line: &str| say(format!("* OK [UIDVALIDITY 1] x\r\n{} OK done\r\n", cut(line).0));
        let fake = Fake::start(say(greeting), script).await?;
        let result = server(&fake).open(&login("a@b.mssante.fr")).await.map(|inbox| inbox.uid_validity());
        Some((result, fake.lines()))
    };
    let Some((known, lines)) = greeted("* PREAUTH you are known\r\n").await else { return };
    assert_eq!(known, Ok(1));
    assert!(!lines.iter().any(|line| line.contains("LOGIN")));
    let (closed, _) = greeted("* BYE too many connections\r\n").await.expect("a server");
    assert_eq!(closed, Err(ImapError::Refused { command: "the connection", text: "too many connections".to_owned() }));
    let (odd, _) = greeted("HTTP/1.1 400 Bad Request\r\n").await.expect("a server");
    assert_eq!(odd.map_err(|e| e.code()), Err("protocol"));
    let refuse =
        |tag: &str, command: &str| command.starts_with("LOGIN").then(|| say(format!("{tag} NO [AUTHENTICATIONFAILED] no\r\n")));
    let fake = fake("", refuse).await.expect("a server");
    assert!(matches!(refusal(&fake).await, ImapError::LoginRefused { text } if text.contains("no")));
}

#[tokio::test]
async fn a_folder_without_a_validity_is_refused() {
    let special =
        |tag: &str, command: &str| command.starts_with("SELECT").then(|| say(format!("* 1 EXISTS\r\n{tag} OK done\r\n")));
    let Some(fake) = fake("", special).await else { return };
    assert_eq!(refusal(&fake).await.code(), "protocol");
}

#[tokio::test]
async fn passwords_are_quoted_or_sent_as_literals() {
    let told = async |password: &'static str| {
        let mut literals = 0;
        let script = move |line: &str| {
            if line.ends_with('}') {
                literals += 1;
                return say("+ go\r\n");
            }
            if literals > 0 && !line.starts_with('g') {
                literals = 0;
                return say("g1 OK in\r\n");
            }
            say(format!("* OK [UIDVALIDITY 1] x\r\n{} OK done\r\n", cut(line).0))
        };
        let fake = Fake::start(say(GREETING), script).await?;
        let password = password.to_owned();
        let login = Login::Password { user: "a@b.mssante.fr".to_owned(), password };
        server(&fake).open(&login).await.expect("an open mailbox");
        Some(fake.lines())
    };
    let Some(lines) = told("a\"b\\c").await else { return };
    assert_eq!(lines[0], "g1 LOGIN \"a@b.mssante.fr\" \"a\\\"b\\\\c\"");
    let lines = told("mot de passé").await.expect("a server");
    assert_eq!(lines[..2], ["g1 LOGIN \"a@b.mssante.fr\" {13}".to_owned(), "mot de passé".to_owned()]);
    let fake = fake("", |_, _| None).await.expect("a server");
    let login = Login::Password { user: "a".to_owned(), password: "a\0b".to_owned() };
    assert_eq!(server(&fake).open(&login).await.expect_err("refused").code(), "argument");
}

#[tokio::test]
async fn without_idle_the_server_is_asked_now_and_then() {
    let mut asked = 0;
    let special = move |tag: &str, command: &str| {
        asked += usize::from(command == "NOOP");
        (command == "NOOP" && asked == 3).then(|| say(format!("* 2 EXISTS\r\n{tag} OK done\r\n")))
    };
    let Some(fake) = fake("", special).await else { return };
    let mut inbox = open(&fake).await;
    let short = Duration::from_millis(50);
    assert_eq!(inbox.wait(Duration::from_secs(20), short).await, Ok(Wake::News));
    assert_eq!(fake.lines().iter().filter(|line| line.ends_with("NOOP")).count(), 3);
    assert_eq!(inbox.wait(Duration::from_millis(120), short).await, Ok(Wake::Nothing));
}

#[tokio::test]
async fn idle_ends_with_news_or_with_time_and_leaves_the_session_usable() {
    // The second server is cut short in the middle of a line, which goes on after the wait.
    let script = |news: &'static str, rest: &'static str| {
        let mut tag_of_idle = String::new();
        move |tag: &str, command: &str| match command {
            "IDLE" => {
                tag.clone_into(&mut tag_of_idle);
                Some(say(format!("+ idling\r\n{news}")))
            }
            _ if tag == "DONE" => Some(say(format!("{rest}{tag_of_idle} OK idled\r\n"))),
            _ => None,
        }
    };
    let wait = Duration::from_millis(300);
    let cases = [("* OK still here\r\n* 2 EXISTS\r\n", "", Wake::News), ("* OK still here\r\n* 1 EXI", "STS\r\n", Wake::Nothing)];
    for (news, rest, wake) in cases {
        let Some(fake) = fake("IDLE", script(news, rest)).await else { return };
        let mut inbox = open(&fake).await;
        assert_eq!(inbox.wait(wait, wait).await, Ok(wake), "{news}");
        let mut store = Memory::default();
        assert_eq!(store.receive(&mut inbox, &AfterStore::MarkSeen).await.stored, 1);
    }
}
