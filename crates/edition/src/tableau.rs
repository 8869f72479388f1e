//! Tables: rows that split between lines, headers that come back.

use std::rc::Rc;

use crate::EditionError;
use crate::atelier::{Atelier, cote_a_cote};
use crate::bande::{Bande, CORPS, Encre, LEGENDE, Op, Style, TABLE, hauteur, tenir};
use crate::modele::{Alignement, Segment, Tableau, Texte};

/// Space left and right of the text of a cell, in points.
const MARGE: f32 = 5.0;

/// A column in its place.
struct Place {
    x: f32,
    largeur: f32,
    alignement: Alignement,
}

impl Atelier {
    pub(crate) fn tableau(&mut self, t: &Tableau, x: f32, largeur: f32) -> Result<Vec<Bande>, EditionError> {
        if t.colonnes.is_empty() || t.lignes.iter().any(|l| l.len() > t.colonnes.len()) {
            return Err(EditionError::Tableau(t.legende.clone()));
        }
        let places = places(t, x, largeur);
        let entete = self.entete_tableau(t, &places, x, largeur);
        let mut bandes = Vec::new();
        if !t.legende.is_empty() {
            bandes = self.paragraphe(&[Segment::gras(&t.legende)], CORPS, x, largeur);
            bandes.push(Bande { hauteur: 3.0, ..Bande::default() });
        }
        bandes.extend(entete.iter().cloned());
        let tete = bandes.len();
        let repetable = hauteur(&entete) <= self.utile / 3.0;
        let reprise = Rc::new(if repetable { entete } else { Vec::new() });
        let mut debut = bandes.len();
        for (i, ligne) in t.lignes.iter().enumerate() {
            let avant = std::mem::replace(&mut debut, bandes.len());
            bandes.extend(self.rangee(t, ligne, &places, (x, largeur), &reprise));
            if i > 0 && i + 1 == t.lignes.len() {
                accompagner(&mut bandes[avant..], self.utile);
            }
        }
        if t.lignes.is_empty() {
            let mot = if t.si_vide.is_empty() { "Néant" } else { &t.si_vide };
            let gris = Style { encre: Encre::Gris, ..TABLE };
            let vide = self.paragraphe(&[Segment::normal(mot)], gris, x + MARGE, largeur - 2.0 * MARGE);
            bandes.extend(habiller(vide, x, largeur, Encre::Filet, None));
        }
        let besoin = hauteur(&bandes[..tete]) + bandes.get(tete).map_or(0.0, |b| b.besoin.max(b.hauteur));
        if let Some(premiere) = bandes.first_mut() {
            premiere.besoin = besoin.min(self.utile);
        }
        bandes.insert(0, Bande::espace(4.0));
        bandes.push(Bande::espace(10.0));
        Ok(bandes)
    }

    fn entete_tableau(&mut self, t: &Tableau, places: &[Place], x: f32, largeur: f32) -> Vec<Bande> {
        let mut cellules = Vec::new();
        for (colonne, place) in t.colonnes.iter().zip(places) {
            cellules = cote_a_cote(cellules, self.cellule(&[Segment::gras(&colonne.titre)], place));
        }
        habiller(cellules, x, largeur, Encre::Noir, Some(Encre::Voile))
    }

    fn rangee(
        &mut self,
        t: &Tableau,
        ligne: &[Texte],
        places: &[Place],
        (x, largeur): (f32, f32),
        entete: &Rc<Vec<Bande>>,
    ) -> Vec<Bande> {
        let mut cellules = vec![Bande { hauteur: TABLE.interligne, ..Bande::default() }];
        let mut nom = Vec::new();
        for (i, (texte, place)) in ligne.iter().zip(places).enumerate() {
            let gras: Texte;
            let texte = if i == 0 && t.premiere_colonne_entete {
                gras = texte.iter().map(|s| Segment::gras(&s.texte)).collect();
                &gras
            } else {
                texte
            };
            let bandes = self.cellule(texte, place);
            if i == 0 {
                nom.extend(bandes.iter().take(3).cloned());
            }
            cellules = cote_a_cote(cellules, bandes);
        }
        let mut rangee = habiller(cellules, x, largeur, Encre::Filet, None);
        tenir(&mut rangee, self.utile * 0.4);
        let suite = self.suite(entete, nom, places, rangee.len() > 4);
        for (i, bande) in rangee.iter_mut().enumerate() {
            bande.reprise = Some(if i == 0 { Rc::clone(entete) } else { Rc::clone(&suite) });
        }
        // The last lines of a row go together: a lone line at the top of a page says nothing.
        let n = rangee.len();
        if n >= 5 {
            rangee[n - 3].besoin = hauteur(&rangee[n - 3..]);
        }
        rangee
    }

    /// What comes back above a row cut by a page: the header, the name of the row and « (suite) ».
    fn suite(&mut self, entete: &Rc<Vec<Bande>>, nom: Vec<Bande>, places: &[Place], longue: bool) -> Rc<Vec<Bande>> {
        let (true, Some(place)) = (longue, places.first()) else {
            return Rc::clone(entete);
        };
        let mut bandes = entete.as_ref().clone();
        bandes.push(Bande { hauteur: 4.0, ..Bande::default() });
        bandes.extend(nom);
        let style = Style { interligne: TABLE.interligne, ..LEGENDE };
        let x = place.x + MARGE;
        bandes.extend(self.paragraphe(&[Segment::normal("(suite)")], style, x, place.largeur - 2.0 * MARGE));
        Rc::new(bandes)
    }

    fn cellule(&mut self, texte: &[Segment], place: &Place) -> Vec<Bande> {
        let large = (place.largeur - 2.0 * MARGE).max(1.0);
        let lignes = self.lignes(texte, TABLE, large);
        lignes
            .iter()
            .map(|l| {
                let reste = (large - l.largeur).max(0.0);
                let decalage = match place.alignement {
                    Alignement::Gauche => 0.0,
                    Alignement::Centre => reste / 2.0,
                    Alignement::Droite => reste,
                };
                Bande::ligne(l, TABLE, place.x + MARGE + decalage)
            })
            .collect()
    }
}

/// Keeps the last two rows together when they are short: a page with a single row looks like a mistake.
fn accompagner(dernieres: &mut [Bande], utile: f32) {
    let total = hauteur(dernieres);
    if let (true, Some(premiere)) = (total <= utile * 0.2, dernieres.first_mut()) {
        premiere.besoin = premiere.besoin.max(total);
    }
}

/// Adds the space above and below a row, its rule and its ground.
fn habiller(lignes: Vec<Bande>, x: f32, largeur: f32, filet: Encre, fond: Option<Encre>) -> Vec<Bande> {
    let mut bandes = Vec::with_capacity(lignes.len() + 2);
    bandes.push(Bande { hauteur: 4.0, ..Bande::default() });
    bandes.extend(lignes);
    bandes.push(Bande { hauteur: 4.5, ..Bande::default() });
    if let Some(encre) = fond {
        for bande in &mut bandes {
            let h = bande.hauteur + 0.4;
            bande.ops.insert(0, Op::Rectangle { x, y: 0.0, l: largeur, h, encre });
        }
    }
    if let Some(derniere) = bandes.last_mut() {
        derniere.ops.push(Op::Rectangle { x, y: derniere.hauteur - 0.7, l: largeur, h: 0.7, encre: filet });
    }
    bandes
}

fn places(t: &Tableau, x: f32, largeur: f32) -> Vec<Place> {
    let total: f32 = t.colonnes.iter().map(|c| f32::from(c.largeur.max(1))).sum();
    let mut gauche = x;
    t.colonnes
        .iter()
        .map(|c| {
            let l = largeur * f32::from(c.largeur.max(1)) / total;
            let place = Place { x: gauche, largeur: l, alignement: c.alignement };
            gauche += l;
            place
        })
        .collect()
}
