//! Numbers of establishments and professionals, and telephone numbers.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Why a number was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ErreurNumero {
    /// Not the nine characters of a FINESS.
    #[error("Le numéro FINESS doit compter 9 chiffres (2A ou 2B au début pour la Corse).")]
    Finess,
    /// Not eleven digits.
    #[error("Le numéro RPPS doit compter 11 chiffres.")]
    Rpps,
    /// Eleven digits whose key is wrong.
    #[error("La clé du numéro RPPS ne correspond pas. Vérifiez chaque chiffre.")]
    CleRpps,
    /// Neither a French nor an international telephone number.
    #[error("Le numéro de téléphone doit compter 10 chiffres, ou commencer par + et l'indicatif du pays.")]
    Telephone,
}

/// Luhn key over digits, the last one being the key.
fn luhn(chiffres: &str) -> bool {
    let somme: u32 = chiffres
        .bytes()
        .rev()
        .enumerate()
        .map(|(rang, octet)| {
            let valeur = u32::from(octet - b'0') * if rang % 2 == 1 { 2 } else { 1 };
            valeur / 10 + valeur % 10
        })
        .sum();
    somme.is_multiple_of(10)
}

fn que_des_chiffres(texte: &str) -> bool {
    texte.bytes().all(|o| o.is_ascii_digit())
}

/// Without spaces, dots and dashes, upper case.
fn compacter(texte: &str) -> String {
    texte
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

macro_rules! texte_verifie {
    ($type:ty) => {
        impl FromStr for $type {
            type Err = ErreurNumero;
            fn from_str(texte: &str) -> Result<Self, ErreurNumero> {
                Self::new(texte)
            }
        }
        impl TryFrom<String> for $type {
            type Error = ErreurNumero;
            fn try_from(texte: String) -> Result<Self, ErreurNumero> {
                Self::relire(&texte)
            }
        }
        impl From<$type> for String {
            fn from(valeur: $type) -> Self {
                valeur.0
            }
        }
        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

/// Number of an establishment (ET) or of its legal entity (EJ) in the FINESS directory: 9 characters, the first two
/// being the department (`2A`, `2B` in Corsica).
///
/// A number that begins with `9X` is fictitious: no department bears that code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Finess(String);
texte_verifie!(Finess);

impl Finess {
    /// Reads nine characters; spaces are ignored. The key is not required: see [`Finess::cle_juste`].
    pub fn new(texte: &str) -> Result<Self, ErreurNumero> {
        let compact = compacter(texte);
        let (departement, suite) = compact.split_at_checked(2).ok_or(ErreurNumero::Finess)?;
        let connu = que_des_chiffres(departement) || matches!(departement, "2A" | "2B" | "9X");
        if !connu || suite.len() != 7 || !que_des_chiffres(suite) {
            return Err(ErreurNumero::Finess);
        }
        Ok(Self(compact))
    }

    fn relire(texte: &str) -> Result<Self, ErreurNumero> {
        Self::new(texte)
    }

    /// The nine characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Fictitious by construction.
    pub fn est_fictif(&self) -> bool {
        self.0.starts_with("9X")
    }

    /// Whether the last digit is the Luhn key of the others; `None` when the number holds a letter. To warn, not to
    /// refuse: the directory decides.
    pub fn cle_juste(&self) -> Option<bool> {
        que_des_chiffres(&self.0).then(|| luhn(&self.0))
    }
}

impl fmt::Display for Finess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// National number of a health professional: 11 digits, the last being a Luhn key.
///
/// A number whose key is wrong cannot be that of anybody: those are the fictitious ones, for demonstration and tests.
/// [`Rpps::new`] refuses them, [`Rpps::fictif_permis`] takes them. Reading back a stored value takes both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rpps(String);
texte_verifie!(Rpps);

impl Rpps {
    /// Reads a real number: eleven digits and the right key.
    pub fn new(texte: &str) -> Result<Self, ErreurNumero> {
        let lu = Self::relire(texte)?;
        if lu.est_fictif() { Err(ErreurNumero::CleRpps) } else { Ok(lu) }
    }

    /// Like [`Rpps::new`]; when `permis`, a fictitious number is accepted as well.
    pub fn fictif_permis(texte: &str, permis: bool) -> Result<Self, ErreurNumero> {
        if permis { Self::relire(texte) } else { Self::new(texte) }
    }

    fn relire(texte: &str) -> Result<Self, ErreurNumero> {
        let compact = compacter(texte);
        if compact.len() != 11 || !que_des_chiffres(&compact) {
            return Err(ErreurNumero::Rpps);
        }
        Ok(Self(compact))
    }

    /// The eleven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the key is wrong, hence nobody's number.
    pub fn est_fictif(&self) -> bool {
        !luhn(&self.0)
    }
}

impl fmt::Display for Rpps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A telephone number, kept as `+33473000000`, or as dialled for French short numbers (15, 112, 3919).
/// `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Telephone(String);
texte_verifie!(Telephone);

impl Telephone {
    /// Reads « 04 73 00 00 00 », « +33 4 73… », « 0033 4… », « +33 (0)4… », a foreign number with its `+`, a short one.
    pub fn new(texte: &str) -> Result<Self, ErreurNumero> {
        let compact = compacter(&texte.replace("(0)", "").replace(['(', ')', '/'], ""));
        let international = compact.strip_prefix('+').or_else(|| compact.strip_prefix("00"));
        let chiffres = international.unwrap_or(&compact);
        if !que_des_chiffres(chiffres) {
            return Err(ErreurNumero::Telephone);
        }
        let francais = |national: &str| national.len() == 9 && !national.starts_with('0');
        match (international, chiffres.strip_prefix("33"), chiffres.strip_prefix('0')) {
            (Some(_), Some(national), _) | (None, _, Some(national)) if francais(national) => Ok(Self(format!("+33{national}"))),
            (Some(_), None, None) if (7..=15).contains(&chiffres.len()) => Ok(Self(format!("+{chiffres}"))),
            (None, _, None) if est_court(chiffres) => Ok(Self(chiffres.to_owned())),
            _ => Err(ErreurNumero::Telephone),
        }
    }

    fn relire(texte: &str) -> Result<Self, ErreurNumero> {
        Self::new(texte)
    }

    /// For a `tel:` link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In one of the ranges that the French regulator keeps for fiction (for instance 01 99 00, 04 65 71, 06 39 98).
    pub fn est_fictif(&self) -> bool {
        self.0.strip_prefix("+33").is_some_and(|national| {
            ["19900", "26191", "35301", "46571", "53649", "63998"].iter().any(|tranche| national.starts_with(tranche))
        })
    }
}

/// A number as a person typed it, made easy to read and to dial: « 06 39 98 19 36 »; as typed when it is not understood
/// (« poste 12 », two numbers in one field).
pub fn telephone_lisible(tape: &str) -> String {
    Telephone::new(tape).map_or_else(|_| tape.to_owned(), |numero| numero.to_string())
}

/// Emergency and service numbers: 15, 112, 114, 3919, 116 117…
fn est_court(chiffres: &str) -> bool {
    match chiffres.len() {
        2 | 3 => chiffres.starts_with('1'),
        4 => chiffres.starts_with('3') || chiffres.starts_with('1'),
        6 => chiffres.starts_with("116") || chiffres.starts_with("118"),
        _ => false,
    }
}

/// « 04 73 00 00 00 » for France, with no-break spaces; `+` and the digits for other countries.
impl fmt::Display for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(national) = self.0.strip_prefix("+33") else {
            return f.write_str(&self.0);
        };
        f.write_str("0")?;
        for (rang, c) in national.chars().enumerate() {
            if rang % 2 == 1 {
                f.write_str("\u{a0}")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telephone(…)")
    }
}
