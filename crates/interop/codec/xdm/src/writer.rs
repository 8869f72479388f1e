//! From submission sets to the bytes of an archive.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::check;
use crate::error::XdmError;
use crate::index::{self, Line};
use crate::limits::Limits;
use crate::metadata_write::{self, File};
use crate::package::{Document, Subset};
use crate::reader::sha1_hex;

/// Who makes the package, for the files that people open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the sending establishment.
    pub institution: String,
    /// Whom to ask about the package: a telephone number or a mailbox.
    pub contact: String,
    /// Name and version of the software.
    pub software: String,
}

/// Writes a package: `INDEX.HTM`, `README.TXT`, `IHE_XDM/SUBSET01/METADATA.XML` and the documents
/// beside it, names in ISO 9660 level 1 (8.3, upper case). The readable copy of a document stands at the
/// root under the same number: it has no entry in the metadata, being no document of its own. The same
/// input gives the same bytes.
///
/// # Errors
/// [`XdmError::Missing`], [`XdmError::Invalid`], [`XdmError::Repeated`] or
/// [`XdmError::SeveralPatients`] for metadata a French receiver would refuse, [`XdmError::NoDocument`],
/// and the limits that [`crate::read`] has by default, which no package may pass.
pub fn write(subsets: &[Subset], origin: &Origin) -> Result<Vec<u8>, XdmError> {
    let limits = Limits::default();
    if subsets.is_empty() {
        return Err(XdmError::NoDocument);
    }
    if subsets.len() > limits.max_subsets {
        return Err(XdmError::TooManySubsets { limit: limits.max_subsets });
    }
    let mut archive = Archive::new();
    let (mut lines, mut folders) = (Vec::new(), Vec::new());
    for (number, subset) in (1..).zip(subsets) {
        check::subset(subset)?;
        if subset.documents.len() > limits.max_documents {
            return Err(XdmError::TooManyDocuments { path: "the submission set".to_owned(), limit: limits.max_documents });
        }
        let names = names(subset, number, lines.len());
        folders.push((format!("IHE_XDM/SUBSET{number:02}"), names.iter().map(|name| name.file.clone()).collect::<Vec<_>>()));
        lines.extend(names.into_iter().map(|name| name.line));
    }
    archive.add("INDEX.HTM", &index::index(origin, &lines))?;
    archive.add("README.TXT", &index::readme(origin))?;
    let mut line = lines.iter();
    for (subset, (folder, files)) in subsets.iter().zip(&folders) {
        archive.subset(subset, folder, files, &mut line)?;
    }
    let bytes = archive.finish()?;
    if bytes.len() > limits.max_archive_bytes {
        return Err(XdmError::TooLarge { limit: limits.max_archive_bytes });
    }
    Ok(bytes)
}

/// The names of one document.
struct Names {
    /// Name in the folder of its submission set.
    file: String,
    line: Line,
}

fn names(subset: &Subset, folder: usize, before: usize) -> Vec<Names> {
    let name = |(number, document): (usize, &Document)| {
        let file = format!("DOC{number:05}.{}", extension(&document.entry.mime_type));
        let readable = document.readable.as_ref().map(|_| format!("DOC{number:05}.PDF"));
        let title = document.entry.title.clone().unwrap_or_default();
        let path = format!("IHE_XDM/SUBSET{folder:02}/{file}");
        Names { file, line: Line { title, path, readable } }
    };
    (before + 1..).zip(&subset.documents).map(name).collect()
}

fn extension(mime_type: &str) -> &'static str {
    match mime_type {
        "text/xml" | "application/xml" | "application/xslt+xml" => "XML",
        "application/pdf" => "PDF",
        "text/plain" => "TXT",
        "text/rtf" | "application/rtf" => "RTF",
        "image/jpeg" => "JPG",
        "image/png" => "PNG",
        "image/tiff" => "TIF",
        "application/dicom" => "DCM",
        _ => "BIN",
    }
}

struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    options: SimpleFileOptions,
}

impl Archive {
    fn new() -> Self {
        // 1 January 1980, the first date of ZIP: a date of our own would change the bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())), options }
    }

    fn subset<'l>(
        &mut self,
        subset: &Subset,
        folder: &str,
        names: &[String],
        lines: &mut impl Iterator<Item = &'l Line>,
    ) -> Result<(), XdmError> {
        let file = |(document, name): (&Document, &String)| File {
            uri: name.clone(),
            hash: sha1_hex(&document.bytes),
            size: document.bytes.len(),
        };
        let files: Vec<File> = subset.documents.iter().zip(names).map(file).collect();
        self.add(&format!("{folder}/METADATA.XML"), &metadata_write::metadata(subset, &files))?;
        for ((document, name), line) in subset.documents.iter().zip(names).zip(lines) {
            self.add(&format!("{folder}/{name}"), &document.bytes)?;
            if let (Some(bytes), Some(path)) = (&document.readable, &line.readable) {
                self.add(path, bytes)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), XdmError> {
        self.zip.start_file(path, self.options).map_err(|error| not_written(&error.to_string()))?;
        self.zip.write_all(bytes).map_err(|error| not_written(&error.to_string()))
    }

    fn finish(self) -> Result<Vec<u8>, XdmError> {
        let cursor = self.zip.finish().map_err(|error| not_written(&error.to_string()))?;
        Ok(cursor.into_inner())
    }
}

fn not_written(detail: &str) -> XdmError {
    XdmError::NotWritten { detail: detail.to_owned() }
}
