//! Why a package was refused, or not written.

/// Reason for refusing a package, or for not writing one. The `Display` text is plain English for a log
/// or a technician; [`XdmError::code`] is the stable key to translate from.
///
/// Whatever the reason, a received package that is refused is answered with the integration error 906
/// ("other") by the French volet of HL7 v2 transmission by secure mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XdmError {
    /// The archive exceeds [`crate::Limits::max_archive_bytes`].
    #[error("the archive is larger than the {limit} bytes accepted")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// More entries than [`crate::Limits::max_entries`].
    #[error("the archive has more than the {limit} entries accepted")]
    TooManyEntries {
        /// Limit in entries.
        limit: usize,
    },
    /// A file would exceed [`crate::Limits::max_file_bytes`] once decompressed, or a `METADATA.XML`
    /// [`crate::Limits::max_metadata_bytes`].
    #[error("the file {path} is larger than the {limit} bytes accepted")]
    FileTooLarge {
        /// Path in the archive, shortened.
        path: String,
        /// Limit in bytes.
        limit: usize,
    },
    /// All files together would exceed [`crate::Limits::max_total_bytes`].
    #[error("the files of the archive are larger than the {limit} bytes accepted")]
    TotalTooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// A file is compressed more than [`crate::Limits::max_ratio`]: a zip bomb.
    #[error("the file {path} is compressed more than {limit} times")]
    TooCompressed {
        /// Path in the archive, shortened.
        path: String,
        /// Limit, decompressed bytes for one compressed byte.
        limit: u64,
    },
    /// Not a ZIP archive, or one whose directory cannot be read.
    #[error("not a readable ZIP archive: {detail}")]
    NotZip {
        /// What is wrong.
        detail: String,
    },
    /// A file is encrypted.
    #[error("the file {path} is encrypted")]
    Encrypted {
        /// Path in the archive, shortened.
        path: String,
    },
    /// A file is neither stored nor deflated.
    #[error("the file {path} is compressed in a way that is not supported")]
    UnsupportedCompression {
        /// Path in the archive, shortened.
        path: String,
    },
    /// A path that leaves the archive or its folder, is absolute, too long or not a file name.
    #[error("the path {path} is not safe")]
    UnsafePath {
        /// Path as written, shortened, control characters replaced.
        path: String,
    },
    /// An entry is a symbolic link or another special file.
    #[error("the entry {path} is a link or a special file")]
    SpecialFile {
        /// Path in the archive, shortened.
        path: String,
    },
    /// Two entries have the same path, letter case aside.
    #[error("the path {path} occurs more than once")]
    DuplicatePath {
        /// Path in the archive, shortened.
        path: String,
    },
    /// The data of two entries overlap, or the two headers of an entry disagree.
    #[error("the archive contradicts itself: {detail}")]
    InconsistentArchive {
        /// What is wrong.
        detail: String,
    },
    /// A file is itself an archive; archives inside the package are never opened.
    #[error("the file {path} is itself an archive")]
    NestedArchive {
        /// Path in the archive, shortened.
        path: String,
    },
    /// A file cannot be decompressed, or its checksum is wrong.
    #[error("the file {path} is damaged: {detail}")]
    Damaged {
        /// Path in the archive, shortened.
        path: String,
        /// What is wrong.
        detail: String,
    },
    /// No `IHE_XDM/<folder>/METADATA.XML`.
    #[error("the archive holds no IHE_XDM/<folder>/METADATA.XML")]
    NoMetadata,
    /// More submission sets than [`crate::Limits::max_subsets`].
    #[error("the archive holds more than the {limit} submission sets accepted")]
    TooManySubsets {
        /// Limit in submission sets.
        limit: usize,
    },
    /// No submission set of the package has a document.
    #[error("the archive holds no document")]
    NoDocument,
    /// More document entries than [`crate::Limits::max_documents`].
    #[error("{path} describes more than the {limit} documents accepted")]
    TooManyDocuments {
        /// Path of the `METADATA.XML`.
        path: String,
        /// Limit in documents.
        limit: usize,
    },
    /// The `METADATA.XML` holds a document type declaration.
    #[error("{path} holds a DTD, which is refused for safety")]
    DtdForbidden {
        /// Path of the `METADATA.XML`.
        path: String,
    },
    /// The `METADATA.XML` has more elements, attributes or levels than accepted.
    #[error("{path} is more complex than accepted ({what})")]
    TooComplex {
        /// Path of the `METADATA.XML`.
        path: String,
        /// What there is too much of: `elements`, `attributes`, `namespaces` or `levels`.
        what: &'static str,
    },
    /// The `METADATA.XML` is in another charset than UTF-8 or ISO-8859-1.
    #[error("{path} is not in a supported charset")]
    UnsupportedCharset {
        /// Path of the `METADATA.XML`.
        path: String,
    },
    /// The `METADATA.XML` is not well-formed XML.
    #[error("{path} is not well-formed XML: {detail}")]
    NotXml {
        /// Path of the `METADATA.XML`.
        path: String,
        /// What the XML parser says, with line and column.
        detail: String,
    },
    /// The root of the `METADATA.XML` is no ebRS 3.0 `SubmitObjectsRequest`.
    #[error("{path} is not an ebRS 3.0 submission (its root is \"{root}\")")]
    NotMetadata {
        /// Path of the `METADATA.XML`.
        path: String,
        /// Name of the root element, shortened.
        root: String,
    },
    /// Not exactly one submission set in a `METADATA.XML`.
    #[error("{path} holds {count} submission sets, one expected")]
    SubmissionSets {
        /// Path of the `METADATA.XML`.
        path: String,
        /// How many there are.
        count: usize,
    },
    /// The documents of one submission set are about several patients.
    #[error("{path} names several patients")]
    SeveralPatients {
        /// Path of the `METADATA.XML`.
        path: String,
    },
    /// A document entry points to a file that the archive does not hold.
    #[error("the document {uri} is not in the archive")]
    MissingFile {
        /// The URI of the entry, shortened.
        uri: String,
    },
    /// Two document entries point to the same file.
    #[error("the file {path} is described by several entries")]
    SharedFile {
        /// Path in the archive, shortened.
        path: String,
    },
    /// The SHA-1 of a document is not the one of its entry.
    #[error("the file {path} does not have the hash its metadata announce")]
    HashMismatch {
        /// Path in the archive, shortened.
        path: String,
    },
    /// The size of a document is not the one of its entry.
    #[error("the file {path} does not have the size its metadata announce")]
    SizeMismatch {
        /// Path in the archive, shortened.
        path: String,
    },
    /// A value without which the package cannot be used or written is absent.
    #[error("{field} is missing")]
    Missing {
        /// Path of the value in the metadata.
        field: String,
    },
    /// A value does not have its format.
    #[error("the value \"{value}\" of {field} is not valid")]
    Invalid {
        /// Path of the value in the metadata.
        field: String,
        /// The value, shortened to 80 characters.
        value: String,
    },
    /// A value that must be unique is repeated, so that it is ambiguous.
    #[error("{field} is repeated: its value is ambiguous")]
    Repeated {
        /// Path of the value in the metadata.
        field: String,
    },
    /// The archive could not be made.
    #[error("the archive could not be written: {detail}")]
    NotWritten {
        /// What is wrong.
        detail: String,
    },
}

impl XdmError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::TooManyEntries { .. } => "too_many_entries",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::TotalTooLarge { .. } => "total_too_large",
            Self::TooCompressed { .. } => "too_compressed",
            Self::NotZip { .. } => "not_zip",
            Self::Encrypted { .. } => "encrypted",
            Self::UnsupportedCompression { .. } => "unsupported_compression",
            Self::UnsafePath { .. } => "unsafe_path",
            Self::SpecialFile { .. } => "special_file",
            Self::DuplicatePath { .. } => "duplicate_path",
            Self::InconsistentArchive { .. } => "inconsistent_archive",
            Self::NestedArchive { .. } => "nested_archive",
            Self::Damaged { .. } => "damaged",
            Self::NoMetadata => "no_metadata",
            Self::TooManySubsets { .. } => "too_many_subsets",
            Self::NoDocument => "no_document",
            Self::TooManyDocuments { .. } => "too_many_documents",
            Self::DtdForbidden { .. } => "dtd_forbidden",
            Self::TooComplex { .. } => "too_complex",
            Self::UnsupportedCharset { .. } => "unsupported_charset",
            Self::NotXml { .. } => "not_xml",
            Self::NotMetadata { .. } => "not_metadata",
            Self::SubmissionSets { .. } => "submission_sets",
            Self::SeveralPatients { .. } => "several_patients",
            Self::MissingFile { .. } => "missing_file",
            Self::SharedFile { .. } => "shared_file",
            Self::HashMismatch { .. } => "hash_mismatch",
            Self::SizeMismatch { .. } => "size_mismatch",
            Self::Missing { .. } => "missing",
            Self::Invalid { .. } => "invalid",
            Self::Repeated { .. } => "repeated",
            Self::NotWritten { .. } => "not_written",
        }
    }

    /// The refusal of a value.
    pub(crate) fn invalid(field: impl Into<String>, value: &str) -> Self {
        Self::Invalid { field: field.into(), value: excerpt(value) }
    }

    /// The absence of a value.
    pub(crate) fn missing(field: impl Into<String>) -> Self {
        Self::Missing { field: field.into() }
    }
}

/// At most 80 characters of a value, for a message, control characters replaced.
pub(crate) fn excerpt(value: &str) -> String {
    value.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
