//! A mailbox, open on its `INBOX`.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use imap_proto::{AttributeValue, Response};

use super::ImapError;
use super::command::Command;
use super::session::{Session, accepted};
use crate::limits::Limits;

/// Longest wait in one IDLE: servers close after 30 minutes (RFC 2177).
const MAX_IDLE: Duration = Duration::from_mins(28);
/// Bytes of the header of a message too large to be fetched.
const HEADER_BYTES: u32 = 64 * 1024;

/// Up to where a mailbox was read: every message of this validity with this number or a lower one was
/// stored. Numbers mean nothing under another validity (RFC 3501 2.3.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// `UIDVALIDITY` of the folder.
    pub uid_validity: u32,
    /// Highest `UID` stored.
    pub uid: u32,
}

/// Why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wake {
    /// There may be new messages.
    News,
    /// The time is over.
    Nothing,
}

/// A message of the folder, not fetched yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    pub(crate) uid: u32,
    pub(crate) size: u32,
    pub(crate) is_seen: bool,
}

/// An open mailbox, its `INBOX` selected.
pub struct Inbox {
    pub(crate) session: Session,
    pub(crate) limits: Limits,
    pub(crate) uid_validity: u32,
    /// Whether what an earlier session stored and did not settle was looked for.
    pub(crate) is_settled: bool,
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("uid_validity", &self.uid_validity).finish_non_exhaustive()
    }
}

impl Inbox {
    /// `UIDVALIDITY` of the folder.
    pub fn uid_validity(&self) -> u32 {
        self.uid_validity
    }

    /// Waits for new messages, for at most `at_most`: with IDLE when the server has it, else by asking
    /// every `poll`. Run [`Inbox::receive`] before: messages already there wake nobody.
    ///
    /// # Errors
    /// [`ImapError`]; the connection is then to be opened again.
    pub async fn wait(&mut self, at_most: Duration, poll: Duration) -> Result<Wake, ImapError> {
        let has_news = if std::mem::take(&mut self.session.state.has_news) {
            true
        } else if self.session.state.can("IDLE") {
            self.session.idle(at_most.min(MAX_IDLE)).await?
        } else {
            self.poll(at_most, poll).await?
        };
        Ok(if has_news { Wake::News } else { Wake::Nothing })
    }

    async fn poll(&mut self, at_most: Duration, poll: Duration) -> Result<bool, ImapError> {
        let mut left = at_most;
        loop {
            let pause = poll.clamp(Duration::from_millis(10), left.max(Duration::from_millis(10)));
            tokio::time::sleep(pause).await;
            left = left.saturating_sub(pause);
            self.session.run(Command::new("NOOP")).await?;
            if std::mem::take(&mut self.session.state.has_news) {
                return Ok(true);
            }
            if left.is_zero() {
                return Ok(false);
            }
        }
    }

    /// Lets the server show what came since the last command.
    pub(crate) async fn refresh(&mut self) -> Result<(), ImapError> {
        self.session.run(Command::new("NOOP")).await?;
        self.session.state.has_news = false;
        Ok(())
    }

    /// Closes the connection politely.
    pub async fn close(mut self) {
        // The answer is a goodbye, which the session takes for a cut: it is one.
        let _ = self.session.run(Command::new("LOGOUT")).await;
    }

    /// The messages numbered `from` to `to` (to the last one when `None`), the lowest numbers first, at
    /// most `limit`.
    pub(crate) async fn list(&mut self, from: u32, to: Option<u32>, limit: usize) -> Result<Vec<Listed>, ImapError> {
        let range = to.map_or_else(|| format!("{from}:*"), |to| format!("{from}:{to}"));
        let command = Command::new("UID FETCH").words(&range).words("(UID RFC822.SIZE FLAGS)");
        let mut found: BTreeMap<u32, Listed> = BTreeMap::new();
        let ending = self
            .session
            .run_with(command, 0, |response| {
                // `n:*` gives the last message even when its number is lower than n.
                if let Some(listed) = listed(response)
                    && listed.uid >= from
                    && to.is_none_or(|to| listed.uid <= to)
                {
                    found.insert(listed.uid, listed);
                    if found.len() > limit {
                        found.pop_last();
                    }
                }
                Ok(())
            })
            .await?;
        accepted("UID FETCH", &ending)?;
        Ok(found.into_values().collect())
    }

    /// The bytes of a message; `None` when it is not there any more. It does not become `\Seen`.
    pub(crate) async fn fetch(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapError> {
        self.fetch_section(uid, "(UID BODY.PEEK[])", self.limits.max_bytes).await
    }

    /// The start of the header of a message that is too large.
    pub(crate) async fn fetch_header(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapError> {
        let section = format!("(UID BODY.PEEK[HEADER]<0.{HEADER_BYTES}>)");
        self.fetch_section(uid, &section, HEADER_BYTES as usize).await
    }

    async fn fetch_section(&mut self, uid: u32, section: &str, max: usize) -> Result<Option<Vec<u8>>, ImapError> {
        let command = Command::new("UID FETCH").words(&uid.to_string()).words(section);
        let mut found = None;
        let ending = self
            .session
            .run_with(command, max, |response| {
                let Response::Fetch(_, attributes) = response else { return Ok(()) };
                let is_it = attributes.iter().any(|a| matches!(a, AttributeValue::Uid(other) if *other == uid));
                let data = attributes.iter().find_map(|a| match a {
                    AttributeValue::BodySection { data, .. } => data.as_deref(),
                    _ => None,
                });
                if let Some(data) = data.filter(|_| is_it) {
                    if data.len() > max {
                        return Err(ImapError::protocol("a message larger than announced"));
                    }
                    found = Some(data.to_vec());
                }
                Ok(())
            })
            .await?;
        accepted("UID FETCH", &ending)?;
        Ok(found)
    }

    pub(crate) async fn mark_seen(&mut self, uid: u32) -> Result<(), ImapError> {
        let command = Command::new("UID STORE").words(&uid.to_string()).words("+FLAGS.SILENT (\\Seen)");
        self.session.run(command).await
    }

    /// Moves a message, creating the folder when the server says that it is missing.
    pub(crate) async fn move_to(&mut self, uid: u32, folder: &str) -> Result<(), ImapError> {
        let has_move = self.session.state.can("MOVE");
        let name = if has_move { "UID MOVE" } else { "UID COPY" };
        let command = || Command::new(name).words(&uid.to_string()).folder(folder);
        let mut ending = self.session.run_with(command()?, 0, |_| Ok(())).await?;
        if !ending.is_ok && ending.try_create {
            self.session.run(Command::new("CREATE").folder(folder)?).await?;
            ending = self.session.run_with(command()?, 0, |_| Ok(())).await?;
        }
        accepted(name, &ending)?;
        if has_move {
            return Ok(());
        }
        let delete = Command::new("UID STORE").words(&uid.to_string()).words("+FLAGS.SILENT (\\Seen \\Deleted)");
        self.session.run(delete).await?;
        // Without UIDPLUS, EXPUNGE would also erase what somebody else marked: the mark is left alone.
        if self.session.state.can("UIDPLUS") {
            self.session.run(Command::new("UID EXPUNGE").words(&uid.to_string())).await?;
        }
        Ok(())
    }
}

fn listed(response: &Response<'_>) -> Option<Listed> {
    let Response::Fetch(_, attributes) = response else { return None };
    let (mut uid, mut size, mut is_seen, mut is_deleted) = (None, None, false, false);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(value) => uid = Some(*value),
            AttributeValue::Rfc822Size(value) => size = Some(*value),
            AttributeValue::Flags(flags) => {
                is_seen = flags.iter().any(|flag| flag.eq_ignore_ascii_case("\\Seen"));
                is_deleted = flags.iter().any(|flag| flag.eq_ignore_ascii_case("\\Deleted"));
            }
            _ => {}
        }
    }
    if is_deleted {
        return None;
    }
    Some(Listed { uid: uid?, size: size?, is_seen })
}
