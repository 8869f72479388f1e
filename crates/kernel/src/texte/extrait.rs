//! The few words around a hit, as shown under a search result.

use super::racines::{MotSitue, decouper};

/// A run of text, marked or not. The runs of an extract, put end to end, are the extract.
#[derive(Clone, PartialEq, Eq)]
pub struct Morceau {
    /// The words, as written in the original (accents and case kept).
    pub texte: String,
    /// True when this run is one of the words searched.
    pub trouve: bool,
}

/// Hides the text: it comes from a resident's record.
impl std::fmt::Debug for Morceau {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Morceau").field("texte", &"…").field("trouve", &self.trouve).finish()
    }
}

/// An extract of about `largeur` characters around the first hit, hits marked.
///
/// `mots_cherches` are stems, as [`super::mots`] gives them for what the user typed. The extract begins and ends at
/// word limits, an ellipsis tells where the text goes on, line ends become spaces. The first hit is always whole,
/// even in a narrower extract. Without any hit it is the beginning of the text.
///
/// ```
/// use kernel::texte::{extrait, mots};
/// let morceaux = extrait("Œdème des chevilles ce matin", &mots("oedemes"), 40);
/// assert_eq!((morceaux[0].texte.as_str(), morceaux[0].trouve), ("Œdème", true));
/// ```
pub fn extrait(texte: &str, mots_cherches: &[String], largeur: usize) -> Vec<Morceau> {
    let mots = decouper(texte);
    let trouves: Vec<&MotSitue> = mots.iter().filter(|m| mots_cherches.contains(&m.racine)).collect();
    let (debut, fin) = fenetre(texte, trouves.first().copied(), largeur);
    let mut sortie = Vec::new();
    let mut position = debut;
    if debut > 0 {
        ajouter(&mut sortie, "… ", false);
    }
    for mot in trouves.iter().filter(|m| m.debut >= debut && m.fin <= fin) {
        ajouter(&mut sortie, &texte[position..mot.debut], false);
        ajouter(&mut sortie, &texte[mot.debut..mot.fin], true);
        position = mot.fin;
    }
    ajouter(&mut sortie, &texte[position..fin], false);
    if fin < texte.trim_end().len() {
        ajouter(&mut sortie, " …", false);
    }
    sortie
}

fn ajouter(sortie: &mut Vec<Morceau>, texte: &str, trouve: bool) {
    if texte.is_empty() {
        return;
    }
    let texte = texte.replace(['\n', '\r', '\t'], " ");
    match sortie.last_mut() {
        Some(dernier) if dernier.trouve == trouve && !trouve => dernier.texte.push_str(&texte),
        _ => sortie.push(Morceau { texte, trouve }),
    }
}

/// Byte range to show: a third of the width before the hit, the rest after, moved inwards to word limits.
fn fenetre(texte: &str, premier: Option<&MotSitue>, largeur: usize) -> (usize, usize) {
    let total = texte.trim_end().len();
    let (hit_debut, hit_fin) = premier.map_or((0, 0), |m| (m.debut, m.fin));
    let mut debut = reculer(texte, hit_debut, largeur / 3);
    let mut fin = avancer(texte, debut, largeur).min(total);
    if fin == total {
        debut = debut.min(reculer(texte, total, largeur));
    }
    if debut > 0 && !texte[..debut].ends_with(char::is_whitespace) {
        debut = texte[debut..hit_debut].find(char::is_whitespace).map_or(hit_debut, |p| debut + p);
    }
    while debut < hit_debut && texte[debut..].starts_with(char::is_whitespace) {
        debut = avancer(texte, debut, 1);
    }
    if fin < total && !texte[fin..].starts_with(char::is_whitespace) {
        fin = texte[debut..fin].rfind(char::is_whitespace).map_or(fin, |p| debut + p);
    }
    let fin = fin.max(hit_fin).max(debut);
    (debut, fin.max(hit_fin))
}

fn reculer(texte: &str, depuis: usize, caracteres: usize) -> usize {
    if caracteres == 0 {
        return depuis;
    }
    texte[..depuis].char_indices().rev().nth(caracteres - 1).map_or(0, |(p, _)| p)
}

fn avancer(texte: &str, depuis: usize, caracteres: usize) -> usize {
    texte[depuis..].char_indices().nth(caracteres).map_or(texte.len(), |(p, _)| depuis + p)
}
