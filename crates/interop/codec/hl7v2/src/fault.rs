//! ERR: why a message is refused.

use crate::datatype::{Code, join};
use crate::draft::SegmentDraft;
use crate::error::Hl7Error;
use crate::escape::escape;
use crate::reading::{one, text};
use crate::value::Segment;

/// Errors of HL7 table 0357 (`messageErrorCondition`) the CI-SIS volets use in ERR-3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCondition {
    /// 0
    Accepted,
    /// 100: segments absent or not in order.
    SegmentSequence,
    /// 101
    RequiredFieldMissing,
    /// 102
    DataType,
    /// 103
    TableValueNotFound,
    /// 198
    Cardinality,
    /// 199
    Other,
    /// 200
    UnsupportedMessageType,
    /// 201
    UnsupportedEvent,
    /// 202
    UnsupportedProcessing,
    /// 203
    UnsupportedVersion,
    /// 207: the application says why in ERR-5.
    ApplicationError,
}

const CONDITIONS: [(ErrorCondition, &str, &str); 12] = [
    (ErrorCondition::Accepted, "0", "Message accepted"),
    (ErrorCondition::SegmentSequence, "100", "Segment sequence error"),
    (ErrorCondition::RequiredFieldMissing, "101", "Required field missing"),
    (ErrorCondition::DataType, "102", "Data type error"),
    (ErrorCondition::TableValueNotFound, "103", "Table value not found"),
    (ErrorCondition::Cardinality, "198", "Non-conformant cardinality"),
    (ErrorCondition::Other, "199", "Other HL7 Error"),
    (ErrorCondition::UnsupportedMessageType, "200", "Unsupported message type"),
    (ErrorCondition::UnsupportedEvent, "201", "Unsupported event code"),
    (ErrorCondition::UnsupportedProcessing, "202", "Unsupported processing id"),
    (ErrorCondition::UnsupportedVersion, "203", "Unsupported version id"),
    (ErrorCondition::ApplicationError, "207", "Application error"),
];

impl ErrorCondition {
    /// Code, label and system of ERR-3.
    pub fn to_code(self) -> Code {
        let (id, label) =
            CONDITIONS.iter().find(|(known, _, _)| *known == self).map_or(("199", ""), |(_, id, label)| (id, label));
        Code::new(id, label, "HL70357")
    }

    /// The condition of a code of the table.
    pub fn from_code(code: &str) -> Option<Self> {
        CONDITIONS.iter().find(|(_, id, _)| *id == code).map(|(condition, _, _)| *condition)
    }
}

/// Errors of integration of a document, in ERR-5 with 207 (volet "Transmission au LPS d'un document
/// CDA d'un courriel MSSanté", table `applicationErrorCondition`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentError {
    /// 900: the version to replace or delete is not the last one.
    WrongVersion,
    /// 901: the author may not replace or delete the document.
    AuthorNotAllowed,
    /// 902
    UnknownPatient,
    /// 903: no INS in the document.
    NoIns,
    /// 904: the INS or its traits differ from those known.
    InsDiffers,
    /// 905: the traits of the INS are not complete.
    InsIncomplete,
    /// 906
    Other,
}

const DOCUMENT_ERRORS: [(DocumentError, &str, &str); 7] = [
    (DocumentError::WrongVersion, "900", "Version du document incorrecte"),
    (DocumentError::AuthorNotAllowed, "901", "Auteur non autorisé à remplacer ou supprimer le document"),
    (DocumentError::UnknownPatient, "902", "Identifiant patient inconnu"),
    (DocumentError::NoIns, "903", "INS absent du document"),
    (DocumentError::InsDiffers, "904", "INS différent de celui qui est connu"),
    (DocumentError::InsIncomplete, "905", "INS incomplet"),
    (DocumentError::Other, "906", "Autre erreur"),
];

impl DocumentError {
    /// Code, label and system of ERR-5.
    pub fn to_code(self) -> Code {
        let (id, label) =
            DOCUMENT_ERRORS.iter().find(|(known, _, _)| *known == self).map_or(("906", ""), |(_, id, label)| (id, label));
        Code::new(id, label, "applicationErrorCondition")
    }

    /// The error of a code of the table.
    pub fn from_code(code: &str) -> Option<Self> {
        DOCUMENT_ERRORS.iter().find(|(_, id, _)| *id == code).map(|(error, _, _)| *error)
    }
}

/// How serious a fault is (ERR-4, HL7 table 0516).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// `E`
    Error,
    /// `W`
    Warning,
    /// `I`
    Information,
    /// `F`, fatal; read only, the older versions do not have it.
    Fatal,
}

impl Severity {
    fn code(self) -> &'static str {
        match self {
            Self::Error | Self::Fatal => "E",
            Self::Warning => "W",
            Self::Information => "I",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "W" => Self::Warning,
            "I" => Self::Information,
            "F" => Self::Fatal,
            _ => Self::Error,
        }
    }
}

/// A fault (ERR).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// ERR-2: segment, its rank and the field, as `PID`, 1, 3.
    pub location: Option<(String, usize, usize)>,
    /// ERR-3, table 0357.
    pub condition: Code,
    /// ERR-4.
    pub severity: Severity,
    /// ERR-5: error of the application.
    pub application: Option<Code>,
    /// ERR-8: sentence for a person. Never put a name or an identifier there: acknowledgments are logged.
    pub user_message: Option<String>,
}

impl Fault {
    /// A fault of a condition, of severity error.
    pub fn new(condition: ErrorCondition) -> Self {
        Self { location: None, condition: condition.to_code(), severity: Severity::Error, application: None, user_message: None }
    }

    /// A document that cannot be integrated: 207 and the reason in ERR-5.
    pub fn document(error: DocumentError) -> Self {
        Self { application: Some(error.to_code()), ..Self::new(ErrorCondition::ApplicationError) }
    }

    /// The fault that says why a message was not read. Its sentence holds no value of the message.
    pub fn of(error: &Hl7Error) -> Self {
        let condition = match error {
            Hl7Error::Missing { path } if path.contains('-') => ErrorCondition::RequiredFieldMissing,
            Hl7Error::Missing { .. }
            | Hl7Error::NotHl7
            | Hl7Error::Batch
            | Hl7Error::SeveralMessages
            | Hl7Error::BrokenHeader => ErrorCondition::SegmentSequence,
            Hl7Error::Invalid { path, .. } if path == "MSH-11" => ErrorCondition::UnsupportedProcessing,
            Hl7Error::Invalid { .. } => ErrorCondition::DataType,
            Hl7Error::SeveralPatients => ErrorCondition::Cardinality,
            Hl7Error::UnsupportedMessage { .. } => ErrorCondition::UnsupportedMessageType,
            Hl7Error::UnsupportedEvent { .. } => ErrorCondition::UnsupportedEvent,
            Hl7Error::UnsupportedVersion { .. } => ErrorCondition::UnsupportedVersion,
            Hl7Error::DamagedDocument { .. } => return Self::document(DocumentError::Other),
            _ => ErrorCondition::Other,
        };
        let location = match error {
            Hl7Error::Missing { path } | Hl7Error::Invalid { path, .. } => location_of(path),
            _ => None,
        };
        Self { location, user_message: Some(error.code().to_owned()), ..Self::new(condition) }
    }

    /// The error of the document integration this fault names in ERR-5.
    pub fn document_error(&self) -> Option<DocumentError> {
        self.application.as_ref().and_then(|code| code.id.as_deref()).and_then(DocumentError::from_code)
    }

    pub(crate) fn read(err: Segment<'_>) -> Self {
        let part = |n| err.field(2).component(n).opt();
        let number = |n| part(n).and_then(|raw| raw.parse().ok()).unwrap_or(0);
        Self {
            location: part(1).map(|segment| (segment, number(2), number(3))),
            condition: one(err, 3).unwrap_or_default(),
            severity: Severity::from_code(&text(err, 4).unwrap_or_default()),
            application: one(err, 5),
            user_message: text(err, 8),
        }
    }

    pub(crate) fn draft(&self) -> SegmentDraft {
        let location = self.location.as_ref().map(|(segment, rank, field)| {
            let number = |n: &usize| if *n == 0 { String::new() } else { n.to_string() };
            join(&[escape(segment), number(rank), number(field)], "^")
        });
        SegmentDraft::new("ERR")
            .raw(2, location.unwrap_or_default())
            .value(3, &self.condition)
            .text(4, self.severity.code())
            .value(5, self.application.as_ref())
            .opt(8, self.user_message.as_ref())
    }
}

/// `OBX[2]-5` as segment, rank and field.
fn location_of(path: &str) -> Option<(String, usize, usize)> {
    let (segment, field) = path.split_once('-').unwrap_or((path, ""));
    let (name, rank) = segment.split_once('[').unwrap_or((segment, "1]"));
    let field = field.split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    Some((name.to_owned(), rank.trim_end_matches(']').parse().ok()?, field))
}
