//! Opening of a mailbox.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::ImapError;
use super::command::Command;
use super::inbox::Inbox;
use super::session::{Ending, Session};
use crate::limits::Limits;
use crate::net::Tls;

/// The reception server of the operator.
#[derive(Debug, Clone)]
pub struct ImapServer {
    /// Name of the server, as its certificate has it.
    pub host: String,
    /// Port; TLS starts at once (IMAPS), 993 in general.
    pub port: u16,
    /// Authorities and certificate.
    pub tls: Tls,
    /// Time the server has to accept the connection, and may stay silent in an answer.
    pub timeout: Duration,
    /// Bounds on the messages.
    pub limits: Limits,
}

/// How the mailbox is opened. The certificate of the structure opens the connection in any case.
#[derive(Clone)]
#[non_exhaustive]
pub enum Login {
    /// `LOGIN` with the address of the mailbox and its password.
    Password {
        /// Address of the mailbox.
        user: String,
        /// Password.
        password: String,
    },
    /// SASL EXTERNAL (RFC 4422): the certificate is the proof; `user` names the mailbox when the
    /// certificate opens several.
    Certificate {
        /// Address of the mailbox, if it must be said.
        user: Option<String>,
    },
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Password { .. } => f.write_str("Password"),
            Self::Certificate { .. } => f.write_str("Certificate"),
        }
    }
}

impl ImapServer {
    /// Connects, logs in and selects `INBOX`.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn open(&self, login: &Login) -> Result<Inbox, ImapError> {
        let stream = self.tls.connect(&self.host, self.port, self.timeout).await?;
        let mut session = Session::new(stream, self.timeout);
        if !session.greeting().await? {
            log_in(&mut session, login).await?;
        }
        // What a server can do is another thing once it knows who asks.
        session.run(Command::new("CAPABILITY")).await?;
        session.run(Command::new("SELECT").folder("INBOX")?).await?;
        let uid_validity = session.state.uid_validity.ok_or_else(|| ImapError::protocol("no UIDVALIDITY"))?;
        session.state.has_news = false;
        Ok(Inbox { session, limits: self.limits, uid_validity, is_settled: false })
    }
}

async fn log_in(session: &mut Session, login: &Login) -> Result<(), ImapError> {
    let ending = match login {
        Login::Password { user, password } => {
            let command = Command::new("LOGIN").string(user, "the name of the mailbox")?.string(password, "the password")?;
            session.run_with(command, 0, |_| Ok(())).await
        }
        Login::Certificate { user } => {
            let name = user.as_deref().unwrap_or_default();
            session.authenticate("EXTERNAL", &STANDARD.encode(name)).await
        }
    };
    match ending {
        Ok(Ending { is_ok: true, .. }) => Ok(()),
        Ok(Ending { text, .. }) | Err(ImapError::Refused { text, .. }) => Err(ImapError::LoginRefused { text }),
        Err(error) => Err(error),
    }
}
