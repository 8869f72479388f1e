//! Reception from the real peer.

use std::time::{Duration, Instant};

use mssante::{
    AfterStore, Content, Cursor, ImapError, Inbox, Limits, Login, Outcome, ReceiveError, Received, Store, Tally, Wake,
};

use crate::peer::{Peer, imap, login};
use crate::support::{Draft, HOSPITAL, parse};

/// A store in memory, which can be told to fail.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) messages: Vec<Vec<u8>>,
    pub(crate) too_large: Vec<(u32, Vec<u8>)>,
    pub(crate) known: usize,
    pub(crate) cursor: Option<Cursor>,
    /// How many messages it takes before it fails.
    pub(crate) room: Option<usize>,
}

impl Store for Memory {
    type Error = &'static str;

    async fn store(&mut self, message: Received<'_>) -> Result<(), Self::Error> {
        if self.room == Some(self.messages.len()) {
            return Err("full");
        }
        match message.content {
            Content::Whole(bytes) => self.messages.push(bytes.to_vec()),
            Content::TooLarge { size, header } => self.too_large.push((size, header.to_vec())),
            other => panic!("{other:?}"),
        }
        self.known += usize::from(message.may_be_known);
        self.cursor = Some(message.cursor);
        Ok(())
    }
}

impl Memory {
    fn ids(&self) -> Vec<String> {
        self.messages.iter().filter_map(|bytes| parse(bytes).message_id).collect()
    }

    pub(crate) async fn receive(&mut self, inbox: &mut Inbox, after: &AfterStore) -> Tally {
        let cursor = self.cursor;
        inbox.receive(cursor, self, after).await.expect("received")
    }
}

/// Messages in a folder of a mailbox of the peer.
fn count(peer: &Peer, folder: &str) -> usize {
    let both = ["new", "cur"].map(|name| peer.path(&format!("mail/{HOSPITAL}/{folder}{name}")));
    both.iter().filter_map(|path| std::fs::read_dir(path).ok()).map(Iterator::count).sum()
}

/// Sends drafts to the hospital one after the other: its folder has `before` messages already.
async fn deliver(peer: &Peer, drafts: &[&Draft], before: usize) {
    let start = Instant::now();
    for (sent, draft) in drafts.iter().enumerate() {
        let submission = peer.smtp().submit(&draft.compose()).await;
        assert!(matches!(submission.recipients[0].1, Outcome::Accepted { .. }), "{submission:?}");
        while count(peer, "") <= before + sent {
            assert!(start.elapsed() < Duration::from_mins(2), "{} messages came", count(peer, ""));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn ids(lefts: &[&str]) -> Vec<String> {
    lefts.iter().map(|left| format!("{left}@ehpad-test.mssante.fr")).collect()
}

#[tokio::test]
async fn messages_are_given_once_in_order_and_settled_after_they_are_stored() {
    let Some(peer) = Peer::start() else { return };
    let drafts = ["m1", "m2", "m3"].map(Draft::new);
    deliver(&peer, &drafts.each_ref(), 0).await;
    let mut store = Memory { room: Some(2), ..Memory::default() };
    let mut inbox = peer.open(HOSPITAL).await;
    let stopped = inbox.receive(None, &mut store, &AfterStore::MarkSeen).await;
    assert!(matches!(stopped, Err(ReceiveError::Store("full"))), "{stopped:?}");
    assert_eq!(store.ids(), ids(&["m1", "m2"]));
    store.room = None;
    let tally = store.receive(&mut inbox, &AfterStore::MarkSeen).await;
    assert_eq!((tally.stored, tally.settled_late, tally.has_more), (1, 0, false));
    assert_eq!(tally.cursor, store.cursor);
    assert_eq!(store.ids(), ids(&["m1", "m2", "m3"]));
    assert_eq!(store.receive(&mut inbox, &AfterStore::MarkSeen).await.stored, 0);
    inbox.close().await;
    let mut again = peer.open(HOSPITAL).await;
    assert_eq!(store.receive(&mut again, &AfterStore::MarkSeen).await.stored, 0);
    let sent = drafts.each_ref().map(|draft| draft.compose().bytes().to_vec());
    for (received, sent) in store.messages.iter().zip(&sent) {
        assert!(received.ends_with(sent), "the message is what was sent, below the headers of the servers");
    }
}

/// A store that never comes back from its second message, which it has stored.
struct Dying<'m>(&'m mut Memory);

impl Store for Dying<'_> {
    type Error = &'static str;
    async fn store(&mut self, message: Received<'_>) -> Result<(), Self::Error> {
        let is_second = !self.0.messages.is_empty();
        self.0.store(message).await?;
        if is_second {
            std::future::pending::<()>().await;
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_crash_between_storing_and_settling_is_made_good() {
    let Some(peer) = Peer::start() else { return };
    let drafts = ["m1", "m2"].map(Draft::new);
    deliver(&peer, &drafts.each_ref(), 0).await;
    // The first session dies before it can settle: its future is dropped inside the second store.
    let mut store = Memory::default();
    let mut inbox = peer.open(HOSPITAL).await;
    let mut dying = Dying(&mut store);
    let receiving = inbox.receive(None, &mut dying, &AfterStore::MarkSeen);
    assert!(tokio::time::timeout(Duration::from_secs(5), receiving).await.is_err());
    drop(inbox);
    assert_eq!(store.messages.len(), 2);
    let mut inbox = peer.open(HOSPITAL).await;
    let tally = store.receive(&mut inbox, &AfterStore::MarkSeen).await;
    assert_eq!((tally.stored, tally.settled_late), (0, 1));
    assert_eq!(store.ids(), ids(&["m1", "m2"]));
    let mut inbox = peer.open(HOSPITAL).await;
    assert_eq!(store.receive(&mut inbox, &AfterStore::MarkSeen).await.settled_late, 0);
}

#[tokio::test]
async fn messages_can_be_moved_to_a_folder_that_is_created() {
    let Some(peer) = Peer::start() else { return };
    deliver(&peer, &[&Draft::new("m1")], 0).await;
    let mut store = Memory::default();
    let mut inbox = peer.open(HOSPITAL).await;
    let after = AfterStore::MoveTo("Traites".to_owned());
    assert_eq!(store.receive(&mut inbox, &after).await.stored, 1);
    assert_eq!((count(&peer, ""), count(&peer, ".Traites/")), (0, 1));
    deliver(&peer, &[&Draft::new("m2")], 0).await;
    assert_eq!(store.receive(&mut inbox, &after).await.stored, 1);
    assert_eq!(store.ids(), ids(&["m1", "m2"]));
    let refused = inbox.receive(store.cursor, &mut Memory::default(), &AfterStore::MoveTo("Traités".to_owned())).await;
    assert!(matches!(refused, Err(ReceiveError::Imap(ImapError::Argument { .. }))), "{refused:?}");
}

#[tokio::test]
async fn a_renumbered_folder_is_read_again_and_said_to_be() {
    let Some(peer) = Peer::start() else { return };
    deliver(&peer, &[&Draft::new("m1")], 0).await;
    let mut store = Memory::default();
    let mut inbox = peer.open(HOSPITAL).await;
    store.receive(&mut inbox, &AfterStore::MarkSeen).await;
    assert_eq!((store.messages.len(), store.known), (1, 0));
    let old = store.cursor.expect("a cursor");
    assert_eq!(old.uid_validity, inbox.uid_validity());
    store.cursor = Some(Cursor { uid_validity: old.uid_validity.wrapping_add(1), uid: 4_000_000_000 });
    let tally = store.receive(&mut inbox, &AfterStore::MarkSeen).await;
    assert_eq!((tally.stored, store.messages.len(), store.known), (1, 2, 1));
    assert_eq!(store.cursor, Some(old));
}

#[tokio::test]
async fn a_message_too_large_is_announced_and_left_there() {
    let Some(peer) = Peer::start() else { return };
    let mut large = Draft::new("large");
    large.package = vec![b'x'; 200_000];
    deliver(&peer, &[&large, &Draft::new("small")], 0).await;
    let mut server = peer.imap();
    server.limits = Limits { max_bytes: 100_000, ..Limits::default() };
    let mut store = Memory::default();
    let after = AfterStore::MoveTo("Traites".to_owned());
    for _ in 0..2 {
        let mut inbox = server.open(&login(HOSPITAL)).await.expect("an open mailbox");
        store.receive(&mut inbox, &after).await;
    }
    assert_eq!(store.ids(), ids(&["small"]));
    assert_eq!(store.too_large.len(), 1);
    assert!(store.too_large[0].0 > 200_000);
    assert_eq!(parse(&store.too_large[0].1).message_id.as_deref(), Some("large@ehpad-test.mssante.fr"));
    assert_eq!((count(&peer, ""), count(&peer, ".Traites/")), (1, 1));
}

#[tokio::test]
async fn a_new_message_wakes_who_waits() {
    let Some(peer) = Peer::start() else { return };
    let mut store = Memory::default();
    let mut inbox = peer.open(HOSPITAL).await;
    assert_eq!(store.receive(&mut inbox, &AfterStore::MarkSeen).await, Tally::default());
    let nothing = inbox.wait(Duration::from_millis(600), Duration::from_secs(1)).await;
    assert_eq!(nothing.expect("waited"), Wake::Nothing);
    let start = Instant::now();
    let draft = Draft::new("m1");
    let drafts = [&draft];
    let minute = Duration::from_mins(1);
    let (woken, ()) = tokio::join!(inbox.wait(minute, minute), deliver(&peer, &drafts, 0));
    assert_eq!(woken.expect("waited"), Wake::News);
    assert!(start.elapsed() < Duration::from_secs(30), "IDLE, not the poll, woke us");
    assert_eq!(store.receive(&mut inbox, &AfterStore::MarkSeen).await.stored, 1);
    assert_eq!(store.ids(), ids(&["m1"]));
}

#[tokio::test]
async fn wrong_logins_and_certificates_are_refused() {
    let Some(peer) = Peer::start() else { return };
    let wrong = Login::Password { user: HOSPITAL.to_owned(), password: "\"\\ é wrong".to_owned() };
    let error = peer.imap().open(&wrong).await.expect_err("refused");
    assert!(matches!(error, ImapError::LoginRefused { .. }), "{error:?}");
    let external = peer.imap().open(&Login::Certificate { user: None }).await.expect_err("refused");
    assert!(matches!(external, ImapError::LoginRefused { .. }), "{external:?}");
    for certificate in [Some("intruder"), None] {
        let error = imap(peer.tls(certificate)).open(&login(HOSPITAL)).await.expect_err("refused");
        assert!(matches!(error.code(), "tls" | "login_refused"), "{certificate:?}: {error:?}");
    }
    let server = peer.imap();
    peer.stop();
    assert_eq!(server.open(&login(HOSPITAL)).await.expect_err("stopped").code(), "unreachable");
}

#[tokio::test]
async fn a_certificate_can_open_the_mailbox_alone() {
    let Some(peer) = Peer::start() else { return };
    peer.edit(
        "dovecot/dovecot.conf",
        "auth_mechanisms = plain",
        "auth_mechanisms = plain external\nauth_ssl_username_from_cert = yes\nssl_cert_username_field = commonName",
    );
    // The peer names its certificate after the domain of the home.
    peer.edit(
        "dovecot/users",
        "dui.ehpad@ehpad-test.mssante.fr:{PLAIN}secret",
        "dui.ehpad-test.mssante.fr:{PLAIN}::::::nopassword",
    );
    peer.reload();
    let inbox = peer.imap().open(&Login::Certificate { user: None }).await.expect("an open mailbox");
    assert!(inbox.uid_validity() > 0);
    inbox.close().await;
}
