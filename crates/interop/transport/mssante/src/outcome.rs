//! What became of a message that was submitted.

use lettre::transport::smtp::Error as SmtpError;

use crate::address::Address;
use crate::net::NetError;
use crate::outgoing::OutgoingMail;

/// The moment of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Before any command about the message.
    Connection,
    /// The sender (`MAIL`): also the size of the message, when the server announces a limit.
    Sender,
    /// The recipient (`RCPT`).
    Recipient,
    /// The content.
    Content,
}

/// Why to try again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LaterReason {
    /// The server cannot be reached, or cut the connection before it had the whole message.
    Connection,
    /// A certificate was refused, ours or the server's: nothing will leave until somebody looks at it.
    Tls,
    /// The server did not answer in time, and did not have the whole message.
    Timeout,
    /// The server says so (4xx).
    Server,
    /// The server says what no server should.
    Protocol,
    /// Our configuration cannot be used.
    Configuration,
}

/// What became of a message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The operator took charge of it. A non-delivery may still come, as a report.
    Accepted {
        /// What the server said, with its queue number in general.
        text: String,
    },
    /// Refused for good (5xx): the same message must not be sent again.
    Refused {
        /// When.
        stage: Stage,
        /// Reply code, 500 to 599.
        code: u16,
        /// What the server said.
        text: String,
    },
    /// Not taken, to be tried again with the same identifier: the server does not have it.
    Later {
        /// Why.
        reason: LaterReason,
        /// Reply code, when the server gave one.
        code: Option<u16>,
        /// What the server, or the system, said.
        text: String,
    },
    /// The server had the whole message and never said what it did: it may have it or not. Sent again
    /// with the same identifier, it may come twice; not sent again, never. Somebody must know.
    Unknown {
        /// What the system said.
        text: String,
    },
}

impl Outcome {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::Later { .. } => "later",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The outcome of a connection that failed before the server had the message.
    pub(crate) fn net(error: &NetError) -> Self {
        let reason = match error {
            NetError::Configuration { .. } => LaterReason::Configuration,
            NetError::Tls { .. } => LaterReason::Tls,
            NetError::Timeout => LaterReason::Timeout,
            NetError::Unreachable { .. } | NetError::Closed { .. } => LaterReason::Connection,
        };
        Self::Later { reason, code: None, text: error.to_string() }
    }

    /// The outcome of a command that failed before the server had the message.
    pub(crate) fn of(error: &Failure, stage: Stage) -> Self {
        match error {
            Failure::Timeout => Self::net(&NetError::Timeout),
            Failure::Smtp(error) => Self::smtp(error, stage),
        }
    }

    /// The outcome of a refusal, or of a cut, before the server had the message.
    pub(crate) fn smtp(error: &SmtpError, stage: Stage) -> Self {
        let text = words(error);
        let Some(status) = error.status() else {
            if let Some(io) = io_error(error) {
                return Self::net(&NetError::of(io));
            }
            return Self::Later { reason: LaterReason::Protocol, code: None, text };
        };
        let code = u16::from(status);
        // A server that refuses the connection says nothing about the message.
        if error.is_permanent() && stage != Stage::Connection {
            return Self::Refused { stage, code, text };
        }
        Self::Later { reason: LaterReason::Server, code: Some(code), text }
    }
}

/// The outcome of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// One outcome for each recipient, in the order of the message.
    pub recipients: Vec<(Address, Outcome)>,
    /// Whether the server was asked for a report at delivery; `false` when it offers none.
    pub delivery_report: bool,
}

impl Submission {
    /// The same outcome for every recipient.
    pub(crate) fn all(mail: &OutgoingMail, outcome: &Outcome) -> Self {
        let recipients = mail.recipients().iter().map(|one| (one.clone(), outcome.clone())).collect();
        Self { recipients, delivery_report: false }
    }

    /// Recipients for whom the message must be tried again.
    pub fn later(&self) -> Vec<Address> {
        let is_later = |(_, outcome): &&(Address, Outcome)| matches!(outcome, Outcome::Later { .. });
        self.recipients.iter().filter(is_later).map(|(address, _)| address.clone()).collect()
    }
}

/// Why a command failed.
pub(crate) enum Failure {
    Timeout,
    Smtp(SmtpError),
}

/// What the server said, or what went wrong.
pub(crate) fn words(error: &SmtpError) -> String {
    let source = std::error::Error::source(error);
    let text = source.map_or_else(|| error.to_string(), ToString::to_string);
    text.chars().take(1000).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn io_error(error: &SmtpError) -> Option<&std::io::Error> {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return Some(io);
        }
        source = inner.source();
    }
    None
}
