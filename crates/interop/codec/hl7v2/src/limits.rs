//! Bounds on what a message may cost.

/// Bounds on the size and shape of a message. The defaults read every official example with a
/// wide margin and keep a 50 MiB message under 256 MiB of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the message, before and after decoding of the charset. Default 50 MiB.
    pub max_bytes: usize,
    /// Bytes of all files read by one view, once decoded from base64. Default 40 MiB.
    pub max_attachment_bytes: usize,
    /// Segments. Default 20 000.
    pub max_segments: usize,
    /// Fields, repetitions, components and subcomponents, empty ones included. Default 250 000.
    pub max_values: usize,
    /// Warnings kept by the message and by each view; one more line says that others were left
    /// out. Default 200.
    pub max_warnings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 50 * 1024 * 1024,
            max_attachment_bytes: 40 * 1024 * 1024,
            max_segments: 20_000,
            max_values: 250_000,
            max_warnings: 200,
        }
    }
}

/// A bounded list of tolerated defects.
#[derive(Debug, Clone, Default)]
pub(crate) struct Warnings {
    list: Vec<String>,
    max: usize,
}

impl Warnings {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { list: Vec::new(), max: limits.max_warnings }
    }

    /// Notes a tolerated defect; `message` is only called when there is room for it.
    pub(crate) fn push(&mut self, message: impl FnOnce() -> String) {
        match self.list.len().cmp(&self.max) {
            std::cmp::Ordering::Less => self.list.push(message()),
            std::cmp::Ordering::Equal => self.list.push("other warnings were left out".to_owned()),
            std::cmp::Ordering::Greater => {}
        }
    }

    pub(crate) fn as_slice(&self) -> &[String] {
        &self.list
    }

    pub(crate) fn into_list(self) -> Vec<String> {
        self.list
    }
}
