//! Records to resources: pure functions, two vocabularies side by side. What is searched of a resource stands beside it.

pub(crate) mod allergies;
pub(crate) mod consentement;
pub(crate) mod documents;
pub(crate) mod medical;
pub(crate) mod mesures;
pub(crate) mod patient;
pub(crate) mod plan;
pub(crate) mod rendez_vous;
pub(crate) mod sejour;
pub(crate) mod systemes;
pub(crate) mod traces;

use fhir_r4::{DateRange, Object, reference};
use jiff::Timestamp;
use kernel::id::UsagerId;

/// What a search finds a resource by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Indice {
    /// A code of a system.
    Jeton(&'static str, String),
    /// Words, compared folded: a beginning is enough.
    Mots(String),
    /// When.
    Dates(DateRange),
}

/// A resource, its version, its place in lists and what it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fiche {
    /// Type of resource.
    pub(crate) genre: &'static str,
    /// Id of the resource.
    pub(crate) id: String,
    /// Version.
    pub(crate) version: i64,
    /// When this version was written.
    pub(crate) maj: Timestamp,
    /// What lists are sorted on, latest first.
    pub(crate) rang: Timestamp,
    /// The resource.
    pub(crate) corps: Object,
    /// What it is found by.
    pub(crate) indices: Vec<(&'static str, Indice)>,
}

impl Fiche {
    /// `W/"3"`.
    pub(crate) fn etag(&self) -> String {
        format!("W/\"{}\"", self.version)
    }
}

/// The beginning of every resource: type, id, version.
pub(crate) fn debut(genre: &str, id: &str, version: i64, maj: Timestamp, profils: &[&str]) -> Object {
    Object::resource(genre).with("id", id).with("meta", fhir_r4::meta(version, maj, profils))
}

/// `Patient/…`.
pub(crate) fn vers_patient(usager: UsagerId) -> Object {
    reference(&format!("Patient/{usager}"))
}

/// Id of a resource which is a part of a record of a person: the person, then which part.
pub(crate) fn id_de_partie(usager: UsagerId, partie: &str) -> String {
    let court = kernel::id::derived(usager.0, partie).simple().to_string();
    format!("{usager}.{}", &court[..12])
}
