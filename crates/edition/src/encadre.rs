//! Alerts: a ground, a bar, the word of the tone, and a box around a danger.

use std::rc::Rc;

use crate::atelier::Atelier;
use crate::bande::{Bande, CORPS, Encre, Op, Style, hauteur, tenir};
use crate::modele::{Encadre, Segment, Ton};

/// From the edge of the box to its text, in points.
const RETRAIT: f32 = 16.0;

impl Atelier {
    pub(crate) fn encadre(&mut self, e: &Encadre, x: f32, largeur: f32) -> Vec<Bande> {
        let (fort, voile) = match e.ton {
            Ton::Danger => (Encre::Danger, Encre::DangerVoile),
            Ton::Attention => (Encre::Attention, Encre::AttentionVoile),
            Ton::Info => (Encre::Info, Encre::InfoVoile),
        };
        let large = largeur - RETRAIT - 10.0;
        let mut bandes = vec![blanc(7.0)];
        bandes.extend(self.titre_encadre(e.ton, &e.titre, fort, x + RETRAIT, large));
        for paragraphe in &e.paragraphes {
            bandes.push(blanc(2.0));
            bandes.extend(self.paragraphe(paragraphe, CORPS, x + RETRAIT, large));
        }
        bandes.push(blanc(8.0));
        habiller(&mut bandes, x, largeur, fort, voile);
        let mut suite = vec![blanc(7.0)];
        let titre = format!("{} (suite)", e.titre);
        suite.extend(self.titre_encadre(e.ton, titre.trim(), fort, x + RETRAIT, large));
        habiller(&mut suite, x, largeur, fort, voile);
        if e.ton == Ton::Danger {
            cerner(&mut bandes, x, largeur, fort);
            cerner_ouvert(&mut suite, x, largeur, fort);
        }
        tenir(&mut bandes, self.utile * 0.5);
        let suite = Rc::new(if hauteur(&suite) <= self.utile / 3.0 { suite } else { Vec::new() });
        for bande in bandes.iter_mut().skip(1) {
            bande.reprise = Some(Rc::clone(&suite));
        }
        finir_ensemble(&mut bandes);
        bandes.insert(0, Bande::espace(3.0));
        bandes.push(Bande::espace(10.0));
        bandes
    }

    /// The word of the tone in a plate, then the title.
    fn titre_encadre(&mut self, ton: Ton, titre: &str, fort: Encre, x: f32, largeur: f32) -> Vec<Bande> {
        let mot = ton.mot().to_uppercase();
        let taille = 9.0;
        let plaque = self.polices.grasse.largeur(&mot, taille) + 12.0;
        let retrait = plaque + 8.0;
        let style = Style::new(12.0, 17.0, Encre::Noir);
        let mut bandes = self.paragraphe(&[Segment::gras(titre)], style, x + retrait, largeur - retrait);
        if let Some(premiere) = bandes.first_mut() {
            premiere.ops.push(Op::Rectangle { x, y: 1.5, l: plaque, h: 14.0, encre: fort });
            premiere.ops.push(Op::Texte { x: x + 6.0, y: 11.7, taille, gras: true, encre: Encre::Blanc, texte: mot });
        }
        bandes
    }
}

fn blanc(hauteur: f32) -> Bande {
    Bande { hauteur, ..Bande::default() }
}

/// Lays the ground and the bar under each band.
fn habiller(bandes: &mut [Bande], x: f32, largeur: f32, fort: Encre, voile: Encre) {
    for bande in bandes {
        // A little more, so that no white hairline shows between two bands.
        let h = bande.hauteur + 0.4;
        let fond = Op::Rectangle { x, y: 0.0, l: largeur, h, encre: voile };
        let barre = Op::Rectangle { x, y: 0.0, l: 5.0, h, encre: fort };
        bande.ops.splice(0..0, [fond, barre]);
    }
}

/// The bottom of the box goes with the last lines: an empty end of box on a page says nothing.
fn finir_ensemble(bandes: &mut [Bande]) {
    let n = bandes.len();
    if n > 5 {
        bandes[n - 3].besoin = hauteur(&bandes[n - 3..]);
    }
}

/// Closes a box around `bandes`.
fn cerner(bandes: &mut [Bande], x: f32, largeur: f32, encre: Encre) {
    cerner_ouvert(bandes, x, largeur, encre);
    if let Some(derniere) = bandes.last_mut() {
        let y = derniere.hauteur - 0.8;
        derniere.ops.push(Op::Rectangle { x, y, l: largeur, h: 1.2, encre });
    }
}

/// The same box without its bottom.
fn cerner_ouvert(bandes: &mut [Bande], x: f32, largeur: f32, encre: Encre) {
    for (i, bande) in bandes.iter_mut().enumerate() {
        let h = bande.hauteur + 0.4;
        bande.ops.push(Op::Rectangle { x: x + largeur - 1.2, y: 0.0, l: 1.2, h, encre });
        if i == 0 {
            bande.ops.push(Op::Rectangle { x, y: 0.0, l: largeur, h: 1.2, encre });
        }
    }
}
