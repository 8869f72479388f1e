//! Why a document was not written.

use cda_r2::write::WriteError;

/// Reason for not writing a document. The `Display` text is plain English for a log or a
/// technician; [`CisisError::code`] is the stable key to translate from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CisisError {
    /// A coded value does not have the form its terminology prescribes.
    #[error("\"{value}\" is not a code of {system}")]
    InvalidCode {
        /// Name of the terminology.
        system: &'static str,
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// An identifier of a person or a structure does not have its form.
    #[error("\"{value}\" is not {kind}")]
    InvalidIdentifier {
        /// What it should be, with its article: "a FINESS number".
        kind: &'static str,
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// The key of a national identity (NIR, NIA) does not match its number.
    #[error("the key of the national identity does not match its number")]
    InsKey,
    /// A number is not a decimal number.
    #[error("\"{value}\" is not a decimal number")]
    InvalidNumber {
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// The patient has neither a qualified national identity nor a local identifier.
    #[error("the patient has neither a qualified national identity nor a local identifier")]
    NoPatientIdentifier,
    /// A strict trait of the identity is absent: the French minimal header requires it.
    #[error("the patient has no {which}, which the French minimal header requires")]
    MissingTrait {
        /// Which trait, in plain English.
        which: &'static str,
    },
    /// A part of the header without which the document is refused everywhere is absent.
    #[error("the header has no {which}")]
    MissingPart {
        /// Which part, in plain English.
        which: &'static str,
    },
    /// A time with an hour does not say its offset from UTC, or lacks its hour where one is due.
    #[error("the time of {which} (\"{value}\") needs an hour and an offset from UTC")]
    TimeZone {
        /// Whose time, in plain English.
        which: &'static str,
        /// The value.
        value: String,
    },
    /// A time of an entry is not an HL7 time.
    #[error("\"{value}\" is not an HL7 time")]
    InvalidTime {
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// An end comes before its start.
    #[error("the end of {which} comes before its start")]
    Backwards {
        /// Whose end, in plain English.
        which: &'static str,
    },
    /// The bytes are not a PDF.
    #[error("the file \"{which}\" is not a PDF")]
    NotPdf {
        /// Which file.
        which: String,
    },
    /// The printer refused the document.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl CisisError {
    /// Stable key of the variant: lower-case ASCII, never changed once published. Those of the
    /// printer are given as they are.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidCode { .. } => "invalid_code",
            Self::InvalidIdentifier { .. } => "invalid_identifier",
            Self::InsKey => "ins_key",
            Self::InvalidNumber { .. } => "invalid_number",
            Self::NoPatientIdentifier => "no_patient_identifier",
            Self::MissingTrait { .. } => "missing_trait",
            Self::MissingPart { .. } => "missing_part",
            Self::TimeZone { .. } => "time_zone",
            Self::InvalidTime { .. } => "invalid_time",
            Self::Backwards { .. } => "backwards",
            Self::NotPdf { .. } => "not_pdf",
            Self::Write(error) => error.code(),
        }
    }
}

/// At most 80 characters of a value, for a message.
pub(crate) fn excerpt(value: &str) -> String {
    value.chars().take(80).collect()
}
