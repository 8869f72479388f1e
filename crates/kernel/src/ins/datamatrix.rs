//! The DataMatrix of the INS printed on documents (2D-Doc family, header IS01).
//!
//! Reading one only copies traits: it never qualifies an identity.

use super::{ErreurTraits, LieuNaissance, Matricule, Oid, Sexe, Traits};
use crate::dates::DateNaissance;
use thiserror::Error;

const ENTETE: &str = "IS010000000000000000000000";
/// Separator that ends a field of variable length (ASCII 29).
const GS: char = '\u{1D}';
/// Longest content read; a real one holds under 300 characters.
const MAX: usize = 1_000;
const OID_MAX: usize = 20;

/// Why a code was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ErreurDatamatrix {
    /// Another kind of code.
    #[error("Ce code n'est pas un code INS. Visez le carré imprimé près de l'identité.")]
    AutreCode,
    /// Cut, repeated or unknown field.
    #[error("Le code INS est illisible ou incomplet. Visez-le de nouveau, ou saisissez les traits.")]
    Illisible,
}

/// What the code carries, as printed. No `Debug` content: see the fields' own masks.
#[derive(Clone, PartialEq, Eq)]
pub struct DatamatrixIns {
    /// S1.
    pub matricule: Matricule,
    /// S2, as written; see [`DatamatrixIns::oid`].
    pub oid_brut: String,
    /// S3, separated by spaces.
    pub prenoms: String,
    /// S4.
    pub nom: String,
    /// S5.
    pub sexe: Sexe,
    /// S6.
    pub date_naissance: DateNaissance,
    /// S7; absent when the place is unknown.
    pub lieu_naissance: Option<LieuNaissance>,
}

impl std::fmt::Debug for DatamatrixIns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatamatrixIns(…)")
    }
}

impl DatamatrixIns {
    /// Reads the characters given by a scanner. Fields come in any order; S7 alone is optional.
    pub fn lire(brut: &str) -> Result<Self, ErreurDatamatrix> {
        let corps = brut.trim_matches(['\r', '\n', ' ']).strip_prefix(ENTETE).ok_or(ErreurDatamatrix::AutreCode)?;
        if corps.len() > MAX {
            return Err(ErreurDatamatrix::Illisible);
        }
        Self::assembler(&champs(corps).ok_or(ErreurDatamatrix::Illisible)?).ok_or(ErreurDatamatrix::Illisible)
    }

    fn assembler(champs: &[Option<&str>; 7]) -> Option<Self> {
        let [matricule, oid, prenoms, nom, sexe, date, lieu] = *champs;
        Some(Self {
            matricule: Matricule::new(matricule?).ok()?,
            oid_brut: oid?.to_owned(),
            prenoms: prenoms?.to_owned(),
            nom: nom?.to_owned(),
            sexe: Sexe::lire(sexe?).ok()?,
            date_naissance: date?.parse().ok()?,
            lieu_naissance: lieu.map(LieuNaissance::new).transpose().ok()?,
        })
    }

    /// The authority, when it is one of the INS.
    pub fn oid(&self) -> Option<Oid> {
        self.oid_brut.parse().ok()
    }

    /// The strict traits, to compare with a record or to fill a form.
    pub fn traits(&self) -> Result<Traits, ErreurTraits> {
        let lieu = self.lieu_naissance.clone().unwrap_or_else(LieuNaissance::inconnu);
        Traits::new(&self.nom, &self.prenoms, self.date_naissance, self.sexe, lieu)
    }
}

/// Values of S1 to S7; `None` when a field is unknown, repeated, empty or cut.
fn champs(corps: &str) -> Option<[Option<&str>; 7]> {
    let mut valeurs = [None; 7];
    let mut reste = corps;
    while !reste.is_empty() {
        let (etiquette, suite) = reste.split_at_checked(2)?;
        let rang = usize::from(etiquette.strip_prefix('S')?.parse::<u8>().ok()?.checked_sub(1)?);
        let longueur = match rang {
            0 => 15,
            4 => 1,
            5 => 10,
            6 => 5,
            1 => suite.find(GS).unwrap_or(suite.len()).min(OID_MAX),
            _ => suite.find(GS).unwrap_or(suite.len()),
        };
        let (valeur, apres) = suite.split_at_checked(longueur)?;
        let case = valeurs.get_mut(rang)?;
        if valeur.is_empty() || valeur.contains(GS) || case.replace(valeur).is_some() {
            return None;
        }
        reste = apres.strip_prefix(GS).unwrap_or(apres);
    }
    Some(valeurs)
}
