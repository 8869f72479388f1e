//! Printing of IMAP commands.

use super::ImapError;

/// Longest string of a command.
const MAX_STRING: usize = 8_000;

/// A command: text, and the literals met before its end. A literal waits for the server to ask for it.
pub(crate) struct Command {
    pub(crate) name: &'static str,
    /// Each literal, with the text before it.
    pub(crate) before: Vec<(Vec<u8>, Vec<u8>)>,
    /// The text after the last literal.
    pub(crate) text: Vec<u8>,
}

impl Command {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, before: Vec::new(), text: name.as_bytes().to_vec() }
    }

    /// Adds words that need no quoting: numbers, flags, names of data.
    pub(crate) fn words(mut self, words: &str) -> Self {
        self.text.push(b' ');
        self.text.extend_from_slice(words.as_bytes());
        self
    }

    /// Adds a string: quoted, or a literal when it holds what quotes cannot.
    pub(crate) fn string(mut self, value: &str, what: &'static str) -> Result<Self, ImapError> {
        if value.contains('\0') || value.len() > MAX_STRING {
            return Err(ImapError::Argument { what });
        }
        self.text.push(b' ');
        if !value.bytes().all(|b| (b' '..=b'~').contains(&b)) {
            self.text.extend_from_slice(format!("{{{}}}", value.len()).as_bytes());
            self.before.push((std::mem::take(&mut self.text), value.as_bytes().to_vec()));
            return Ok(self);
        }
        self.text.push(b'"');
        for byte in value.bytes() {
            if matches!(byte, b'"' | b'\\') {
                self.text.push(b'\\');
            }
            self.text.push(byte);
        }
        self.text.push(b'"');
        Ok(self)
    }

    /// Adds the name of a folder: plain ASCII, so that no server reads it in another charset.
    pub(crate) fn folder(self, name: &str) -> Result<Self, ImapError> {
        if name.is_empty() || !name.bytes().all(|b| (b' '..=b'~').contains(&b) && !b"&*%".contains(&b)) {
            return Err(ImapError::Argument { what: "the folder" });
        }
        self.string(name, "the folder")
    }
}
