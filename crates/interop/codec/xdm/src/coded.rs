//! Coded metadata.

use crate::hl7::escape;

/// A code of a value set with its display name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// The code, `74207-2`.
    pub code: String,
    /// Its code system as an OID (or an URN where the value set says so), `2.16.840.1.113883.6.1`.
    pub scheme: String,
    /// The display name of the value set, which metadata must carry.
    pub display: String,
}

impl Code {
    /// A code with its code system and display name.
    pub fn new(code: impl Into<String>, scheme: impl Into<String>, display: impl Into<String>) -> Self {
        Self { code: code.into(), scheme: scheme.into(), display: display.into() }
    }

    /// The code as one text, `code^display^scheme`, the form `authorSpecialty` takes in France.
    pub fn to_text(&self) -> String {
        format!("{}^{}^{}", escape(&self.code), escape(&self.display), escape(&self.scheme))
    }
}
