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

/// What is served of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offre {
    /// Searched.
    Recherche,
    /// Former versions are given.
    Versions,
    /// Created by applications.
    Creation,
    /// Ended by applications.
    Fin,
}

/// A type of resource, read by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Genre {
    /// Its name.
    pub(crate) nom: &'static str,
    /// What it is found by, besides `_lastUpdated`; all but `Patient` ask for the person.
    pub(crate) parametres: &'static [(&'static str, Maniere)],
    /// What is served of it besides.
    pub(crate) offres: &'static [Offre],
    /// Where what it holds comes from, in words.
    pub(crate) mots: &'static str,
}

use Maniere::{Date, Jeton, Mots, Vers};

const fn genre(
    nom: &'static str,
    parametres: &'static [(&'static str, Maniere)],
    offres: &'static [Offre],
    mots: &'static str,
) -> Genre {
    Genre { nom, parametres, offres, mots }
}

/// Searched, with its former versions.
const SUIVI: &[Offre] = &[Offre::Recherche, Offre::Versions];

/// Every type served.
pub(crate) const GENRES: &[Genre] = &[
    genre(
        "Patient",
        &[
            ("_id", Jeton),
            ("identifier", Jeton),
            ("family", Mots),
            ("given", Mots),
            ("name", Mots),
            ("birthdate", Date),
            ("gender", Jeton),
        ],
        SUIVI,
        "Personnes accompagnées ; l'INS n'est donnée que pour une identité qualifiée.",
    ),
    genre(
        "Appointment",
        &[("_id", Jeton), ("patient", Vers), ("status", Jeton), ("date", Date)],
        &[Offre::Recherche],
        "Rendez-vous à l'hôpital, tels que les hôpitaux les annoncent.",
    ),
    genre("Encounter", &[("_id", Jeton), ("patient", Vers), ("status", Jeton), ("date", Date)], SUIVI, "Séjours."),
    genre(
        "AllergyIntolerance",
        &[("_id", Jeton), ("patient", Vers), ("clinical-status", Jeton), ("verification-status", Jeton)],
        SUIVI,
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
        SUIVI,
        "Pathologies, antécédents et bactéries multirésistantes du dossier médical.",
    ),
    genre(
        "MedicationStatement",
        &[("_id", Jeton), ("patient", Vers), ("code", Jeton), ("status", Jeton), ("effective", Date)],
        SUIVI,
        "Traitements pris tels qu'ils sont déclarés ; cette version ne prescrit ni n'administre.",
    ),
    genre(
        "Observation",
        &[("_id", Jeton), ("patient", Vers), ("code", Jeton), ("category", Jeton), ("status", Jeton), ("date", Date)],
        SUIVI,
        "Constantes mesurées, codes LOINC et unités UCUM.",
    ),
    genre(
        "CarePlan",
        &[("_id", Jeton), ("patient", Vers), ("status", Jeton)],
        SUIVI,
        "Plan de soins ; il ne porte pas d'objectif.",
    ),
    genre(
        "DocumentReference",
        &[
            ("_id", Jeton),
            ("patient", Vers),
            ("status", Jeton),
            ("type", Jeton),
            ("identifier", Jeton),
            ("date", Date),
            ("creation", Date),
        ],
        &[Offre::Recherche, Offre::Versions, Offre::Creation],
        "Documents du dossier. Un document publié attend d'être classé par l'établissement.",
    ),
    genre("Binary", &[], &[], "Contenu des documents."),
    genre("Consent", &[("_id", Jeton), ("patient", Vers), ("status", Jeton)], &[Offre::Recherche], "Oppositions en vigueur."),
    genre(
        "AuditEvent",
        &[("_id", Jeton), ("patient", Vers), ("action", Jeton), ("date", Date)],
        &[Offre::Recherche],
        "Qui a lu ou écrit ce dossier, pour les applications qui relisent les traces.",
    ),
    genre(
        "Subscription",
        &[],
        &[Offre::Recherche, Offre::Creation, Offre::Fin],
        "Abonnements de l'application : appel sans contenu (rest-hook) quand une ressource suivie change.",
    ),
];

impl Genre {
    /// True if this is served of the type.
    pub(crate) fn offre(&self, offre: Offre) -> bool {
        self.offres.contains(&offre)
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
