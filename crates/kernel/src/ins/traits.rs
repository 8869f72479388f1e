//! The strict traits: what makes a person one person for the law.

use crate::{
    dates::DateNaissance,
    texte::{est_invisible, sans_diacritiques},
};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Why a trait was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ErreurTraits {
    /// No birth name.
    #[error("Le nom de naissance est vide. Recopiez-le depuis la pièce d'identité.")]
    NomVide,
    /// No given name.
    #[error("Les prénoms de naissance sont vides. Recopiez-les depuis la pièce d'identité, dans leur ordre.")]
    PrenomsVides,
    /// A character other than a letter, a space, a hyphen or an apostrophe, or more than 120 characters.
    #[error("Un nom ne contient que des lettres, des espaces, des traits d'union et des apostrophes (120 au plus).")]
    Caractere,
    /// Neither a commune code nor a country code.
    #[error("Le lieu de naissance doit être un code de 5 caractères : commune (63113, 2A004) ou pays (99 puis 3 chiffres).")]
    Lieu,
    /// Neither M, F nor I.
    #[error("Le sexe doit être F, M ou I (indéterminé).")]
    Sexe,
}

/// Administrative sex, as in the INS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sexe {
    /// Féminin.
    #[serde(rename = "F")]
    Feminin,
    /// Masculin.
    #[serde(rename = "M")]
    Masculin,
    /// Indéterminé: not known yet.
    #[serde(rename = "I")]
    Indetermine,
}

impl Sexe {
    /// Reads `F`, `M` or `I`.
    pub fn lire(code: &str) -> Result<Self, ErreurTraits> {
        match code.trim() {
            "F" | "f" => Ok(Self::Feminin),
            "M" | "m" => Ok(Self::Masculin),
            "I" | "i" => Ok(Self::Indetermine),
            _ => Err(ErreurTraits::Sexe),
        }
    }

    /// `F`, `M` or `I`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Feminin => "F",
            Self::Masculin => "M",
            Self::Indetermine => "I",
        }
    }

    /// In full, as the banner shows it.
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Feminin => "Féminin",
            Self::Masculin => "Masculin",
            Self::Indetermine => "Indéterminé",
        }
    }
}

/// Place of birth by its INSEE code (COG): a commune, or a country as `99xxx`; `99999` when unknown.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LieuNaissance(String);

impl LieuNaissance {
    /// Five characters: digits, or `2A`/`2B` then three digits.
    pub fn new(code: &str) -> Result<Self, ErreurTraits> {
        let code = code.trim().to_ascii_uppercase();
        let corse = code.strip_prefix("2A").or_else(|| code.strip_prefix("2B"));
        let chiffres = |texte: &str| texte.bytes().all(|o| o.is_ascii_digit());
        if code.len() != 5 || !corse.map_or_else(|| chiffres(&code), chiffres) {
            return Err(ErreurTraits::Lieu);
        }
        Ok(Self(code))
    }

    /// The code of an unknown place.
    pub fn inconnu() -> Self {
        Self("99999".to_owned())
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Born outside France (and the place is known).
    pub fn est_etranger(&self) -> bool {
        self.0.starts_with("99") && !self.est_inconnu()
    }

    /// Whether the place is unknown.
    pub fn est_inconnu(&self) -> bool {
        self.0 == "99999"
    }
}

impl TryFrom<String> for LieuNaissance {
    type Error = ErreurTraits;
    fn try_from(code: String) -> Result<Self, ErreurTraits> {
        Self::new(&code)
    }
}

impl From<LieuNaissance> for String {
    fn from(lieu: LieuNaissance) -> Self {
        lieu.0
    }
}

impl fmt::Debug for LieuNaissance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LieuNaissance(…)")
    }
}

/// The five strict traits, names normalised by the rule of the RNIV: upper case without diacritics, hyphens and
/// apostrophes kept. Two values are equal when they are the same traits. `Debug` shows nothing of them.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bruts")]
pub struct Traits {
    nom_naissance: String,
    prenoms_naissance: String,
    date_naissance: DateNaissance,
    sexe: Sexe,
    lieu_naissance: LieuNaissance,
}

#[derive(Deserialize)]
struct Bruts {
    nom_naissance: String,
    prenoms_naissance: String,
    date_naissance: DateNaissance,
    sexe: Sexe,
    lieu_naissance: LieuNaissance,
}

impl TryFrom<Bruts> for Traits {
    type Error = ErreurTraits;
    fn try_from(b: Bruts) -> Result<Self, ErreurTraits> {
        Self::new(&b.nom_naissance, &b.prenoms_naissance, b.date_naissance, b.sexe, b.lieu_naissance)
    }
}

impl Traits {
    /// `prenoms` in the order of the civil register, separated by spaces (commas are accepted).
    pub fn new(
        nom: &str,
        prenoms: &str,
        date_naissance: DateNaissance,
        sexe: Sexe,
        lieu_naissance: LieuNaissance,
    ) -> Result<Self, ErreurTraits> {
        let nom_naissance = normaliser(nom)?.ok_or(ErreurTraits::NomVide)?;
        let prenoms_naissance = normaliser(&prenoms.replace(',', " "))?.ok_or(ErreurTraits::PrenomsVides)?;
        Ok(Self { nom_naissance, prenoms_naissance, date_naissance, sexe, lieu_naissance })
    }

    /// Birth name, upper case.
    pub fn nom_naissance(&self) -> &str {
        &self.nom_naissance
    }

    /// Given names in order, upper case, separated by single spaces.
    pub fn prenoms_naissance(&self) -> &str {
        &self.prenoms_naissance
    }

    /// First word of the list of given names (a compound name is whole when it has its hyphen).
    pub fn premier_prenom(&self) -> &str {
        self.prenoms_naissance.split(' ').next().unwrap_or_default()
    }

    /// Date of birth.
    pub fn date_naissance(&self) -> DateNaissance {
        self.date_naissance
    }

    /// Administrative sex.
    pub fn sexe(&self) -> Sexe {
        self.sexe
    }

    /// Place of birth.
    pub fn lieu_naissance(&self) -> &LieuNaissance {
        &self.lieu_naissance
    }
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Traits(…)")
    }
}

/// One name by the rule of the RNIV; `None` when nothing is left.
fn normaliser(texte: &str) -> Result<Option<String>, ErreurTraits> {
    let visible: String = texte.chars().filter(|c| !est_invisible(*c)).collect();
    let mut sortie = String::with_capacity(visible.len());
    for c in sans_diacritiques(&visible).chars() {
        match c {
            '\'' | '\u{2018}' | '\u{2019}' | 'ʼ' | '´' | '`' => sortie.push('\''),
            '-' | '\u{2010}'..='\u{2015}' => sortie.push('-'),
            _ if c.is_whitespace() => sortie.push(' '),
            _ if c.is_ascii_alphabetic() => sortie.push(c.to_ascii_uppercase()),
            _ => return Err(ErreurTraits::Caractere),
        }
    }
    let nom = sortie.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if nom.len() > 120 {
        return Err(ErreurTraits::Caractere);
    }
    Ok(nom.bytes().any(|o| o.is_ascii_uppercase()).then_some(nom))
}

/// One of the strict traits, to say which one differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TraitStrict {
    /// Birth name.
    NomNaissance,
    /// List of given names.
    PrenomsNaissance,
    /// Date of birth.
    DateNaissance,
    /// Sex.
    Sexe,
    /// Place of birth.
    LieuNaissance,
}

impl TraitStrict {
    /// Name of the trait on screen.
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::NomNaissance => "Nom de naissance",
            Self::PrenomsNaissance => "Prénoms de naissance",
            Self::DateNaissance => "Date de naissance",
            Self::Sexe => "Sexe",
            Self::LieuNaissance => "Lieu de naissance",
        }
    }
}

/// The traits that differ, in the order of the screen; empty when the two are the same person for the INS.
pub fn ecarts(a: &Traits, b: &Traits) -> Vec<TraitStrict> {
    [
        (TraitStrict::NomNaissance, a.nom_naissance == b.nom_naissance),
        (TraitStrict::PrenomsNaissance, a.prenoms_naissance == b.prenoms_naissance),
        (TraitStrict::DateNaissance, a.date_naissance == b.date_naissance),
        (TraitStrict::Sexe, a.sexe == b.sexe),
        (TraitStrict::LieuNaissance, a.lieu_naissance == b.lieu_naissance),
    ]
    .into_iter()
    .filter_map(|(nom, egal)| (!egal).then_some(nom))
    .collect()
}

/// Whether all five strict traits are the same, to the letter.
pub fn memes_traits_stricts(a: &Traits, b: &Traits) -> bool {
    ecarts(a, b).is_empty()
}
