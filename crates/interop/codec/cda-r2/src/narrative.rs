//! The text of a section as typed blocks.

use crate::reader::is_xml_space;

/// Identifier and styles carried by an element of the narrative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// XML identifier, the target of references from entries.
    pub id: Option<String>,
    /// HL7 style codes as written: `Bold`, `Italics`, `Emphasis`, `Underline`, `xColRed`…
    pub styles: Vec<String>,
}

impl Marks {
    /// Whether a style code is present, whatever its case.
    pub fn has_style(&self, code: &str) -> bool {
        self.styles.iter().any(|style| style.eq_ignore_ascii_case(code))
    }
}

/// Text of a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrative {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// Text outside any paragraph.
    Text(Vec<Inline>),
    /// An element CDA does not define here: its content is kept, and a warning tells it.
    Other {
        /// Name of the element.
        element: String,
        /// Its content.
        blocks: Vec<Block>,
    },
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Identifier and styles.
    pub marks: Marks,
    /// Caption.
    pub caption: Vec<Inline>,
    /// Text.
    pub inlines: Vec<Inline>,
}

/// A list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// Identifier and styles.
    pub marks: Marks,
    /// Whether its items are numbered.
    pub ordered: bool,
    /// Caption.
    pub caption: Vec<Inline>,
    /// Items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListItem {
    /// Identifier and styles.
    pub marks: Marks,
    /// Caption.
    pub caption: Vec<Inline>,
    /// Content.
    pub blocks: Vec<Block>,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Identifier and styles.
    pub marks: Marks,
    /// Caption.
    pub caption: Vec<Inline>,
    /// Rows of the header.
    pub head: Vec<Row>,
    /// Rows of the body.
    pub body: Vec<Row>,
    /// Rows of the footer.
    pub foot: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Identifier and styles.
    pub marks: Marks,
    /// Cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Identifier and styles.
    pub marks: Marks,
    /// Whether it is a header cell (`th`).
    pub header: bool,
    /// Columns covered, 1 to 1000.
    pub colspan: u16,
    /// Rows covered, 1 to 1000.
    pub rowspan: u16,
    /// Horizontal alignment as written.
    pub align: Option<String>,
    /// Content.
    pub blocks: Vec<Block>,
}

/// Whether a content marks a revision of an earlier version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// Added since the earlier version.
    Inserted,
    /// Withdrawn since the earlier version: to be shown struck through.
    Deleted,
}

/// A run of text with identifier, styles and revision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Identifier and styles.
    pub marks: Marks,
    /// Revision mark.
    pub revision: Option<Revision>,
    /// Text.
    pub inlines: Vec<Inline>,
}

/// A file shown in the text (`renderMultiMedia`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaReference {
    /// Identifier and styles.
    pub marks: Marks,
    /// Identifiers of the files: see [`crate::ClinicalDocument::media`].
    pub targets: Vec<String>,
    /// Caption.
    pub caption: Vec<Inline>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text, white space collapsed.
    Text(String),
    /// A line break.
    Break,
    /// A run with identifier, styles or revision.
    Content(Content),
    /// Subscript.
    Subscript(Vec<Inline>),
    /// Superscript.
    Superscript(Vec<Inline>),
    /// A link. The address is as written: check its scheme before offering it.
    Link {
        /// Address.
        href: Option<String>,
        /// Text.
        inlines: Vec<Inline>,
    },
    /// A footnote, where it is defined.
    Footnote(Content),
    /// A call to the footnote of this identifier.
    FootnoteRef(String),
    /// A file.
    Media(MediaReference),
    /// A block where only running text is expected, kept in its place.
    Nested(Box<Block>),
}

impl Narrative {
    /// Whether there is no text and no file to show.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The text without its form: blocks on their own lines, cells separated by tabs.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        write_blocks(&mut text, &self.blocks);
        text.trim_matches(is_xml_space).to_owned()
    }
}

impl Content {
    /// The text without its form.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        write_inlines(&mut text, &self.inlines);
        text.trim_matches(is_xml_space).to_owned()
    }
}

fn end_line(text: &mut String) {
    let kept = text.trim_end_matches([' ', '\t']).len();
    text.truncate(kept);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Starts a line, unless one is started or a cell has just begun.
fn start_line(text: &mut String) {
    if !text.ends_with('\t') {
        end_line(text);
    }
}

fn write_blocks(text: &mut String, blocks: &[Block]) {
    for block in blocks {
        write_block(text, block);
    }
}

fn write_block(text: &mut String, block: &Block) {
    match block {
        Block::Text(inlines) => write_inlines(text, inlines),
        Block::Paragraph(paragraph) => {
            start_line(text);
            write_caption(text, &paragraph.caption);
            write_inlines(text, &paragraph.inlines);
            end_line(text);
        }
        Block::List(list) => {
            start_line(text);
            write_caption(text, &list.caption);
            for item in &list.items {
                write_caption(text, &item.caption);
                write_blocks(text, &item.blocks);
                end_line(text);
            }
        }
        Block::Table(table) => {
            start_line(text);
            write_caption(text, &table.caption);
            for row in table.head.iter().chain(&table.body).chain(&table.foot) {
                for cell in &row.cells {
                    write_blocks(text, &cell.blocks);
                    text.push('\t');
                }
                end_line(text);
            }
        }
        Block::Other { blocks, .. } => {
            start_line(text);
            write_blocks(text, blocks);
            end_line(text);
        }
    }
}

fn write_caption(text: &mut String, caption: &[Inline]) {
    if !caption.is_empty() {
        write_inlines(text, caption);
        end_line(text);
    }
}

fn write_inlines(text: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(piece) => text.push_str(piece),
            Inline::Break => end_line(text),
            Inline::Content(content) => write_inlines(text, &content.inlines),
            Inline::Footnote(note) => {
                text.push(' ');
                write_inlines(text, &note.inlines);
            }
            Inline::Subscript(inner) | Inline::Superscript(inner) | Inline::Link { inlines: inner, .. } => {
                write_inlines(text, inner);
            }
            Inline::FootnoteRef(_) => {}
            Inline::Media(media) => write_caption(text, &media.caption),
            Inline::Nested(block) => write_block(text, block),
        }
    }
}
