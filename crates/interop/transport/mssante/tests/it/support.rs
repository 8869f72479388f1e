//! What the tests share: mail about nobody.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use mssante::{
    Address, ComposeError, Correspondent, DocumentMail, DocumentSubject, Limits, Mail, MessageId, OutgoingMail, Policy,
    ReadableCopy,
};

pub(crate) const HOME: &str = "dui.ehpad@ehpad-test.mssante.fr";
pub(crate) const HOSPITAL: &str = "medecin@hopital-test.mssante.fr";
pub(crate) const PDF: &[u8] = b"%PDF-1.4\nreadable\ncopy\n.\n..\n%%EOF\n";

pub(crate) fn address(text: &str) -> Address {
    Address::new(text).expect("an address")
}

pub(crate) fn id(left: &str) -> MessageId {
    MessageId::new(&format!("{left}@ehpad-test.mssante.fr")).expect("an identifier")
}

/// 2026-01-02 03:04:05 UTC.
pub(crate) fn date() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045)
}

pub(crate) fn subject() -> DocumentSubject {
    DocumentSubject {
        title: "Document de liaison d'urgence".to_owned(),
        family: "ESSAI-ÉTÉ".to_owned(),
        given: "Camille".to_owned(),
        birth: "28/03/1979".to_owned(),
    }
}

/// A mail with documents, in the making: what every test changes a little.
pub(crate) struct Draft {
    pub(crate) id: MessageId,
    pub(crate) date: SystemTime,
    pub(crate) from: Correspondent,
    pub(crate) reply_to: Option<Correspondent>,
    pub(crate) to: Vec<Address>,
    pub(crate) subject: DocumentSubject,
    pub(crate) text: String,
    pub(crate) package: Vec<u8>,
    pub(crate) readable: Option<(String, Vec<u8>)>,
    pub(crate) in_reply_to: Option<MessageId>,
    pub(crate) closes_exchange: bool,
    pub(crate) wants_receipt: bool,
    pub(crate) wants_delivery_report: bool,
}

impl Draft {
    pub(crate) fn new(left: &str) -> Self {
        Self {
            id: id(left),
            date: date(),
            from: Correspondent::named(address(HOME), "EHPAD Les Tilleuls"),
            reply_to: None,
            to: vec![address(HOSPITAL)],
            subject: subject(),
            text: "Bonjour,\nvoici le document.\n.\nÀ bientôt\n".to_owned(),
            package: b"PK\x03\x04 not really a package".to_vec(),
            readable: Some(("DLU.pdf".to_owned(), PDF.to_vec())),
            in_reply_to: None,
            closes_exchange: false,
            wants_receipt: true,
            wants_delivery_report: false,
        }
    }

    pub(crate) fn compose_under(&self, policy: &Policy) -> Result<OutgoingMail, ComposeError> {
        let mail = DocumentMail {
            message_id: &self.id,
            date: self.date,
            from: &self.from,
            reply_to: self.reply_to.as_ref(),
            to: &self.to,
            subject: &self.subject,
            text: &self.text,
            package: &self.package,
            readable: self.readable.as_ref().map(|(name, bytes)| ReadableCopy { name, bytes }),
            in_reply_to: self.in_reply_to.as_ref(),
            closes_exchange: self.closes_exchange,
            wants_receipt: self.wants_receipt,
            wants_delivery_report: self.wants_delivery_report,
        };
        mail.compose(policy)
    }

    pub(crate) fn compose(&self) -> OutgoingMail {
        self.compose_under(&Policy::default()).expect("composed")
    }
}

pub(crate) fn parse(bytes: impl AsRef<[u8]>) -> Mail {
    mssante::parse(bytes.as_ref(), &Limits::default()).expect("a message")
}

/// The code of the refusal to parse.
pub(crate) fn refusal(bytes: impl AsRef<[u8]>) -> &'static str {
    mssante::parse(bytes.as_ref(), &Limits::default()).expect_err("refused").code()
}

/// A folder beside the repository, `$variable` first.
pub(crate) fn beside(variable: &str, folder: &str) -> Option<PathBuf> {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared").join(folder);
    let found = std::env::var_os(variable).map_or(default, PathBuf::from);
    if found.is_dir() {
        return Some(found);
    }
    eprintln!("{} is absent: set {variable} to run this test", found.display());
    None
}
