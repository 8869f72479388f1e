//! What a package holds.

use crate::entry::{DocumentEntry, SubmissionSet};

/// A document of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its metadata.
    pub entry: DocumentEntry,
    /// The document itself.
    pub bytes: Vec<u8>,
    /// The same document as a PDF that anybody can read, if the package has one.
    pub readable: Option<Vec<u8>>,
}

/// One submission set with its documents: one folder of `IHE_XDM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subset {
    /// Who submits and why.
    pub submission: SubmissionSet,
    /// The documents, in the order of the metadata.
    pub documents: Vec<Document>,
}

/// What a file of a package is when it is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// `INDEX.HTM`.
    Index,
    /// `README.TXT`.
    Readme,
    /// A stylesheet, `.XSL` or `.CSS`. It is never applied.
    Stylesheet,
    /// A PDF that could not be tied to a document.
    Pdf,
    /// Anything else.
    Other,
}

/// A file of a package that the metadata do not describe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFile {
    /// Path in the archive, as written.
    pub path: String,
    /// What it is.
    pub role: Role,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A package that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The submission sets, in the order of their folders.
    pub subsets: Vec<Subset>,
    /// Every other file: nothing of the archive is left out.
    pub others: Vec<OtherFile>,
    /// Defects that did not prevent the reading, in plain English.
    pub warnings: Vec<String>,
}
