//! A search as conditions on resources: read and refused before anything is opened.

use fhir_r4::{DateFilter, DateRange, Parameter, Search, Token};
use jiff::tz::TimeZone;
use kernel::texte::plier;

use super::ecart::Ecart;
use super::genres::{Genre, Maniere};
use crate::ressources::{Fiche, Indice};

/// Parameters about the answer, not about resources.
const DE_REPONSE: [&str; 7] = ["_count", "_page", "_format", "_pretty", "_total", "_include", "_summary"];

/// One parameter: one of its values must be found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    Jetons(String, Vec<Token>),
    Mots(String, String, Vec<String>),
    Dates(String, Vec<DateFilter>),
    MisAJour(Vec<DateFilter>),
}

/// The conditions of a search, all of which must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filtre {
    conditions: Vec<Condition>,
    /// Whose: `patient`, `subject`.
    pub(crate) patients: Vec<String>,
    /// Whose, by a number: `patient.identifier`.
    pub(crate) numeros: Vec<Token>,
    /// `_include=Type:patient`.
    pub(crate) avec_patient: bool,
}

impl Filtre {
    /// Reads a search on a type; an unknown parameter or modifier is refused, never ignored.
    pub(crate) fn lire(genre: &Genre, recherche: &Search, fuseau: &TimeZone) -> Result<Self, Ecart> {
        let mut filtre = Self { conditions: Vec::new(), patients: Vec::new(), numeros: Vec::new(), avec_patient: false };
        for parametre in &recherche.parameters {
            filtre.ajouter(genre, parametre, fuseau)?;
        }
        Ok(filtre)
    }

    fn ajouter(&mut self, genre: &Genre, parametre: &Parameter, fuseau: &TimeZone) -> Result<(), Ecart> {
        let nom = if parametre.name == "subject" { "patient" } else { parametre.name.as_str() };
        if nom == "_include" {
            return self.inclure(genre, parametre);
        }
        if DE_REPONSE.contains(&nom) {
            return Ok(());
        }
        if parametre.values.is_empty() {
            return Err(Ecart::demande(format!("Le paramètre « {nom} » est vide.")));
        }
        let personne = nom.strip_prefix("patient.").or_else(|| nom.strip_prefix("subject."));
        if personne == Some("identifier") && genre.maniere("patient").is_some() {
            self.numeros.extend(parametre.values.iter().map(|valeur| Token::read(valeur)));
            return sans_modificateur(parametre);
        }
        if nom == "_lastUpdated" {
            self.conditions.push(Condition::MisAJour(dates(parametre, fuseau)?));
            return sans_modificateur(parametre);
        }
        let Some(maniere) = genre.maniere(nom) else {
            let phrase = format!("Le paramètre « {nom} » n'est pas pris en charge sur {} : il n'a pas été ignoré.", genre.nom);
            return Err(Ecart::demande(phrase));
        };
        let nom = nom.to_owned();
        match maniere {
            Maniere::Vers => self.patients.extend(parametre.values.iter().map(|valeur| id_de(valeur).to_owned())),
            Maniere::Jeton => {
                self.conditions.push(Condition::Jetons(nom, parametre.values.iter().map(|valeur| Token::read(valeur)).collect()));
            }
            Maniere::Date => self.conditions.push(Condition::Dates(nom, dates(parametre, fuseau)?)),
            Maniere::Mots => {
                if !["", "exact", "contains"].contains(&parametre.modifier.as_str()) {
                    return sans_modificateur(parametre);
                }
                self.conditions.push(Condition::Mots(nom, parametre.modifier.clone(), parametre.values.clone()));
                return Ok(());
            }
        }
        let typee = maniere == Maniere::Vers && parametre.modifier == "Patient";
        if typee { Ok(()) } else { sans_modificateur(parametre) }
    }

    fn inclure(&mut self, genre: &Genre, parametre: &Parameter) -> Result<(), Ecart> {
        let voulus = [format!("{}:patient", genre.nom), format!("{}:subject", genre.nom)];
        if genre.maniere("patient").is_none() || !parametre.values.iter().all(|valeur| voulus.contains(valeur)) {
            return Err(Ecart::demande(format!("Seul « _include={}:patient » est pris en charge.", genre.nom)));
        }
        self.avec_patient = true;
        Ok(())
    }

    /// True if a resource is searched.
    pub(crate) fn garde(&self, fiche: &Fiche) -> bool {
        self.conditions.iter().all(|condition| tient(condition, fiche))
    }
}

/// The id of `Patient/…`, of an absolute address, or the id itself.
pub(crate) fn id_de(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

fn sans_modificateur(parametre: &Parameter) -> Result<(), Ecart> {
    if parametre.modifier.is_empty() {
        return Ok(());
    }
    Err(Ecart::demande(format!(
        "Le modificateur « :{} » n'est pas pris en charge sur « {} ».",
        parametre.modifier, parametre.name
    )))
}

fn dates(parametre: &Parameter, fuseau: &TimeZone) -> Result<Vec<DateFilter>, Ecart> {
    let lue = |valeur: &String| {
        DateFilter::read(valeur, fuseau).ok_or_else(|| {
            let phrase = format!("« {} » attend une date comme 2026-11-21 ou ge2026-11-21T08:00:00Z.", parametre.name);
            Ecart::demande(phrase)
        })
    };
    parametre.values.iter().map(lue).collect()
}

fn tient(condition: &Condition, fiche: &Fiche) -> bool {
    let de = |nom: &str| -> Vec<&Indice> {
        let meme = |connu: &str| connu == nom || (nom == "name" && ["family", "given"].contains(&connu));
        fiche.indices.iter().filter(|(connu, _)| meme(connu)).map(|(_, indice)| indice).collect()
    };
    match condition {
        Condition::MisAJour(filtres) => filtres.iter().any(|filtre| filtre.matches(DateRange::instant(fiche.maj))),
        Condition::Jetons(nom, jetons) => de(nom).iter().any(
            |indice| matches!(indice, Indice::Jeton(systeme, code) if jetons.iter().any(|jeton| jeton.matches(systeme, code))),
        ),
        Condition::Dates(nom, filtres) => de(nom)
            .iter()
            .any(|indice| matches!(indice, Indice::Dates(plage) if filtres.iter().any(|filtre| filtre.matches(*plage)))),
        Condition::Mots(nom, modificateur, valeurs) => de(nom)
            .iter()
            .any(|indice| matches!(indice, Indice::Mots(mots) if valeurs.iter().any(|valeur| mot(mots, valeur, modificateur)))),
    }
}

/// The beginning of the words or of one of them, without case nor accent; the same text for `exact`.
fn mot(mots: &str, valeur: &str, modificateur: &str) -> bool {
    if modificateur == "exact" {
        return mots == valeur;
    }
    let (mots, valeur) = (plier(mots), plier(valeur));
    if valeur.is_empty() {
        return false;
    }
    if modificateur == "contains" {
        return mots.contains(&valeur);
    }
    mots.starts_with(&valeur) || mots.split([' ', '-', '\'']).any(|un| un.starts_with(&valeur))
}
