//! Words ready to be set: cleaning, replacement of what cannot be printed.

use std::borrow::Cow;
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::modele::Segment;
use crate::polices::Polices;
use crate::symboles::{ABSENT, Symbole};
use crate::typographie::francais;

/// A character and its weight.
pub(crate) type Lettre = (char, bool);

/// Greek letters as medical French spells them out when a face lacks them.
fn en_toutes_lettres(c: char) -> Option<&'static str> {
    Some(match c {
        'α' => "alpha",
        'β' => "bêta",
        'γ' => "gamma",
        'δ' => "delta",
        'λ' => "lambda",
        'σ' => "sigma",
        'Σ' => "∑",
        'ω' => "oméga",
        '№' => "n°",
        _ => return None,
    })
}

/// Words of a whole paragraph, ready to be set: French spaces, composed accents, no control character. What no glyph
/// can draw becomes □, or its letter without its accent, and is added to `absents`.
pub(crate) fn preparer(segments: &[Segment], polices: &Polices, absents: &mut BTreeSet<char>) -> Vec<Lettre> {
    let mut lettres = Vec::new();
    for segment in segments {
        let propre: String = compose(&segment.texte.replace("\r\n", "\n")).chars().filter_map(assainir).collect();
        for c in propre.chars() {
            remplacer(c, segment.gras, polices, absents, &mut lettres);
        }
    }
    espacer(&lettres)
}

/// `texte` with its accents composed (NFC). What is under U+0300, all of common French, is composed already (UAX #15).
fn compose(texte: &str) -> Cow<'_, str> {
    if texte.chars().all(|c| c < '\u{300}') { Cow::Borrowed(texte) } else { Cow::Owned(texte.nfc().collect()) }
}

/// `texte` as one line of plain text, for bookmarks and the title of the file.
pub(crate) fn en_clair(texte: &str) -> String {
    let propre: String = texte.nfc().filter_map(assainir).map(|c| if c == '\n' { ' ' } else { c }).collect();
    francais(propre.trim())
}

/// The same cleaning over the runs of a paragraph, for HTML.
pub(crate) fn segments_pour_html(segments: &[Segment]) -> Vec<Segment> {
    let mut lettres = Vec::new();
    for segment in segments {
        let propre = segment.texte.replace("\r\n", "\n");
        lettres.extend(propre.nfc().filter_map(assainir).map(|c| (c, segment.gras)));
    }
    let groupe = |g: &[Lettre]| Segment { texte: g.iter().map(|l| l.0).collect(), gras: g[0].1 };
    espacer(&lettres).chunk_by(|a, b| a.1 == b.1).map(groupe).collect()
}

/// The same cleaning for HTML, where the browser has its own faces.
pub(crate) fn pour_html(texte: &str) -> String {
    let propre: String = texte.replace("\r\n", "\n").nfc().filter_map(assainir).collect();
    francais(&propre)
}

/// Keeps what can be read: controls, direction marks, joiners and variation selectors are dropped.
fn assainir(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\u{2000}'..='\u{2008}' | '\u{200a}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

fn remplacer(c: char, gras: bool, polices: &Polices, absents: &mut BTreeSet<char>, lettres: &mut Vec<Lettre>) {
    let connu = |c: char| c == '\n' || (polices.normale.connait(c) && polices.grasse.connait(c)) || Symbole::de(c).is_some();
    if connu(c) {
        lettres.push((c, gras));
        return;
    }
    if let Some(mot) = en_toutes_lettres(c) {
        lettres.extend(mot.chars().map(|c| (c, gras)));
        return;
    }
    let compatibles: Vec<char> = std::iter::once(c).nfkd().collect();
    if compatibles.iter().all(|c| connu(*c)) && !compatibles.iter().any(|c| est_accent(*c)) {
        lettres.extend(compatibles.into_iter().map(|c| (c, gras)));
        return;
    }
    absents.insert(c);
    match compatibles.first() {
        Some(&base) if base != c && connu(base) => lettres.push((base, gras)),
        _ => lettres.push((ABSENT, gras)),
    }
}

fn est_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Applies [`francais`] over the runs: a sign of the second run still holds the last word of the first.
fn espacer(lettres: &[Lettre]) -> Vec<Lettre> {
    let brut: String = lettres.iter().map(|l| l.0).collect();
    let mut visibles = lettres.iter().filter(|l| !blanc(l.0)).map(|l| l.1).peekable();
    let mut gras = visibles.peek().copied().unwrap_or(false);
    francais(&brut)
        .chars()
        .map(|c| {
            // A space between two weights is regular.
            if blanc(c) {
                return (c, gras && visibles.peek().copied().unwrap_or(false));
            }
            gras = visibles.next().unwrap_or(gras);
            (c, gras)
        })
        .collect()
}

fn blanc(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}
