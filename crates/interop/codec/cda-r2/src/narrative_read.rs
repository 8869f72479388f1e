//! Reading of the narrative. Recursion is bounded by the depth of the XML, checked before.
//!
//! Elements are known by their local name: what a sender puts in another namespace is still text
//! that a carer must see. No text is ever dropped; only white space between blocks is.

use crate::narrative::{Block, Content, Inline, Marks, MediaReference, Narrative, Paragraph, Revision};
use crate::narrative_table::{list, table};
use crate::reader::{Element, Reader, attribute, is_xml_space, push_collapsed, words};

/// Reads a `text` element.
pub(crate) fn read(reader: &mut Reader<'_>, node: Element<'_>) -> Narrative {
    Narrative { blocks: blocks(reader, node, false) }
}

pub(crate) fn local(node: Element<'_>) -> &str {
    node.tag_name().name()
}

pub(crate) fn marks(node: Element<'_>) -> Marks {
    Marks { id: attribute(node, "ID").or_else(|| attribute(node, "id")), styles: words(node, "styleCode") }
}

/// The content of `node` as blocks; `captioned` when its `caption` is read apart.
pub(crate) fn blocks(reader: &mut Reader<'_>, node: Element<'_>, captioned: bool) -> Vec<Block> {
    let mut found = Vec::new();
    let mut run = Vec::new();
    for child in node.children() {
        if child.is_text() {
            push_text(&mut run, child.text().unwrap_or_default());
        } else if child.is_element() && !(captioned && local(child) == "caption") {
            if let Some(inline) = inline(reader, child) {
                run.push(inline);
            } else {
                flush(&mut run, &mut found);
                found.push(block(reader, child));
            }
        }
    }
    flush(&mut run, &mut found);
    found
}

/// The content of `node` as running text.
fn inlines(reader: &mut Reader<'_>, node: Element<'_>, captioned: bool) -> Vec<Inline> {
    let mut run = Vec::new();
    for child in node.children() {
        if child.is_text() {
            push_text(&mut run, child.text().unwrap_or_default());
        } else if child.is_element() && !(captioned && local(child) == "caption") {
            let piece = match inline(reader, child) {
                Some(piece) => piece,
                None => Inline::Nested(Box::new(block(reader, child))),
            };
            run.push(piece);
        }
    }
    run
}

pub(crate) fn caption(reader: &mut Reader<'_>, node: Element<'_>) -> Vec<Inline> {
    let mut found = Vec::new();
    for child in node.children().filter(|child| child.is_element() && local(*child) == "caption") {
        if !found.is_empty() {
            found.push(Inline::Break);
        }
        found.extend(trimmed(inlines(reader, child, false)));
    }
    found
}

/// Appends text to a run, white space collapsed across pieces.
pub(crate) fn push_text(run: &mut Vec<Inline>, piece: &str) {
    if let Some(Inline::Text(last)) = run.last_mut() {
        push_collapsed(last, piece);
        return;
    }
    let mut text = String::new();
    push_collapsed(&mut text, piece);
    if !text.is_empty() {
        run.push(Inline::Text(text));
    }
}

/// Ends a run of loose text: white space alone is formatting, not text.
pub(crate) fn flush(run: &mut Vec<Inline>, found: &mut Vec<Block>) {
    let run = trimmed(std::mem::take(run));
    if !run.is_empty() {
        found.push(Block::Text(run));
    }
}

/// A run without white space at its ends.
fn trimmed(mut run: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(text)) = run.first_mut() {
        *text = text.trim_start_matches(is_xml_space).to_owned();
    }
    if let Some(Inline::Text(text)) = run.last_mut() {
        *text = text.trim_end_matches(is_xml_space).to_owned();
    }
    run.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    run
}

/// Reads an element of running text; `None` when it is a block.
pub(crate) fn inline(reader: &mut Reader<'_>, node: Element<'_>) -> Option<Inline> {
    Some(match local(node) {
        "br" => with_stray(reader, node, Inline::Break),
        "content" => Inline::Content(content(reader, node)),
        "sub" => Inline::Subscript(inlines(reader, node, false)),
        "sup" => Inline::Superscript(inlines(reader, node, false)),
        "linkHtml" => Inline::Link { href: attribute(node, "href"), inlines: inlines(reader, node, false) },
        "footnote" => Inline::Footnote(content(reader, node)),
        "footnoteRef" => {
            let target = attribute(node, "IDREF").unwrap_or_default();
            with_stray(reader, node, Inline::FootnoteRef(target))
        }
        "renderMultiMedia" => {
            let media = media(reader, node);
            with_stray_after_caption(reader, node, media)
        }
        _ => return None,
    })
}

/// An element that should be empty, together with the content it has nevertheless.
fn with_stray(reader: &mut Reader<'_>, node: Element<'_>, own: Inline) -> Inline {
    join_stray(own, inlines(reader, node, false))
}

fn with_stray_after_caption(reader: &mut Reader<'_>, node: Element<'_>, own: MediaReference) -> Inline {
    join_stray(Inline::Media(own), inlines(reader, node, true))
}

fn join_stray(own: Inline, stray: Vec<Inline>) -> Inline {
    let stray = trimmed(stray);
    if stray.is_empty() {
        return own;
    }
    let mut inlines = vec![own];
    inlines.extend(stray);
    Inline::Content(Content { inlines, ..Content::default() })
}

fn content(reader: &mut Reader<'_>, node: Element<'_>) -> Content {
    let revision = match node.attribute("revised") {
        Some("insert") => Some(Revision::Inserted),
        Some("delete") => Some(Revision::Deleted),
        _ => None,
    };
    Content { marks: marks(node), revision, inlines: inlines(reader, node, false) }
}

fn media(reader: &mut Reader<'_>, node: Element<'_>) -> MediaReference {
    let targets = words(node, "referencedObject");
    reader.media_references.extend(targets.iter().cloned());
    MediaReference { marks: marks(node), targets, caption: caption(reader, node) }
}

pub(crate) fn block(reader: &mut Reader<'_>, node: Element<'_>) -> Block {
    match local(node) {
        "paragraph" => Block::Paragraph(Paragraph {
            marks: marks(node),
            caption: caption(reader, node),
            inlines: trimmed(inlines(reader, node, true)),
        }),
        "list" => Block::List(list(reader, node)),
        "table" => Block::Table(table(reader, node)),
        other => {
            reader.warn_at(node, "the text has an element that CDA does not define there");
            Block::Other { element: other.to_owned(), blocks: blocks(reader, node, false) }
        }
    }
}
