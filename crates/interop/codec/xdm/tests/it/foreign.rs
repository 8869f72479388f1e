//! Packages made by others: what differs and is accepted.

use std::io::{Cursor, Write};

use xdm::{Role, Subset};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::{CDA, PDF, document, origin, pack, package, read, refusal, repacked, submission, unpack, with_metadata};

#[test]
fn lower_case_names_are_accepted() {
    let bytes = repacked(|path, content| Some((path.to_lowercase(), content)));
    let package = read(&bytes);
    assert_eq!(package.subsets, [crate::support::subset()]);
    assert_eq!(package.warnings, Vec::<String>::new());
}

#[test]
fn folders_and_backslashes_are_accepted() {
    let mut files = vec![("IHE_XDM/".to_owned(), Vec::new()), ("IHE_XDM/SUBSET01/".to_owned(), Vec::new())];
    files.extend(unpack(&package()));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in &files {
        if let Some(folder) = path.strip_suffix('/') {
            archive.add_directory(folder, SimpleFileOptions::default()).expect("a folder");
        } else {
            archive.start_file(path, SimpleFileOptions::default()).expect("a file");
            archive.write_all(content).expect("its content");
        }
    }
    assert_eq!(read(&archive.finish().expect("an archive").into_inner()).subsets, [crate::support::subset()]);
    let windows: Vec<_> = unpack(&package()).into_iter().map(|(path, content)| (path.replace('/', "\\"), content)).collect();
    assert_eq!(read(&pack(&windows)).subsets, [crate::support::subset()]);
}

#[test]
fn stored_files_and_streamed_files_are_accepted() {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in unpack(&package()) {
        archive.start_file(path, stored).expect("a file");
        archive.write_all(&content).expect("its content");
    }
    assert_eq!(read(&archive.finish().expect("an archive").into_inner()).subsets, [crate::support::subset()]);
    // A writer that cannot go back puts the sizes after the data, as Java's does.
    let mut streamed = ZipWriter::new_stream(Vec::new());
    for (path, content) in unpack(&package()) {
        streamed.start_file(path, SimpleFileOptions::default()).expect("a file");
        streamed.write_all(&content).expect("its content");
    }
    let bytes = streamed.finish().expect("an archive").into_inner();
    assert_eq!(read(&bytes).subsets, [crate::support::subset()]);
}

#[test]
fn several_folders_with_any_name_are_several_submission_sets() {
    let subsets = [
        Subset { submission: submission(1), documents: vec![document(1)] },
        Subset { submission: submission(2), documents: vec![document(2), document(3)] },
    ];
    let written = xdm::write(&subsets, &origin()).expect("written");
    let renamed = unpack(&written).into_iter().map(|(path, content)| (path.replace("SUBSET0", "Envoi_du_jour_"), content));
    assert_eq!(read(&pack(&renamed.collect::<Vec<_>>())).subsets, subsets);
}

#[test]
fn a_stylesheet_is_kept_and_never_applied() {
    let mut files = unpack(&package());
    files.push(("IHE_XDM/SUBSET01/CDA.XSL".to_owned(), b"<xsl:stylesheet/>".to_vec()));
    files.push(("style.css".to_owned(), b"p{}".to_vec()));
    let package = read(&pack(&files));
    let sheets: Vec<_> = package.others.iter().filter(|f| f.role == Role::Stylesheet).map(|f| f.path.as_str()).collect();
    assert_eq!(sheets, ["IHE_XDM/SUBSET01/CDA.XSL", "style.css"]);
    assert_eq!(package.warnings, Vec::<String>::new());
}

#[test]
fn a_missing_readable_copy_is_accepted() {
    let bytes = repacked(|path, content| (path != "DOC00001.PDF").then(|| (path.to_owned(), content)));
    let package = read(&bytes);
    assert_eq!(package.subsets[0].documents[0].readable, None);
    assert_eq!(package.subsets[0].documents[0].bytes, CDA);
}

#[test]
fn the_readable_copy_is_found_by_its_name_or_because_it_is_alone() {
    let named = repacked(|path, content| {
        let path = if path == "DOC00001.PDF" { "IHE_XDM/SUBSET01/20260102_DLU.pdf" } else { path };
        Some((path.to_owned(), content))
    });
    assert_eq!(read(&named).subsets[0].documents[0].readable.as_deref(), Some(PDF));
    let two = Subset { submission: submission(1), documents: vec![document(1), document(2)] };
    let files = unpack(&xdm::write(&[two], &origin()).expect("written"));
    let only_second: Vec<_> = files.into_iter().filter(|(path, _)| path != "DOC00001.PDF").collect();
    let package = read(&pack(&only_second));
    let copies: Vec<bool> = package.subsets[0].documents.iter().map(|d| d.readable.is_some()).collect();
    assert_eq!(copies, [false, true]);
}

#[test]
fn a_pdf_that_belongs_to_nobody_is_kept_apart() {
    let mut files = unpack(&package());
    files.push(("OTHER.PDF".to_owned(), b"%PDF-1.7 other".to_vec()));
    let package = read(&pack(&files));
    assert_eq!(package.subsets[0].documents[0].readable.as_deref(), Some(PDF));
    let apart: Vec<_> = package.others.iter().filter(|f| f.role == Role::Pdf).map(|f| f.path.as_str()).collect();
    assert_eq!(apart, ["OTHER.PDF"]);
}

#[test]
fn what_no_metadata_describe_is_kept_and_told() {
    let mut files = unpack(&package());
    files.push(("IHE_XDM/SUBSET01/STRAY.XML".to_owned(), CDA.to_vec()));
    let package = read(&pack(&files));
    assert!(package.others.iter().any(|f| f.role == Role::Other && f.bytes == CDA));
    assert_eq!(package.warnings, ["IHE_XDM/SUBSET01/STRAY.XML: no metadata describe this file"]);
}

#[test]
fn a_missing_index_or_readme_is_told() {
    let bytes = repacked(|path, content| (path.contains('/') || path.ends_with("PDF")).then(|| (path.to_owned(), content)));
    assert_eq!(read(&bytes).warnings, ["INDEX.HTM is missing", "README.TXT is missing"]);
}

#[test]
fn a_package_without_metadata_is_refused() {
    let bytes = repacked(|path, content| (!path.ends_with("METADATA.XML")).then(|| (path.to_owned(), content)));
    assert_eq!(refusal(&bytes).code(), "no_metadata");
    let misplaced = repacked(|path, content| Some((path.replace("IHE_XDM/SUBSET01", "IHE_XDM"), content)));
    assert_eq!(refusal(&misplaced).code(), "no_metadata");
    let too_deep = repacked(|path, content| Some((path.replace("IHE_XDM/SUBSET01", "IHE_XDM/A/B"), content)));
    assert_eq!(refusal(&too_deep).code(), "no_metadata");
}

#[test]
fn a_uri_may_be_cut_and_written_with_a_dot_or_in_small_letters() {
    let value = "<rim:Value>DOC00001.XML</rim:Value>";
    for uri in [
        "<rim:Value>2|01.XML</rim:Value><rim:Value>1|DOC000</rim:Value>",
        "<rim:Value>./DOC00001.XML</rim:Value>",
        "<rim:Value>.\\doc00001.xml</rim:Value>",
        "<rim:Value> doc00001.XML </rim:Value>",
    ] {
        assert_eq!(read(&with_metadata(value, uri)).subsets[0].documents[0].bytes, CDA, "{uri}");
    }
}

#[test]
fn a_hash_in_capitals_is_the_same_hash_and_its_absence_is_told() {
    let metadata = crate::support::metadata();
    let hash = metadata.split("name=\"hash\"").nth(1).and_then(|t| t.split("<rim:Value>").nth(1)).and_then(|t| t.get(..40));
    let hash = hash.expect("a hash").to_owned();
    assert!(read(&with_metadata(&hash, &hash.to_uppercase())).warnings.is_empty());
    let warnings = |name: &str| read(&with_metadata(&format!("name=\"{name}\""), "name=\"gone\"")).warnings;
    assert_eq!(warnings("hash"), ["IHE_XDM/SUBSET01/DOC00001.XML: its metadata give no hash, it was not verified"]);
    assert_eq!(warnings("size"), ["IHE_XDM/SUBSET01/DOC00001.XML: its metadata give no size"]);
}

/// Packs again the archive given as its argument with Python's `zipfile`, to a file then to a stream.
const PYTHON: &str = r#"
import io, sys, zipfile
files = zipfile.ZipFile(sys.argv[1])
class Stream(io.RawIOBase):
    def __init__(self): self.parts = []
    def writable(self): return True
    def write(self, data): self.parts.append(bytes(data)); return len(data)
stream = Stream()
for target in (sys.argv[2], stream):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in files.namelist():
            out.writestr(name, files.read(name))
open(sys.argv[3], "wb").write(b"".join(stream.parts))
"#;

#[test]
fn archives_of_another_tool_are_accepted() {
    let python = std::env::var("GRAPPE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("another-tool");
    std::fs::create_dir_all(&folder).expect("a folder");
    let paths = ["ours.zip", "file.zip", "stream.zip"].map(|name| folder.join(name));
    std::fs::write(&paths[0], package()).expect("a package");
    let run = std::process::Command::new(python).args(["-c", PYTHON]).args(&paths).output();
    let Ok(run) = run else {
        eprintln!("Python is absent: set GRAPPE_PYTHON to run this test");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for path in &paths[1..] {
        let bytes = std::fs::read(path).expect("an archive");
        assert_eq!(read(&bytes).subsets, [crate::support::subset()], "{}", path.display());
    }
}
