//! What a reader finds in a file: what it says of itself, the files it holds, what it asks for.
//!
//! Documents know no standard but the clinical document: a bridge installs the reader which knows mails, packages and
//! messages ([`installer_analyse`]).

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::analyse::{Apercu, analyser};

/// Files a file may hold; more is a refusal.
pub const PARTIES_MAX: usize = 100;
/// How deep files may hold files: a mail, a package, a document, and one more.
pub(crate) const PROFONDEUR_MAX: u8 = 4;

/// What a file held by another one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RolePartie {
    /// To be filed.
    Piece,
    /// A readable copy of a document beside it: kept with it, never filed by itself.
    Copie,
}

/// A file held by another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partie {
    /// Name, as the envelope says.
    pub nom: String,
    /// Its bytes.
    pub octets: Vec<u8>,
    /// What it is.
    pub role: RolePartie,
    /// What the envelope says of it, for what it does not say itself.
    pub annonce: Option<Apercu>,
}

/// A file read: what it says, and the files it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contenu {
    /// What it says of itself.
    pub apercu: Apercu,
    /// The files it holds, in their order.
    pub parties: Vec<Partie>,
    /// What a person reads of it, when it is neither a document nor a mail.
    pub tableaux: Vec<TableauLu>,
}

/// A table of a message, as a person reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableauLu {
    /// Title.
    pub titre: String,
    /// Names of the columns.
    pub colonnes: Vec<String>,
    /// Rows, one text a column.
    pub lignes: Vec<Vec<String>>,
}

impl From<Apercu> for Contenu {
    fn from(apercu: Apercu) -> Self {
        Self { apercu, parties: Vec::new(), tableaux: Vec::new() }
    }
}

/// What became of something sent, as a receipt tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issue {
    /// The operator tries again.
    Retarde,
    /// In the recipient's mailbox.
    Distribue,
    /// Taken by the recipient's software.
    Integre,
    /// Opened by somebody.
    Lu,
    /// It will not be delivered, or was refused.
    Refuse,
}

/// A receipt: of what was sent, for whom, what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accuse {
    /// Reference of what was sent, as the sender gave it.
    pub reference: String,
    /// Recipient it is about; empty when the receipt does not say.
    #[serde(default)]
    pub destinataire: String,
    /// What became of it.
    pub issue: Issue,
    /// The words of the receipt.
    #[serde(default)]
    pub detail: String,
}

/// What somebody else must do with a file once it is known whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suite {
    /// Receipts of what was sent; about nobody by itself.
    Accuses,
    /// A movement or an appointment the hospital announces about a person.
    Mouvement,
    /// Its sender asks that a document sent before be taken away: somebody decides.
    Retrait,
    /// A mail to be read by somebody.
    Message,
    /// Data of another software which are no document: somebody reads them.
    Ressource,
}

/// Reads any bytes; bounded, never fails.
pub type Analyse = fn(&[u8]) -> Contenu;

static ANALYSE: OnceLock<Analyse> = OnceLock::new();

/// Installs the reader of received files; the first call wins. Without one, only clinical documents are read.
pub fn installer_analyse(analyse: Analyse) {
    let _ = ANALYSE.set(analyse);
}

/// Reads a file here, in this process.
pub(crate) fn lire(octets: &[u8]) -> Contenu {
    match ANALYSE.get() {
        Some(analyse) => analyse(octets),
        None => analyser(octets).into(),
    }
}
