//! Exact decimal quantities: doses, weights, temperatures. Nothing clinical goes through binary floating point.

use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, fmt, str::FromStr};
use thiserror::Error;

/// Most decimals a quantity can have.
pub const DECIMALES_MAX: u8 = 6;

/// Why a quantity was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ErreurDecimal {
    /// Not a number.
    #[error("Ce nombre n'est pas compris. Écrivez-le en chiffres, par exemple 52,4.")]
    Forme,
    /// More than six decimals.
    #[error("Ce nombre a trop de décimales : six au plus.")]
    Decimales,
    /// Beyond what can be held (about nine thousand billion with six decimals).
    #[error("Ce nombre est trop grand. Vérifiez l'unité et la virgule.")]
    TropGrand,
    /// A variation from zero has no percentage.
    #[error("Une variation ne se calcule pas à partir de zéro.")]
    DepuisZero,
}

/// A decimal number, exact, with at most six decimals; kept in its shortest form, so that 0,50 and 0,5 are equal.
///
/// Written with a comma on screen (`Display`: « 0,5 », « -1200 »), never with an exponent, a trailing zero or a bare
/// comma. Serialised as a string with a point, « 0.5 ».
///
/// ```
/// use kernel::decimal::Decimal;
/// let poids: Decimal = "52,40".parse()?;
/// assert_eq!(poids.to_string(), "52,4");
/// # Ok::<(), kernel::decimal::ErreurDecimal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    mantisse: i64,
    echelle: u8,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantisse: 0, echelle: 0 };

    /// `mantisse` × 10^(−`decimales`): `new(524, 1)` is 52,4.
    pub fn new(mantisse: i64, decimales: u8) -> Result<Self, ErreurDecimal> {
        if decimales > DECIMALES_MAX {
            return Err(ErreurDecimal::Decimales);
        }
        Self::reduire(i128::from(mantisse), decimales)
    }

    /// Shortest form of a value whose scale may exceed the limit by trailing zeros only.
    fn reduire(mut mantisse: i128, mut echelle: u8) -> Result<Self, ErreurDecimal> {
        while echelle > 0 && mantisse % 10 == 0 {
            mantisse /= 10;
            echelle -= 1;
        }
        if echelle > DECIMALES_MAX {
            return Err(ErreurDecimal::Decimales);
        }
        let mantisse = i64::try_from(mantisse).map_err(|_| ErreurDecimal::TropGrand)?;
        Ok(Self { mantisse, echelle })
    }

    /// The value in units of 10^(−`echelle`), for `echelle` not below its own.
    fn a_l_echelle(self, echelle: u8) -> i128 {
        i128::from(self.mantisse) * 10_i128.pow(u32::from(echelle - self.echelle))
    }

    /// Exact sum.
    pub fn plus(self, autre: Self) -> Result<Self, ErreurDecimal> {
        let echelle = self.echelle.max(autre.echelle);
        Self::reduire(self.a_l_echelle(echelle) + autre.a_l_echelle(echelle), echelle)
    }

    /// Exact difference.
    pub fn moins(self, autre: Self) -> Result<Self, ErreurDecimal> {
        let echelle = self.echelle.max(autre.echelle);
        Self::reduire(self.a_l_echelle(echelle) - autre.a_l_echelle(echelle), echelle)
    }

    /// Exact product; refused when it needs more than six decimals, never rounded in silence.
    pub fn fois(self, autre: Self) -> Result<Self, ErreurDecimal> {
        Self::reduire(i128::from(self.mantisse) * i128::from(autre.mantisse), self.echelle + autre.echelle)
    }

    /// Rounded to `decimales`, halves away from zero (0,25 → 0,3; −0,25 → −0,3).
    #[must_use]
    pub fn arrondi(self, decimales: u8) -> Self {
        if decimales >= self.echelle {
            return self;
        }
        let pas = 10_i128.pow(u32::from(self.echelle - decimales));
        // Rounding brings the value closer to a shorter one: it cannot overflow.
        Self::reduire(diviser_arrondi(i128::from(self.mantisse), pas), decimales).unwrap_or(self)
    }

    /// Number of decimals of the shortest form, 0 to 6.
    pub fn decimales(self) -> u8 {
        self.echelle
    }

    /// Below zero.
    pub fn est_negatif(self) -> bool {
        self.mantisse < 0
    }

    /// Equal to zero.
    pub fn est_nul(self) -> bool {
        self.mantisse == 0
    }

    /// Without its sign.
    pub fn valeur_absolue(self) -> Result<Self, ErreurDecimal> {
        Self::reduire(i128::from(self.mantisse).abs(), self.echelle)
    }

    /// For reading on screen, thousands apart by a narrow no-break space (U+202F): « 1 500 », « 12 000,5 ».
    pub fn groupe(self) -> String {
        let texte = self.ecrire(',');
        let (entier, suite) = texte.split_at(texte.find(',').unwrap_or(texte.len()));
        let (signe, chiffres) = entier.split_at(usize::from(self.est_negatif()));
        let mut sortie = signe.to_owned();
        for (rang, c) in chiffres.chars().enumerate() {
            if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
                sortie.push('\u{202F}');
            }
            sortie.push(c);
        }
        sortie + suite
    }

    /// For exchanges, with a point: « 52.4 ».
    pub fn point(self) -> String {
        self.ecrire('.')
    }

    fn ecrire(self, separateur: char) -> String {
        let echelle = usize::from(self.echelle);
        let signe = if self.est_negatif() { "-" } else { "" };
        let chiffres = format!("{:0>largeur$}", self.mantisse.unsigned_abs(), largeur = echelle + 1);
        let (entier, decimales) = chiffres.split_at(chiffres.len() - echelle);
        if echelle == 0 { format!("{signe}{entier}") } else { format!("{signe}{entier}{separateur}{decimales}") }
    }
}

/// Variation from `avant` to `apres` in percent, one decimal, halves away from zero; negative for a loss.
/// Relative to the absolute value of `avant`, which must not be zero.
pub fn pourcentage_variation(avant: Decimal, apres: Decimal) -> Result<Decimal, ErreurDecimal> {
    if avant.est_nul() {
        return Err(ErreurDecimal::DepuisZero);
    }
    let echelle = avant.echelle.max(apres.echelle);
    let (avant, apres) = (avant.a_l_echelle(echelle), apres.a_l_echelle(echelle));
    Decimal::reduire(diviser_arrondi((apres - avant) * 1_000, avant.abs()), 1)
}

/// `diviseur` is positive.
fn diviser_arrondi(dividende: i128, diviseur: i128) -> i128 {
    (dividende.abs() + diviseur / 2) / diviseur * dividende.signum()
}

impl Ord for Decimal {
    fn cmp(&self, autre: &Self) -> Ordering {
        self.a_l_echelle(DECIMALES_MAX).cmp(&autre.a_l_echelle(DECIMALES_MAX))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, autre: &Self) -> Option<Ordering> {
        Some(self.cmp(autre))
    }
}

impl From<i32> for Decimal {
    fn from(entier: i32) -> Self {
        Self { mantisse: i64::from(entier), echelle: 0 }
    }
}

impl FromStr for Decimal {
    type Err = ErreurDecimal;
    /// Reads « 52,4 », « 52.4 », « 1 500 », « -0,5 ». One separator only: « 1.500,5 » is refused, since nobody can tell
    /// what its author meant; so are « ,5 » and « 5, ». Spaces are accepted between thousands only.
    fn from_str(texte: &str) -> Result<Self, ErreurDecimal> {
        let texte = texte.trim();
        let sans_signe = texte.strip_prefix(['-', '−']);
        let (entier, decimales) = match sans_signe.unwrap_or(texte).split_once([',', '.']) {
            Some((_, "")) => return Err(ErreurDecimal::Forme),
            Some(parties) => parties,
            None => (sans_signe.unwrap_or(texte), ""),
        };
        let entier = sans_espaces_de_milliers(entier).ok_or(ErreurDecimal::Forme)?;
        let chiffres = |t: &str| t.bytes().all(|o| o.is_ascii_digit());
        if entier.is_empty() || !chiffres(&entier) || !chiffres(decimales) {
            return Err(ErreurDecimal::Forme);
        }
        let decimales = decimales.trim_end_matches('0');
        let echelle = u8::try_from(decimales.len()).map_err(|_| ErreurDecimal::Decimales)?;
        if echelle > DECIMALES_MAX {
            return Err(ErreurDecimal::Decimales);
        }
        let signe = if sans_signe.is_some() { "-" } else { "" };
        let mantisse: i64 = format!("{signe}{entier}{decimales}").parse().map_err(|_| ErreurDecimal::TropGrand)?;
        Self::reduire(i128::from(mantisse), echelle)
    }
}

/// `None` when a space is elsewhere than before a group of three digits.
fn sans_espaces_de_milliers(entier: &str) -> Option<String> {
    let mut groupes = entier.split([' ', '\u{a0}', '\u{202F}']);
    let premier = groupes.next()?;
    let mut sortie = premier.to_owned();
    for groupe in groupes {
        if groupe.len() != 3 || premier.len() > 3 {
            return None;
        }
        sortie.push_str(groupe);
    }
    Some(sortie)
}

impl TryFrom<String> for Decimal {
    type Error = ErreurDecimal;
    fn try_from(texte: String) -> Result<Self, ErreurDecimal> {
        texte.parse()
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> Self {
        decimal.point()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.ecrire(','))
    }
}
