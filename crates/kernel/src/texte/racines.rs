//! Light stemming of French words, the same for what is written and for what is searched.

use super::pliage::plier_caractere;

/// The searchable words of a text: folded, cut at everything that is neither letter nor digit, lightly stemmed, in
/// order, repetitions kept. Words of one letter are dropped; numbers stay whatever their length.
///
/// The stems are not words and are not for display. A stem only has to be the same for the forms of one word; a few
/// unrelated words share one (« pause » and « pausé »), which a reader of results sorts out better than a miss.
///
/// Rules, in this order; nothing is done to a word that holds a digit, and a stem keeps at least 3 letters:
/// 1. plural: `-eaux`→`-eau`, `-yaux`→`-yau`, `-aux`→`-al`, `-eux`/`-oux`→ without `x` (from 5 letters), `-s`
///    except after another `s`;
/// 2. feminine of trades and qualities: `-trice`→`-teu`, `-euse`→`-eu`, `-eur`→`-eu`, `-ive`→`-if`, `-elle`→`-el`
///    (long words only);
/// 3. up to two mute `e` at the end (é, ée, e are one after folding), except « idée », not to be taken for IDE;
/// 4. `-er` (infinitives, and with rule 3 the pairs -ier/-ière);
/// 5. a doubled final consonant of a word of 6 letters or more is made single (ancienne, ancien).
///
/// Conjugated forms beyond é/ée/er/e (« tombait », « tombent ») are left alone.
///
/// ```
/// use kernel::texte::mots;
/// assert_eq!(mots("Chutes, tombée"), mots("chute tomber"));
/// ```
pub fn mots(texte: &str) -> Vec<String> {
    decouper(texte).into_iter().map(|m| m.racine).collect()
}

/// A word of a text, with its place in the original.
pub(super) struct MotSitue {
    pub(super) debut: usize,
    pub(super) fin: usize,
    pub(super) racine: String,
}

/// Words of `texte` with their byte range in the original.
pub(super) fn decouper(texte: &str) -> Vec<MotSitue> {
    let mut sortie = Vec::new();
    let mut courant = String::new();
    let mut debut = 0;
    let mut fin = 0;
    for (position, c) in texte.char_indices() {
        plier_caractere(c, |p| {
            if p.is_alphanumeric() {
                if courant.is_empty() {
                    debut = position;
                }
                courant.push(p);
                fin = position + c.len_utf8();
            } else {
                clore(&mut courant, debut, fin, &mut sortie);
            }
        });
        // A combining mark written apart (NFD) folds to nothing and belongs to the word it follows.
        if !courant.is_empty() && fin == position && !c.is_whitespace() {
            fin = position + c.len_utf8();
        }
    }
    clore(&mut courant, debut, fin, &mut sortie);
    sortie
}

fn clore(courant: &mut String, debut: usize, fin: usize, sortie: &mut Vec<MotSitue>) {
    let numerique = courant.chars().any(|c| c.is_ascii_digit());
    if numerique || courant.chars().nth(1).is_some() {
        let racine = if numerique || !courant.is_ascii() { courant.clone() } else { raciner(courant) };
        sortie.push(MotSitue { debut, fin, racine });
    }
    courant.clear();
}

/// Stem of a folded ASCII word; the rules are those of [`mots`].
fn raciner(mot: &str) -> String {
    let mut racine = singulier(mot);
    racine = masculin(racine);
    if racine == "idee" {
        return racine;
    }
    for _ in 0..2 {
        if racine.len() > 3 && racine.ends_with('e') {
            racine.pop();
        }
    }
    if racine.len() >= 5 && racine.ends_with("er") {
        racine.truncate(racine.len() - 2);
    }
    let octets = racine.as_bytes();
    if let [.., avant, dernier] = octets
        && octets.len() >= 6
        && avant == dernier
        && !b"aeiouy".contains(dernier)
    {
        racine.pop();
    }
    racine
}

fn singulier(mot: &str) -> String {
    if let Some(base) = mot.strip_suffix("aux") {
        if base.ends_with(['e', 'y']) {
            return format!("{base}au");
        }
        return if mot.len() >= 5 { format!("{base}al") } else { mot.to_owned() };
    }
    let pluriel_en_x = mot.len() >= 5 && (mot.ends_with("eux") || mot.ends_with("oux"));
    let pluriel_en_s = mot.len() >= 4 && mot.ends_with('s') && !mot.ends_with("ss");
    let lettres = mot.len() - usize::from(pluriel_en_x || pluriel_en_s);
    mot[..lettres].to_owned()
}

fn masculin(mot: String) -> String {
    const REGLES: [(&str, &str, usize); 5] =
        [("trice", "teu", 8), ("euse", "eu", 6), ("eur", "eu", 6), ("ive", "if", 5), ("elle", "el", 7)];
    for (fin, remplacement, longueur) in REGLES {
        if let Some(base) = mot.strip_suffix(fin)
            && mot.len() >= longueur
        {
            return format!("{base}{remplacement}");
        }
    }
    mot
}
