//! Folding: the form under which two spellings of the same word are the same bytes.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds for search and sorting: lower case, no accents, `œ`→`oe`, `æ`→`ae`, ligatures opened, apostrophes and
/// dashes of every kind turned into spaces, blanks collapsed to one space and trimmed. Other punctuation stays.
///
/// Invisible marks (soft hyphen, zero-width characters) disappear.
///
/// ```
/// use kernel::texte::plier;
/// assert_eq!(plier("  L’Œdème — Saint‑Flour "), "l oedeme saint flour");
/// ```
pub fn plier(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    for c in texte.chars() {
        plier_caractere(c, |p| {
            if p != ' ' || !(sortie.is_empty() || sortie.ends_with(' ')) {
                sortie.push(p);
            }
        });
    }
    if sortie.ends_with(' ') {
        sortie.pop();
    }
    sortie
}

/// Key for alphabetical order: [`plier`] without punctuation, and every whole number padded to eight digits so that
/// « ch. 9 » comes before « ch. 10 ». Compare keys as bytes.
///
/// ```
/// use kernel::texte::cle_tri;
/// assert!(cle_tri("Éloi") < cle_tri("Émard"));
/// assert!(cle_tri("ch. 9") < cle_tri("ch. 10"));
/// assert_eq!(cle_tri("D'Artigues"), cle_tri("d artigues"));
/// ```
pub fn cle_tri(texte: &str) -> String {
    let plie: String = plier(texte).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let mut sortie = String::with_capacity(plie.len());
    for mot in plie.split(' ').filter(|m| !m.is_empty()) {
        if !sortie.is_empty() {
            sortie.push(' ');
        }
        aligner_nombres(mot, &mut sortie);
    }
    sortie
}

fn aligner_nombres(mot: &str, sortie: &mut String) {
    let mut chiffres = String::new();
    for c in mot.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            chiffres.push(c);
            continue;
        }
        if !chiffres.is_empty() {
            let significatifs = chiffres.trim_start_matches('0');
            sortie.extend(std::iter::repeat_n('0', 8_usize.saturating_sub(significatifs.len())));
            sortie.push_str(significatifs);
            chiffres.clear();
        }
        if c != '\0' {
            sortie.push(c);
        }
    }
}

/// Emits the folded characters of one original character: none, one or several.
pub(super) fn plier_caractere(c: char, mut emettre: impl FnMut(char)) {
    if est_invisible(c) {
        return;
    }
    decomposer(c, &mut |d| {
        if est_apostrophe_ou_tiret(d) || d.is_whitespace() {
            emettre(' ');
        } else {
            d.to_lowercase().filter(|l| !is_combining_mark(*l)).for_each(&mut emettre);
        }
    });
}

/// Letters without their marks, case untouched: « Zoé Œillet » gives « Zoe OEillet ». Nothing else changes.
pub(crate) fn sans_diacritiques(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    for c in texte.chars() {
        decomposer(c, &mut |p| sortie.push(p));
    }
    sortie
}

fn decomposer(c: char, emettre: &mut impl FnMut(char)) {
    if c.is_ascii() {
        emettre(c);
        return;
    }
    for d in std::iter::once(c).nfkd().filter(|d| !is_combining_mark(*d)) {
        match lettres_simples(d) {
            Some(lettres) => lettres.chars().for_each(&mut *emettre),
            None => emettre(d),
        }
    }
}

/// Letters that Unicode does not decompose.
fn lettres_simples(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        'ẞ' => "SS",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "TH",
        'ı' => "i",
        _ => return None,
    })
}

fn est_apostrophe_ou_tiret(c: char) -> bool {
    matches!(c, '\'' | '-' | '`' | '´' | 'ʼ' | 'ʹ' | '\u{2018}'..='\u{201B}' | '′' | '＇' | '\u{2010}'..='\u{2015}' | '−' | '‿' | '－')
}

/// Characters that take no room on screen and must not separate two spellings.
pub(crate) fn est_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
