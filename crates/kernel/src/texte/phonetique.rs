//! Sound key of French family and given names, to flag homonyms and likely duplicates.

use super::plier;

/// Sound key of a name: two names said alike have the same key. For comparison only, never shown.
///
/// A key that is too wide costs a chip « Homonyme » for nothing; one that is too narrow lets two residents be taken for
/// one another: in doubt the rules bring names together. Applied in order on the folded name, whose words are joined
/// (« Le Goff » = « Legoff »):
/// 1. `ç`→`s`, `ph`→`f`, `sch`/`sh`→`ch`, `h` dropped elsewhere, `w`→`v`, `y`→`i`, `bv`→`v`;
/// 2. `ault`/`auld`/`aulx` lose their `l`; doubled letters become single;
/// 3. mute end: `s`, `x`, `z`, then `d`, `t`, `p` (Dupont = Dupond = Dupon), unless a mute `e` makes them heard;
/// 4. hard `c`, `q`, `k` are `k`, soft `c` and `z` are `s`, soft `g` is `j`, `gu` before e/i is `g`, `x` is `ks`;
/// 5. vowels by sound: `eau`/`au`→`o`, `ai`/`ei`→`e`, `ou`, `oi`, `eu`/`oeu` kept apart; `an`/`en`, `in`/`ain`/`un`
///    and `on` are nasal before a consonant or at the end, so that Martin, Martine and Marin all differ;
/// 6. final mute `e` dropped (Brumelle = Brumel), as long as two signs are left.
///
/// An empty key means a name without any letter: compare nothing with it.
pub fn cle_phonetique(nom: &str) -> String {
    let cedille = nom.replace(['ç', 'Ç'], "s");
    let lettres: String = plier(&cedille).chars().filter(char::is_ascii_alphabetic).collect();
    let ecrit = sans_doubles(&simplifier(&lettres));
    let ecrit = sans_fin_muette(&ecrit);
    let mut cle = sans_doubles(&sons(ecrit.as_bytes()));
    if cle.len() > 2 && cle.ends_with('e') {
        cle.pop();
    }
    cle
}

fn simplifier(lettres: &str) -> String {
    const REGLES: [(&str, &str); 14] = [
        ("ph", "f"),
        ("sch", "Ch"),
        ("sh", "Ch"),
        ("ch", "C"),
        ("Ch", "C"),
        ("h", ""),
        ("w", "v"),
        ("y", "i"),
        ("bv", "v"),
        ("ault", "aut"),
        ("auld", "aud"),
        ("aulx", "aux"),
        ("cq", "q"),
        ("ck", "k"),
    ];
    REGLES.iter().fold(lettres.to_owned(), |texte, (de, a)| texte.replace(de, a))
}

fn sans_doubles(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    for c in texte.chars() {
        if !sortie.ends_with(c) {
            sortie.push(c);
        }
    }
    sortie
}

fn sans_fin_muette(texte: &str) -> String {
    let mut reste = texte;
    while reste.len() > 3 && reste.ends_with(['s', 'x', 'z']) {
        reste = &reste[..reste.len() - 1];
    }
    while reste.len() > 3 && reste.ends_with(['d', 't', 'p']) {
        reste = &reste[..reste.len() - 1];
    }
    reste.to_owned()
}

/// Turns letters into signs: lower case for letters heard as written, capitals and digits for groups.
fn sons(lettres: &[u8]) -> String {
    let mut sortie = String::with_capacity(lettres.len());
    let mut reste = lettres;
    while let Some((&tete, suite)) = reste.split_first() {
        if let Some((lus, signe)) = voyelles(reste) {
            sortie.push_str(signe);
            reste = &reste[lus..];
            continue;
        }
        let suivante = suite.first().copied().unwrap_or(b' ');
        let douce = matches!(suivante, b'e' | b'i');
        match tete {
            b'c' if douce => sortie.push('s'),
            b'c' | b'q' => sortie.push('k'),
            b'g' if douce => sortie.push('j'),
            b'g' if suivante == b'n' => sortie.push('N'),
            b'z' => sortie.push('s'),
            b'x' => sortie.push_str("ks"),
            autre => sortie.push(char::from(autre)),
        }
        let muette = match (tete, suite) {
            // The letter that only serves to soften or harden the consonant.
            (b'q', [b'u', ..]) | (b'g', [b'u', b'e' | b'i', ..] | [b'e', b'a' | b'o', ..] | [b'n', ..]) => 1,
            _ => 0,
        };
        reste = &suite[muette..];
    }
    sortie
}

/// Longest group of vowels at the head of `reste`: letters read and sign.
fn voyelles(reste: &[u8]) -> Option<(usize, &'static str)> {
    const GROUPES: [(&[u8], &str); 9] = [
        (b"eau", "o"),
        (b"oeu", "E"),
        (b"au", "o"),
        (b"ai", "e"),
        (b"ei", "e"),
        (b"oe", "E"),
        (b"eu", "E"),
        (b"ou", "U"),
        (b"oi", "W"),
    ];
    const NASALES: [(&[u8], &str); 8] = [
        (b"oin", "W5"),
        (b"ain", "5"),
        (b"ein", "5"),
        (b"ean", "4"),
        (b"ien", "i5"),
        (b"aim", "5"),
        (b"eun", "5"),
        (b"aen", "4"),
    ];
    let nasale = |lus: usize| !matches!(reste.get(lus), Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'n' | b'm'));
    for (groupe, signe) in NASALES {
        if reste.starts_with(groupe) && nasale(groupe.len()) {
            return Some((groupe.len(), signe));
        }
    }
    if let Some((groupe, signe)) = GROUPES.iter().find(|(groupe, _)| reste.starts_with(groupe)) {
        return Some((groupe.len(), signe));
    }
    let signe = match reste {
        [b'a' | b'e', b'n' | b'm', ..] => "4",
        [b'i' | b'u', b'n' | b'm', ..] => "5",
        [b'o', b'n' | b'm', ..] => "6",
        _ => return None,
    };
    nasale(2).then_some((2, signe))
}
