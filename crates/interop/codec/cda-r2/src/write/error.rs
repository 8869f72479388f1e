//! Why a document was not printed.

/// Reason for not printing a document. The `Display` text is plain English for a log or a
/// technician; [`WriteError::code`] is the stable key to translate from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The document would exceed [`crate::Limits::max_bytes`].
    #[error("the document would be larger than the {limit} bytes accepted")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// Its files together exceed [`crate::Limits::max_attachment_bytes`].
    #[error("the files embedded in the document exceed the {limit} bytes accepted")]
    AttachmentsTooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// Elements nested deeper than [`crate::Limits::max_depth`].
    #[error("the elements of the document would be nested deeper than the {limit} levels accepted")]
    TooDeep {
        /// Limit in levels.
        limit: usize,
    },
    /// More elements and texts than [`crate::Limits::max_nodes`].
    #[error("the document would have more than the {limit} elements and texts accepted")]
    TooManyNodes {
        /// Limit in nodes.
        limit: usize,
    },
    /// More clinical statements and participations than [`crate::Limits::max_records`].
    #[error("the document would have more than the {limit} statements and participants accepted")]
    TooManyRecords {
        /// Limit in records.
        limit: usize,
    },
    /// More attributes than [`crate::Limits::max_attributes`].
    #[error("the document would have more than the {limit} attributes accepted")]
    TooManyAttributes {
        /// Limit in attributes.
        limit: usize,
    },
    /// A value without which the document cannot be used is absent.
    #[error("the element {path} has no value")]
    Missing {
        /// Path of the element from the root.
        path: String,
    },
    /// A value does not have the format of its place: identifier, time, code, name of a part.
    #[error("the value \"{value}\" of {path} is not valid")]
    Invalid {
        /// Path of the element, and name of the attribute.
        path: String,
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// An identifier of the narrative is given twice.
    #[error("the identifier \"{id}\" is given twice")]
    RepeatedId {
        /// The identifier.
        id: String,
    },
    /// A reference has no target in the document.
    #[error("{path} refers to \"{id}\", which the document does not define")]
    DanglingReference {
        /// Path of the element that refers.
        path: String,
        /// The identifier referred to.
        id: String,
    },
}

impl WriteError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::AttachmentsTooLarge { .. } => "attachments_too_large",
            Self::TooDeep { .. } => "too_deep",
            Self::TooManyNodes { .. } => "too_many_nodes",
            Self::TooManyRecords { .. } => "too_many_records",
            Self::TooManyAttributes { .. } => "too_many_attributes",
            Self::Missing { .. } => "missing",
            Self::Invalid { .. } => "invalid",
            Self::RepeatedId { .. } => "repeated_id",
            Self::DanglingReference { .. } => "dangling_reference",
        }
    }
}
