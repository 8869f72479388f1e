//! Reading of the lists and tables of the narrative, and of what strays between their parts.

use crate::narrative::{Block, Cell, List, ListItem, Marks, Row, Table};
use crate::narrative_read::{block, blocks, caption, flush, inline, local, marks, push_text};
use crate::reader::{Element, Reader, attribute, is_xml_space};

/// Widest span of a cell.
const MAX_SPAN: u16 = 1000;

pub(crate) fn list(reader: &mut Reader<'_>, node: Element<'_>) -> List {
    let mut items = Vec::new();
    for child in node.children() {
        if child.is_element() && local(child) == "item" {
            items.push(ListItem { marks: marks(child), caption: caption(reader, child), blocks: blocks(reader, child, true) });
        } else if let Some(stray) = stray(reader, child) {
            items.push(ListItem { blocks: stray, ..ListItem::default() });
        }
    }
    List { marks: marks(node), ordered: node.attribute("listType") == Some("ordered"), caption: caption(reader, node), items }
}

pub(crate) fn table(reader: &mut Reader<'_>, node: Element<'_>) -> Table {
    let mut found = Table { marks: marks(node), caption: caption(reader, node), ..Table::default() };
    for child in node.children() {
        let name = if child.is_element() { local(child) } else { "" };
        match name {
            "thead" => found.head.extend(rows(reader, child)),
            "tbody" => found.body.extend(rows(reader, child)),
            "tfoot" => found.foot.extend(rows(reader, child)),
            "tr" => found.body.push(row(reader, child)),
            _ => found.body.extend(stray(reader, child).map(stray_row)),
        }
    }
    found
}

fn rows(reader: &mut Reader<'_>, node: Element<'_>) -> Vec<Row> {
    let mut found = Vec::new();
    for child in node.children() {
        if child.is_element() && local(child) == "tr" {
            found.push(row(reader, child));
        } else {
            found.extend(stray(reader, child).map(stray_row));
        }
    }
    found
}

fn row(reader: &mut Reader<'_>, node: Element<'_>) -> Row {
    let mut cells = Vec::new();
    for child in node.children() {
        if child.is_element() && matches!(local(child), "td" | "th") {
            cells.push(Cell {
                marks: marks(child),
                header: local(child) == "th",
                colspan: span(child, "colspan"),
                rowspan: span(child, "rowspan"),
                align: attribute(child, "align"),
                blocks: blocks(reader, child, false),
            });
        } else if let Some(stray) = stray(reader, child) {
            cells.push(stray_cell(stray));
        }
    }
    Row { marks: marks(node), cells }
}

fn span(node: Element<'_>, name: &str) -> u16 {
    let written = attribute(node, name).and_then(|value| value.parse().ok());
    written.unwrap_or(1_u16).clamp(1, MAX_SPAN)
}

/// Text or elements standing where none is expected, kept as blocks; `None` for white space,
/// captions (read apart) and column definitions.
fn stray(reader: &mut Reader<'_>, node: Element<'_>) -> Option<Vec<Block>> {
    if node.is_text() {
        let mut run = Vec::new();
        let mut found = Vec::new();
        push_text(&mut run, node.text().unwrap_or_default());
        flush(&mut run, &mut found);
        if found.is_empty() {
            return None;
        }
        reader.warn_at(node, "text stands between the rows, cells or items");
        return Some(found);
    }
    let empty_columns = matches!(local(node), "col" | "colgroup") && only_columns(node);
    if !node.is_element() || local(node) == "caption" || empty_columns {
        return None;
    }
    Some(match inline(reader, node) {
        Some(piece) => vec![Block::Text(vec![piece])],
        None => vec![block(reader, node)],
    })
}

/// Whether a column definition holds nothing but other empty column definitions.
fn only_columns(node: Element<'_>) -> bool {
    node.children().all(|child| {
        if child.is_text() {
            return child.text().is_none_or(|text| text.trim_matches(is_xml_space).is_empty());
        }
        !child.is_element() || (local(child) == "col" && !child.has_children())
    })
}

fn stray_cell(blocks: Vec<Block>) -> Cell {
    Cell { marks: Marks::default(), header: false, colspan: 1, rowspan: 1, align: None, blocks }
}

fn stray_row(blocks: Vec<Block>) -> Row {
    Row { marks: Marks::default(), cells: vec![stray_cell(blocks)] }
}
