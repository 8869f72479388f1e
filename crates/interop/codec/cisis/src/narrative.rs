//! The narratives, made from the same values as the entries.

use cda_r2::{Block, Cell, Content, Inline, Marks, MediaReference, Narrative, Paragraph, Row, Table};

/// A cell to be: a text, its identifier when an entry refers to it, the files it shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Field {
    text: String,
    anchor: Option<String>,
    media: Option<String>,
}

impl Field {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A text that an entry refers to.
    pub(crate) fn anchored(anchor: &str, text: impl Into<String>) -> Self {
        Self { text: text.into(), anchor: Some(anchor.to_owned()), media: None }
    }

    /// Followed by the file of this identifier.
    pub(crate) fn showing(mut self, media: &str) -> Self {
        self.media = Some(media.to_owned());
        self
    }

    fn inlines(self) -> Vec<Inline> {
        let lines = lines(&self.text);
        let mut inlines = match self.anchor {
            Some(anchor) => vec![Inline::Content(Content { marks: marks(anchor), inlines: lines, ..Content::default() })],
            None => lines,
        };
        if let Some(media) = self.media {
            let reference = MediaReference { targets: vec![media], ..MediaReference::default() };
            inlines.push(Inline::Media(reference));
        }
        inlines
    }
}

fn marks(anchor: String) -> Marks {
    Marks { id: Some(anchor), ..Marks::default() }
}

/// A text whose line ends are line breaks.
fn lines(text: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for (rank, line) in text.lines().enumerate() {
        if rank > 0 {
            inlines.push(Inline::Break);
        }
        if !line.is_empty() {
            inlines.push(Inline::Text(line.to_owned()));
        }
    }
    inlines
}

/// A table being filled.
#[derive(Debug)]
pub(crate) struct Grid {
    head: &'static [&'static str],
    rows: Vec<Row>,
}

impl Grid {
    pub(crate) fn new(head: &'static [&'static str]) -> Self {
        Self { head, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, fields: impl IntoIterator<Item = Field>) {
        let cells = fields.into_iter().map(|field| cell(field.inlines(), false)).collect();
        self.rows.push(Row { marks: Marks::default(), cells });
    }

    /// The table; nothing when it has no row.
    pub(crate) fn block(self) -> Option<Block> {
        if self.rows.is_empty() {
            return None;
        }
        let head = self.head.iter().map(|title| cell(vec![Inline::Text((*title).to_owned())], true)).collect();
        let head = Row { marks: Marks::default(), cells: head };
        Some(Block::Table(Table { head: vec![head], body: self.rows, ..Table::default() }))
    }
}

fn cell(inlines: Vec<Inline>, header: bool) -> Cell {
    let blocks = if inlines.is_empty() { Vec::new() } else { vec![Block::Text(inlines)] };
    Cell { marks: Marks::default(), header, colspan: 1, rowspan: 1, align: None, blocks }
}

/// A paragraph.
pub(crate) fn paragraph(field: Field) -> Block {
    Block::Paragraph(Paragraph { inlines: field.inlines(), ..Paragraph::default() })
}

/// A narrative of these blocks.
pub(crate) fn narrative(blocks: impl IntoIterator<Item = Block>) -> Narrative {
    Narrative { blocks: blocks.into_iter().collect() }
}

/// The text an entry refers to by this identifier; `None` when the narrative does not have it.
pub(crate) fn anchored_text(narrative: &Narrative, anchor: &str) -> Option<String> {
    blocks_text(&narrative.blocks, anchor)
}

fn blocks_text(blocks: &[Block], anchor: &str) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Text(inlines) => inlines_text(inlines, anchor),
        Block::Paragraph(paragraph) if paragraph.marks.id.as_deref() == Some(anchor) => Some(plain(&paragraph.inlines)),
        Block::Paragraph(paragraph) => inlines_text(&paragraph.inlines, anchor),
        Block::List(list) => list.items.iter().find_map(|item| blocks_text(&item.blocks, anchor)),
        Block::Table(table) => {
            let rows = table.head.iter().chain(&table.body).chain(&table.foot);
            rows.flat_map(|row| &row.cells).find_map(|cell| cell_text(cell, anchor))
        }
        Block::Other { blocks, .. } => blocks_text(blocks, anchor),
    })
}

fn cell_text(cell: &Cell, anchor: &str) -> Option<String> {
    if cell.marks.id.as_deref() == Some(anchor) {
        return Some(Narrative { blocks: cell.blocks.clone() }.plain_text());
    }
    blocks_text(&cell.blocks, anchor)
}

fn inlines_text(inlines: &[Inline], anchor: &str) -> Option<String> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Content(content) if content.marks.id.as_deref() == Some(anchor) => Some(content.plain_text()),
        Inline::Content(content) | Inline::Footnote(content) => inlines_text(&content.inlines, anchor),
        Inline::Subscript(inner) | Inline::Superscript(inner) | Inline::Link { inlines: inner, .. } => {
            inlines_text(inner, anchor)
        }
        Inline::Nested(block) => blocks_text(std::slice::from_ref(block), anchor),
        _ => None,
    })
}

fn plain(inlines: &[Inline]) -> String {
    Content { inlines: inlines.to_vec(), ..Content::default() }.plain_text()
}
