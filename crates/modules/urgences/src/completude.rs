//! What a DLU lacks, with the page where it is written (HAS 2015: the coordinating physician watches its updating; F132).

use kernel::ins::StatutIdentite;
use medical::{Nature, OBSERVATIONS};
use platform::acces::Categorie;
use usagers::{Allergies, RoleContact};

use crate::dlu::Dlu;

/// Something a DLU should say and does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manque {
    /// What, in words.
    pub quoi: &'static str,
    /// End of the address where it is written.
    pub ou: &'static str,
    /// Family of data of that page: without it, the reader is told what is missing and offered nothing.
    pub famille: Categorie,
}

/// Number of things looked at.
pub const TOTAL: usize = 12;

/// A weight is told when it is no older than this many days.
const POIDS_JOURS: i64 = 92;

/// What is missing, the most useful to an emergency team first.
pub fn manques(dlu: &Dlu) -> Vec<Manque> {
    let consignes = dlu.consignes.as_ref();
    let alertes = dlu.alertes.as_ref();
    let dites = alertes.is_some_and(|alertes| !matches!(alertes.allergies, Allergies::NonRenseignees));
    let appel = dlu.contact(RoleContact::APrevenir).or_else(|| dlu.contact(RoleContact::PersonneDeConfiance));
    let repondues = consignes.map_or(0, |consignes| consignes.observations.len());
    let poids = dlu
        .constantes
        .get(constantes::POIDS)
        .is_some_and(|poids| dlu.au.duration_since(poids.mesuree_le).as_hours() <= POIDS_JOURS * 24);
    let directives =
        dlu.entourage.as_ref().is_some_and(|entourage| entourage.directives == "oui" || entourage.directives == "non")
            || consignes.is_some_and(|consignes| !consignes.directives.is_empty());
    let bmr = dlu.de(Nature::Bmr).next().is_some() || consignes.is_some_and(|consignes| consignes.bmr_absente);
    let qualifiee = dlu.identification.as_ref().is_some_and(|lue| lue.identite.statut() == StatutIdentite::Qualifiee);
    let regles = [
        (dites, "Allergies", "alertes", Categorie::Alertes),
        (
            consignes.is_some_and(|consignes| consignes.niveau.is_some()),
            "Niveau de soins",
            "medical/consignes",
            Categorie::Medical,
        ),
        (directives, "Directives anticipées abordées", "contacts", Categorie::Administratif),
        (
            appel.is_some_and(|contact| !contact.telephone.is_empty()),
            "Personne à prévenir, avec un téléphone",
            "contacts",
            Categorie::Administratif,
        ),
        (dlu.de(Nature::Traitement).next().is_some(), "Traitements en cours", "medical#traitement", Categorie::Medical),
        (dlu.de(Nature::Pathologie).next().is_some(), "Pathologies en cours", "medical#pathologie", Categorie::Medical),
        (dlu.contact(RoleContact::MedecinTraitant).is_some(), "Médecin traitant", "contacts", Categorie::Administratif),
        (
            consignes.is_some_and(|consignes| !consignes.hopital.nom.is_empty()),
            "Hôpital de préférence",
            "medical/consignes",
            Categorie::Medical,
        ),
        (bmr, "Portage de bactérie multirésistante", "medical/consignes", Categorie::Medical),
        (repondues * 3 >= OBSERVATIONS.len() * 2, "À savoir de la personne", "medical/consignes", Categorie::Medical),
        (poids, "Poids de moins de trois mois", "constantes", Categorie::Constantes),
        (qualifiee, "Identité qualifiée", "identite", Categorie::Identite),
    ];
    regles.into_iter().filter(|(present, ..)| !present).map(|(_, quoi, ou, famille)| Manque { quoi, ou, famille }).collect()
}
