//! Bounds on what a document may cost.

/// Deepest nesting ever accepted, whatever [`Limits::max_depth`] says: the tree readers recurse.
pub(crate) const DEPTH_CEILING: usize = 128;

/// Bounds on the size and shape of a document. The defaults read every official example with a
/// wide margin and keep a 50 MiB document under 256 MiB of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document, before and after decoding of the charset. Default 50 MiB.
    pub max_bytes: usize,
    /// Bytes of all embedded files once decoded from base64. Default 40 MiB.
    pub max_attachment_bytes: usize,
    /// Levels of nested elements; values above 128 count as 128. Default 96.
    pub max_depth: usize,
    /// Elements, texts, comments and processing instructions. Default 250 000.
    pub max_nodes: usize,
    /// Clinical statements and participations, the heaviest records. Default 20 000.
    pub max_records: usize,
    /// Attributes in the whole document. Default 400 000.
    pub max_attributes: usize,
    /// Attributes on one element. Default 128.
    pub max_attributes_per_element: usize,
    /// Namespace declarations in the whole document. Default 20 000.
    pub max_namespaces: usize,
    /// Namespace declarations in scope at one element. Default 64.
    pub max_namespaces_in_scope: usize,
    /// Warnings kept; one more line says that others were left out. Default 200.
    pub max_warnings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 50 * 1024 * 1024,
            max_attachment_bytes: 40 * 1024 * 1024,
            max_depth: 96,
            max_nodes: 250_000,
            max_records: 20_000,
            max_attributes: 400_000,
            max_attributes_per_element: 128,
            max_namespaces: 20_000,
            max_namespaces_in_scope: 64,
            max_warnings: 200,
        }
    }
}

impl Limits {
    /// Depth really applied.
    pub(crate) fn depth(&self) -> usize {
        self.max_depth.min(DEPTH_CEILING)
    }
}
