//! From blocks to bands.

use std::collections::BTreeSet;

use crate::EditionError;
use crate::bande::{Bande, CORPS, Effet, Encre, Op, Style, hauteur, ops_ligne, souder, tenir};
use crate::lignes::{Ligne, couper};
use crate::modele::{Bloc, Liste, Niveau, Segment, Texte};
use crate::polices::Polices;
use crate::texte::{en_clair, preparer};

/// Points per millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// Turns blocks into bands; remembers the characters no glyph can draw.
pub(crate) struct Atelier {
    pub(crate) polices: &'static Polices,
    pub(crate) absents: BTreeSet<char>,
    /// Height of text of the fullest page, in points.
    pub(crate) utile: f32,
}

impl Atelier {
    pub(crate) fn lignes(&mut self, texte: &[Segment], style: Style, largeur: f32) -> Vec<Ligne> {
        let lettres = preparer(texte, self.polices, &mut self.absents);
        couper(&lettres, self.polices, style.taille, largeur)
    }

    /// A paragraph as bands, without any space around.
    pub(crate) fn paragraphe(&mut self, texte: &[Segment], style: Style, x: f32, largeur: f32) -> Vec<Bande> {
        let lignes = self.lignes(texte, style, largeur);
        lignes.iter().map(|l| Bande::ligne(l, style, x)).collect()
    }

    pub(crate) fn blocs(&mut self, blocs: &[Bloc], x: f32, largeur: f32) -> Result<Vec<Bande>, EditionError> {
        let mut bandes = Vec::new();
        for bloc in blocs {
            bandes.extend(self.bloc(bloc, x, largeur)?);
        }
        suivre_les_titres(&mut bandes, self.utile);
        Ok(bandes)
    }

    fn bloc(&mut self, bloc: &Bloc, x: f32, largeur: f32) -> Result<Vec<Bande>, EditionError> {
        Ok(match bloc {
            Bloc::Titre(niveau, titre) => self.titre(*niveau, titre, x, largeur),
            Bloc::Paragraphe(texte) => self.bloc_paragraphe(texte, x, largeur),
            Bloc::Liste(liste) => self.liste(liste, x, largeur),
            Bloc::Definitions(paires) => self.definitions(paires, x, largeur),
            Bloc::Tableau(tableau) => self.tableau(tableau, x, largeur)?,
            Bloc::Figure(figure) => self.figure(figure, x, largeur)?,
            Bloc::Encadre(encadre) => self.encadre(encadre, x, largeur),
            Bloc::CasesACocher(cases) => self.cases(cases, x, largeur),
            Bloc::LignesAEcrire { libelle, nombre } => self.lignes_a_ecrire(libelle, *nombre, x, largeur),
            Bloc::Qr { url, legende } => self.qr(url, legende, x, largeur)?,
            Bloc::SautDePage => vec![Bande::effet(Effet::Saut)],
            Bloc::Section(section) => vec![Bande::effet(Effet::Section(section.clone()))],
            Bloc::Espace(mm) => vec![Bande::espace(f32::from(*mm) * MM)],
            Bloc::DeuxColonnes(gauche, droite) => self.deux_colonnes(gauche, droite, x, largeur)?,
        })
    }

    fn titre(&mut self, niveau: Niveau, titre: &str, x: f32, largeur: f32) -> Vec<Bande> {
        let (style, avant, apres) = match niveau {
            Niveau::Un => (Style::new(16.0, 20.0, Encre::Noir), 18.0, 9.0),
            Niveau::Deux => (Style::new(12.5, 16.5, Encre::Noir), 13.0, 4.0),
            Niveau::Trois => (Style::new(11.0, 15.0, Encre::Gris), 9.0, 2.0),
        };
        let mut bandes = self.paragraphe(&[Segment::gras(titre)], style, x, largeur);
        if let Some(derniere) = bandes.last_mut() {
            derniere.hauteur += apres;
            if niveau == Niveau::Un {
                let y = style.interligne + 2.5;
                derniere.ops.push(Op::Rectangle { x, y, l: largeur, h: 0.9, encre: Encre::Noir });
            }
        }
        let mut bande = souder(bandes);
        if niveau == Niveau::Un {
            bande.signet = Some(en_clair(titre));
        }
        // A heading asks for more than itself; `suivre_les_titres` adds what follows.
        bande.besoin = f32::INFINITY;
        vec![Bande::espace(avant), bande]
    }

    fn bloc_paragraphe(&mut self, texte: &Texte, x: f32, largeur: f32) -> Vec<Bande> {
        let mut bandes = self.paragraphe(texte, CORPS, x, largeur);
        tenir(&mut bandes, CORPS.interligne * 3.5);
        bandes.push(Bande::espace(6.0));
        bandes
    }

    fn liste(&mut self, liste: &Liste, x: f32, largeur: f32) -> Vec<Bande> {
        let marque = |i: usize| {
            if liste.numerotee { format!("{}.", i + 1) } else { "•".to_owned() }
        };
        let derniere = marque(liste.elements.len());
        let retrait = 8.0 + self.polices.normale.largeur(&derniere, CORPS.taille).max(8.0);
        let mut bandes = Vec::new();
        for (i, element) in liste.elements.iter().enumerate() {
            let mut item = self.paragraphe(element, CORPS, x + retrait, largeur - retrait);
            let puce = self.lignes(&[Segment::normal(marque(i))], CORPS, largeur);
            if let (Some(premiere), Some(puce)) = (item.first_mut(), puce.first()) {
                premiere.ops.splice(0..0, ops_ligne(puce, CORPS, x + retrait - 6.0 - puce.largeur));
            }
            tenir(&mut item, CORPS.interligne * 3.5);
            bandes.extend(item);
            bandes.push(Bande::espace(2.0));
        }
        bandes.push(Bande::espace(4.0));
        bandes
    }

    fn definitions(&mut self, paires: &[(String, Texte)], x: f32, largeur: f32) -> Vec<Bande> {
        let mut large = 0.0_f32;
        for (libelle, _) in paires {
            large = self.lignes(&[Segment::normal(libelle)], CORPS, largeur).iter().fold(large, |m, l| m.max(l.largeur));
        }
        let colonne = (large + 14.0).min(largeur * 0.38);
        let gris = Style { encre: Encre::Gris, ..CORPS };
        let mut bandes = Vec::new();
        for (libelle, valeur) in paires {
            let gauche = self.paragraphe(&[Segment::normal(libelle)], gris, x, colonne - 10.0);
            let droite = self.paragraphe(valeur, CORPS, x + colonne, largeur - colonne);
            let mut paire = cote_a_cote(gauche, droite);
            tenir(&mut paire, CORPS.interligne * 3.5);
            bandes.extend(paire);
            bandes.push(Bande::espace(2.5));
        }
        bandes.push(Bande::espace(4.0));
        bandes
    }

    fn deux_colonnes(&mut self, g: &[Bloc], d: &[Bloc], x: f32, largeur: f32) -> Result<Vec<Bande>, EditionError> {
        let gouttiere = 18.0;
        let colonne = (largeur - gouttiere) / 2.0;
        let gauche = self.blocs(g, x, colonne)?;
        let droite = self.blocs(d, x + colonne + gouttiere, colonne)?;
        if hauteur(&gauche).max(hauteur(&droite)) > self.utile * 0.5 {
            return Ok(cote_a_cote(gauche, droite));
        }
        Ok(cote_a_cote(vec![souder(gauche)], vec![souder(droite)]))
    }
}

/// Sets two piles of bands side by side, band against band, each as high as the higher of the two.
pub(crate) fn cote_a_cote(gauche: Vec<Bande>, droite: Vec<Bande>) -> Vec<Bande> {
    let longueur = gauche.len().max(droite.len());
    let mut gauche = gauche.into_iter();
    let mut droite = droite.into_iter();
    (0..longueur)
        .map(|_| {
            let mut bande = gauche.next().unwrap_or_default();
            let autre = droite.next().unwrap_or_default();
            bande.hauteur = bande.hauteur.max(autre.hauteur);
            bande.besoin = bande.besoin.max(autre.besoin);
            bande.ops.extend(autre.ops);
            bande.signet = bande.signet.or(autre.signet);
            if bande.effet != autre.effet {
                bande.effet = Effet::Rien;
            }
            bande
        })
        .collect()
}

/// Gives each heading (infinite need) the height it really asks for: itself, headings below it, and a start of text.
fn suivre_les_titres(bandes: &mut [Bande], utile: f32) {
    let mut suite = 0.0;
    for bande in bandes.iter_mut().rev() {
        if bande.besoin.is_infinite() {
            suite += bande.hauteur;
            bande.besoin = suite.min(utile);
        } else if bande.effet == Effet::Espace {
            suite += bande.hauteur;
        } else {
            suite = bande.besoin.max(bande.hauteur).min(utile * 0.5);
        }
    }
}
