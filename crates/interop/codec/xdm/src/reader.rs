//! From the bytes of an archive to a package.

use sha1::{Digest, Sha1};

use crate::archive::{self, File, Files};
use crate::error::{XdmError, excerpt};
use crate::limits::Limits;
use crate::metadata_read::{self, Described};
use crate::package::{Document, OtherFile, Package, Role, Subset};

/// Warnings of one reading, bounded in number.
pub(crate) struct Warnings {
    kept: Vec<String>,
    limit: usize,
}

impl Warnings {
    pub(crate) fn add(&mut self, message: String) {
        match self.kept.len().cmp(&self.limit) {
            std::cmp::Ordering::Less => self.kept.push(message),
            std::cmp::Ordering::Equal => self.kept.push("other warnings were left out".to_owned()),
            std::cmp::Ordering::Greater => {}
        }
    }
}

/// Reads a package: opens the archive, parses the metadata of every submission set, verifies the hash
/// and the size of every document.
///
/// Lower-case names, several submission sets, several documents, a stylesheet, a missing PDF, index or
/// read-me are accepted; what the French rules demand and is absent is told in [`Package::warnings`].
/// The patient of the metadata is given, not compared with the documents: they are not opened.
///
/// # Errors
/// Every refusal is an [`XdmError`] with its [`XdmError::code`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Package, XdmError> {
    let mut warnings = Warnings { kept: Vec::new(), limit: limits.max_warnings };
    let mut files = archive::open(bytes, limits)?;
    let folders: Vec<String> = files.keys().filter_map(|key| subset_folder(key)).collect();
    if folders.is_empty() {
        return Err(XdmError::NoMetadata);
    }
    if folders.len() > limits.max_subsets {
        return Err(XdmError::TooManySubsets { limit: limits.max_subsets });
    }
    let mut reading = Reading { files: &mut files, warnings: &mut warnings, limits, taken: Vec::new() };
    let mut subsets = Vec::with_capacity(folders.len());
    for folder in &folders {
        subsets.push(reading.subset(folder)?);
    }
    let taken = reading.taken;
    if subsets.iter().all(|subset| subset.documents.is_empty()) {
        return Err(XdmError::NoDocument);
    }
    tie_readable_copies(&mut subsets, &taken, &mut files);
    let others = others(files, &mut warnings);
    Ok(Package { subsets, others, warnings: warnings.kept })
}

/// `IHE_XDM/<folder>` when `key` is the path of a `METADATA.XML`.
fn subset_folder(key: &str) -> Option<String> {
    let folder = key.strip_prefix("IHE_XDM/")?.strip_suffix("/METADATA.XML")?;
    (!folder.is_empty() && !folder.contains('/')).then(|| format!("IHE_XDM/{folder}"))
}

struct Reading<'r> {
    files: &'r mut Files,
    warnings: &'r mut Warnings,
    limits: &'r Limits,
    /// Keys of the documents of the package, in the order they were met.
    taken: Vec<String>,
}

impl Reading<'_> {
    fn subset(&mut self, folder: &str) -> Result<Subset, XdmError> {
        let file = self.files.remove(&format!("{folder}/METADATA.XML")).ok_or(XdmError::NoMetadata)?;
        let metadata = metadata_read::parse(&file.bytes, &file.path, self.limits, self.warnings)?;
        let mut documents = Vec::with_capacity(metadata.documents.len());
        for described in metadata.documents {
            documents.push(self.document(folder, described)?);
        }
        if documents.is_empty() {
            self.warnings.add(format!("{}: the submission set has no document", file.path));
        }
        Ok(Subset { submission: metadata.submission, documents })
    }

    fn document(&mut self, folder: &str, described: Described) -> Result<Document, XdmError> {
        let key = document_key(folder, &described.uri)?;
        let Some(file) = self.files.remove(&key) else {
            return Err(if self.taken.contains(&key) {
                XdmError::SharedFile { path: excerpt(&described.uri) }
            } else {
                XdmError::MissingFile { uri: excerpt(&described.uri) }
            });
        };
        self.taken.push(key);
        self.verify(&file, &described)?;
        Ok(Document { entry: described.entry, bytes: file.bytes, readable: None })
    }

    fn verify(&mut self, file: &File, described: &Described) -> Result<(), XdmError> {
        match described.size.as_deref().map(str::trim) {
            Some(size) if size.parse() == Ok(file.bytes.len()) => {}
            Some(_) => return Err(XdmError::SizeMismatch { path: excerpt(&file.path) }),
            None => self.warnings.add(format!("{}: its metadata give no size", excerpt(&file.path))),
        }
        match described.hash.as_deref().map(str::trim) {
            Some(hash) if hash.eq_ignore_ascii_case(&sha1_hex(&file.bytes)) => {}
            Some(_) => return Err(XdmError::HashMismatch { path: excerpt(&file.path) }),
            None => self.warnings.add(format!("{}: its metadata give no hash, it was not verified", excerpt(&file.path))),
        }
        Ok(())
    }
}

/// The key of the file a URI points to: below the folder of its metadata, and nowhere else.
fn document_key(folder: &str, uri: &str) -> Result<String, XdmError> {
    let path = uri.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    if path.contains(':') || path.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
        return Err(XdmError::UnsafePath { path: excerpt(uri) });
    }
    Ok(format!("{folder}/{}", path.to_uppercase()))
}

/// SHA-1 in lower-case hexadecimal, the hash of the XDS metadata.
pub(crate) fn sha1_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(40);
    for byte in Sha1::digest(bytes) {
        for digit in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    hex
}

/// Ties each PDF that the metadata do not describe to its document: the one of the same name, or the
/// only one when there is one document and one PDF.
fn tie_readable_copies(subsets: &mut [Subset], taken: &[String], files: &mut Files) {
    let pdfs: Vec<String> = files.iter().filter(|(_, file)| is_pdf(file)).map(|(key, _)| key.clone()).collect();
    let documents = subsets.iter_mut().flat_map(|subset| &mut subset.documents).zip(taken);
    for (document, key) in documents {
        let same = pdfs.iter().find(|pdf| stem(pdf) == stem(key) && files.contains_key(*pdf));
        let only = pdfs.first().filter(|_| pdfs.len() == 1 && taken.len() == 1);
        if let Some(pdf) = same.or(only)
            && !document.bytes.starts_with(b"%PDF")
        {
            document.readable = files.remove(pdf).map(|file| file.bytes);
        }
    }
}

fn is_pdf(file: &File) -> bool {
    file.bytes.starts_with(b"%PDF")
}

/// The name of a file without its folders and extension.
fn stem(key: &str) -> &str {
    let name = key.rsplit('/').next().unwrap_or(key);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn others(files: Files, warnings: &mut Warnings) -> Vec<OtherFile> {
    for name in ["INDEX.HTM", "README.TXT"] {
        if !files.contains_key(name) {
            warnings.add(format!("{name} is missing"));
        }
    }
    let mut others = Vec::with_capacity(files.len());
    for (key, file) in files {
        let role = role(&key, &file);
        if role == Role::Other {
            warnings.add(format!("{}: no metadata describe this file", excerpt(&file.path)));
        }
        others.push(OtherFile { path: file.path, role, bytes: file.bytes });
    }
    others
}

fn role(key: &str, file: &File) -> Role {
    match key {
        "INDEX.HTM" => Role::Index,
        "README.TXT" => Role::Readme,
        _ if is_pdf(file) => Role::Pdf,
        _ => match key.rsplit_once('.') {
            Some((_, "XSL" | "XSLT" | "CSS")) => Role::Stylesheet,
            _ => Role::Other,
        },
    }
}
