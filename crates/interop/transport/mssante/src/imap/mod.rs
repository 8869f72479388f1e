//! Reception: IMAP4rev1 over TLS (RFC 3501), with IDLE (RFC 2177), UIDPLUS (RFC 4315) and MOVE (RFC 6851)
//! when the server has them.
//!
//! `imap-proto` parses the answers; the session is ours. What was weighed is in the README.

mod command;
mod inbox;
mod receive;
mod server;
mod session;
mod wire;

pub use inbox::{Cursor, Inbox, Wake};
pub use receive::{AfterStore, Content, ReceiveError, Received, Store, Tally};
pub use server::{ImapServer, Login};

use crate::net::NetError;

/// Why the mailbox cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImapError {
    /// No connection, or none any more.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The server refused the login.
    #[error("the mailbox refuses the login: {text}")]
    LoginRefused {
        /// What the server said.
        text: String,
    },
    /// The server refused a command.
    #[error("the server refuses {command}: {text}")]
    Refused {
        /// The command, without its arguments.
        command: &'static str,
        /// What the server said.
        text: String,
    },
    /// The server says what no server should, or more than accepted.
    #[error("the server does not speak IMAP as expected: {detail}")]
    Protocol {
        /// What is wrong.
        detail: String,
    },
    /// A name or a password that no command can hold.
    #[error("{what} cannot be used")]
    Argument {
        /// What: `the password`, `the folder`…
        what: &'static str,
    },
}

impl ImapError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Net(error) => error.code(),
            Self::LoginRefused { .. } => "login_refused",
            Self::Refused { .. } => "refused",
            Self::Protocol { .. } => "protocol",
            Self::Argument { .. } => "argument",
        }
    }

    fn protocol(detail: impl Into<String>) -> Self {
        Self::Protocol { detail: detail.into() }
    }
}
