//! French typography: the spaces which must not break.

/// No-break space (before a colon, inside « », between a number and its unit).
const INSECABLE: char = '\u{a0}';
/// Narrow no-break space (before `;`, `?` and `!`).
const FINE: char = '\u{202f}';

/// Boxes that must stay on the line of their label.
const CASES: [char; 3] = ['☐', '☑', '☒'];

/// Units that must stay on the line of their number: a dose cut in two is misread.
const UNITES: [&str; 44] = [
    "mg", "g", "kg", "µg", "μg", "mcg", "ng", "ml", "mL", "cl", "cL", "dl", "dL", "l", "L", "UI", "MUI", "U", "mmol", "mmol/l",
    "mmol/L", "mEq", "%", "‰", "°C", "cm", "mm", "m", "h", "min", "s", "j", "kcal", "kPa", "bpm", "mmHg", "g/l", "g/L", "cp",
    "gél.", "gtt", "ans", "€", "mg/l",
];

/// Sets the no-break spaces French asks for: narrow before `;` `?` `!`, plain before `:`, inside « », after a box
/// to tick and between a number and its unit. Times (`08:42`), addresses (`https://x?y`) and runs of signs (`?!`) are left alone.
/// Applying it twice changes nothing more. Only spaces change: no word is ever touched.
pub fn francais(texte: &str) -> String {
    let caracteres: Vec<char> = texte.chars().collect();
    let mut sortie = String::with_capacity(texte.len() + 8);
    for (i, &c) in caracteres.iter().enumerate() {
        let suivant = caracteres.get(i + 1).copied();
        match c {
            ':' | ';' | '?' | '!' if ouvre_droit(suivant) => espace_avant(&mut sortie, c),
            '»' => refermer(&mut sortie),
            _ => {}
        }
        if est_espace(c) && sortie.ends_with(['«', INSECABLE]) && guillemet_ouvrant(&sortie) {
            continue;
        }
        if c == ' ' && (sortie.ends_with(CASES) || est_dose(&sortie, &caracteres[i + 1..])) {
            sortie.push(INSECABLE);
        } else {
            sortie.push(c);
        }
        if c == '«' && suivant.is_some_and(|s| s != '\n') {
            sortie.push(INSECABLE);
        }
    }
    sortie
}

fn est_espace(c: char) -> bool {
    matches!(c, ' ' | INSECABLE | FINE | '\u{2009}')
}

/// True when a sign followed by `suivant` ends a clause, rather than sitting inside a time or an address.
fn ouvre_droit(suivant: Option<char>) -> bool {
    suivant.is_none_or(|s| s.is_whitespace() || matches!(s, '»' | ')' | ']' | '"' | '”' | '?' | '!' | '.' | '…'))
}

fn espace_avant(sortie: &mut String, signe: char) {
    let sans = sortie.trim_end_matches(est_espace).len();
    let avant = sortie[..sans].chars().next_back();
    let ecarte = sans < sortie.len();
    let attache = avant.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '»' | '%' | '°' | '…' | '.' | '’'));
    if avant.is_none_or(|c| c == '\n' || c == '«') || !(ecarte || attache) {
        return;
    }
    sortie.truncate(sans);
    sortie.push(if signe == ':' { INSECABLE } else { FINE });
}

fn refermer(sortie: &mut String) {
    let sans = sortie.trim_end_matches(est_espace).len();
    if sortie[..sans].is_empty() || sortie[..sans].ends_with(['\n', '«']) {
        return;
    }
    sortie.truncate(sans);
    sortie.push(INSECABLE);
}

fn guillemet_ouvrant(sortie: &str) -> bool {
    sortie.trim_end_matches(INSECABLE).ends_with('«')
}

fn est_dose(avant: &str, apres: &[char]) -> bool {
    if !avant.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')) {
        return false;
    }
    let mot: String = apres.iter().take(8).take_while(|c| !c.is_whitespace()).collect();
    let mot = mot.trim_end_matches([',', ';', ':', ')', '.', '?', '!', '»']);
    UNITES.iter().any(|u| u.trim_end_matches('.') == mot)
}

#[cfg(test)]
mod tests {
    use super::francais;
    use proptest::prelude::*;

    #[test]
    fn colons_and_signs_get_their_space() {
        assert_eq!(francais("Allergie : oui"), "Allergie\u{a0}: oui");
        assert_eq!(francais("Allergie: oui"), "Allergie\u{a0}: oui");
        assert_eq!(francais("Douleur ?"), "Douleur\u{202f}?");
        assert_eq!(francais("Arrêt; reprise!"), "Arrêt\u{202f}; reprise\u{202f}!");
        assert_eq!(francais("Quoi ?!"), "Quoi\u{202f}?!");
    }

    #[test]
    fn guillemets_hold_their_words() {
        assert_eq!(francais("« à revoir »"), "«\u{a0}à revoir\u{a0}»");
        assert_eq!(francais("«à revoir»"), "«\u{a0}à revoir\u{a0}»");
        assert_eq!(francais("«  double  »"), "«\u{a0}double\u{a0}»");
    }

    #[test]
    fn times_and_addresses_are_left_alone() {
        for s in ["08:42", "https://grappe.exemple/u/12?vue=jour", "ratio 1:2", ": seul", "?"] {
            assert_eq!(francais(s), s);
        }
    }

    #[test]
    fn a_dose_keeps_its_unit() {
        assert_eq!(francais("5 mg le soir"), "5\u{a0}mg le soir");
        assert_eq!(francais("37,5 °C, 80 ans."), "37,5\u{a0}°C, 80\u{a0}ans.");
        assert_eq!(francais("3 mois"), "3 mois");
        assert_eq!(francais("½ cp"), "½\u{a0}cp");
        assert_eq!(francais("☐ 08:00 ☐ 20:00"), "☐\u{a0}08:00 ☐\u{a0}20:00");
    }

    proptest! {
        #[test]
        fn twice_is_once(s in "[a-z0-9 :;?!«»\u{a0}\u{202f}\nmg.,]{0,40}") {
            let une = francais(&s);
            prop_assert_eq!(francais(&une), une);
        }

        #[test]
        fn only_spaces_change(s in "[a-zé0-9 ☐:;?!«»\u{a0}\nmg.,()]{0,40}") {
            let visibles = |t: &str| t.chars().filter(|c| !super::est_espace(*c)).collect::<String>();
            prop_assert_eq!(visibles(&francais(&s)), visibles(&s));
        }
    }
}
