//! The number and the authority that gave it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Why a matricule or its authority was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ErreurIns {
    /// Not 13 characters and a 2-digit key.
    #[error("Le matricule INS doit compter 15 caractères : 13 et une clé de 2 chiffres.")]
    Forme,
    /// The key does not match, for an identity of production.
    #[error("La clé du matricule INS ne correspond pas au numéro. Vérifiez chaque chiffre.")]
    Cle,
    /// An OID that is none of those of the INS.
    #[error("L'origine du matricule INS n'est pas reconnue. Récupérez l'identité par le téléservice INSi.")]
    OidInconnu,
}

/// Control key of a NIR or NIA: `97 − (N mod 97)`, where N is the 13 characters read as a number, the Corsican
/// departments `2A` and `2B` being read as 19 and 18. Births in Corsica before 1976 carry 20 and need no rule.
///
/// `None` when `treize` is not 13 digits (or 11 digits around `2A`/`2B` in sixth and seventh place).
///
/// ```
/// assert_eq!(kernel::ins::cle_nir("2790351215189"), Some(89));
/// assert_eq!(kernel::ins::cle_nir("185052A004084"), Some(95));
/// ```
pub fn cle_nir(treize: &str) -> Option<u8> {
    let octets = treize.as_bytes();
    if octets.len() != 13 {
        return None;
    }
    let mut nombre = 0_u64;
    for (rang, &octet) in octets.iter().enumerate() {
        let chiffre = match (rang, octet) {
            // « 2A » read as 19 and « 2B » as 18: the tens are corrected after the loop.
            (6, b'A') if octets[5] == b'2' => 9,
            (6, b'B') if octets[5] == b'2' => 8,
            (_, b'0'..=b'9') => u64::from(octet - b'0'),
            _ => return None,
        };
        nombre = nombre * 10 + chiffre;
    }
    if octets[6].is_ascii_alphabetic() {
        nombre -= 10_000_000;
    }
    u8::try_from(97 - nombre % 97).ok()
}

/// The 15 characters of a NIR or NIA and its key. `Debug` shows nothing of it.
///
/// The form is checked, not the key: examples published by the ANS for tests have wrong keys (see [`Ins::new`]).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Matricule(String);

impl Matricule {
    /// Reads 15 characters; spaces are ignored, `2a` is `2A`.
    pub fn new(texte: &str) -> Result<Self, ErreurIns> {
        let compact: String = texte.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let (treize, cle) = compact.split_at_checked(13).ok_or(ErreurIns::Forme)?;
        if cle_nir(treize).is_none() || cle.len() != 2 || !cle.bytes().all(|o| o.is_ascii_digit()) {
            return Err(ErreurIns::Forme);
        }
        Ok(Self(compact))
    }

    /// Whether the key matches the number.
    pub fn cle_juste(&self) -> bool {
        let (treize, cle) = self.0.split_at(13);
        cle_nir(treize) == cle.parse().ok()
    }

    /// The 15 characters, for exchanges.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As on a carte Vitale, with no-break spaces: « 2 79 03 51 215 189 89 ».
    pub fn groupe(&self) -> String {
        let mut sortie = String::with_capacity(27);
        for (rang, c) in self.0.chars().enumerate() {
            if matches!(rang, 1 | 3 | 5 | 7 | 10 | 13) {
                sortie.push('\u{a0}');
            }
            sortie.push(c);
        }
        sortie
    }
}

impl fmt::Debug for Matricule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Matricule(…)")
    }
}

impl FromStr for Matricule {
    type Err = ErreurIns;
    fn from_str(texte: &str) -> Result<Self, ErreurIns> {
        Self::new(texte)
    }
}

impl TryFrom<String> for Matricule {
    type Error = ErreurIns;
    fn try_from(texte: String) -> Result<Self, ErreurIns> {
        Self::new(&texte)
    }
}

impl From<Matricule> for String {
    fn from(matricule: Matricule) -> Self {
        matricule.0
    }
}

/// The authority of a matricule. Serialised as the OID itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Oid {
    /// INS-NIR, production: a definitive number.
    Nir,
    /// INS-NIA, production: a number while waiting for the NIR.
    Nia,
    /// INS-NIR of test.
    Test,
    /// INS-NIR of demonstration.
    Demo,
}

impl Oid {
    /// The OID, as in exchanges.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nir => "1.2.250.1.213.1.4.8",
            Self::Nia => "1.2.250.1.213.1.4.9",
            Self::Test => "1.2.250.1.213.1.4.10",
            Self::Demo => "1.2.250.1.213.1.4.11",
        }
    }

    /// True for the numbers of real persons; an establishment in service must refuse the others.
    pub const fn est_production(self) -> bool {
        matches!(self, Self::Nir | Self::Nia)
    }

    /// « NIR », « NIA », « NIR de test », « NIR de démonstration ».
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Nir => "NIR",
            Self::Nia => "NIA",
            Self::Test => "NIR de test",
            Self::Demo => "NIR de démonstration",
        }
    }
}

impl FromStr for Oid {
    type Err = ErreurIns;
    /// Accepts the bare OID or its `urn:oid:` form. The historical INS-C roots are refused.
    fn from_str(texte: &str) -> Result<Self, ErreurIns> {
        let nu = texte.trim().trim_start_matches("urn:oid:");
        [Self::Nir, Self::Nia, Self::Test, Self::Demo].into_iter().find(|oid| oid.as_str() == nu).ok_or(ErreurIns::OidInconnu)
    }
}

impl TryFrom<String> for Oid {
    type Error = ErreurIns;
    fn try_from(texte: String) -> Result<Self, ErreurIns> {
        texte.parse()
    }
}

impl From<Oid> for String {
    fn from(oid: Oid) -> Self {
        oid.as_str().to_owned()
    }
}

/// A matricule with its authority: neither means anything without the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Brut")]
pub struct Ins {
    matricule: Matricule,
    oid: Oid,
}

#[derive(Deserialize)]
struct Brut {
    matricule: Matricule,
    oid: Oid,
}

impl TryFrom<Brut> for Ins {
    type Error = ErreurIns;
    fn try_from(brut: Brut) -> Result<Self, ErreurIns> {
        Self::new(brut.matricule, brut.oid)
    }
}

impl Ins {
    /// A wrong key is refused for a production OID; for test and demonstration see [`Ins::avertissement`].
    pub fn new(matricule: Matricule, oid: Oid) -> Result<Self, ErreurIns> {
        if oid.est_production() && !matricule.cle_juste() {
            return Err(ErreurIns::Cle);
        }
        Ok(Self { matricule, oid })
    }

    /// The number.
    pub fn matricule(&self) -> &Matricule {
        &self.matricule
    }

    /// The authority.
    pub fn oid(&self) -> Oid {
        self.oid
    }

    /// Whether the key matches the number (always true in production).
    pub fn cle_juste(&self) -> bool {
        self.matricule.cle_juste()
    }

    /// What to show beside a number whose key is wrong.
    pub fn avertissement(&self) -> Option<&'static str> {
        (!self.cle_juste()).then_some("La clé de ce matricule de test ne correspond pas au numéro.")
    }
}
