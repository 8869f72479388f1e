//! Opening of the ZIP archive: every file in memory, every cost bounded, every path inside.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::CompressionMethod;
use zip::read::{ZipArchive, ZipFileEntry};
use zip::result::ZipError;

use crate::error::{XdmError, excerpt};
use crate::limits::Limits;

/// Decompressed bytes from which the ratio of compression is looked at: small files of a repeated
/// letter are not bombs.
const RATIO_FLOOR: u64 = 1024 * 1024;
/// Signature of an entry in the directory of the archive (APPNOTE 4.3.12).
const CENTRAL_HEADER: &[u8] = b"PK\x01\x02";
/// Bits of the file type in a Unix mode, and the two types that are accepted.
const FILE_TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;
/// First bytes of archives: ZIP, empty ZIP, gzip, 7z, RAR, bzip2, xz.
const ARCHIVES: [&[u8]; 7] = [b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"];

/// The files of an archive by their path in upper case.
pub(crate) type Files = BTreeMap<String, File>;

/// A file of the archive.
pub(crate) struct File {
    /// Path as written, with slashes.
    pub(crate) path: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

/// Opens an archive. Folders are dropped, their names checked all the same.
pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Files, XdmError> {
    if bytes.len() > limits.max_archive_bytes {
        return Err(XdmError::TooLarge { limit: limits.max_archive_bytes });
    }
    // Counted before the directory is read, which allocates for every entry it names.
    let headers = memmem::find_iter(bytes, CENTRAL_HEADER).take(limits.max_entries + 1).count();
    if headers > limits.max_entries {
        return Err(XdmError::TooManyEntries { limit: limits.max_entries });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| not_zip(&e))?;
    if archive.has_duplicate_names() {
        return Err(XdmError::DuplicatePath { path: "of an entry".to_owned() });
    }
    // Two headers that disagree show another archive to another reader, an antivirus for instance; data
    // used twice are the way a small archive makes many large files. Both are refused here.
    archive.validate_header_consistency().map_err(|error| XdmError::InconsistentArchive { detail: error.to_string() })?;
    let mut opening = Opening { limits, files: Files::new(), folders: Vec::new(), total: 0 };
    for index in 0..archive.len() {
        opening.entry(&mut archive, index)?;
    }
    Ok(opening.files)
}

fn not_zip(error: &ZipError) -> XdmError {
    XdmError::NotZip { detail: error.to_string() }
}

struct Opening<'l> {
    limits: &'l Limits,
    files: Files,
    folders: Vec<String>,
    /// Bytes announced so far.
    total: u64,
}

impl Opening<'_> {
    fn entry(&mut self, archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Result<(), XdmError> {
        let entry = archive.by_index_data(index).map_err(|e| not_zip(&e))?;
        let path = self.safe_path(&entry)?;
        check_kind(&entry, &path)?;
        let key = path.to_uppercase();
        if entry.is_dir() {
            if self.files.contains_key(key.trim_end_matches('/')) || self.folders.contains(&key) {
                return Err(XdmError::DuplicatePath { path });
            }
            self.folders.push(key);
            return Ok(());
        }
        if self.files.contains_key(&key) || self.folders.contains(&format!("{key}/")) {
            return Err(XdmError::DuplicatePath { path });
        }
        self.check_size(&entry, &path)?;
        let content = content(archive, index, &path)?;
        if ARCHIVES.iter().any(|magic| content.starts_with(magic)) {
            return Err(XdmError::NestedArchive { path });
        }
        self.files.insert(key, File { path, bytes: content });
        Ok(())
    }

    /// The path with slashes; a name of a package never needs more than letters, digits and a few signs,
    /// but long and accented names are met and harmless.
    fn safe_path(&self, entry: &ZipFileEntry<'_>) -> Result<String, XdmError> {
        let raw =
            entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), std::borrow::Cow::into_owned);
        let path = raw.replace('\\', "/");
        let parts: Vec<&str> = path.strip_suffix('/').unwrap_or(&path).split('/').collect();
        let bad = |part: &&str| part.is_empty() || *part == "." || *part == ".." || part.contains(':') || part.trim() != *part;
        if path.len() > self.limits.max_path_bytes || path.chars().any(char::is_control) || parts.iter().any(bad) {
            return Err(XdmError::UnsafePath { path: excerpt(&raw) });
        }
        Ok(path)
    }

    fn check_size(&mut self, entry: &ZipFileEntry<'_>, path: &str) -> Result<(), XdmError> {
        let is_metadata = path.to_uppercase().ends_with("/METADATA.XML");
        let limit = if is_metadata { self.limits.max_metadata_bytes } else { self.limits.max_file_bytes };
        let size = entry.size();
        if size > limit as u64 {
            return Err(XdmError::FileTooLarge { path: excerpt(path), limit });
        }
        self.total = self.total.saturating_add(size);
        if self.total > self.limits.max_total_bytes as u64 {
            return Err(XdmError::TotalTooLarge { limit: self.limits.max_total_bytes });
        }
        let ratio = self.limits.max_ratio;
        if size > RATIO_FLOOR && size > entry.compressed_size().saturating_mul(ratio) {
            return Err(XdmError::TooCompressed { path: excerpt(path), limit: ratio });
        }
        Ok(())
    }
}

/// Decompresses one file; never more than the size it announces.
fn content(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, path: &str) -> Result<Vec<u8>, XdmError> {
    let damaged = |detail: String| XdmError::Damaged { path: excerpt(path), detail };
    let mut file = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
    let size = file.size();
    let capacity = usize::try_from(size).map_err(|error| damaged(error.to_string()))?;
    let mut content = Vec::with_capacity(capacity);
    // One byte more than announced: reading to the end is also what verifies the checksum.
    file.by_ref().take(size.saturating_add(1)).read_to_end(&mut content).map_err(|error| damaged(error.to_string()))?;
    if content.len() != capacity {
        return Err(damaged("its size is not the one announced".to_owned()));
    }
    Ok(content)
}

fn check_kind(entry: &ZipFileEntry<'_>, path: &str) -> Result<(), XdmError> {
    if entry.encrypted() {
        return Err(XdmError::Encrypted { path: excerpt(path) });
    }
    let file_type = entry.unix_mode().unwrap_or(0) & FILE_TYPE;
    if !matches!(file_type, 0 | REGULAR | FOLDER) {
        return Err(XdmError::SpecialFile { path: excerpt(path) });
    }
    if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(XdmError::UnsupportedCompression { path: excerpt(path) });
    }
    Ok(())
}
