//! A text whose length and characters were checked once, at the door.

use serde::{Deserialize, Serialize, Serializer};
use std::{fmt, ops::Deref, str::FromStr};
use thiserror::Error;

/// Why a text was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ErreurTexte {
    /// Nothing but blanks.
    #[error("Ce champ est vide. Écrivez un texte.")]
    Vide,
    /// More characters than the field accepts.
    #[error("Le texte est trop long : {longueur} caractères pour {max} au plus. Raccourcissez-le.")]
    TropLong {
        /// Characters received, after trimming.
        longueur: usize,
        /// Characters accepted.
        max: usize,
    },
    /// A control character other than the line feed, or one that reverses the reading direction.
    #[error("Le texte contient un caractère invisible qui ne peut pas être enregistré. Effacez-le et écrivez-le de nouveau.")]
    CaractereInterdit,
}

/// A text of 1 to `N` characters (Unicode scalar values), trimmed.
///
/// Line ends `\r\n` and `\r` (what browsers send) become `\n`, and a tab becomes a space; any other control
/// character is refused, and so are the marks that reverse the reading direction, since they make a text show
/// something else than what it says. `Debug` never shows the content: logs must not carry what was written
/// about a person.
///
/// ```
/// use kernel::texte::Texte;
/// let motif: Texte<40> = "  Chute dans la chambre ".parse()?;
/// assert_eq!(&*motif, "Chute dans la chambre");
/// assert_eq!(format!("{motif:?}"), "…");
/// # Ok::<(), kernel::texte::ErreurTexte>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Texte<const N: usize>(String);

impl<const N: usize> Texte<N> {
    /// Checks and trims `brut`.
    pub fn new(brut: &str) -> Result<Self, ErreurTexte> {
        let texte = brut.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
        let texte = texte.trim();
        if texte.is_empty() {
            return Err(ErreurTexte::Vide);
        }
        if texte.chars().any(|c| (c.is_control() && c != '\n') || est_inverseur(c)) {
            return Err(ErreurTexte::CaractereInterdit);
        }
        let longueur = texte.chars().count();
        if longueur > N {
            return Err(ErreurTexte::TropLong { longueur, max: N });
        }
        Ok(Self(texte.to_owned()))
    }

    /// Like [`Texte::new`], but a blank text is `None`: for the optional fields of a form.
    pub fn facultatif(brut: &str) -> Result<Option<Self>, ErreurTexte> {
        match Self::new(brut) {
            Err(ErreurTexte::Vide) => Ok(None),
            autre => autre.map(Some),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Bidirectional embeddings, overrides and isolates.
pub(crate) fn est_inverseur(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

impl<const N: usize> TryFrom<String> for Texte<N> {
    type Error = ErreurTexte;
    fn try_from(brut: String) -> Result<Self, ErreurTexte> {
        Self::new(&brut)
    }
}

impl<const N: usize> TryFrom<&str> for Texte<N> {
    type Error = ErreurTexte;
    fn try_from(brut: &str) -> Result<Self, ErreurTexte> {
        Self::new(brut)
    }
}

impl<const N: usize> FromStr for Texte<N> {
    type Err = ErreurTexte;
    fn from_str(brut: &str) -> Result<Self, ErreurTexte> {
        Self::new(brut)
    }
}

impl<const N: usize> From<Texte<N>> for String {
    fn from(texte: Texte<N>) -> Self {
        texte.0
    }
}

impl<const N: usize> Deref for Texte<N> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const N: usize> AsRef<str> for Texte<N> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<const N: usize> fmt::Display for Texte<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<const N: usize> fmt::Debug for Texte<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<const N: usize> Serialize for Texte<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
