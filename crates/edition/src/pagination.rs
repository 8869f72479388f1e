//! From bands to pages.

use std::rc::Rc;

use crate::EditionError;
use crate::atelier::Atelier;
use crate::bande::{Bande, CORPS, Effet, Encre, LEGENDE, Op, Style};
use crate::gabarit::{Gabarit, MARGE, largeur};
use crate::modele::{Doc, Section, Segment};
use crate::polices::Polices;

/// A page: what to draw on it, from the top of the sheet.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) ops: Vec<Op>,
}

/// A bookmark: its words, its page from 0, and its height on the page.
#[derive(Debug)]
pub(crate) struct Signet {
    pub(crate) titre: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// A document laid out.
#[derive(Debug)]
pub(crate) struct Maquette {
    pub(crate) pages: Vec<Page>,
    pub(crate) signets: Vec<Signet>,
    pub(crate) absents: Vec<char>,
}

/// Lays `doc` out.
pub(crate) fn paginer(doc: &Doc) -> Result<Maquette, EditionError> {
    let mut atelier = Atelier { polices: Polices::embarquees()?, absents: std::collections::BTreeSet::new(), utile: 0.0 };
    let premiere = Section { repere: doc.repere.clone(), qr: doc.qr.clone() };
    let gabarit = Rc::new(atelier.gabarit(doc, &premiere)?);
    // A section may have a taller frame than the first page: a sixth is kept in hand.
    atelier.utile = ((gabarit.bas - gabarit.haut) * 0.84).max(60.0);
    let large = largeur(doc.orientation);
    let mut bandes = titre(&mut atelier, doc, large);
    bandes.extend(atelier.blocs(&doc.blocs, MARGE, large)?);
    if !atelier.absents.is_empty() {
        bandes.extend(note_des_absents(&mut atelier, large));
    }
    let mut presse = Presse { gabarit, y: 0.0, saut: false, pages: Vec::new(), cadres: Vec::new(), signets: Vec::new() };
    presse.nouvelle_page();
    for bande in bandes {
        if let Effet::Section(section) = &bande.effet {
            presse.gabarit = Rc::new(atelier.gabarit(doc, section)?);
        }
        presse.poser(bande);
    }
    let Presse { mut pages, cadres, signets, .. } = presse;
    let total = pages.len();
    for (i, (page, gabarit)) in pages.iter_mut().zip(cadres).enumerate() {
        page.ops.extend(atelier.cadre(doc, &gabarit, i + 1, total));
    }
    Ok(Maquette { pages, signets, absents: atelier.absents.into_iter().collect() })
}

struct Presse {
    gabarit: Rc<Gabarit>,
    y: f32,
    /// A page break was asked for, and waits for something to print after it.
    saut: bool,
    pages: Vec<Page>,
    cadres: Vec<Rc<Gabarit>>,
    signets: Vec<Signet>,
}

impl Presse {
    fn nouvelle_page(&mut self) {
        self.pages.push(Page::default());
        self.cadres.push(Rc::clone(&self.gabarit));
        self.y = self.gabarit.haut;
    }

    fn vierge(&self) -> bool {
        self.pages.last().is_none_or(|p| p.ops.is_empty())
    }

    fn poser(&mut self, bande: Bande) {
        match bande.effet {
            Effet::Saut => self.saut = !self.vierge(),
            Effet::Section(_) => self.ouvrir_section(),
            Effet::Espace if self.saut || self.vierge() => {}
            Effet::Espace => self.tracer(bande),
            Effet::Rien => self.imprimer(bande),
        }
    }

    fn imprimer(&mut self, bande: Bande) {
        if std::mem::take(&mut self.saut) {
            self.nouvelle_page();
        }
        let besoin = bande.besoin.max(bande.hauteur);
        if self.y + besoin > self.gabarit.bas + 0.5 && !self.vierge() {
            self.nouvelle_page();
            for reprise in bande.reprise.iter().flat_map(|r| r.iter()) {
                self.tracer(reprise.clone());
            }
        }
        self.tracer(bande);
    }

    fn ouvrir_section(&mut self) {
        if !self.vierge() {
            self.saut = true;
            return;
        }
        self.y = self.gabarit.haut;
        if let Some(cadre) = self.cadres.last_mut() {
            *cadre = Rc::clone(&self.gabarit);
        }
    }

    fn tracer(&mut self, bande: Bande) {
        let y = self.y;
        if let Some(titre) = bande.signet {
            self.signets.push(Signet { titre, page: self.pages.len() - 1, y });
        }
        if let Some(page) = self.pages.last_mut() {
            page.ops.extend(bande.ops.into_iter().map(|op| op.descendre(y)));
        }
        self.y += bande.hauteur;
    }
}

fn titre(atelier: &mut Atelier, doc: &Doc, large: f32) -> Vec<Bande> {
    let mut bandes = Vec::new();
    if !doc.titre.is_empty() {
        let style = Style::new(23.0, 28.0, Encre::Noir);
        bandes.extend(atelier.paragraphe(&[Segment::gras(&doc.titre)], style, MARGE, large));
    }
    if !doc.sous_titre.is_empty() {
        let style = Style::new(13.0, 18.0, Encre::Gris);
        bandes.extend(atelier.paragraphe(&[Segment::normal(&doc.sous_titre)], style, MARGE, large));
    }
    if !bandes.is_empty() {
        bandes.push(Bande::espace(12.0));
    }
    bandes
}

/// Says which characters were replaced, so that nobody takes □ for a word.
fn note_des_absents(atelier: &mut Atelier, large: f32) -> Vec<Bande> {
    let codes: Vec<String> = atelier.absents.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    let note = format!(
        "Caractères que ce document ne peut pas imprimer, remplacés par □ ou privés de leur accent : {}. \
         Le texte exact se lit dans le dossier.",
        codes.join(", ")
    );
    let mut bandes = vec![Bande::espace(CORPS.interligne)];
    bandes.extend(atelier.paragraphe(&[Segment::normal(note)], LEGENDE, MARGE, large));
    bandes
}
