//! The narrative, printed block by block. The depth of the printer bounds the recursion.

use crate::narrative::{Block, Cell, Content, Inline, List, Marks, MediaReference, Narrative, Paragraph, Revision, Row, Table};
use crate::write::element::Element;
use crate::write::error::WriteError;
use crate::write::printer::Printer;

/// Prints the `text` of a section.
pub(crate) fn text(printer: &mut Printer<'_>, narrative: &Narrative) -> Result<(), WriteError> {
    printer.open(&Element::new("text"))?;
    blocks(printer, &narrative.blocks)?;
    printer.close()
}

fn marked(name: &'static str, marks: &Marks) -> Element {
    Element::new(name).maybe("ID", marks.id.as_deref()).with("styleCode", marks.styles.join(" "))
}

fn blocks(printer: &mut Printer<'_>, blocks: &[Block]) -> Result<(), WriteError> {
    blocks.iter().try_for_each(|found| block(printer, found))
}

fn block(printer: &mut Printer<'_>, block: &Block) -> Result<(), WriteError> {
    match block {
        Block::Text(run) => inlines(printer, run),
        Block::Paragraph(found) => paragraph(printer, found),
        Block::List(found) => list(printer, found),
        Block::Table(found) => table(printer, found),
        Block::Other { element, blocks: inner } => {
            printer.warn(&format!("CDA does not define the element \"{element}\" there; only its content was written"));
            printer.open(&Element::new("paragraph"))?;
            for found in inner {
                nested(printer, found)?;
            }
            printer.close()
        }
    }
}

fn paragraph(printer: &mut Printer<'_>, paragraph: &Paragraph) -> Result<(), WriteError> {
    printer.open(&marked("paragraph", &paragraph.marks))?;
    caption(printer, &paragraph.caption)?;
    inlines(printer, &paragraph.inlines)?;
    printer.close()
}

fn list(printer: &mut Printer<'_>, list: &List) -> Result<(), WriteError> {
    let kind = if list.ordered { "ordered" } else { "unordered" };
    printer.open(&marked("list", &list.marks).with("listType", kind))?;
    caption(printer, &list.caption)?;
    for item in &list.items {
        printer.open(&marked("item", &item.marks))?;
        caption(printer, &item.caption)?;
        blocks(printer, &item.blocks)?;
        printer.close()?;
    }
    printer.close()
}

fn table(printer: &mut Printer<'_>, table: &Table) -> Result<(), WriteError> {
    printer.open(&marked("table", &table.marks))?;
    caption(printer, &table.caption)?;
    for (name, group) in [("thead", &table.head), ("tfoot", &table.foot), ("tbody", &table.body)] {
        if group.is_empty() {
            continue;
        }
        printer.open(&Element::new(name))?;
        group.iter().try_for_each(|found| row(printer, found))?;
        printer.close()?;
    }
    printer.close()
}

fn row(printer: &mut Printer<'_>, row: &Row) -> Result<(), WriteError> {
    printer.open(&marked("tr", &row.marks))?;
    row.cells.iter().try_for_each(|found| cell(printer, found))?;
    printer.close()
}

fn cell(printer: &mut Printer<'_>, cell: &Cell) -> Result<(), WriteError> {
    let span = |covered: u16| (covered > 1).then(|| covered.to_string());
    let element = marked(if cell.header { "th" } else { "td" }, &cell.marks)
        .maybe("colspan", span(cell.colspan))
        .maybe("rowspan", span(cell.rowspan))
        .maybe("align", cell.align.as_deref());
    printer.open(&element)?;
    blocks(printer, &cell.blocks)?;
    printer.close()
}

fn caption(printer: &mut Printer<'_>, caption: &[Inline]) -> Result<(), WriteError> {
    if caption.is_empty() {
        return Ok(());
    }
    printer.open(&Element::new("caption"))?;
    inlines(printer, caption)?;
    printer.close()
}

fn inlines(printer: &mut Printer<'_>, run: &[Inline]) -> Result<(), WriteError> {
    run.iter().try_for_each(|found| inline(printer, found))
}

fn inline(printer: &mut Printer<'_>, inline: &Inline) -> Result<(), WriteError> {
    match inline {
        Inline::Text(text) => printer.text(text),
        Inline::Break => printer.element(&Element::new("br")),
        Inline::Content(found) => content(printer, "content", found),
        Inline::Footnote(found) => content(printer, "footnote", found),
        Inline::FootnoteRef(target) => printer.element(&Element::new("footnoteRef").with("IDREF", target)),
        Inline::Subscript(inner) => wrapped(printer, &Element::new("sub"), inner),
        Inline::Superscript(inner) => wrapped(printer, &Element::new("sup"), inner),
        Inline::Link { href, inlines } => wrapped(printer, &Element::new("linkHtml").maybe("href", href.as_deref()), inlines),
        Inline::Media(found) => media(printer, found),
        Inline::Nested(found) => nested(printer, found),
    }
}

fn wrapped(printer: &mut Printer<'_>, element: &Element, inner: &[Inline]) -> Result<(), WriteError> {
    printer.open(element)?;
    inlines(printer, inner)?;
    printer.close()
}

fn content(printer: &mut Printer<'_>, name: &'static str, content: &Content) -> Result<(), WriteError> {
    let revised = content.revision.map(|revision| match revision {
        Revision::Inserted => "insert",
        Revision::Deleted => "delete",
    });
    wrapped(printer, &marked(name, &content.marks).maybe("revised", revised), &content.inlines)
}

fn media(printer: &mut Printer<'_>, media: &MediaReference) -> Result<(), WriteError> {
    printer.open(&marked("renderMultiMedia", &media.marks).with("referencedObject", media.targets.join(" ")))?;
    caption(printer, &media.caption)?;
    printer.close()
}

/// A block where CDA only has running text: its text is kept, each part on its own line.
fn nested(printer: &mut Printer<'_>, block: &Block) -> Result<(), WriteError> {
    if let Block::Text(run) = block {
        return inlines(printer, run);
    }
    printer.warn("a block stands where CDA has running text only; its text was kept without its form");
    printer.open(&Element::new("content"))?;
    let narrative = Narrative { blocks: vec![block.clone()] };
    for (rank, line) in narrative.plain_text().lines().enumerate() {
        if rank > 0 {
            printer.element(&Element::new("br"))?;
        }
        printer.text(line)?;
    }
    printer.close()
}
