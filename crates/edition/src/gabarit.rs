//! What each page repeats: header, footer, QR code.

use crate::EditionError;
use crate::atelier::{Atelier, MM, cote_a_cote};
use crate::bande::{Bande, Encre, Op, Style, hauteur, souder};
use crate::modele::{Doc, Orientation, Section, Segment};
use crate::qr::CodeQr;

/// Margin left and right, 18 mm: room for the holes of a binder.
pub(crate) const MARGE: f32 = 18.0 * MM;
/// Margin above the header and under the footer, 12 mm: cheap printers leave the last centimetre blank.
const BORD: f32 = 12.0 * MM;
/// Side of the QR code of the footer, 19 mm.
const COTE: f32 = 19.0 * MM;

const PETIT: Style = Style::new(8.5, 11.5, Encre::Gris);
const REPERE: Style = Style::new(11.0, 14.0, Encre::Noir);

/// Size of a sheet, in points.
pub(crate) fn format(orientation: Orientation) -> (f32, f32) {
    let (court, long) = (210.0 * MM, 297.0 * MM);
    match orientation {
        Orientation::Portrait => (court, long),
        Orientation::Paysage => (long, court),
    }
}

/// Width of the text, in points.
pub(crate) fn largeur(orientation: Orientation) -> f32 {
    format(orientation).0 - 2.0 * MARGE
}

/// The frame of the pages of one section: where the text starts and ends, in points from the top of the sheet.
#[derive(Debug, Clone)]
pub(crate) struct Gabarit {
    pub(crate) haut: f32,
    pub(crate) bas: f32,
    entete: Vec<Op>,
    pied: Vec<Bande>,
    code: Option<CodeQr>,
}

impl Atelier {
    /// The frame of the pages which carry `section`.
    pub(crate) fn gabarit(&mut self, doc: &Doc, section: &Section) -> Result<Gabarit, EditionError> {
        let (l, h) = format(doc.orientation);
        let large = l - 2.0 * MARGE;
        let moitie = large / 2.0 - 8.0;
        let mut gauche = Vec::new();
        if !doc.entete.etablissement.is_empty() {
            let noir = Style { encre: Encre::Noir, ..PETIT };
            gauche.extend(self.paragraphe(&[Segment::gras(&doc.entete.etablissement)], noir, MARGE, moitie));
        }
        if !doc.entete.unite.is_empty() {
            gauche.extend(self.paragraphe(&[Segment::normal(&doc.entete.unite)], PETIT, MARGE, moitie));
        }
        let mut droite = Vec::new();
        if !section.repere.is_empty() {
            for ligne in self.lignes(&[Segment::gras(&section.repere)], REPERE, moitie) {
                droite.push(Bande::ligne(&ligne, REPERE, l - MARGE - ligne.largeur));
            }
        }
        let mut tete = souder(cote_a_cote(vec![souder(gauche)], vec![souder(droite)]));
        if tete.hauteur > 0.0 {
            tete.ops.push(Op::Rectangle { x: MARGE, y: tete.hauteur + 3.0, l: large, h: 0.6, encre: Encre::Filet });
            tete.hauteur += 16.0;
        }
        let code = section.qr.as_deref().map(CodeQr::de).transpose()?;
        let pied = self.textes_du_pied(doc, code.is_some());
        let mention = self.mention_du_pied(doc, "9999/9999", code.is_some());
        let bas = h - BORD - (hauteur(&pied) + hauteur(&mention)).max(if code.is_some() { COTE } else { 0.0 }) - 14.0;
        let entete = tete.ops.into_iter().map(|op| op.descendre(BORD)).collect();
        Ok(Gabarit { haut: BORD + tete.hauteur, bas, entete, pied, code })
    }

    /// Everything repeated on page `numero` of `total`.
    pub(crate) fn cadre(&mut self, doc: &Doc, gabarit: &Gabarit, numero: usize, total: usize) -> Vec<Op> {
        let (l, h) = format(doc.orientation);
        let large = l - 2.0 * MARGE;
        let mut pied = gabarit.pied.clone();
        pied.extend(self.mention_du_pied(doc, &format!("{numero}/{total}"), gabarit.code.is_some()));
        let mut ops = gabarit.entete.clone();
        ops.push(Op::Rectangle { x: MARGE, y: gabarit.bas + 6.0, l: large, h: 0.6, encre: Encre::Filet });
        let haut = gabarit.bas + 14.0;
        ops.extend(souder(pied).ops.into_iter().map(|op| op.descendre(haut)));
        if let Some(code) = &gabarit.code {
            ops.push(Op::Image { x: l - MARGE - COTE, y: h - BORD - COTE, l: COTE, h: COTE, image: code.image.clone() });
        }
        ops
    }

    /// The last line of a page: when, by whom, which page.
    fn mention_du_pied(&mut self, doc: &Doc, page: &str, qr: bool) -> Vec<Bande> {
        self.paragraphe(&mention(doc, page), PETIT, MARGE, largeur_du_pied(doc, qr))
    }

    /// What is under every page of a section, above its last line.
    fn textes_du_pied(&mut self, doc: &Doc, qr: bool) -> Vec<Bande> {
        let large = largeur_du_pied(doc, qr);
        let noir = Style { encre: Encre::Noir, ..PETIT };
        let mut bandes = Vec::new();
        if !doc.confidentialite.is_empty() {
            bandes.extend(self.paragraphe(&[Segment::gras(&doc.confidentialite)], noir, MARGE, large));
        }
        if !doc.pied.is_empty() {
            bandes.extend(self.paragraphe(&[Segment::normal(&doc.pied)], PETIT, MARGE, large));
        }
        bandes
    }
}

fn largeur_du_pied(doc: &Doc, qr: bool) -> f32 {
    largeur(doc.orientation) - if qr { COTE + 12.0 } else { 0.0 }
}

/// « Édité le … par … · page n/m · document de travail ».
fn mention(doc: &Doc, page: &str) -> Vec<Segment> {
    let mut debut = String::from("Édité");
    if !doc.edite_le.is_empty() {
        debut.push_str(" le ");
        debut.push_str(&doc.edite_le);
    }
    if !doc.edite_par.is_empty() {
        debut.push_str(" par ");
        debut.push_str(&doc.edite_par);
    }
    debut.push_str(" · ");
    let mut segments = vec![Segment::normal(debut), Segment::gras(format!("page\u{a0}{page}"))];
    if doc.document_de_travail {
        segments.push(Segment::normal(" · document de travail"));
    }
    segments
}
