//! Bounds on what a package may cost.

/// Bounds on the size and shape of a package. The defaults hold the 10 MB that a mailbox of the trusted
/// space must accept with a wide margin, and keep any package under 150 MiB of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the archive. Default 25 MiB.
    pub max_archive_bytes: usize,
    /// Entries of the archive, folders included. Default 200.
    pub max_entries: usize,
    /// Bytes of one file once decompressed. Default 40 MiB.
    pub max_file_bytes: usize,
    /// Bytes of all files once decompressed. Default 80 MiB.
    pub max_total_bytes: usize,
    /// Decompressed bytes for one compressed byte, looked at above 1 MiB. Default 200.
    pub max_ratio: u64,
    /// Bytes of one path. Default 200.
    pub max_path_bytes: usize,
    /// Submission sets. Default 20.
    pub max_subsets: usize,
    /// Document entries of one submission set. Default 100.
    pub max_documents: usize,
    /// Bytes of one `METADATA.XML`. Default 2 MiB.
    pub max_metadata_bytes: usize,
    /// Elements and texts of one `METADATA.XML`. Default 50 000.
    pub max_nodes: usize,
    /// Attributes and namespace declarations of one element of `METADATA.XML`. Default 32.
    pub max_attributes: usize,
    /// Levels of nested elements of `METADATA.XML`. Default 32.
    pub max_depth: usize,
    /// Warnings kept; one more line says that others were left out. Default 200.
    pub max_warnings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_archive_bytes: 25 * 1024 * 1024,
            max_entries: 200,
            max_file_bytes: 40 * 1024 * 1024,
            max_total_bytes: 80 * 1024 * 1024,
            max_ratio: 200,
            max_path_bytes: 200,
            max_subsets: 20,
            max_documents: 100,
            max_metadata_bytes: 2 * 1024 * 1024,
            max_nodes: 50_000,
            max_attributes: 32,
            max_depth: 32,
            max_warnings: 200,
        }
    }
}
