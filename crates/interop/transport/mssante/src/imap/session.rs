//! A conversation with an IMAP server: commands, and the answers up to the one that ends them.

use std::time::Duration;

use imap_proto::{Capability, MailboxDatum, Response, ResponseCode, Status};

use super::ImapError;
use super::command::Command;
use super::wire::Wire;
use crate::net::{NetError, Stream};

/// Answers of the server to one command.
const MAX_ANSWERS: usize = 1_000_000;

/// How many times the silence a server is allowed one whole answer may last: a large message takes long.
const SLOWNESS: u32 = 20;

/// What the server said last of the selected folder, and what it can do.
#[derive(Debug, Default, Clone)]
pub(crate) struct State {
    pub(crate) capabilities: Vec<String>,
    pub(crate) uid_validity: Option<u32>,
    pub(crate) exists: u32,
    /// Whether a number of messages was announced since it was last looked at.
    pub(crate) has_news: bool,
}

impl State {
    pub(crate) fn can(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|one| one == capability)
    }

    /// Notes what an answer says about the session, whatever the command.
    fn note(&mut self, response: &Response<'_>) {
        match response {
            Response::Capabilities(list) => self.set_capabilities(list),
            Response::MailboxData(MailboxDatum::Exists(count)) => {
                self.has_news |= *count > self.exists;
                self.exists = *count;
            }
            Response::Expunge(_) => self.exists = self.exists.saturating_sub(1),
            Response::Data { outcome, .. } | Response::Done { outcome, .. } => match &outcome.code {
                Some(ResponseCode::Capabilities(list)) => self.set_capabilities(list),
                Some(ResponseCode::UidValidity(value)) => self.uid_validity = Some(*value),
                _ => {}
            },
            _ => {}
        }
    }

    fn set_capabilities(&mut self, list: &[Capability<'_>]) {
        let name = |one: &Capability<'_>| match one {
            Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
            Capability::Auth(name) => format!("AUTH={}", name.to_ascii_uppercase()),
            Capability::Atom(name) => name.to_ascii_uppercase(),
        };
        self.capabilities = list.iter().take(500).map(name).collect();
    }
}

/// How a command ended.
pub(crate) struct Ending {
    pub(crate) is_ok: bool,
    pub(crate) text: String,
    /// Whether the server says that the folder is to be created first.
    pub(crate) try_create: bool,
}

pub(crate) struct Session {
    wire: Wire,
    pub(crate) state: State,
    last_tag: u32,
    /// Time the server may stay silent.
    timeout: Duration,
}

impl Session {
    pub(crate) fn new(stream: Stream, timeout: Duration) -> Self {
        Self { wire: Wire::new(stream), state: State::default(), last_tag: 0, timeout }
    }

    /// Reads the greeting; whether the server considers us logged in already.
    pub(crate) async fn greeting(&mut self) -> Result<bool, ImapError> {
        let raw = self.answer(0).await?;
        match self.parse(&raw)? {
            Some(Response::Data { status: Status::Ok, .. }) => Ok(false),
            Some(Response::Data { status: Status::PreAuth, .. }) => Ok(true),
            Some(Response::Data { outcome, .. }) => {
                let text = outcome.information.unwrap_or_default().into_owned();
                Err(ImapError::Refused { command: "the connection", text: shown(&text) })
            }
            _ => Err(ImapError::protocol("no greeting")),
        }
    }

    /// Runs a command and demands that the server accepts it.
    pub(crate) async fn run(&mut self, command: Command) -> Result<(), ImapError> {
        let name = command.name;
        let ending = self.run_with(command, 0, |_| Ok(())).await?;
        accepted(name, &ending)
    }

    /// Runs a command and gives every answer to `each`; literals of more than `max_literals` bytes cut
    /// the session.
    pub(crate) async fn run_with(
        &mut self,
        command: Command,
        max_literals: usize,
        mut each: impl FnMut(&Response<'_>) -> Result<(), ImapError>,
    ) -> Result<Ending, ImapError> {
        let tag = self.send(command).await?;
        for _ in 0..MAX_ANSWERS {
            let raw = self.answer(max_literals).await?;
            let Some(response) = self.parse(&raw)? else { continue };
            if let Some(ending) = ending(&response, &tag)? {
                return Ok(ending);
            }
            each(&response)?;
        }
        Err(ImapError::protocol("too many answers to one command"))
    }

    /// Sends a command, each literal when the server asks for it; its tag.
    async fn send(&mut self, command: Command) -> Result<String, ImapError> {
        self.last_tag += 1;
        let tag = format!("g{}", self.last_tag);
        let mut line = format!("{tag} ").into_bytes();
        for (text, literal) in command.before {
            line.extend_from_slice(&text);
            line.extend_from_slice(b"\r\n");
            self.wire.write(&line, self.timeout).await?;
            self.continuation(&tag, command.name).await?;
            line = literal;
        }
        line.extend_from_slice(&command.text);
        line.extend_from_slice(b"\r\n");
        self.wire.write(&line, self.timeout).await?;
        Ok(tag)
    }

    /// Waits until the server asks for what follows.
    async fn continuation(&mut self, tag: &str, name: &'static str) -> Result<(), ImapError> {
        for _ in 0..1_000 {
            let raw = self.answer(0).await?;
            match self.parse(&raw)? {
                Some(Response::Continue(_)) => return Ok(()),
                Some(response) => {
                    if let Some(ending) = ending(&response, tag)? {
                        accepted(name, &ending)?;
                        return Err(ImapError::protocol("a command ended before it was whole"));
                    }
                }
                None => {}
            }
        }
        Err(ImapError::protocol("too many answers to one command"))
    }

    /// `AUTHENTICATE`, with one answer to one question.
    pub(crate) async fn authenticate(&mut self, mechanism: &str, initial: &str) -> Result<Ending, ImapError> {
        let tag = self.send(Command::new("AUTHENTICATE").words(mechanism)).await?;
        self.continuation(&tag, "AUTHENTICATE").await?;
        self.wire.write(format!("{initial}\r\n").as_bytes(), self.timeout).await?;
        self.until(&tag).await
    }

    /// Waits for news with IDLE for at most `at_most`; whether there are any.
    pub(crate) async fn idle(&mut self, at_most: Duration) -> Result<bool, ImapError> {
        let tag = self.send(Command::new("IDLE")).await?;
        self.continuation(&tag, "IDLE").await?;
        let waited = tokio::time::timeout(at_most, self.news(at_most)).await;
        if let Ok(Err(error)) = waited {
            return Err(error);
        }
        self.wire.write(b"DONE\r\n", self.timeout).await?;
        let ending = self.until(&tag).await?;
        accepted("IDLE", &ending)?;
        Ok(std::mem::take(&mut self.state.has_news))
    }

    async fn news(&mut self, at_most: Duration) -> Result<(), ImapError> {
        while !self.state.has_news {
            let raw = self.wire.answer(0, at_most.saturating_mul(2)).await?;
            if let Some(Response::Data { status: Status::Bye, .. }) = self.parse(&raw)? {
                return Err(NetError::Closed { detail: "the server says goodbye".to_owned() }.into());
            }
        }
        Ok(())
    }

    async fn until(&mut self, tag: &str) -> Result<Ending, ImapError> {
        for _ in 0..MAX_ANSWERS {
            let raw = self.answer(0).await?;
            let Some(response) = self.parse(&raw)? else { continue };
            if let Some(ending) = ending(&response, tag)? {
                return Ok(ending);
            }
        }
        Err(ImapError::protocol("too many answers to one command"))
    }

    async fn answer(&mut self, max_literals: usize) -> Result<Vec<u8>, ImapError> {
        let whole = self.timeout.saturating_mul(SLOWNESS);
        let answer = tokio::time::timeout(whole, self.wire.answer(max_literals, self.timeout)).await;
        answer.map_err(|_| NetError::Timeout)?
    }

    /// Parses an answer and notes it; `None` for an extension nobody asked for.
    fn parse<'r>(&mut self, raw: &'r [u8]) -> Result<Option<Response<'r>>, ImapError> {
        match Response::parse(raw) {
            Ok((_, response)) => {
                self.state.note(&response);
                Ok(Some(response))
            }
            Err(_) if raw.starts_with(b"* ") => Ok(None),
            Err(_) => {
                Err(ImapError::protocol(format!("an answer that cannot be read: {}", shown(&String::from_utf8_lossy(raw)))))
            }
        }
    }
}

/// The end of the command `tag`, if `response` is it.
fn ending(response: &Response<'_>, tag: &str) -> Result<Option<Ending>, ImapError> {
    match response {
        Response::Done { tag: other, status, outcome } if other.0 == tag => {
            let text = shown(outcome.information.as_deref().unwrap_or_default());
            let try_create = matches!(outcome.code, Some(ResponseCode::TryCreate));
            Ok(Some(Ending { is_ok: *status == Status::Ok, text, try_create }))
        }
        Response::Done { .. } => Err(ImapError::protocol("the end of another command")),
        Response::Data { status: Status::Bye, outcome } => {
            let detail = shown(outcome.information.as_deref().unwrap_or("the server says goodbye"));
            Err(NetError::Closed { detail }.into())
        }
        _ => Ok(None),
    }
}

pub(crate) fn accepted(command: &'static str, ending: &Ending) -> Result<(), ImapError> {
    if ending.is_ok { Ok(()) } else { Err(ImapError::Refused { command, text: ending.text.clone() }) }
}

/// What a server said, shortened.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(500).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
