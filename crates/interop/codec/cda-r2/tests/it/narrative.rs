//! The narrative as blocks.

use cda_r2::{Block, Inline, List, Narrative, Paragraph, Revision, Table};

use crate::support::{LETTER, read, with_text};

fn letter() -> Narrative {
    read(LETTER).sections()[0].narrative.clone()
}

fn narrative(text: &str) -> Narrative {
    read(&with_text(text)).sections()[0].narrative.clone()
}

fn table(narrative: &Narrative) -> &Table {
    let found = narrative.blocks.iter().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None });
    found.expect("a table")
}

fn list(narrative: &Narrative) -> &List {
    let found = narrative.blocks.iter().find_map(|b| if let Block::List(l) = b { Some(l) } else { None });
    found.expect("a list")
}

fn paragraph(narrative: &Narrative) -> &Paragraph {
    let found = narrative.blocks.iter().find_map(|b| if let Block::Paragraph(p) = b { Some(p) } else { None });
    found.expect("a paragraph")
}

#[test]
fn running_text_keeps_its_spaces_marks_and_revisions() {
    let narrative = letter();
    let Block::Text(run) = &narrative.blocks[0] else { panic!("text first") };
    assert_eq!(run[0], Inline::Text("Avant ".to_owned()));
    let Inline::Content(drug) = &run[1] else { panic!("content") };
    assert_eq!(drug.marks.id.as_deref(), Some("m1"));
    assert!(drug.marks.has_style("bold") && drug.marks.has_style("xColRed"));
    assert_eq!(drug.plain_text(), "Paracétamol");
    assert_eq!(run[2], Inline::Text(" 500".to_owned()));
    assert_eq!(run[3], Inline::Subscript(vec![Inline::Text("mg".to_owned())]));
    let Inline::Content(deleted) = &run[5] else { panic!("content") };
    assert_eq!(deleted.revision, Some(Revision::Deleted));
    assert_eq!(run[6], Inline::Break);
    assert_eq!(run[7], Inline::Text("le soir\u{a0}: 1".to_owned()));
    assert_eq!(run[9], Inline::Text(" jour".to_owned()));
}

#[test]
fn paragraphs_keep_caption_link_and_footnote() {
    let narrative = letter();
    let paragraph = paragraph(&narrative);
    assert_eq!(paragraph.marks.id.as_deref(), Some("p1"));
    assert_eq!(paragraph.caption, [Inline::Text("Note".to_owned())]);
    assert!(matches!(&paragraph.inlines[1], Inline::Link { href: Some(h), .. } if h.starts_with("https:")));
    assert!(matches!(&paragraph.inlines[2], Inline::Footnote(f) if f.marks.id.as_deref() == Some("f1")));
    assert_eq!(paragraph.inlines[3], Inline::FootnoteRef("f1".to_owned()));
}

#[test]
fn lists_and_tables_keep_their_structure() {
    let narrative = letter();
    let list = list(&narrative);
    assert!(list.ordered);
    assert_eq!(list.items[0].caption, [Inline::Text("a".to_owned())]);
    assert!(matches!(&list.items[1].blocks[1], Block::List(inner) if inner.items.len() == 1 && !inner.ordered));
    let table = table(&narrative);
    assert_eq!((table.head.len(), table.body.len(), table.foot.len()), (1, 1, 1));
    let head = &table.head[0].cells[0];
    assert!(head.header);
    assert_eq!((head.colspan, head.rowspan, head.align.as_deref()), (2, 1, Some("center")));
    assert_eq!(table.body[0].cells[0].rowspan, 2);
    assert_eq!(table.body[0].cells[1].blocks.len(), 2);
    let Some(Block::Text(shown)) = narrative.blocks.last() else { panic!("media last") };
    let Inline::Media(media) = &shown[0] else { panic!("media") };
    assert_eq!(media.targets, ["img1", "absent"]);
    assert_eq!(media.caption, [Inline::Text("Ordonnance".to_owned())]);
}

#[test]
fn plain_text_separates_cells_lines_and_blocks() {
    let text = letter().plain_text();
    let expected = "Avant Paracétamol 500mg, jamais\nle soir\u{a0}: 1er jour\nNote\nVoir la fiche Bas de page\nListe\na\nun\ndeux\ndeux-un\nTableau\nMédicament\tDose\nA\tB1\nB2\n\tC\nPied\nOrdonnance";
    assert_eq!(text, expected);
}

#[test]
fn text_in_places_cda_does_not_foresee_is_kept_and_told() {
    let cases = [
        (
            "<table>hors<tr>entre<td>cellule</td></tr><tbody>corps<tr><td>x</td></tr></tbody></table>",
            "hors entre cellule corps x",
        ),
        ("<list>avant<item>un</item><content>après</content></list>", "avant un après"),
        ("<p>a</p><p>b</p>", "a b"),
        ("<content>a<table><tr><td>b</td></tr></table>c</content>", "a b c"),
        ("<x:p xmlns:x=\"urn:autre\">a<x:b>b</x:b></x:p>", "a b"),
        ("<br>dans le saut</br>", "dans le saut"),
        ("<table><colgroup>c<col>d</col></colgroup><tr><td>e</td></tr></table>", "c d e"),
        ("<renderMultiMedia referencedObject=\"i\">texte<caption>titre</caption></renderMultiMedia>", "titre texte"),
        ("<![CDATA[<b>5 mg</b>]]> &lt;soir&gt;", "<b>5 mg</b> <soir>"),
    ];
    for (text, expected) in cases {
        let shown = narrative(text).plain_text();
        let words: Vec<&str> = shown.split_whitespace().collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }
    let told = read(&with_text("<p>a</p>")).warnings.join("\n");
    assert!(told.contains("an element that CDA does not define"), "{told}");
}

#[test]
fn white_space_alone_is_not_text() {
    assert!(narrative(" \n <!-- rien --> \t ").is_empty());
    assert!(!narrative("\u{a0}").is_empty());
}

#[test]
fn spans_are_bounded() {
    let narrative = narrative("<table><tr><td colspan=\"4000000000\" rowspan=\"0\">a</td></tr></table>");
    let cell = &table(&narrative).body[0].cells[0];
    assert_eq!((cell.colspan, cell.rowspan), (1, 1));
}
