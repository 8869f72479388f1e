//! What a form asks, as data: drawn, checked and read the same way whatever the document.

use cda_r2::Timestamp as Moment;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kernel::dates::{instant_local, lire_date};
use platform::web::{Champs, Erreurs};

use crate::entete::instant;

/// How a field is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sorte {
    /// One line of so many characters.
    Ligne(u16),
    /// Several lines, so many characters.
    Zone(u16),
    /// A day.
    Jour,
    /// An hour.
    Heure,
    /// One of these: value, words.
    Choix(&'static [(&'static str, &'static str)]),
    /// Yes, no, or nothing said.
    OuiNon,
}

/// A field of a form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Champ {
    pub(crate) nom: &'static str,
    pub(crate) libelle: &'static str,
    pub(crate) sorte: Sorte,
    /// What is said when it is empty and may not be; empty when it may.
    pub(crate) requis: &'static str,
    pub(crate) aide: &'static str,
}

/// Fields under one heading.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Groupe {
    pub(crate) titre: &'static str,
    pub(crate) champs: &'static [Champ],
}

impl Champ {
    /// A field that may stay empty.
    pub(crate) const fn new(nom: &'static str, libelle: &'static str, sorte: Sorte) -> Self {
        Self { nom, libelle, sorte, requis: "", aide: "" }
    }

    /// A field that must be filled; the sentence says so.
    pub(crate) const fn requis(mut self, phrase: &'static str) -> Self {
        self.requis = phrase;
        self
    }

    /// A hint.
    pub(crate) const fn aide(mut self, aide: &'static str) -> Self {
        self.aide = aide;
        self
    }
}

/// What is wrong in what was typed, field by field.
pub(crate) fn valider(groupes: &[Groupe], saisie: &Champs) -> Erreurs {
    let mut erreurs = Erreurs::default();
    for champ in groupes.iter().flat_map(|groupe| groupe.champs) {
        let texte = saisie.texte(champ.nom);
        if texte.is_empty() {
            erreurs.exiger(champ.nom, champ.requis.is_empty(), champ.requis);
            continue;
        }
        match champ.sorte {
            Sorte::Ligne(max) | Sorte::Zone(max) if texte.chars().count() > usize::from(max) => {
                erreurs.ajouter(champ.nom, format!("{max} caractères au plus : raccourcissez ce texte."));
            }
            Sorte::Jour => {
                erreurs.garder(champ.nom, lire_date(texte));
            }
            Sorte::Heure => erreurs.exiger(champ.nom, heure(texte).is_some(), "Écrivez une heure : 08:05."),
            Sorte::Choix(connus) => {
                let connu = connus.iter().any(|(code, _)| *code == texte);
                erreurs.exiger(champ.nom, connu, "Choisissez une réponse de la liste.");
            }
            Sorte::OuiNon => erreurs.exiger(champ.nom, matches!(texte, "oui" | "non"), "Répondez par oui ou par non."),
            Sorte::Ligne(_) | Sorte::Zone(_) => {}
        }
    }
    erreurs
}

fn heure(texte: &str) -> Option<Time> {
    let (heures, minutes) = texte.split_once(':')?;
    Time::new(heures.parse().ok()?, minutes.parse().ok()?, 0, 0).ok()
}

/// A day typed.
pub(super) fn jour(saisie: &Champs, nom: &str) -> Option<Date> {
    lire_date(saisie.texte(nom)).ok()
}

/// A day, and its hour when it was typed, as a document writes them.
pub(super) fn moment(saisie: &Champs, (jour_de, heure_de): (&str, &str), fuseau: &TimeZone) -> Option<Moment> {
    let jour = jour(saisie, jour_de)?;
    match heure(saisie.texte(heure_de)) {
        Some(heure) => instant(instant_local(jour.to_datetime(heure), fuseau), fuseau),
        None => Moment::parse(&jour.strftime("%Y%m%d").to_string()),
    }
}

/// Yes or no, when it was said.
pub(super) fn oui_non(saisie: &Champs, nom: &str) -> Option<bool> {
    match saisie.texte(nom) {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    }
}

/// A text, when there is one.
pub(super) fn dit(saisie: &Champs, nom: &str) -> Option<String> {
    crate::dlu::plein(saisie.texte(nom))
}
