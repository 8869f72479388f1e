//! What `medical.toml` says: blocs of facts, the named people, the words of the sheet.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::fiche::{Hopital, OBSERVATIONS, SUJETS};
use super::traits::CONNUS;
use super::{Nature, Niveau};
use crate::recit::donnees::ErreurDonnees;

/// Since when a fact holds, counted back from the reference day of the person.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Quand {
    /// This year.
    Annee(i16),
    /// Years before, known to the year.
    Ans(i64, i64),
    /// Months before, known to the month.
    Mois(i64, i64),
    /// Days before, known to the day.
    Jours(i64, i64),
    /// The last autumn campaign of vaccination.
    Automne,
    /// The isolation of the person, with its end.
    Episode,
    /// As the line before.
    Avec,
}

/// A line of the medical file, as it may be drawn.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ligne {
    pub nature: Nature,
    pub texte: String,
    pub cim10: Option<String>,
    #[serde(default)]
    pub details: Vec<String>,
    #[serde(default)]
    pub bornes: (i64, i64),
    #[serde(default)]
    pub decimales: u32,
    pub quand: Option<Quand>,
    #[serde(default)]
    pub si: Vec<String>,
    #[serde(default)]
    pub sauf: Vec<String>,
    #[serde(default)]
    pub allergenes: Vec<String>,
    #[serde(default)]
    pub pose: Vec<String>,
    #[serde(default = "mille")]
    pub pour_mille: i64,
    #[serde(default)]
    pub au_choix: String,
    #[serde(default = "un")]
    pub poids: i64,
    #[serde(default)]
    pub a_risque: bool,
    #[serde(default)]
    pub facultatif: bool,
}

/// Lines which go together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bloc {
    pub nom: String,
    #[serde(default)]
    pub si: Vec<String>,
    #[serde(default)]
    pub sauf: Vec<String>,
    #[serde(default = "mille")]
    pub pour_mille: i64,
    #[serde(default)]
    pub essentiel: bool,
    pub lignes: Vec<Ligne>,
}

/// Somebody of the stories.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nomme {
    pub porte: u32,
    pub niveau: Option<Niveau>,
    #[serde(default)]
    pub incomplete: bool,
    #[serde(default)]
    pub directives: Vec<(String, String)>,
    #[serde(default)]
    pub directives_ou: String,
    #[serde(default)]
    pub pose: Vec<String>,
    pub lignes: Vec<Ligne>,
}

/// Words of the sheet of instructions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consignes {
    pub palliatif: Vec<String>,
    pub ou: Vec<String>,
    pub precisions: BTreeMap<Niveau, Vec<String>>,
    pub reanimation: BTreeMap<Niveau, Vec<String>>,
    pub directives: Vec<(String, String)>,
    pub commentaires: Vec<(String, String)>,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalogue {
    pub(super) hopital: Hopital,
    #[serde(rename = "bloc")]
    pub(super) blocs: Vec<Bloc>,
    #[serde(rename = "nomme")]
    pub(super) nommes: Vec<Nomme>,
    pub(super) consignes: Consignes,
}

fn mille() -> i64 {
    1000
}

fn un() -> i64 {
    1
}

impl Catalogue {
    pub(crate) fn lire(texte: &str) -> Result<Self, ErreurDonnees> {
        let lu: Self = toml::from_str(texte)?;
        lu.verifier()?;
        Ok(lu)
    }

    /// A trait nobody gives would silently never hold; a subject or an observation must be one that is mapped.
    fn verifier(&self) -> Result<(), ErreurDonnees> {
        let lignes = || self.blocs.iter().flat_map(|b| &b.lignes);
        let mut connus: HashSet<&str> = CONNUS.into_iter().chain(self.blocs.iter().map(|b| b.nom.as_str())).collect();
        connus.extend(lignes().flat_map(|l| &l.pose).map(String::as_str));
        let demandes = self.blocs.iter().flat_map(|b| b.si.iter().chain(&b.sauf));
        let demandes = demandes.chain(lignes().flat_map(|l| l.si.iter().chain(&l.sauf)));
        let demandes = demandes.chain(self.nommes.iter().flat_map(|n| &n.pose));
        let mut inconnus = demandes.filter(|code| !connus.contains(code.as_str()));
        let directives = self.consignes.directives.iter().chain(self.nommes.iter().flat_map(|n| &n.directives));
        let mut sujets = directives.map(|(sujet, _)| sujet).filter(|sujet| !SUJETS.contains(&sujet.as_str()));
        let commentaires = self.consignes.commentaires.iter().map(|(code, _)| code);
        let mut observations = commentaires.filter(|code| !OBSERVATIONS.contains(&code.as_str()));
        match inconnus.next().or_else(|| sujets.next()).or_else(|| observations.next()) {
            Some(code) => Err(ErreurDonnees::Code(code.clone())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trait_nobody_gives_a_subject_and_a_field_unknown_are_refused() {
        let texte = include_str!("../../../data/medical.toml");
        assert!(Catalogue::lire(texte).is_ok());
        for (juste, faux) in [
            ("si = [\"anticoagulant\"]", "si = [\"anticoagule\"]"),
            ("sauf = [\"valve\"]", "sauf = [\"vanne\"]"),
            ("[\"dialyse\", ", "[\"dialise\", "),
            ("[\"surdite\", ", "[\"sourd\", "),
            ("au_choix = \"motif\"", "choix = \"motif\""),
        ] {
            assert!(Catalogue::lire(&texte.replacen(juste, faux, 1)).is_err(), "{faux}");
        }
    }
}
