//! From pages to a PDF/A-1b file.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::color::rgb;
use krilla::configure::{Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::EditionError;
use crate::bande::{Encre, Op};
use crate::gabarit::format;
use crate::modele::Doc;
use crate::pagination::{Maquette, Signet, paginer};
use crate::polices::{Police, Polices};
use crate::symboles::Symbole;
use crate::texte::en_clair;

/// Renders `doc` as a PDF/A-1b file, checked by the validator of the PDF writer. The same document always gives the
/// same bytes. A character no embedded face can draw is printed □ and listed at the end: see [`caracteres_absents`].
///
/// # Errors
/// An unreadable image, an address too long for a QR code, a table with more cells than columns.
pub fn pdf(doc: &Doc) -> Result<Vec<u8>, EditionError> {
    let Maquette { pages, signets, .. } = paginer(doc)?;
    let polices = Polices::embarquees()?;
    let (l, h) = format(doc.orientation);
    let mut fichier = Document::new_with(reglages()?);
    fichier.set_metadata(metadonnees(doc));
    for page in &pages {
        let taille = PageSettings::from_wh(l, h).ok_or_else(|| conformite("taille de page"))?;
        let mut feuille = fichier.start_page_with(taille);
        let mut surface = feuille.surface();
        for op in &page.ops {
            tracer(&mut surface, op, polices);
        }
        surface.finish();
        feuille.finish();
    }
    if !signets.is_empty() {
        fichier.set_outline(plan(&signets));
    }
    fichier.finish().map_err(|e| erreur(&e))
}

/// The characters of `doc` that no embedded face can draw, in the order of Unicode.
///
/// # Errors
/// Those of [`pdf`].
pub fn caracteres_absents(doc: &Doc) -> Result<Vec<char>, EditionError> {
    Ok(paginer(doc)?.absents)
}

fn reglages() -> Result<SerializeSettings, EditionError> {
    let configuration: Configuration =
        ConfigurationBuilder::new().with_archival_validator(Archival::A1_B).finish().map_err(|_| conformite("réglages"))?;
    Ok(SerializeSettings { configuration, enable_tagging: false, ..SerializeSettings::default() })
}

fn metadonnees(doc: &Doc) -> Metadata {
    let titre = if doc.titre.is_empty() { "Document".to_owned() } else { court(&en_clair(&doc.titre)) };
    let mut metadonnees = Metadata::new()
        .creation_date(date(doc.instant))
        .title(titre)
        .language("fr-FR".to_owned())
        .creator("Grappe".to_owned())
        .producer("Grappe".to_owned());
    if !doc.edite_par.is_empty() {
        metadonnees = metadonnees.authors(vec![court(&en_clair(&doc.edite_par))]);
    }
    metadonnees
}

/// The instant in UTC: the file then says the same thing on every machine.
fn date(instant: Timestamp) -> DateTime {
    let t = instant.to_zoned(TimeZone::UTC);
    let petit = |n: i8| n.unsigned_abs();
    DateTime::new(t.year().unsigned_abs())
        .month(petit(t.month()))
        .day(petit(t.day()))
        .hour(petit(t.hour()))
        .minute(petit(t.minute()))
        .second(petit(t.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// PDF/A-1 forbids strings over 32,767 bytes; a title or a bookmark over 500 characters is of no use anyway.
fn court(texte: &str) -> String {
    texte.chars().take(500).collect()
}

fn plan(signets: &[Signet]) -> Outline {
    let mut plan = Outline::new();
    for signet in signets {
        let cible = XyzDestination::new(signet.page, Point::from_xy(0.0, (signet.y - 8.0).max(0.0)));
        plan.push_child(OutlineNode::new(court(&signet.titre), cible));
    }
    plan
}

fn conformite(quoi: &str) -> EditionError {
    EditionError::Conformite(quoi.to_owned())
}

fn erreur(e: &KrillaError) -> EditionError {
    match e {
        KrillaError::Font(..) => EditionError::Police,
        KrillaError::Image(_, _, message) => EditionError::Image(message.clone()),
        KrillaError::Validation(erreurs) => EditionError::Conformite(format!("{erreurs:?}")),
        autre => EditionError::Conformite(autre.to_string()),
    }
}

fn couleur(encre: Encre) -> rgb::Color {
    let (r, v, b) = match encre {
        Encre::Noir => (17, 24, 32),
        Encre::Gris => (75, 85, 96),
        Encre::Filet => (150, 158, 167),
        Encre::Voile => (232, 236, 239),
        Encre::Blanc => (255, 255, 255),
        Encre::Danger => (143, 20, 26),
        Encre::DangerVoile => (253, 240, 239),
        Encre::Attention => (133, 77, 0),
        Encre::AttentionVoile => (254, 246, 229),
        Encre::Info => (20, 75, 120),
        Encre::InfoVoile => (238, 245, 251),
    };
    rgb::Color::new(r, v, b)
}

fn remplir(surface: &mut Surface<'_>, encre: Encre) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: couleur(encre).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }));
}

fn tracer(surface: &mut Surface<'_>, op: &Op, polices: &Polices) {
    match op {
        Op::Texte { x, y, taille, gras, encre, texte } => {
            ecrire(surface, texte, polices.choisir(*gras), (*x, *y), *taille, *encre);
        }
        Op::Rectangle { x, y, l, h, encre } => {
            remplir(surface, *encre);
            rectangles(surface, &[(*x, *y, *l, *h)]);
        }
        Op::Symbole { x, y, taille, symbole } => dessiner(surface, *symbole, (*x, *y), *taille, Encre::Noir),
        Op::Image { x, y, l, h, image } => {
            if let Some(taille) = Size::from_wh(*l, *h) {
                surface.push_transform(&Transform::from_translate(*x, *y));
                surface.draw_image(image.clone(), taille);
                surface.pop();
            }
        }
    }
}

fn rectangles(surface: &mut Surface<'_>, liste: &[(f32, f32, f32, f32)]) {
    let mut trace = PathBuilder::new();
    for &(x, y, l, h) in liste {
        if let Some(r) = Rect::from_xywh(x, y, l, h) {
            trace.push_rect(r);
        }
    }
    if let Some(trace) = trace.finish() {
        surface.draw_path(&trace);
    }
}

fn dessiner(surface: &mut Surface<'_>, symbole: Symbole, (x, y): (f32, f32), taille: f32, encre: Encre) {
    let Some(trace) = symbole.trace(x, y, taille) else {
        return;
    };
    if symbole.plein() {
        remplir(surface, encre);
    } else {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke {
            paint: couleur(encre).into(),
            width: taille * 0.085,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        }));
    }
    surface.draw_path(&trace);
}

/// Writes a run with our own advances. A sign drawn by hand keeps its text under a space, so that copying works.
fn ecrire(surface: &mut Surface<'_>, texte: &str, police: &Police, (x, y): (f32, f32), taille: f32, encre: Encre) {
    let mut glyphes = Vec::with_capacity(texte.len());
    let mut signes = Vec::new();
    let mut plume = x;
    let mut suite = texte.char_indices().peekable();
    while let Some((debut, c)) = suite.next() {
        let suivant = suite.peek().map(|s| s.1);
        let avance = police.avance(c, suivant);
        if let (false, Some(symbole)) = (police.connait(c), Symbole::de(c)) {
            signes.push((symbole, plume));
        }
        glyphes.push(KrillaGlyph {
            glyph_id: GlyphId::new(u32::from(police.glyphe(c).id)),
            text_range: debut..debut + c.len_utf8(),
            x_advance: avance,
            x_offset: 0.0,
            y_offset: 0.0,
            y_advance: 0.0,
            location: None,
        });
        plume += avance * taille;
    }
    for (symbole, x) in signes {
        dessiner(surface, symbole, (x, y), taille, encre);
    }
    remplir(surface, encre);
    surface.draw_glyphs(Point::from_xy(x, y), &glyphes, police.fonte.clone(), texte, taille, false);
}
