//! Passwords and codes a person may choose, and the one-use passwords given to them (ASVS 6.2, 6.4.1).

use kernel::texte::plier;
use platform::erreur::Resultat;

/// Shortest password when it is the only proof (ASVS 6.2.9).
pub const LONGUEUR_MIN: usize = 15;
/// Longest password (ASVS 6.2.9: at least 64; 128 here).
pub const LONGUEUR_MAX: usize = 128;
/// What must remain once known words are taken away.
const RESTE_MIN: usize = 8;

const REFUSES: &str = include_str!("../data/refuses.txt");
const MOTS: &str = include_str!("../data/mots.txt");

/// Letters and digits only, folded: « Mot de passe 1 » and « motdepasse1 » are the same.
fn compact(texte: &str) -> String {
    plier(texte).chars().filter(|c| !c.is_whitespace() && !"-_.'’".contains(*c)).collect()
}

fn est_repete(texte: &str) -> bool {
    let lettres: Vec<char> = texte.chars().collect();
    (1..=lettres.len() / 2)
        .any(|pas| lettres.len().is_multiple_of(pas) && lettres.chunks(pas).all(|bloc| bloc == &lettres[..pas]))
}

/// Says why a password is refused; `maison` are the words of the house and of the person (names, town, FINESS, login).
///
/// No composition rule: any character, spaces and emoji included. A password of [`LONGUEUR_MIN`] characters is refused
/// only when it is made of stolen or house words, or repeats itself.
///
/// # Errors
/// The sentence to show.
pub fn examiner(mot_de_passe: &str, maison: &[String]) -> Result<(), &'static str> {
    let longueur = mot_de_passe.chars().count();
    if longueur < LONGUEUR_MIN {
        return Err(
            "Choisissez un mot de passe de 15 caractères au moins. Quatre ou cinq mots sans rapport entre eux conviennent.",
        );
    }
    if longueur > LONGUEUR_MAX {
        return Err("Choisissez un mot de passe de 128 caractères au plus.");
    }
    let mut reste = compact(mot_de_passe);
    if est_repete(&reste) {
        return Err("Ce mot de passe se répète : choisissez des mots différents.");
    }
    let mut connus: Vec<String> = REFUSES.lines().filter(|ligne| !ligne.starts_with('#')).map(compact).collect();
    connus.extend(
        maison
            .iter()
            .flat_map(|mot| mot.split(|c: char| !c.is_alphanumeric()))
            .map(compact)
            .filter(|mot| mot.chars().count() >= 4),
    );
    connus.sort_by_key(|mot| std::cmp::Reverse(mot.len()));
    for connu in connus.iter().filter(|mot| !mot.is_empty()) {
        reste = reste.replace(connu.as_str(), "");
    }
    if reste.chars().count() < RESTE_MIN {
        return Err(
            "Ce mot de passe est facile à deviner : il reprend des mots très courants, votre nom ou celui de l'établissement.",
        );
    }
    Ok(())
}

/// Says why a six-digit code is refused.
///
/// # Errors
/// The sentence to show.
pub fn examiner_code(code: &str) -> Result<(), &'static str> {
    let chiffres: Vec<u8> = code.bytes().collect();
    if chiffres.len() != 6 || !chiffres.iter().all(u8::is_ascii_digit) {
        return Err("Choisissez un code de 6 chiffres.");
    }
    let suite = |pas: i16| chiffres.windows(2).all(|paire| i16::from(paire[1]) - i16::from(paire[0]) == pas);
    let mut distincts = chiffres.clone();
    distincts.sort_unstable();
    distincts.dedup();
    if distincts.len() < 3 || suite(1) || suite(-1) || est_repete(code) {
        return Err("Ce code est trop simple : évitez les suites et les chiffres répétés.");
    }
    Ok(())
}

/// A password given to somebody for one use: four words and two digits, easy to read aloud and to type with gloves.
///
/// # Errors
/// Only when the machine has no randomness.
pub(crate) fn tirer() -> Resultat<String> {
    let hasard: [u8; 6] = platform::web::hasard()?;
    let mots: Vec<&str> = MOTS.lines().collect();
    let choisis: Vec<&str> = hasard[..4].iter().filter_map(|octet| mots.get(usize::from(*octet)).copied()).collect();
    Ok(format!("{}-{:02}", choisis.join("-"), u16::from_be_bytes([hasard[4], hasard[5]]) % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maison() -> Vec<String> {
        ["Les Genêts d'Auvergne", "63000 Clermont-Ferrand", "9X0000012", "sophie.vigneras"].map(str::to_owned).to_vec()
    }

    #[test]
    fn passwords_are_refused_for_what_they_are_never_for_what_they_lack() {
        let emoji = format!("{} tournesol", "\u{1f33b}".repeat(6));
        let long: String =
            (0..64_u32).map(|rang| char::from(b'a' + u8::try_from((rang * 7 + rang / 26) % 26).unwrap())).collect();
        for bon in ["mouette sapin lundi vélo", "une phrase sans majuscule", "KX!9vbn2$$plorM7", &emoji, &long] {
            assert_eq!(examiner(bon, &maison()), Ok(()), "{bon}");
        }
        let mauvais = [
            "court",
            "14 caracteres!",
            "azertyuiopqsdfghjklm",
            "motdepassemotdepasse",
            "aaaaaaaaaaaaaaaaaa",
            "Mot de passe 2026 !",
            "123456789012345678",
            "Clermont-Ferrand-63000",
            "LesGenets-Auvergne-1",
            "sophie.vigneras.2026",
            "EHPAD Les Genêts 2026",
            "infirmiere-residence-1",
            "abcabcabcabcabcabc",
            "9X0000012-ehpad-1",
            "Bonjour Soleil 123456",
        ];
        for un in mauvais {
            assert!(examiner(un, &maison()).is_err(), "{un}");
        }
        assert!(examiner(&"é".repeat(129), &maison()).is_err());
    }

    #[test]
    fn codes_in_a_row_or_repeated_are_refused() {
        assert_eq!(examiner_code("407291"), Ok(()));
        for mauvais in ["000000", "123456", "654321", "121212", "114114", "12345", "12345a", "11112 "] {
            assert!(examiner_code(mauvais).is_err(), "{mauvais}");
        }
    }

    #[test]
    fn a_given_password_passes_the_rules_and_never_comes_twice() {
        let tires: std::collections::BTreeSet<String> = (0..50).map(|_| tirer().unwrap()).collect();
        assert_eq!(tires.len(), 50);
        assert!(tires.iter().all(|un| un.split('-').count() == 5 && examiner(un, &maison()).is_ok()), "{tires:?}");
        assert_eq!(MOTS.lines().count(), 256);
    }
}
