//! The thirteen official examples (CI-SIS), when this machine has them.

use cda_r2::{Block, Body, ClinicalDocument, InsKind, Limits, Sex, parse};
use roxmltree::{Document, Node};

use crate::official_expected::{EXAMPLES, Expected};
use crate::support::official_folder;

fn each(mut check: impl FnMut(&Expected, &str, &ClinicalDocument)) {
    let Some(folder) = official_folder() else {
        return;
    };
    for expected in &EXAMPLES {
        let bytes = std::fs::read(folder.join(expected.file)).expect(expected.file);
        let document = parse(&bytes, &Limits::default()).expect(expected.file);
        let text = String::from_utf8(bytes).expect("UTF-8");
        check(expected, text.trim_start_matches('\u{feff}'), &document);
    }
}

#[test]
fn headers_and_bodies_are_as_published() {
    each(|expected, _, document| {
        let name = expected.file;
        let header = &document.header;
        assert_eq!(header.title.as_deref(), Some(expected.title), "{name}");
        assert_eq!(header.code.code.as_deref(), Some(expected.code), "{name}");
        assert_eq!(header.set_id.as_ref().map(|id| id.root.as_str()), Some(expected.set_id), "{name}");
        assert!(header.effective_time.offset_minutes == Some(60) || header.effective_time.offset_minutes == Some(120), "{name}");
        assert!(header.authors[0].entity.names[0].family().is_some(), "{name}");
        assert!(header.custodian.as_ref().is_some_and(|c| c.name.is_some()), "{name}");
        assert!(header.legal_authenticator.is_some() && header.encounter.is_some(), "{name}");
        assert!(!header.service_events.is_empty(), "{name}");
        match (&document.body, expected.body) {
            (Body::Structured(top), Ok(counts)) => {
                assert_eq!((document.sections().len(), top.len()), counts, "{name}");
            }
            (Body::File(file), Err(media_type)) => {
                assert_eq!(file.media_type.as_deref(), Some(media_type), "{name}");
                assert_eq!(file.detected_type, Some("application/pdf"), "{name}");
                assert!(String::from_utf8_lossy(&file.bytes).trim_end().ends_with("%%EOF"), "{name}");
            }
            _ => panic!("{name}: the body is not of the expected kind"),
        }
        let media: Vec<_> = document.sections().into_iter().flat_map(|s| &s.media).collect();
        assert_eq!(media.len(), expected.media, "{name}");
        assert!(media.iter().all(|m| !m.file.bytes.is_empty() && !m.file.damaged), "{name}");
        assert_eq!(document.warnings, expected.warnings, "{name}");
    });
}

#[test]
fn the_patient_has_its_national_identity_and_traits() {
    each(|expected, _, document| {
        let patient = &document.header.patient;
        let name = expected.file;
        assert_eq!(patient.ins(), [(InsKind::Test, "279035121518989")], "{name}");
        assert_eq!(patient.birth_family(), Some("PAT-TROIS"), "{name}");
        assert_eq!(patient.birth_first_given(), Some("DOMINIQUE"), "{name}");
        assert_eq!(patient.birth_given_list().as_deref(), Some("DOMINIQUE MARIE-LOUISE"), "{name}");
        assert_eq!(patient.names[0].used_family(), Some("PAT-TROIS"), "{name}");
        assert_eq!(patient.sex(), Some(Sex::Female), "{name}");
        let birth = patient.birth_time.as_ref().and_then(cda_r2::Timestamp::date_iso);
        assert_eq!(birth.as_deref(), Some("1979-03-28"), "{name}");
        let place = patient.birthplace.as_ref().expect("birthplace");
        assert_eq!(place.insee_code.as_deref(), Some("51215"), "{name}");
        assert_eq!(place.city.as_deref(), Some("DOMPREMY"), "{name}");
        assert_eq!(patient.addresses[0].get("postalCode"), Some("75007"), "{name}");
        assert_eq!(patient.guardians.len(), 1, "{name}");
    });
}

/// The text of a section as the XML has it, without any white space.
fn raw_text(section: Node<'_, '_>) -> String {
    let own = section.children().find(|n| n.tag_name().name() == "text");
    let pieces = own.into_iter().flat_map(|n| n.descendants()).filter(Node::is_text);
    squeeze(&pieces.filter_map(|n| n.text()).collect::<String>())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_whitespace()).collect()
}

#[test]
fn no_text_of_any_narrative_is_lost() {
    let mut compared = 0;
    each(|expected, text, document| {
        let xml = Document::parse(text).expect("XML");
        let raw: Vec<_> = xml.descendants().filter(|n| n.tag_name().name() == "section").collect();
        let sections = document.sections();
        assert_eq!(raw.len(), sections.len(), "{}", expected.file);
        for (node, section) in raw.into_iter().zip(sections) {
            let kept = squeeze(&section.narrative.plain_text());
            assert_eq!(kept, raw_text(node), "{} {:?}", expected.file, section.title);
            compared += usize::from(!kept.is_empty());
        }
    });
    assert!(compared == 0 || compared > 70, "{compared} narratives compared");
}

#[test]
fn tables_keep_their_shape() {
    each(|expected, text, document| {
        let xml = Document::parse(text).expect("XML");
        let in_text = |n: &Node<'_, '_>| n.ancestors().any(|a| a.tag_name().name() == "text");
        let raw = xml.descendants().filter(|n| matches!(n.tag_name().name(), "td" | "th")).filter(in_text);
        let cells: usize = document
            .sections()
            .into_iter()
            .flat_map(|section| &section.narrative.blocks)
            .map(|block| match block {
                Block::Table(t) => t.head.iter().chain(&t.body).chain(&t.foot).map(|row| row.cells.len()).sum(),
                _ => 0,
            })
            .sum();
        assert_eq!(cells, raw.count(), "{}", expected.file);
    });
}

#[test]
fn every_entry_and_every_nested_statement_is_kept() {
    fn count(entry: &cda_r2::Entry) -> usize {
        1 + entry.entries.iter().map(count).sum::<usize>()
    }
    each(|expected, text, document| {
        let xml = Document::parse(text).expect("XML");
        let holder = |n: &Node<'_, '_>| {
            let parent = n.parent().map_or("", |p| p.tag_name().name());
            matches!(
                n.tag_name().name(),
                "act"
                    | "encounter"
                    | "observation"
                    | "observationMedia"
                    | "organizer"
                    | "procedure"
                    | "regionOfInterest"
                    | "substanceAdministration"
                    | "supply"
            ) && matches!(parent, "entry" | "entryRelationship" | "component")
        };
        let raw = xml.descendants().filter(holder).count();
        let kept: usize = document.sections().into_iter().flat_map(|s| &s.entries).map(count).sum();
        assert_eq!(kept, raw, "{}", expected.file);
    });
}
