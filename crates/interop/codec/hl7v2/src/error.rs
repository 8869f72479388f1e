//! Why a message was refused, or could not be printed.

/// Reason for refusing a message. The `Display` text is plain English for a log or a technician;
/// [`Hl7Error::code`] is the stable key to translate from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Hl7Error {
    /// The bytes, or the text once decoded, exceed [`crate::Limits::max_bytes`].
    #[error("the message is larger than the {limit} bytes accepted")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// The decoded files together exceed [`crate::Limits::max_attachment_bytes`].
    #[error("the files carried by the message exceed the {limit} bytes accepted")]
    AttachmentsTooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// More segments than [`crate::Limits::max_segments`].
    #[error("the message has more than the {limit} segments accepted")]
    TooManySegments {
        /// Limit in segments.
        limit: usize,
    },
    /// More fields, repetitions, components and subcomponents than [`crate::Limits::max_values`].
    #[error("the message has more than the {limit} fields, repetitions and components accepted")]
    TooManyValues {
        /// Limit in values.
        limit: usize,
    },
    /// The bytes do not start with an MSH segment.
    #[error("the bytes do not start with an MSH segment")]
    NotHl7,
    /// A batch or file envelope (FHS, BHS): its messages must be sent one by one.
    #[error("the bytes are a batch of messages, which must be sent one by one")]
    Batch,
    /// A second MSH segment.
    #[error("several messages were sent as one")]
    SeveralMessages,
    /// MSH-1 and MSH-2 do not give four or five distinct punctuation characters.
    #[error("MSH-1 and MSH-2 do not give usable separators: \"{found}\"")]
    BadDelimiters {
        /// What was found, shortened.
        found: String,
    },
    /// The line after MSH is neither a segment nor blank: MSH, which holds no line break, is broken.
    #[error("the line after MSH is not a segment")]
    BrokenHeader,
    /// The charset of MSH-18 is not one this reader knows.
    #[error("the charset \"{charset}\" is not supported")]
    UnsupportedCharset {
        /// Name as declared, or deduced from the first bytes.
        charset: String,
    },
    /// MSH-18 is empty, the bytes are neither ASCII nor UTF-8 and no charset was agreed with the sender.
    #[error("MSH-18 declares no charset and the bytes are neither ASCII nor UTF-8 (byte {position})")]
    UndeclaredCharset {
        /// Offset of the first byte that is not UTF-8.
        position: usize,
    },
    /// The bytes are not in the charset the message declares.
    #[error("the message says it is in {declared} but its bytes are not (byte {position})")]
    CharsetMismatch {
        /// Charset declared in MSH-18, or agreed with the sender.
        declared: String,
        /// Offset of the first contradicting byte.
        position: usize,
    },
    /// The text was encoded twice by an earlier system: its accents are unreadable.
    #[error("the text of the message was encoded twice, its accents are damaged (byte {position})")]
    DoubleEncoded {
        /// Offset of the first damaged character in the decoded text, in UTF-8 bytes.
        position: usize,
    },
    /// A character to print has no place in the charset chosen.
    #[error("the character U+{:04X} cannot be written in {charset}", u32::from(*.character))]
    Unencodable {
        /// Charset chosen.
        charset: &'static str,
        /// First character without a place in it.
        character: char,
    },
    /// MSH-12 is not a version 2 of HL7.
    #[error("the version \"{version}\" of HL7 is not supported")]
    UnsupportedVersion {
        /// Version as declared.
        version: String,
    },
    /// The message is not of the type asked for.
    #[error("messages of type \"{kind}\" are not supported here")]
    UnsupportedMessage {
        /// MSH-9.1 as declared.
        kind: String,
    },
    /// The event is not one of the profile.
    #[error("the event \"{event}\" is not supported here")]
    UnsupportedEvent {
        /// MSH-9.2 as declared.
        event: String,
    },
    /// A segment or field without which the message cannot be used is absent or empty.
    #[error("{path} is missing or empty")]
    Missing {
        /// Segment or field, as in `PID-3` or `OBX[2]-5`.
        path: String,
    },
    /// A value without which the message cannot be used does not have its format.
    #[error("the value \"{value}\" of {path} is not valid")]
    Invalid {
        /// Field, as in `ZBE-4`.
        path: String,
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// The message is about more than one patient.
    #[error("the message names several patients")]
    SeveralPatients,
    /// Two parts of the message say opposite things.
    #[error("the message contradicts itself: {detail}")]
    Contradiction {
        /// The two parts.
        detail: String,
    },
    /// The document the message exists for is not readable.
    #[error("the document in {path} is damaged: {detail}")]
    DamagedDocument {
        /// Field, as in `OBX[1]-5`.
        path: String,
        /// What is wrong with it.
        detail: String,
    },
}

impl Hl7Error {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::AttachmentsTooLarge { .. } => "attachments_too_large",
            Self::TooManySegments { .. } => "too_many_segments",
            Self::TooManyValues { .. } => "too_many_values",
            Self::NotHl7 => "not_hl7",
            Self::Batch => "batch",
            Self::SeveralMessages => "several_messages",
            Self::BadDelimiters { .. } => "bad_delimiters",
            Self::BrokenHeader => "broken_header",
            Self::UnsupportedCharset { .. } => "unsupported_charset",
            Self::UndeclaredCharset { .. } => "undeclared_charset",
            Self::CharsetMismatch { .. } => "charset_mismatch",
            Self::DoubleEncoded { .. } => "double_encoded",
            Self::Unencodable { .. } => "unencodable",
            Self::UnsupportedVersion { .. } => "unsupported_version",
            Self::UnsupportedMessage { .. } => "unsupported_message",
            Self::UnsupportedEvent { .. } => "unsupported_event",
            Self::Missing { .. } => "missing",
            Self::Invalid { .. } => "invalid",
            Self::SeveralPatients => "several_patients",
            Self::Contradiction { .. } => "contradiction",
            Self::DamagedDocument { .. } => "damaged_document",
        }
    }

    /// The error for the absence of `path`.
    pub(crate) fn missing(path: impl Into<String>) -> Self {
        Self::Missing { path: path.into() }
    }

    /// The error for a wrong value of `path`.
    pub(crate) fn invalid(path: impl Into<String>, value: &str) -> Self {
        Self::Invalid { path: path.into(), value: excerpt(value) }
    }
}

/// At most 80 characters of a value, for a message; control characters become spaces.
pub(crate) fn excerpt(value: &str) -> String {
    value.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
