//! Receiving: fetched, stored by the caller, and only then settled on the server.

use std::future::Future;

use super::ImapError;
use super::command::Command;
use super::inbox::{Cursor, Inbox, Listed};

/// Messages handled in one call; the next call goes on from the cursor.
const BATCH: usize = 200;

/// A message handed to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received<'m> {
    /// Where the mailbox will have been read up to, once this message is stored: to be stored with it,
    /// in the same transaction.
    pub cursor: Cursor,
    /// The message.
    pub content: Content<'m>,
    /// Whether the caller may have it already: the server renumbered the folder. `Message-ID` or a hash of
    /// the bytes tells.
    pub may_be_known: bool,
}

/// What is given of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content<'m> {
    /// The whole message (RFC 5322 bytes).
    Whole(&'m [u8]),
    /// A message of more bytes than [`crate::Limits::max_bytes`]: it stays in the folder, unseen.
    TooLarge {
        /// Bytes the server announces.
        size: u32,
        /// The start of its header.
        header: &'m [u8],
    },
}

/// Where the caller stores what is received.
pub trait Store {
    /// Why it could not.
    type Error;

    /// Stores a message and its cursor durably: once this returns, the server is told that the message
    /// was seen, and it will not be given again.
    ///
    /// # Errors
    /// Anything that left the message unstored; the reception stops there and the server is told nothing.
    fn store(&mut self, message: Received<'_>) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// What becomes of a message on the server once it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AfterStore {
    /// It is marked `\Seen`.
    MarkSeen,
    /// It is moved to this folder, created if need be.
    MoveTo(String),
}

/// What a call did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// The cursor after it; `None` when the folder was and stays empty.
    pub cursor: Option<Cursor>,
    /// Messages stored.
    pub stored: usize,
    /// Messages an earlier session had stored and not settled, settled now.
    pub settled_late: usize,
    /// Messages stored that the server refused to mark or to move: tried again by the next session.
    pub unsettled: usize,
    /// What the server said to the last of them.
    pub refusal: Option<String>,
    /// Whether there may be more: call again.
    pub has_more: bool,
}

/// Why a reception stopped. What was stored before is stored, with its cursor.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiveError<E> {
    /// The mailbox.
    #[error(transparent)]
    Imap(#[from] ImapError),
    /// The caller's store.
    #[error("a message could not be stored")]
    Store(E),
}

impl Inbox {
    /// Hands every message after `cursor` to `store`, in the order of the mailbox, then settles it on the
    /// server. A crash at any point loses nothing and stores nothing twice: before the message is stored
    /// it is given again, after that the cursor knows it, and the first call of the next session settles
    /// what was left unsettled.
    ///
    /// # Errors
    /// [`ReceiveError`].
    pub async fn receive<S: Store>(
        &mut self,
        cursor: Option<Cursor>,
        store: &mut S,
        after: &AfterStore,
    ) -> Result<Tally, ReceiveError<S::Error>> {
        if let AfterStore::MoveTo(folder) = after {
            Command::new("UID MOVE").folder(folder)?;
        }
        // FETCH shows the folder as the session saw it last: this is where a server says what came since.
        self.refresh().await?;
        let uid_validity = self.uid_validity();
        let known = cursor.filter(|cursor| cursor.uid_validity == uid_validity);
        let may_be_known = cursor.is_some() && known.is_none();
        let mut tally = Tally { cursor: known, ..Tally::default() };
        if let Some(known) = known {
            self.settle_late(known, after, &mut tally).await?;
        }
        self.is_settled = true;
        let from = known.map_or(1, |known| known.uid.saturating_add(1));
        let listed = self.list(from, None, BATCH).await?;
        tally.has_more = listed.len() == BATCH;
        for message in listed {
            let at = Cursor { uid_validity, uid: message.uid };
            if self.one(message, at, may_be_known, store).await? {
                tally.stored += 1;
                if !self.is_too_large(message) {
                    self.settle(message.uid, after, &mut tally).await?;
                }
            }
            tally.cursor = Some(at);
        }
        Ok(tally)
    }

    fn is_too_large(&self, message: Listed) -> bool {
        message.size as usize > self.limits.max_bytes
    }

    /// Whether the message was there and stored.
    async fn one<S: Store>(
        &mut self,
        message: Listed,
        cursor: Cursor,
        may_be_known: bool,
        store: &mut S,
    ) -> Result<bool, ReceiveError<S::Error>> {
        let is_too_large = self.is_too_large(message);
        let fetched = if is_too_large { self.fetch_header(message.uid).await? } else { self.fetch(message.uid).await? };
        // Somebody else erased it in between.
        let Some(bytes) = fetched else { return Ok(false) };
        let content =
            if is_too_large { Content::TooLarge { size: message.size, header: &bytes } } else { Content::Whole(&bytes) };
        store.store(Received { cursor, content, may_be_known }).await.map_err(ReceiveError::Store)?;
        Ok(true)
    }

    /// Marks or moves a stored message; whether it was done. A server that refuses must not stop the
    /// reception: the message is stored.
    async fn settle(&mut self, uid: u32, after: &AfterStore, tally: &mut Tally) -> Result<bool, ImapError> {
        let settled = match after {
            AfterStore::MarkSeen => self.mark_seen(uid).await,
            AfterStore::MoveTo(folder) => self.move_to(uid, folder).await,
        };
        match settled {
            Err(ImapError::Refused { text, .. }) => {
                tally.unsettled += 1;
                tally.refusal = Some(text);
                Ok(false)
            }
            other => other.map(|()| true),
        }
    }

    /// Settles, once in a session, what an earlier one stored and was cut before settling.
    async fn settle_late(&mut self, known: Cursor, after: &AfterStore, tally: &mut Tally) -> Result<(), ImapError> {
        if self.is_settled || known.uid == 0 {
            return Ok(());
        }
        for message in self.list(1, Some(known.uid), usize::MAX).await? {
            let is_open = !matches!(after, AfterStore::MarkSeen) || !message.is_seen;
            if is_open && !self.is_too_large(message) && self.settle(message.uid, after, tally).await? {
                tally.settled_late += 1;
            }
        }
        Ok(())
    }
}
