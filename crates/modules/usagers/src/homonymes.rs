//! Persons who may be taken for one another, and records which may be the same person (RNIV; INV-42, INV-43).

use kernel::dates::DateNaissance;
use kernel::id::UsagerId;
use kernel::ins::Sexe;
use kernel::texte::cle_phonetique;

use crate::{Identification, Usager};

/// How close two identities are, the closest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proximite {
    /// Same first name and same date of birth under another name: a married name taken for the birth name, perhaps.
    MemeNaissance,
    /// The family name is the same, or sounds the same.
    Homonyme,
    /// The family name and either the first name or the date of birth are the same.
    Proche,
    /// Names sound the same and the dates of birth are the same, or one keystroke apart.
    DoublonProbable,
}

impl Proximite {
    /// Words on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::MemeNaissance => "même prénom, même naissance",
            Self::Homonyme => "même nom",
            Self::Proche => "identité très proche",
            Self::DoublonProbable => "doublon probable",
        }
    }

    /// True when the persons bear the same family name to the ear: the banner says so.
    pub fn est_homonymie(self) -> bool {
        self >= Self::Homonyme
    }
}

/// What is compared: sounds of the names, birth, sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Empreinte {
    /// Whose.
    pub usager: UsagerId,
    noms: Vec<String>,
    prenoms: Vec<String>,
    naissance: DateNaissance,
    sexe: Sexe,
}

impl Empreinte {
    /// From a record; used and birth names both count.
    pub fn new(usager: &Usager, identification: &Identification) -> Self {
        let traits = identification.identite.traits();
        let noms = [usager.nom.as_str(), traits.nom_naissance(), identification.nom_utilise.as_deref().unwrap_or_default()];
        let prenoms =
            [usager.prenom.as_str(), traits.premier_prenom(), identification.prenom_utilise.as_deref().unwrap_or_default()];
        Self {
            usager: usager.id,
            noms: cles(&noms),
            prenoms: cles(&prenoms),
            naissance: traits.date_naissance(),
            sexe: traits.sexe(),
        }
    }

    /// How close two persons are; `None` when nothing brings them together.
    pub fn proximite(&self, autre: &Self) -> Option<Proximite> {
        let nom = communes(&self.noms, &autre.noms);
        let prenom = communes(&self.prenoms, &autre.prenoms);
        let sexe = self.sexe == autre.sexe || [self.sexe, autre.sexe].contains(&Sexe::Indetermine);
        let memes_dates = self.naissance == autre.naissance;
        match (nom, prenom) {
            (true, true) if dates_voisines(self.naissance, autre.naissance) => Some(Proximite::DoublonProbable),
            (true, true) => Some(Proximite::Proche),
            (true, false) if memes_dates => Some(Proximite::Proche),
            (true, false) => Some(Proximite::Homonyme),
            (false, true) if memes_dates && sexe => Some(Proximite::MemeNaissance),
            (false, _) => None,
        }
    }
}

fn cles(noms: &[&str]) -> Vec<String> {
    let mut cles: Vec<String> = noms.iter().map(|nom| cle_phonetique(nom)).filter(|cle| !cle.is_empty()).collect();
    cles.sort();
    cles.dedup();
    cles
}

fn communes(a: &[String], b: &[String]) -> bool {
    a.iter().any(|cle| b.contains(cle))
}

/// Same date, day and month exchanged, one of the three parts different, or a part unknown on one side.
fn dates_voisines(a: DateNaissance, b: DateNaissance) -> bool {
    let (ja, ma) = (a.jour(), a.mois());
    let (jb, mb) = (b.jour(), b.mois());
    let annee = a.annee() == b.annee();
    let vague = |x: Option<i8>, y: Option<i8>| x == y || x.is_none() || y.is_none();
    let accords = [annee, vague(ma, mb), vague(ja, jb)].into_iter().filter(|accord| *accord).count();
    accords >= 2 || (annee && ja.is_some() && ja == mb && ma == jb)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empreinte(nom: &str, prenom: &str, naissance: &str, sexe: Sexe) -> Empreinte {
        Empreinte {
            usager: UsagerId(kernel::uuid::Uuid::nil()),
            noms: cles(&[nom]),
            prenoms: cles(&[prenom]),
            naissance: naissance.parse().unwrap(),
            sexe,
        }
    }

    #[test]
    fn sounds_and_dates_decide() {
        let elle = empreinte("BRUMELLE", "Marguerite", "12/04/1936", Sexe::Feminin);
        let cas = [
            (empreinte("Brumel", "Margueritte", "12/04/1936", Sexe::Feminin), Some(Proximite::DoublonProbable)),
            (empreinte("Brumelle", "Marguerite", "04/12/1936", Sexe::Feminin), Some(Proximite::DoublonProbable)),
            (empreinte("Brumelle", "Marguerite", "12/04/1939", Sexe::Feminin), Some(Proximite::DoublonProbable)),
            (empreinte("Brumelle", "Marguerite", "00/00/1936", Sexe::Feminin), Some(Proximite::DoublonProbable)),
            (empreinte("Brumelle", "Marguerite", "01/09/1941", Sexe::Feminin), Some(Proximite::Proche)),
            (empreinte("Brumelle", "Odette", "12/04/1936", Sexe::Feminin), Some(Proximite::Proche)),
            (empreinte("Brumelle", "René", "03/05/1931", Sexe::Masculin), Some(Proximite::Homonyme)),
            (empreinte("Largentière", "Marguerite", "12/04/1936", Sexe::Feminin), Some(Proximite::MemeNaissance)),
            (empreinte("Largentière", "Marguerite", "12/04/1937", Sexe::Feminin), None),
        ];
        for (autre, attendu) in cas {
            assert_eq!(elle.proximite(&autre), attendu, "{autre:?}");
            assert_eq!(autre.proximite(&elle), attendu, "both ways: {autre:?}");
        }
    }
}
