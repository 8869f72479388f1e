//! What is filled in with a pen: boxes to tick, ruled lines.

use crate::atelier::{Atelier, cote_a_cote};
use crate::bande::{Bande, CORPS, Encre, Op, tenir};
use crate::modele::{Cases, Segment};
use crate::symboles::Symbole;

impl Atelier {
    pub(crate) fn cases(&mut self, cases: &Cases, x: f32, largeur: f32) -> Vec<Bande> {
        let par_ligne = usize::from(cases.par_ligne.clamp(1, 6));
        let pas = largeur / f32::from(cases.par_ligne.clamp(1, 6));
        let mut bandes = Vec::new();
        if !cases.question.is_empty() {
            bandes = self.paragraphe(&[Segment::gras(&cases.question)], CORPS, x, largeur);
            bandes.push(Bande { hauteur: 2.0, ..Bande::default() });
        }
        let cote = 14.0;
        for rang in cases.cases.chunks(par_ligne) {
            let mut ligne = Vec::new();
            let mut gauche = x;
            for case in rang {
                let mut cellule =
                    self.paragraphe(&[Segment::normal(&case.libelle)], CORPS, gauche + cote + 6.0, pas - cote - 12.0);
                let symbole = if case.cochee { Symbole::CaseCochee } else { Symbole::CaseVide };
                if let Some(premiere) = cellule.first_mut() {
                    premiere.ops.insert(0, Op::Symbole { x: gauche, y: 12.5, taille: cote, symbole });
                }
                ligne = cote_a_cote(ligne, cellule);
                gauche += pas;
            }
            ligne.push(Bande { hauteur: 4.0, ..Bande::default() });
            tenir(&mut ligne, CORPS.interligne * 4.0);
            bandes.extend(ligne);
        }
        tenir(&mut bandes, self.utile * 0.25);
        bandes.push(Bande::espace(6.0));
        bandes
    }

    pub(crate) fn lignes_a_ecrire(&mut self, libelle: &str, nombre: u8, x: f32, largeur: f32) -> Vec<Bande> {
        let mut bandes = self.paragraphe(&[Segment::gras(libelle)], CORPS, x, largeur);
        for _ in 0..nombre.clamp(1, 40) {
            let ops = vec![Op::Rectangle { x, y: 24.0, l: largeur, h: 0.5, encre: Encre::Gris }];
            bandes.push(Bande { hauteur: 25.0, besoin: 0.0, ops, ..Bande::default() });
        }
        tenir(&mut bandes, self.utile * 0.5);
        bandes.push(Bande::espace(10.0));
        bandes
    }
}
