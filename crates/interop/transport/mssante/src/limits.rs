//! Bounds on what a received message may cost.

/// Bounds on the size and shape of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a message; a larger one is neither fetched nor parsed. Default 30 MiB.
    pub max_bytes: usize,
    /// Bytes of the header of a message. Default 256 KiB.
    pub max_header_bytes: usize,
    /// Bytes of the header of a part; a longer one makes the part opaque. Default 64 KiB.
    pub max_part_header_bytes: usize,
    /// Header fields of a message or a part. Default 500.
    pub max_fields: usize,
    /// Parts of a message, those of the messages inside included. Default 200.
    pub max_parts: usize,
    /// Levels of parts inside parts, below which a part is kept whole. Default 8.
    pub max_depth: usize,
    /// Levels of messages inside messages, below which a message is kept whole. Default 3.
    pub max_messages: usize,
    /// Characters of the text of a message. Default 1 000 000.
    pub max_text: usize,
    /// Addresses of one header, and recipients of one report. Default 500.
    pub max_addresses: usize,
    /// Warnings kept; one more line says that others were left out. Default 100.
    pub max_warnings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 30 * 1024 * 1024,
            max_header_bytes: 256 * 1024,
            max_part_header_bytes: 64 * 1024,
            max_fields: 500,
            max_parts: 200,
            max_depth: 8,
            max_messages: 3,
            max_text: 1_000_000,
            max_addresses: 500,
            max_warnings: 100,
        }
    }
}
