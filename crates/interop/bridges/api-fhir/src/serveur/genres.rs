//! The types served, what is searched of each, in one table: the gate of queries and the CapabilityStatement read it.

/// How the values of a parameter are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maniere {
    /// `system|code`.
    Jeton,
    /// Beginnings of words, folded.
    Mots,
    /// Dates with prefixes.
    Date,
    /// An id.
    Vers,
}

impl Maniere {
    /// Its code in a CapabilityStatement.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Jeton => "token",
            Self::Mots => "string",
            Self::Date => "date",
            Self::Vers => "reference",
        }
    }
}

/// A type of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Genre {
    /// Its name.
    pub(crate) nom: &'static str,
    /// What it is found by, besides `_lastUpdated`; all but `Patient` ask for the person.
    pub(crate) parametres: &'static [(&'static str, Maniere)],
    /// Read by its address.
    pub(crate) lu: bool,
    /// Searched.
    pub(crate) cherche: bool,
    /// Former versions are given.
    pub(crate) versions: bool,
    /// Created by applications.
    pub(crate) cree: bool,
    /// Where what it holds comes from, in words.
    pub(crate) mots: &'static str,
}

use Maniere::{Date, Jeton, Mots, Vers};

const fn genre(nom: &'static str, parametres: &'static [(&'static str, Maniere)], versions: bool, mots: &'static str) -> Genre {
    Genre { nom, parametres, lu: true, cherche: true, versions, cree: false, mots }
}

/// Every type served.
pub(crate) const GENRES: &[Genre] = &[
    genre(
        "Patient",
        &[("_id", Jeton), ("identifier", Jeton), ("family", Mots), ("given", Mots), ("name", Mots), ("birthdate", Date), ("gender", Jeton)],
        true,
        "Personnes accompagnées ; l'INS n'est donnée que pour une identité qualifiée.",
    ),
    genre("Encounter", &[("_id", Jeton), ("patient", Vers), ("status", Jeton), ("date", Date)], true, "Séjours."),
    genre(
        "AllergyIntolerance",
        &[("_id", Jeton), ("patient", Vers), ("clinical-status", Jeton), ("verification-status", Jeton)],
        true,
        "Allergies connues, ou l'un des trois états : aucune connue, non renseignées, indisponible.",
    ),
    genre(
        "Condition",
        &[
            ("_id", Jeton),
            ("patient", Vers),
            ("code", Jeton),
            ("category", Jeton),
            ("clinical-status", Jeton),
            ("verification-status", Jeton),
            ("onset-date", Date),
            ("recorded-date", Date),
        ],
        true,
        "Pathologies, antécédents et bactéries multirésistantes du dossier médical.",
    ),
    genre(
        "MedicationStatement",
        &[("_id", Jeton), ("patient", Vers), ("code", Jeton), ("status", Jeton), ("effective", Date)],
        true,
        "Traitements pris tels qu'ils sont déclarés ; cette version ne prescrit ni n'administre.",
    ),
    genre(
        "Observation",
        &[("_id", Jeton), ("patient", Vers), ("code", Jeton), ("category", Jeton), ("status", Jeton), ("date", Date)],
        true,
        "Constantes mesurées, codes LOINC et unités UCUM.",
    ),
    genre("CarePlan", &[("_id", Jeton), ("patient", Vers), ("status", Jeton)], true, "Plan de soins ; il ne porte pas d'objectif."),
    genre(
        "DocumentReference",
        &[("_id", Jeton), ("patient", Vers), ("status", Jeton), ("type", Jeton), ("identifier", Jeton), ("date", Date), ("creation", Date)],
        true,
        "Documents du dossier. Un document publié attend d'être classé par l'établissement.",
    )
    .avec_creation(),
    Genre {
        nom: "Binary",
        parametres: &[],
        lu: true,
        cherche: false,
        versions: false,
        cree: false,
        mots: "Contenu des documents.",
    },
    genre("Consent", &[("_id", Jeton), ("patient", Vers), ("status", Jeton)], false, "Oppositions en vigueur."),
    genre(
        "AuditEvent",
        &[("_id", Jeton), ("patient", Vers), ("action", Jeton), ("date", Date)],
        false,
        "Qui a lu ou écrit ce dossier, pour les applications qui relisent les traces.",
    ),
    Genre {
        nom: "Subscription",
        parametres: &[],
        lu: true,
        cherche: true,
        versions: false,
        cree: true,
        mots: "Abonnements de l'application : appel sans contenu (rest-hook) quand une ressource suivie change.",
    },
];

impl Genre {
    const fn avec_creation(mut self) -> Self {
        self.cree = true;
        self
    }

    /// How a parameter is compared.
    pub(crate) fn maniere(&self, parametre: &str) -> Option<Maniere> {
        self.parametres.iter().find(|(nom, _)| *nom == parametre).map(|(_, maniere)| *maniere)
    }
}

/// A type by its name.
pub(crate) fn trouver(nom: &str) -> Option<&'static Genre> {
    GENRES.iter().find(|genre| genre.nom == nom)
}
