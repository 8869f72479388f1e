//! The real peer: the operator of the testkit, seen by this crate.

use std::path::Path;
use std::time::Duration;

use mssante::{ClientCertificate, ImapServer, Inbox, Limits, Login, SmtpServer, Tls};
use testkit::{IMAPS, Operator, SMTPS};

use crate::support::beside;

/// A running operator; stopped and erased when dropped.
pub(crate) struct Peer(Operator);

impl std::ops::Deref for Peer {
    type Target = Operator;

    fn deref(&self) -> &Operator {
        &self.0
    }
}

impl Peer {
    /// Starts the operator, or says why it cannot be.
    pub(crate) fn start() -> Option<Self> {
        let keys = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mss-keys");
        Operator::start(&beside("GRAPPE_CHECK", "check")?, &keys).map(Self)
    }

    pub(crate) fn tls(&self, certificate: Option<&str>) -> Tls {
        let pair = certificate.map(|name| (self.read(&format!("ca/{name}.pem")), self.read(&format!("ca/{name}.key"))));
        let certificate = pair.as_ref().map(|(chain_pem, key_pem)| ClientCertificate { chain_pem, key_pem });
        Tls::new(&self.read("ca/ca.pem"), certificate).expect("TLS")
    }

    pub(crate) fn smtp(&self) -> SmtpServer {
        smtp(self.tls(Some("dui")))
    }

    pub(crate) fn imap(&self) -> ImapServer {
        imap(self.tls(Some("dui")))
    }

    pub(crate) async fn open(&self, user: &str) -> Inbox {
        self.imap().open(&login(user)).await.expect("an open mailbox")
    }
}

pub(crate) fn smtp(tls: Tls) -> SmtpServer {
    SmtpServer {
        host: "localhost".to_owned(),
        port: SMTPS,
        hello: "dui.ehpad-test.mssante.fr".to_owned(),
        tls,
        command_timeout: Duration::from_secs(20),
        message_timeout: Duration::from_mins(1),
    }
}

pub(crate) fn imap(tls: Tls) -> ImapServer {
    ImapServer { host: "localhost".to_owned(), port: IMAPS, tls, timeout: Duration::from_secs(20), limits: Limits::default() }
}

pub(crate) fn login(user: &str) -> Login {
    Login::Password { user: user.to_owned(), password: "secret".to_owned() }
}
