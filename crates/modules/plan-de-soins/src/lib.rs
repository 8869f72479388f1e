//! Care plan: what is planned for a person, the rounds which do it, what became of each act.

mod absences;
pub mod acts;
mod bibliotheque;
mod cle;
mod composition;
mod journee;
mod motifs;
mod nuit;
mod plan;
mod poste;
mod records;
mod recurrence;
mod repartition;
mod rights;
mod tour;
mod validation;
mod verification;

pub use bibliotheque::{
    ActeCatalogue, ActeLocal, Bibliotheque, CATEGORIES, LigneType, PlanType, PlanTypeLocal, actes_partages, plans_partages,
};
pub use cle::{Cle, CleIllisible};
pub use composition::{EtatSoin, SoinDuTour};
pub use journee::{Journee, journee, prochains};
pub use motifs::{Motif, libelle as motif_libelle, motifs};
pub use nuit::Passage;
pub use plan::{Arret, Plan, Signataire, SoinPrevu};
pub use poste::{Creneau, Poste};
pub use records::{lane_a_verifier, lane_plans, lane_repartition, lane_reports, lane_soins, lane_tour, lane_verifies};
pub use recurrence::{Jour, Moment, Occurrence, Recurrence, Rythme, TOLERANCE_MIN, occurrences};
pub use repartition::{Equipier, Repartition};
pub use rights::*;
pub use tour::{Compte, ResidentDuTour, Tour, tour, tour_de};
pub use validation::{Annulation, FaitSource, Issue, Report, Validation, cle_unique};
pub use verification::{AVerifier, Decision, FaitCompare, Fermeture, NatureEcart};
