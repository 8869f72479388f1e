//! The same document as HTML, for the screen and for screen readers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use crate::image::type_mime;
use crate::modele::{Alignement, Bloc, Cases, Doc, Encadre, Figure, Liste, Niveau, Section, Segment, Tableau, Ton};
use crate::texte::{pour_html, segments_pour_html};

/// Style of the classes [`html()`] uses, to be served with the assets: measures only, colours come from the page.
pub const STYLE: &str = include_str!("edition.css");

/// Renders `doc` as one `<article>`, with the same words in the same order as the PDF. Headings start at `h1`;
/// images are `data:` addresses (the page needs `img-src data:`); QR codes are plain links. All styling is by class.
pub fn html(doc: &Doc) -> Markup {
    html! {
        article.edition lang="fr" {
            header.edition-entete {
                @if !doc.entete.etablissement.is_empty() {
                    p { strong { (mots(&doc.entete.etablissement)) } @if !doc.entete.unite.is_empty() { " · " (mots(&doc.entete.unite)) } }
                }
                @if !doc.repere.is_empty() { p.edition-repere { strong { (mots(&doc.repere)) } } }
                h1 { (mots(&doc.titre)) }
                @if !doc.sous_titre.is_empty() { p.edition-sous-titre { (mots(&doc.sous_titre)) } }
            }
            @for bloc in &doc.blocs { (rendre(bloc)) }
            footer.edition-pied {
                @if !doc.confidentialite.is_empty() { p { strong { (mots(&doc.confidentialite)) } } }
                @if !doc.pied.is_empty() { p { (mots(&doc.pied)) } }
                p {
                    "Édité"
                    @if !doc.edite_le.is_empty() { " le " (mots(&doc.edite_le)) }
                    @if !doc.edite_par.is_empty() { " par " (mots(&doc.edite_par)) }
                    @if doc.document_de_travail { " · document de travail" }
                }
                @if let Some(url) = &doc.qr { p { (lien(url, "Ouvrir la page d'origine")) } }
            }
        }
    }
}

fn mots(texte: &str) -> String {
    pour_html(texte)
}

/// The runs of a text; French spaces are set over the whole, line breaks become `<br>`.
fn segments(texte: &[Segment]) -> Markup {
    html! {
        @for segment in segments_pour_html(texte) {
            @if segment.gras { strong { (lignes(&segment.texte)) } } @else { (lignes(&segment.texte)) }
        }
    }
}

fn lignes(texte: &str) -> Markup {
    html! {
        @for (i, ligne) in texte.split('\n').enumerate() {
            @if i > 0 { br; }
            (ligne)
        }
    }
}

/// A link, for the addresses a browser may follow; any other is only shown.
fn lien(url: &str, legende: &str) -> Markup {
    let sur = url.starts_with("https://") || url.starts_with("http://") || (url.starts_with('/') && !url.starts_with("//"));
    html! { @if sur { a href=(url) { (mots(legende)) } } @else { (mots(legende)) " : " (url) } }
}

fn rendre(bloc: &Bloc) -> Markup {
    match bloc {
        Bloc::Titre(Niveau::Un, t) => html! { h2 { (mots(t)) } },
        Bloc::Titre(Niveau::Deux, t) => html! { h3 { (mots(t)) } },
        Bloc::Titre(Niveau::Trois, t) => html! { h4 { (mots(t)) } },
        Bloc::Paragraphe(t) => html! { p { (segments(t)) } },
        Bloc::Liste(l) => liste(l),
        Bloc::Definitions(paires) => html! {
            dl { @for (libelle, valeur) in paires { div { dt { (mots(libelle)) } dd { (segments(valeur)) } } } }
        },
        Bloc::Tableau(t) => tableau(t),
        Bloc::Figure(f) => figure(f),
        Bloc::Encadre(e) => encadre(e),
        Bloc::CasesACocher(c) => cases(c),
        Bloc::LignesAEcrire { libelle, .. } => {
            html! { p.edition-a-ecrire { strong { (mots(libelle)) } } }
        }
        Bloc::Qr { url, legende } => html! { p.edition-lien { (lien(url, legende)) } },
        Bloc::SautDePage => html! { hr.edition-saut; },
        Bloc::Section(s) => section(s),
        Bloc::Espace(_) => html! { div.edition-espace {} },
        Bloc::DeuxColonnes(g, d) => html! {
            div.edition-colonnes {
                div { @for b in g { (rendre(b)) } }
                div { @for b in d { (rendre(b)) } }
            }
        },
    }
}

fn liste(l: &Liste) -> Markup {
    let elements = html! { @for e in &l.elements { li { (segments(e)) } } };
    html! { @if l.numerotee { ol { (elements) } } @else { ul { (elements) } } }
}

fn classe(a: Alignement) -> Option<&'static str> {
    match a {
        Alignement::Gauche => None,
        Alignement::Centre => Some("edition-centre"),
        Alignement::Droite => Some("edition-droite"),
    }
}

fn tableau(t: &Tableau) -> Markup {
    let vide = if t.si_vide.is_empty() { "Néant" } else { &t.si_vide };
    html! {
        table {
            @if !t.legende.is_empty() { caption { (mots(&t.legende)) } }
            thead { tr { @for c in &t.colonnes { th scope="col" class=[classe(c.alignement)] { (mots(&c.titre)) } } } }
            tbody {
                @for ligne in &t.lignes {
                    tr {
                        @for (i, c) in t.colonnes.iter().enumerate() {
                            @let contenu = segments(ligne.get(i).map_or(&[][..], Vec::as_slice));
                            @if i == 0 && t.premiere_colonne_entete {
                                th scope="row" class=[classe(c.alignement)] { (contenu) }
                            } @else {
                                td class=[classe(c.alignement)] { (contenu) }
                            }
                        }
                    }
                }
                @if t.lignes.is_empty() { tr { td colspan=(t.colonnes.len()) { (mots(vide)) } } }
            }
        }
    }
}

fn figure(f: &Figure) -> Markup {
    html! {
        figure {
            @if let Some(mime) = type_mime(&f.image) {
                img src={ "data:" (mime) ";base64," (STANDARD.encode(&f.image)) } alt=(mots(&f.texte_alternatif));
            } @else {
                p { (mots(&f.texte_alternatif)) }
            }
            @if !f.legende.is_empty() { figcaption { (mots(&f.legende)) } }
        }
    }
}

fn encadre(e: &Encadre) -> Markup {
    let ton = match e.ton {
        Ton::Danger => "edition-danger",
        Ton::Attention => "edition-attention",
        Ton::Info => "edition-info",
    };
    html! {
        div class={ "edition-encadre " (ton) } role="note" {
            p { strong { (e.ton.mot()) @if !e.titre.is_empty() { "\u{a0}: " (mots(&e.titre)) } } }
            @for p in &e.paragraphes { p { (segments(p)) } }
        }
    }
}

fn cases(c: &Cases) -> Markup {
    html! {
        @if !c.question.is_empty() { p { strong { (mots(&c.question)) } } }
        ul.edition-cases {
            @for case in &c.cases {
                li {
                    span aria-hidden="true" { @if case.cochee { "☑ " } @else { "☐ " } }
                    (mots(&case.libelle))
                    span.edition-lecteur { @if case.cochee { " (coché)" } @else { " (non coché)" } }
                }
            }
        }
    }
}

fn section(s: &Section) -> Markup {
    html! {
        hr.edition-saut;
        @if !s.repere.is_empty() { p.edition-repere { strong { (mots(&s.repere)) } } }
        @if let Some(url) = &s.qr { p.edition-lien { (lien(url, "Ouvrir la page d'origine")) } }
    }
}
