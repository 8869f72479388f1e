//! Line breaking, with our own advances.

use crate::polices::Polices;
use crate::texte::Lettre;

/// Where a run of one weight starts in its line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fragment {
    pub(crate) x: f32,
    pub(crate) gras: bool,
    pub(crate) texte: String,
}

/// A line ready to be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Ligne {
    pub(crate) fragments: Vec<Fragment>,
    pub(crate) largeur: f32,
}

/// Breaks `lettres` into lines of at most `largeur` points. A word wider than the line is cut between characters:
/// nothing is ever left out. Always gives at least one line.
pub(crate) fn couper(lettres: &[Lettre], polices: &Polices, taille: f32, largeur: f32) -> Vec<Ligne> {
    let mut lignes = Vec::new();
    for paragraphe in lettres.split(|l| l.0 == '\n') {
        couper_paragraphe(paragraphe, polices, taille, largeur, &mut lignes);
    }
    while lignes.len() > 1 && lignes.last().is_some_and(|l: &Ligne| l.fragments.is_empty()) {
        lignes.pop();
    }
    lignes
}

fn couper_paragraphe(texte: &[Lettre], polices: &Polices, taille: f32, largeur: f32, lignes: &mut Vec<Ligne>) {
    let mut ligne: Vec<Lettre> = Vec::new();
    let mut x = 0.0;
    for mot in mots(texte) {
        let nu = rogner(mot);
        let large = mesurer(nu, polices, taille);
        if x + large > largeur + 0.01 && !ligne.is_empty() {
            lignes.push(composer(rogner(&ligne), polices, taille));
            ligne.clear();
            x = 0.0;
        }
        if large > largeur + 0.01 {
            x = couper_mot(mot, polices, taille, largeur, &mut ligne, lignes);
        } else {
            ligne.extend_from_slice(mot);
            x += mesurer(mot, polices, taille);
        }
    }
    lignes.push(composer(rogner(&ligne), polices, taille));
}

/// Cuts a word between characters; the end stays in `ligne`, whose width is returned.
fn couper_mot(
    mot: &[Lettre],
    polices: &Polices,
    taille: f32,
    largeur: f32,
    ligne: &mut Vec<Lettre>,
    lignes: &mut Vec<Ligne>,
) -> f32 {
    let mut x = 0.0;
    for &(c, gras) in mot {
        let pas = polices.choisir(gras).glyphe(c).avance * taille;
        if x + pas > largeur && !ligne.is_empty() && c != ' ' {
            lignes.push(composer(ligne, polices, taille));
            ligne.clear();
            x = 0.0;
        }
        ligne.push((c, gras));
        x += pas;
    }
    x
}

/// Words with the breakable spaces that follow them. A long word also breaks after its hyphens and slashes.
fn mots(texte: &[Lettre]) -> Vec<&[Lettre]> {
    let mut mots = Vec::new();
    let mut debut = 0;
    for i in 1..texte.len() {
        let (avant, c) = (texte[i - 1].0, texte[i].0);
        let apres_espace = avant == ' ' && c != ' ';
        let apres_trait = matches!(avant, '-' | '/') && c.is_alphabetic() && i - debut > 4;
        if apres_espace || apres_trait {
            mots.push(&texte[debut..i]);
            debut = i;
        }
    }
    if debut < texte.len() {
        mots.push(&texte[debut..]);
    }
    mots
}

fn rogner(mot: &[Lettre]) -> &[Lettre] {
    let fin = mot.iter().rposition(|l| l.0 != ' ').map_or(0, |p| p + 1);
    &mot[..fin]
}

fn mesurer(lettres: &[Lettre], polices: &Polices, taille: f32) -> f32 {
    let mut somme = 0.0;
    for (i, &(c, gras)) in lettres.iter().enumerate() {
        let suivant = lettres.get(i + 1).filter(|l| l.1 == gras).map(|l| l.0);
        somme += polices.choisir(gras).avance(c, suivant);
    }
    somme * taille
}

fn composer(lettres: &[Lettre], polices: &Polices, taille: f32) -> Ligne {
    let mut x = 0.0;
    let mut fragments = Vec::new();
    for groupe in lettres.chunk_by(|a, b| a.1 == b.1) {
        let gras = groupe[0].1;
        fragments.push(Fragment { x, gras, texte: groupe.iter().map(|l| l.0).collect() });
        x += mesurer(groupe, polices, taille);
    }
    Ligne { fragments, largeur: x }
}
