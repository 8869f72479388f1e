//! What keeps a bundle from being written or read.

/// Why a bundle is refused; [`TdduiError::code`] is stable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TdduiError {
    /// Not JSON, or nested too deeply.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// JSON, but not a bundle of type transaction.
    #[error("not a transaction bundle")]
    NotATransaction,
    /// More bytes or entries than accepted.
    #[error("too large: {0}")]
    TooLarge(&'static str),
    /// An entry does something else than creating.
    #[error("entry {0} does not create")]
    NotACreation(usize),
    /// No patient, or several: one bundle is one record.
    #[error("{0} patients")]
    Patients(usize),
    /// A mandatory trait of the patient is missing or cannot be read.
    #[error("the patient lacks {0}")]
    PatientLacks(&'static str),
    /// A field of what is to be written is not acceptable.
    #[error("cannot be written: {0}")]
    Invalid(&'static str),
}

impl TdduiError {
    /// Stable code, for messages in another language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotJson(_) => "not_json",
            Self::NotATransaction => "not_a_transaction",
            Self::TooLarge(_) => "too_large",
            Self::NotACreation(_) => "not_a_creation",
            Self::Patients(_) => "patients",
            Self::PatientLacks(_) => "patient_lacks",
            Self::Invalid(_) => "invalid",
        }
    }
}
