//! Random bytes and random damage: never a panic, never slow.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use xdm::{Limits, Name, PatientInfo, UtcTime};

use crate::support::{metadata, origin, pack, package, read, subset, unpack};

fn survives(bytes: &[u8]) {
    let start = Instant::now();
    if let Err(error) = xdm::read(bytes, &Limits::default()) {
        assert!(!error.to_string().is_empty() && !error.code().is_empty());
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

fn original() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(package)
}

/// The package with other metadata.
fn with(text: &str) -> Vec<u8> {
    let mut files = unpack(original());
    files.retain(|(path, _)| !path.ends_with("METADATA.XML"));
    files.push(("IHE_XDM/SUBSET01/METADATA.XML".to_owned(), text.as_bytes().to_vec()));
    pack(&files)
}

const PIECES: [&str; 12] = ["<", ">", "</", "/>", "<!--", "]]>", "&", "\"", "=", "<rim:Slot name='URI'>", "^^^&amp;", "é"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        survives(&bytes);
    }

    #[test]
    fn damaged_package(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = original().to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn truncated_package(cut in any::<prop::sample::Index>()) {
        let bytes = original();
        survives(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn damaged_metadata(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), piece in 0..PIECES.len()) {
        let text: Vec<char> = metadata().chars().collect();
        let head: String = text[..from.index(text.len())].iter().collect();
        let tail: String = text[to.index(text.len())..].iter().collect();
        survives(&with(&format!("{head}{}{tail}", PIECES[piece])));
    }

    #[test]
    fn names_survive_the_journey(family in "[A-Z^&~|\\\\ éÉ'-]{1,40}", given in "[A-Z^&~|\\\\ éÉ'-]{1,40}") {
        prop_assume!(family.trim() == family && given.trim() == given && !family.is_empty());
        let mut subset = subset();
        let name = Name { family: family.clone(), given, given_list: String::new(), kind: "L".to_owned() };
        subset.documents[0].entry.source_patient = PatientInfo { names: vec![name], ..PatientInfo::default() };
        subset.documents[0].entry.authors[0].institutions[0].name = family;
        let written = xdm::write(std::slice::from_ref(&subset), &origin()).expect("written");
        prop_assert_eq!(&read(&written).subsets, std::slice::from_ref(&subset));
    }

    #[test]
    fn random_times(written in "[0-9+.\\-éZ]{0,24}") {
        if let Some(time) = UtcTime::from_hl7(&written) {
            prop_assert!(UtcTime::parse(time.as_str()).is_some());
        }
    }
}
