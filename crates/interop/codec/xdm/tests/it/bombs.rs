//! Archives made to fill the memory or to last for ever.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use xdm::{Limits, XdmError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::raw_zip::{Raw, archive};
use crate::support::{pack, package, refusal};

fn refused(bytes: &[u8], limits: &Limits) -> &'static str {
    let start = Instant::now();
    let error = xdm::read(bytes, limits).expect_err("refused");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    error.code()
}

/// An archive of one file of `megabytes` times the same letter.
fn bomb(path: &str, megabytes: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(path, SimpleFileOptions::default()).expect("an entry");
    for _ in 0..megabytes {
        archive.write_all(&vec![b'A'; 1024 * 1024]).expect("its content");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn a_file_compressed_too_much_is_a_bomb() {
    let bytes = bomb("BOMB.TXT", 30);
    assert!(bytes.len() < 200_000);
    assert_eq!(refused(&bytes, &Limits::default()), "too_compressed");
    let one_megabyte = bomb("SMALL.TXT", 1);
    assert_eq!(refused(&one_megabyte, &Limits::default()), "no_metadata");
}

#[test]
fn a_bomb_that_lies_about_its_size_is_not_believed() {
    let deflated = |megabytes: usize| {
        let bytes = bomb("B", megabytes);
        let start = 30 + 1;
        let end = bytes.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory");
        bytes[start..end].to_vec()
    };
    for (announced, expected) in [(1000, "damaged"), (u32::MAX, "file_too_large")] {
        let lie = Raw { method: 8, size: announced, data: deflated(30), ..Raw::stored("BOMB.TXT", b"") };
        assert_eq!(refused(&archive(&[lie], |_, offset| offset), &Limits::default()), expected);
    }
}

#[test]
fn every_size_is_bounded() {
    let bytes = package();
    let default = Limits::default();
    assert_eq!(refused(&bytes, &Limits { max_archive_bytes: bytes.len() - 1, ..default }), "too_large");
    assert_eq!(refused(&bytes, &Limits { max_file_bytes: 50, ..default }), "file_too_large");
    assert_eq!(refused(&bytes, &Limits { max_metadata_bytes: 500, ..default }), "file_too_large");
    assert_eq!(refused(&bytes, &Limits { max_total_bytes: 2_000, ..default }), "total_too_large");
    assert_eq!(refused(&bytes, &Limits { max_entries: 4, ..default }), "too_many_entries");
    assert!(xdm::read(&bytes, &Limits { max_entries: 5, ..default }).is_ok());
}

#[test]
fn entries_are_counted_before_they_are_read() {
    let many: Vec<Raw> = (0..60_000).map(|n| Raw::stored(&format!("F{n}"), b"")).collect();
    assert_eq!(refused(&archive(&many, |_, offset| offset), &Limits::default()), "too_many_entries");
    let mut lying = archive(&many, |_, offset| offset);
    let end = lying.len() - 22;
    lying[end + 8..end + 12].copy_from_slice(&[1, 0, 1, 0]);
    assert_eq!(refused(&lying, &Limits::default()), "too_many_entries");
}

#[test]
fn what_is_no_archive_is_refused_quickly() {
    for bytes in [vec![], b"PK".to_vec(), vec![0; 1_000_000], b"PK\x05\x06".repeat(200_000), package()[..500].to_vec()] {
        assert!(matches!(refused(&bytes, &Limits::default()), "not_zip" | "no_metadata"));
    }
    let headers = b"PK\x01\x02".repeat(1_000_000);
    assert_eq!(refused(&headers, &Limits::default()), "too_many_entries");
}

#[test]
fn the_metadata_are_bounded_in_shape() {
    let with = |content: String| refusal(&pack(&[("IHE_XDM/A/METADATA.XML".to_owned(), content.into_bytes())]));
    let complex = |what| XdmError::TooComplex { path: "IHE_XDM/A/METADATA.XML".to_owned(), what };
    assert_eq!(with("<a/>".repeat(60_000)), complex("elements"));
    assert_eq!(with("<a>".repeat(1_000)), complex("levels"));
    let attributes = " a='x'".repeat(50_000);
    assert_eq!(with(format!("<a{attributes}/>")), complex("attributes"));
    let nested = "<a xmlns:n='u' xmlns:m='u'>".repeat(30);
    assert_eq!(with(nested), complex("namespaces"));
    let entities = "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>".to_owned();
    assert_eq!(with(entities).code(), "dtd_forbidden");
    assert_eq!(with("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>".to_owned()).code(), "dtd_forbidden");
    for open in ["<a b='", "<!-- ", "<![CDATA[", "<?a ", "<a", "</a", "<"] {
        assert_eq!(with(format!("<r>{open}")).code(), "not_xml", "{open}");
    }
}

#[test]
fn submission_sets_and_documents_are_counted() {
    let many: Vec<_> = (0..21).map(|n| (format!("IHE_XDM/S{n}/METADATA.XML"), b"<a/>".to_vec())).collect();
    assert_eq!(refusal(&pack(&many)), XdmError::TooManySubsets { limit: 20 });
    let bytes = package();
    assert_eq!(refused(&bytes, &Limits { max_documents: 0, ..Limits::default() }), "too_many_documents");
}

#[test]
fn warnings_are_counted() {
    let metadata = crate::support::metadata();
    let association = r#"<rim:Association id="z" associationType="x" sourceObject="y" targetObject="z"/>"#;
    let strange = association.repeat(300);
    let text = metadata.replacen("</rim:RegistryObjectList>", &format!("{strange}</rim:RegistryObjectList>"), 1);
    let bytes = crate::support::repacked(|path, content| {
        let content = if path.ends_with("METADATA.XML") { text.clone().into_bytes() } else { content };
        Some((path.to_owned(), content))
    });
    let package = crate::support::read(&bytes);
    assert_eq!(package.warnings.len(), 201);
    assert_eq!(package.warnings.last().map(String::as_str), Some("other warnings were left out"));
}
