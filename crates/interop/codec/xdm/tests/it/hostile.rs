//! Archives made to escape, to hide or to confuse.

use xdm::XdmError;

use crate::raw_zip::{Raw, archive, local};
use crate::support::{package, read, refusal, repacked, unpack};

/// The package, its entries stored, with `change` applied to the list.
fn with(change: impl FnOnce(&mut Vec<Raw>)) -> Vec<u8> {
    let mut entries: Vec<Raw> = unpack(&package()).iter().map(|(path, content)| Raw::stored(path, content)).collect();
    change(&mut entries);
    archive(&entries, |_, offset| offset)
}

#[test]
fn the_untouched_copy_is_readable() {
    assert_eq!(read(&with(|_| {})).subsets, read(&package()).subsets);
}

#[test]
fn paths_stay_inside() {
    for name in [
        "../EVIL.TXT",
        "IHE_XDM/../../EVIL.TXT",
        "/EVIL.TXT",
        "\\EVIL.TXT",
        "..\\EVIL.TXT",
        "IHE_XDM\\SUBSET01\\..\\..\\..\\EVIL.TXT",
        "C:\\EVIL.TXT",
        "C:EVIL.TXT",
        "//server/share/EVIL.TXT",
        "IHE_XDM/./EVIL.TXT",
        "IHE_XDM//EVIL.TXT",
        "",
        ".",
        "..",
        " EVIL.TXT",
        "EVIL.TXT ",
        "EVIL\0.TXT",
        "EVIL\n.TXT",
        "EVIL.TXT:stream",
        "../EVIL/",
    ] {
        let bytes = with(|entries| entries.push(Raw::stored(name, b"")));
        assert_eq!(refusal(&bytes).code(), "unsafe_path", "{name:?}");
    }
    let long = with(|entries| entries.push(Raw::stored(&"A".repeat(201), b"x")));
    assert_eq!(refusal(&long).code(), "unsafe_path");
}

#[test]
fn harmless_paths_are_accepted() {
    let bytes = with(|entries| {
        for name in ["Compte rendu du 3 mai.pdf", "docs/été.txt", "a..b.txt", "..a", "dossier/"] {
            entries.push(Raw { flags: 0x800, ..Raw::stored(name, b"") });
        }
    });
    assert_eq!(read(&bytes).others.len(), 6);
}

#[test]
fn a_path_stands_once_letter_case_aside() {
    let twice = with(|entries| entries.push(Raw::stored("README.TXT", b"other")));
    assert_eq!(refusal(&twice).code(), "duplicate_path");
    let lower = with(|entries| entries.push(Raw::stored("readme.txt", b"other")));
    assert_eq!(refusal(&lower), XdmError::DuplicatePath { path: "readme.txt".to_owned() });
    let folder = with(|entries| entries.push(Raw::stored("README.TXT/", b"")));
    assert_eq!(refusal(&folder).code(), "duplicate_path");
    let folder_first = with(|entries| entries.insert(0, Raw::stored("readme.txt/", b"")));
    assert_eq!(refusal(&folder_first).code(), "duplicate_path");
    let document = with(|entries| entries.push(Raw::stored("ihe_xdm\\subset01\\doc00001.xml", b"other")));
    assert_eq!(refusal(&document).code(), "duplicate_path");
}

#[test]
fn links_and_special_files_are_refused() {
    for mode in [0o120_777, 0o010_644, 0o020_644, 0o060_644, 0o140_644] {
        let bytes = with(|entries| entries.push(Raw { mode, ..Raw::stored("LINK.TXT", b"/etc/passwd") }));
        assert_eq!(refusal(&bytes).code(), "special_file", "{mode:o}");
    }
    let regular = with(|entries| entries.push(Raw { mode: 0o100_644, ..Raw::stored("FILE.TXT", b"x") }));
    assert_eq!(read(&regular).others.len(), 3);
}

#[test]
fn encryption_and_rare_compressions_are_refused() {
    let encrypted = with(|entries| entries.push(Raw { flags: 1, ..Raw::stored("SECRET.TXT", &[0; 20]) }));
    assert_eq!(refusal(&encrypted).code(), "encrypted");
    for method in [1, 6, 9, 12, 14, 93, 95, 99] {
        let bytes = with(|entries| entries.push(Raw { method, ..Raw::stored("RARE.TXT", &[0; 20]) }));
        assert!(matches!(refusal(&bytes).code(), "unsupported_compression" | "encrypted"), "{method}");
    }
}

#[test]
fn damage_is_noticed() {
    let checksum = with(|entries| entries[3].crc ^= 1);
    assert_eq!(refusal(&checksum).code(), "damaged");
    let not_deflated = with(|entries| entries[3].method = 8);
    assert_eq!(refusal(&not_deflated).code(), "damaged");
    let shorter = with(|entries| entries[3].size += 10);
    assert_eq!(refusal(&shorter).code(), "damaged");
    let longer = with(|entries| entries[3].size -= 10);
    assert_eq!(refusal(&longer).code(), "damaged");
}

#[test]
fn two_entries_never_share_their_data() {
    let inner = Raw::stored("INNER.TXT", b"twice");
    let quoted = [b"first ".as_slice(), &local(&inner)].concat();
    let outer = Raw::stored("OUTER.TXT", &quoted);
    let before = u32::try_from(30 + "OUTER.TXT".len() + "first ".len()).expect("small");
    let overlapping = archive(&[outer, inner], |index, offset| if index == 1 { before } else { offset });
    let error = refusal(&overlapping);
    assert_eq!((error.code(), error.to_string().contains("overlapping")), ("inconsistent_archive", true), "{error}");
}

#[test]
fn the_two_headers_of_an_entry_say_the_same() {
    let cloaked = with(|entries| entries[3].local_name = Some(b"IHE_XDM/SUBSET01/OTHER001.XML".to_vec()));
    assert_eq!(refusal(&cloaked).code(), "inconsistent_archive");
}

#[test]
fn archives_inside_are_never_opened() {
    for magic in
        [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh9", b"\xfd7zXZ\0"]
    {
        let bytes = with(|entries| entries.push(Raw::stored("INSIDE.BIN", magic)));
        assert_eq!(refusal(&bytes).code(), "nested_archive", "{magic:?}");
    }
}

#[test]
fn a_uri_stays_in_the_folder_of_its_metadata() {
    let with_uri = |uri: &str| {
        crate::support::with_metadata("<rim:Value>DOC00001.XML</rim:Value>", &format!("<rim:Value>{uri}</rim:Value>"))
    };
    for uri in [
        "../SUBSET01/DOC00001.XML",
        "..\\..\\README.TXT",
        "/README.TXT",
        "file:///etc/passwd",
        "http://exemple.invalid/a",
        "C:\\a",
        "a//b",
        "./../README.TXT",
        ".",
    ] {
        assert_eq!(refusal(&with_uri(uri)).code(), "unsafe_path", "{uri}");
    }
    assert_eq!(refusal(&with_uri("DOC00009.XML")), XdmError::MissingFile { uri: "DOC00009.XML".to_owned() });
    assert_eq!(refusal(&with_uri("METADATA.XML")).code(), "missing_file");
    assert_eq!(refusal(&with_uri("")).code(), "missing");
}

#[test]
fn two_entries_never_describe_the_same_file() {
    let mut subset = crate::support::subset();
    subset.documents.push(crate::support::document(2));
    let files = unpack(&xdm::write(&[subset], &crate::support::origin()).expect("written"));
    let changed: Vec<_> = files
        .into_iter()
        .map(|(path, content)| {
            let second_is_first = |text: Vec<u8>| String::from_utf8(text).expect("UTF-8").replace("DOC00002.XML", "doc00001.xml");
            let content = if path.ends_with("METADATA.XML") { second_is_first(content).into_bytes() } else { content };
            (path, content)
        })
        .collect();
    assert_eq!(refusal(&crate::support::pack(&changed)).code(), "shared_file");
}

#[test]
fn a_changed_document_is_refused() {
    let changed = |byte: &dyn Fn(&mut Vec<u8>)| {
        repacked(|path, mut content| {
            if path.ends_with("DOC00001.XML") {
                byte(&mut content);
            }
            Some((path.to_owned(), content))
        })
    };
    assert_eq!(refusal(&changed(&|content| content[50] ^= 1)).code(), "hash_mismatch");
    assert_eq!(refusal(&changed(&|content| content.push(b' '))).code(), "size_mismatch");
}
