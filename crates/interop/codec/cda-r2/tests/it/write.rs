//! What is printed is read back equal: our letter and the official examples.

use cda_r2::write::{self, Element};
use cda_r2::{Block, Body, ClinicalDocument, Limits, Media, Section, parse};

use crate::support::{LETTER, official_folder, read};

/// The sections of a document read, ready to be printed; of the entries, the files only.
fn sections(read: &[Section]) -> Vec<write::Section> {
    read.iter()
        .map(|section| write::Section {
            template_ids: section.template_ids.clone(),
            ids: section.ids.clone(),
            code: section.code.clone(),
            title: section.title.clone(),
            narrative: section.narrative.clone(),
            entries: section.media.iter().map(media).collect(),
            sections: sections(&section.sections),
        })
        .collect()
}

fn media(media: &Media) -> Element {
    let kind = media.file.media_type.as_deref().unwrap_or("application/octet-stream");
    let id = media.aliases.first().or(media.id.as_ref());
    Element::new("observationMedia")
        .with("classCode", "OBS")
        .with("moodCode", "EVN")
        .maybe("ID", id.map(String::as_str))
        .child(write::embedded_file("value", kind, &media.file.bytes))
}

fn reprinted(document: &ClinicalDocument) -> write::Written {
    let body = match &document.body {
        Body::Structured(found) => write::Body::Sections(sections(found)),
        Body::File(file) => {
            write::Body::File { media_type: file.media_type.clone().unwrap_or_default(), bytes: file.bytes.clone() }
        }
    };
    write::print(&document.header, &body, &Limits::default()).expect("printed")
}

/// Our letter shows a file it does not hold: a reader tells it, a printer refuses it.
fn letter() -> ClinicalDocument {
    read(&LETTER.replace(" absent\"", "\""))
}

/// Whether the narrative holds only what CDA defines: the rest is printed in another form, and told.
fn regular(section: &Section) -> bool {
    !section.narrative.blocks.iter().any(|block| matches!(block, Block::Other { .. }))
}

fn assert_round_trip(name: &str, document: &ClinicalDocument) {
    let written = reprinted(document);
    let again = parse(&written.bytes, &Limits::default()).expect(name);
    assert_eq!(again.header, document.header, "{name}");
    assert_eq!(written.bytes, reprinted(document).bytes, "{name}: same values, same bytes");
    match (&again.body, &document.body) {
        (Body::File(after), Body::File(before)) => assert_eq!(after, before, "{name}"),
        _ => assert_eq!(again.sections().len(), document.sections().len(), "{name}"),
    }
    let mut regular_ones = 0;
    for (after, before) in again.sections().into_iter().zip(document.sections()) {
        assert_eq!((&after.title, &after.code), (&before.title, &before.code), "{name}");
        assert_eq!((&after.ids, &after.template_ids), (&before.ids, &before.template_ids), "{name}");
        if regular(before) && written.warnings.is_empty() {
            assert_eq!(after.narrative, before.narrative, "{name}");
            regular_ones += 1;
        }
        assert_eq!(after.media.len(), before.media.len(), "{name}");
        for (after, before) in after.media.iter().zip(&before.media) {
            assert_eq!(after.file.bytes, before.file.bytes, "{name}");
        }
    }
    assert!(regular_ones > 0 || again.sections().is_empty() || !written.warnings.is_empty(), "{name}: nothing was compared");
}

#[test]
fn our_letter_is_read_back_equal() {
    assert_round_trip("letter", &letter());
}

#[test]
fn official_examples_are_read_back_equal() {
    let Some(folder) = official_folder() else {
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        let bytes = std::fs::read(&path).expect("read");
        assert_round_trip(&path.display().to_string(), &parse(&bytes, &Limits::default()).expect("readable"));
        count += 1;
    }
    assert_eq!(count, 13);
}

#[test]
fn tags_stand_on_lines_of_their_own_and_text_is_left_alone() {
    let text = String::from_utf8(reprinted(&letter()).bytes).expect("UTF-8");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\""));
    assert!(text.contains("\n<realmCode code=\"FR\"/>\n"));
    assert!(text.contains("\n<title>Lettre de liaison à la sortie</title>\n"));
    assert!(text.ends_with("</component>\n</ClinicalDocument>\n"));
}
