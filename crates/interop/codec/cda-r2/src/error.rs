//! Why a document was refused.

/// Reason for refusing a document. The `Display` text is plain English for a log or a technician;
/// [`CdaError::code`] is the stable key to translate from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CdaError {
    /// The bytes, or the text once decoded, exceed [`crate::Limits::max_bytes`].
    #[error("the document is larger than the {limit} bytes accepted")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// The decoded attachments together exceed [`crate::Limits::max_attachment_bytes`].
    #[error("the files embedded in the document exceed the {limit} bytes accepted")]
    AttachmentsTooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// Elements nested deeper than [`crate::Limits::max_depth`].
    #[error("the elements of the document are nested deeper than the {limit} levels accepted")]
    TooDeep {
        /// Limit in levels.
        limit: usize,
    },
    /// More elements, texts or comments than [`crate::Limits::max_nodes`].
    #[error("the document has more than the {limit} elements and texts accepted")]
    TooManyNodes {
        /// Limit in nodes.
        limit: usize,
    },
    /// More clinical statements and participations than [`crate::Limits::max_records`].
    #[error("the document has more than the {limit} statements and participants accepted")]
    TooManyRecords {
        /// Limit in records.
        limit: usize,
    },
    /// Too many attributes on one element or in the document.
    #[error("the document has more attributes than accepted ({limit})")]
    TooManyAttributes {
        /// The limit that was passed.
        limit: usize,
    },
    /// Too many namespace declarations in scope or in the document.
    #[error("the document has more namespace declarations than accepted ({limit})")]
    TooManyNamespaces {
        /// The limit that was passed.
        limit: usize,
    },
    /// A document type declaration is present; none is ever needed in a CDA document.
    #[error("the document holds a DTD, which is refused for safety")]
    DtdForbidden,
    /// The declared charset is not one this reader knows.
    #[error("the charset \"{charset}\" is not supported")]
    UnsupportedCharset {
        /// Name as declared, or deduced from the byte order mark.
        charset: String,
    },
    /// The bytes are not in the charset the document declares.
    #[error("the document says it is in {declared} but its bytes are not (byte {position})")]
    CharsetMismatch {
        /// Charset declared, or `UTF-8` by default.
        declared: String,
        /// Offset of the first contradicting byte.
        position: usize,
    },
    /// The text was encoded twice by an earlier system: its accents are unreadable.
    #[error("the text of the document was encoded twice, its accents are damaged (byte {position})")]
    DoubleEncoded {
        /// Offset of the first damaged character in the decoded text, in UTF-8 bytes.
        position: usize,
    },
    /// Not well-formed XML.
    #[error("the document is not well-formed XML: {detail}")]
    NotXml {
        /// What the XML parser says, with line and column.
        detail: String,
    },
    /// Well-formed XML whose root is something other than a CDA document.
    #[error("the XML is not a CDA R2 document (its root is \"{root}\")")]
    NotCda {
        /// Name of the root element, or what contradicts CDA R2 in it.
        root: String,
    },
    /// An element without which the document cannot be used is absent or has no value.
    #[error("the element {path} is missing or empty")]
    Missing {
        /// Path of the element from the root.
        path: String,
    },
    /// An element that must be unique is repeated, so that its value is ambiguous.
    #[error("the element {path} is repeated: its value is ambiguous")]
    Repeated {
        /// Path of the element from the root.
        path: String,
    },
    /// A value without which the document cannot be used does not have its format.
    #[error("the value \"{value}\" of {path} is not valid")]
    Invalid {
        /// Path of the element from the root.
        path: String,
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// The document is about more than one patient.
    #[error("the document names several patients")]
    SeveralPatients,
    /// The file that is the body of the document is not readable base64.
    #[error("the file embedded as the body of the document is damaged: {detail}")]
    DamagedBody {
        /// What is wrong with the base64.
        detail: String,
    },
}

impl CdaError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::AttachmentsTooLarge { .. } => "attachments_too_large",
            Self::TooDeep { .. } => "too_deep",
            Self::TooManyNodes { .. } => "too_many_nodes",
            Self::TooManyRecords { .. } => "too_many_records",
            Self::TooManyAttributes { .. } => "too_many_attributes",
            Self::TooManyNamespaces { .. } => "too_many_namespaces",
            Self::DtdForbidden => "dtd_forbidden",
            Self::UnsupportedCharset { .. } => "unsupported_charset",
            Self::CharsetMismatch { .. } => "charset_mismatch",
            Self::DoubleEncoded { .. } => "double_encoded",
            Self::NotXml { .. } => "not_xml",
            Self::NotCda { .. } => "not_cda",
            Self::Missing { .. } => "missing",
            Self::Repeated { .. } => "repeated",
            Self::Invalid { .. } => "invalid",
            Self::SeveralPatients => "several_patients",
            Self::DamagedBody { .. } => "damaged_body",
        }
    }
}
