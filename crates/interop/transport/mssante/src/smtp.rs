//! Submission of a message: SMTP over TLS, every outcome told for every recipient.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::time::Duration;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Ehlo, Mail, Quit, Rcpt};
use lettre::transport::smtp::extension::{ClientId, MailBodyParameter, MailParameter, RcptParameter};
use lettre::transport::smtp::response::Response;

use crate::address::Address;
use crate::build::envelope;
use crate::net::{NetError, Tls};
use crate::outcome::{Failure, LaterReason, Outcome, Stage, Submission, words};
use crate::outgoing::OutgoingMail;

/// Bytes a server may say in one session.
const MAX_ANSWERS: u64 = 1024 * 1024;

/// The submission server of the operator.
#[derive(Debug, Clone)]
pub struct SmtpServer {
    /// Name of the server, as its certificate has it.
    pub host: String,
    /// Port; TLS starts at once (SMTPS), 465 in general.
    pub port: u16,
    /// Name given in `EHLO`: the domain of the structure.
    pub hello: String,
    /// Authorities and certificate.
    pub tls: Tls,
    /// Time the server has to accept the connection, and to answer each command.
    pub command_timeout: Duration,
    /// Time the server has to take the message and to answer for it; RFC 5321 4.5.3.2 wants ten minutes.
    pub message_timeout: Duration,
}

impl SmtpServer {
    /// Submits a message. Never fails: what happened is told for every recipient.
    ///
    /// The future must be run to its end. Dropped before, it leaves the message in the state
    /// [`Outcome::Unknown`] describes.
    pub async fn submit(&self, mail: &OutgoingMail) -> Submission {
        let mut session = match self.open().await {
            Ok(session) => session,
            Err(outcome) => return Submission::all(mail, &outcome),
        };
        let submission = session.submit(mail).await;
        // The message was answered for: a quit that fails changes nothing.
        let _ = session.command(Quit).await;
        submission
    }

    async fn open(&self) -> Result<Session<'_>, Outcome> {
        let stream = self.tls.connect(&self.host, self.port, self.command_timeout).await.map_err(|e| Outcome::net(&e))?;
        let stream = stream.reading_at_most(MAX_ANSWERS);
        let written = stream.written();
        let hello = ClientId::Domain(self.hello.clone());
        let opening = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello);
        let connection = tokio::time::timeout(self.command_timeout, opening)
            .await
            .map_err(|_| Outcome::net(&NetError::Timeout))?
            .map_err(|error| Outcome::smtp(&error, Stage::Connection))?;
        let mut session = Session { server: self, connection, written, keywords: Vec::new() };
        // Said once more, for lettre keeps only the extensions it uses itself.
        let answer = session.command(Ehlo::new(hello)).await.map_err(|error| Outcome::of(&error, Stage::Connection))?;
        let words = answer.message().skip(1).filter_map(|line| line.split_whitespace().next());
        session.keywords = words.map(str::to_ascii_uppercase).collect();
        Ok(session)
    }
}

struct Session<'s> {
    server: &'s SmtpServer,
    connection: AsyncSmtpConnection,
    written: std::sync::Arc<std::sync::atomic::AtomicU64>,
    /// Extensions the server announced.
    keywords: Vec<String>,
}

impl Session<'_> {
    async fn command(&mut self, command: impl std::fmt::Display) -> Result<Response, Failure> {
        let limit = self.server.command_timeout;
        let answer = tokio::time::timeout(limit, self.connection.command(command)).await;
        answer.map_err(|_| Failure::Timeout)?.map_err(Failure::Smtp)
    }

    fn announces(&self, keyword: &str) -> bool {
        self.keywords.iter().any(|one| one == keyword)
    }

    async fn submit(&mut self, mail: &OutgoingMail) -> Submission {
        if let Err(outcome) = self.sender(mail).await {
            return Submission::all(mail, &outcome);
        }
        let delivery_report = mail.delivery_report && self.announces("DSN");
        let mut answers: VecDeque<Option<Outcome>> = VecDeque::new();
        for recipient in mail.recipients() {
            answers.push_back(self.recipient(recipient, delivery_report).await.err());
        }
        let content = if answers.iter().any(Option::is_none) { Some(self.content(mail.bytes()).await) } else { None };
        let outcome = |answer: Option<Outcome>| answer.or_else(|| content.clone());
        let outcomes = mail.recipients().iter().cloned().zip(answers.into_iter().filter_map(outcome));
        Submission { recipients: outcomes.collect(), delivery_report }
    }

    async fn sender(&mut self, mail: &OutgoingMail) -> Result<(), Outcome> {
        let unusable = |detail: String| Outcome::Later { reason: LaterReason::Configuration, code: None, text: detail };
        let sender = mail.sender().map(envelope).transpose().map_err(|error| unusable(error.to_string()))?;
        let mut parameters = Vec::new();
        if self.announces("SIZE") {
            parameters.push(MailParameter::Size(mail.bytes().len()));
        }
        if !mail.bytes().is_ascii() {
            if !self.announces("8BITMIME") {
                return Err(unusable("the server takes no 8-bit content".to_owned()));
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        self.command(Mail::new(sender, parameters)).await.map_err(|error| Outcome::of(&error, Stage::Sender))?;
        Ok(())
    }

    async fn recipient(&mut self, recipient: &Address, delivery_report: bool) -> Result<(), Outcome> {
        let unusable = |detail: String| Outcome::Later { reason: LaterReason::Configuration, code: None, text: detail };
        let address = envelope(recipient).map_err(|error| unusable(error.to_string()))?;
        let notify = RcptParameter::Other { keyword: "NOTIFY".to_owned(), value: Some("SUCCESS,FAILURE,DELAY".to_owned()) };
        let parameters = if delivery_report { vec![notify] } else { Vec::new() };
        self.command(Rcpt::new(address, parameters)).await.map_err(|error| Outcome::of(&error, Stage::Recipient))?;
        Ok(())
    }

    async fn content(&mut self, bytes: &[u8]) -> Outcome {
        if let Err(error) = self.command(Data).await {
            return Outcome::of(&error, Stage::Content);
        }
        // lettre ends the message with a line end of its own.
        let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
        let before = self.written.load(Ordering::Relaxed);
        let answer = tokio::time::timeout(self.server.message_timeout, self.connection.message(bytes)).await;
        let failure = match answer {
            Ok(Ok(response)) => return Outcome::Accepted { text: response.message().collect::<Vec<_>>().join(" ") },
            Ok(Err(error)) if error.status().is_some() => return Outcome::smtp(&error, Stage::Content),
            Ok(Err(error)) => Failure::Smtp(error),
            Err(_) => Failure::Timeout,
        };
        // The end of a message is a line with one dot: a server that was not sent all of it has nothing.
        let sent = self.written.load(Ordering::Relaxed) - before;
        if sent < (bytes.len() + "\r\n.\r\n".len()) as u64 {
            return Outcome::of(&failure, Stage::Content);
        }
        let text = match &failure {
            Failure::Timeout => NetError::Timeout.to_string(),
            Failure::Smtp(error) => words(error),
        };
        Outcome::Unknown { text }
    }
}
