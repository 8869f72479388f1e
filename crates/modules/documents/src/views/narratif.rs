//! The narrative of a section as HTML: every text in its place, nothing executable, links kept as text.

use cda_r2::{Block, Cell, ClinicalDocument, Content, Inline, List, Marks, MediaReference, Revision, Row, Table};
use maud::{Markup, html};

use super::cda::{mime_affichable, pieces};

/// What media references are resolved with.
pub(crate) struct Contexte<'a> {
    pub(crate) document: &'a ClinicalDocument,
    pub(crate) base: &'a str,
}

/// Blocks in their order.
pub(crate) fn blocs(contexte: &Contexte<'_>, blocs: &[Block]) -> Markup {
    html! { @for bloc in blocs { (un(contexte, bloc)) } }
}

fn un(contexte: &Contexte<'_>, bloc: &Block) -> Markup {
    match bloc {
        Block::Text(inlines) => html! { p { (lignes(contexte, inlines)) } },
        Block::Paragraph(paragraphe) => html! {
            @if !paragraphe.caption.is_empty() { p class="recu-gras" { (lignes(contexte, &paragraphe.caption)) } }
            p class=[classes(&paragraphe.marks)] { (lignes(contexte, &paragraphe.inlines)) }
        },
        Block::List(liste) => dessiner_liste(contexte, liste),
        Block::Table(tableau) => dessiner_tableau(contexte, tableau),
        Block::Other { blocks, .. } => blocs(contexte, blocks),
    }
}

fn dessiner_liste(contexte: &Contexte<'_>, liste: &List) -> Markup {
    let items = html! {
        @for item in &liste.items {
            li {
                @if !item.caption.is_empty() { span class="recu-gras" { (lignes(contexte, &item.caption)) " " } }
                @match item.blocks.as_slice() {
                    [Block::Text(inlines)] => (lignes(contexte, inlines)),
                    autres => (blocs(contexte, autres)),
                }
            }
        }
    };
    html! {
        @if !liste.caption.is_empty() { p class="recu-gras" { (lignes(contexte, &liste.caption)) } }
        @if liste.ordered { ol { (items) } } @else { ul { (items) } }
    }
}

fn dessiner_tableau(contexte: &Contexte<'_>, tableau: &Table) -> Markup {
    let rangee = |rangee: &Row| html! { tr { @for cellule in &rangee.cells { (dessiner_cellule(contexte, cellule)) } } };
    html! {
        div class="recu-tableau" role="group" tabindex="0" aria-label="Tableau du document" {
            table {
                @if !tableau.caption.is_empty() { caption { (lignes(contexte, &tableau.caption)) } }
                @if !tableau.head.is_empty() { thead { @for ligne in &tableau.head { (rangee(ligne)) } } }
                tbody { @for ligne in &tableau.body { (rangee(ligne)) } }
                @if !tableau.foot.is_empty() { tfoot { @for ligne in &tableau.foot { (rangee(ligne)) } } }
            }
        }
    }
}

fn dessiner_cellule(contexte: &Contexte<'_>, cellule: &Cell) -> Markup {
    let contenu = match cellule.blocks.as_slice() {
        [Block::Text(inlines)] => lignes(contexte, inlines),
        autres => blocs(contexte, autres),
    };
    let classe = match cellule.align.as_deref() {
        Some("right") => Some("droite"),
        Some("center") => Some("centre"),
        _ => None,
    };
    let etendue = |n: u16| (n > 1).then_some(n);
    html! {
        @if cellule.header && !cellule.blocks.is_empty() { th class=[classe] colspan=[etendue(cellule.colspan)] rowspan=[etendue(cellule.rowspan)] { (contenu) } }
        @else { td class=[classe] colspan=[etendue(cellule.colspan)] rowspan=[etendue(cellule.rowspan)] { (contenu) } }
    }
}

fn classes(marques: &Marks) -> Option<String> {
    let connues =
        [("Bold", "recu-gras"), ("Italics", "recu-italique"), ("Underline", "recu-souligne"), ("Emphasis", "recu-gras")];
    let choisies: Vec<&str> = connues.iter().filter(|(code, _)| marques.has_style(code)).map(|(_, classe)| *classe).collect();
    (!choisies.is_empty()).then(|| choisies.join(" "))
}

fn lignes(contexte: &Contexte<'_>, inlines: &[Inline]) -> Markup {
    html! { @for inline in inlines { (piece(contexte, inline)) } }
}

fn piece(contexte: &Contexte<'_>, inline: &Inline) -> Markup {
    match inline {
        Inline::Text(texte) => html! { (texte) },
        Inline::Break => html! { br; },
        Inline::Content(contenu) => morceau(contexte, contenu),
        Inline::Subscript(dedans) => html! { sub { (lignes(contexte, dedans)) } },
        Inline::Superscript(dedans) => html! { sup { (lignes(contexte, dedans)) } },
        Inline::Link { href, inlines } => html! {
            (lignes(contexte, inlines))
            // A link of a received document leads outside: its address is read, never followed by accident.
            @if let Some(adresse) = href.as_ref().filter(|adresse| !adresse.starts_with('#')) { " " span class="secondaire" { "(" (adresse) ")" } }
        },
        Inline::Footnote(note) => html! { span class="secondaire" { " [" (lignes(contexte, &note.inlines)) "]" } },
        Inline::FootnoteRef(_) => html! {},
        Inline::Media(media) => image(contexte, media),
        Inline::Nested(bloc) => un(contexte, bloc),
    }
}

fn morceau(contexte: &Contexte<'_>, contenu: &Content) -> Markup {
    let dedans = lignes(contexte, &contenu.inlines);
    let classe = classes(&contenu.marks);
    match contenu.revision {
        Some(Revision::Inserted) => html! { ins class=[classe] { (dedans) } },
        Some(Revision::Deleted) => html! { del class=[classe] { (dedans) } },
        None => html! { span class=[classe] { (dedans) } },
    }
}

fn image(contexte: &Contexte<'_>, reference: &MediaReference) -> Markup {
    let toutes = pieces(contexte.document);
    let trouvees = reference.targets.iter().filter_map(|cible| contexte.document.media(cible));
    let rangs: Vec<(usize, bool)> = trouvees
        .filter_map(|media| {
            let rang = toutes.iter().position(|piece| std::ptr::eq(*piece, &raw const media.file))?;
            Some((rang, mime_affichable(&media.file).is_some_and(|mime| mime.starts_with("image/"))))
        })
        .collect();
    let mut legende = String::new();
    for inline in &reference.caption {
        if let Inline::Text(texte) = inline {
            legende.push_str(texte);
        }
    }
    let alternative = if legende.is_empty() { "Image du document" } else { legende.as_str() };
    html! {
        @for (rang, visible) in rangs {
            @let adresse = format!("{}/piece/{rang}", contexte.base);
            @if visible { img class="recu-image" src=(adresse) alt=(alternative) loading="lazy"; }
            @else { a href=(format!("{adresse}?telecharger=oui")) { "Télécharger la pièce jointe" } }
        }
        @if !legende.is_empty() { span class="secondaire" { (legende) } }
    }
}
