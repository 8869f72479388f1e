//! Care plan: what is planned for a person, the rounds which do it, what became of each act.

mod absences;
pub mod acts;
mod adresses;
mod bibliotheque;
mod charge;
mod cle;
mod composition;
mod filtre;
mod forms;
mod journee;
mod mesures;
mod motifs;
mod nuit;
mod offline;
mod pages;
mod plan;
mod poste;
mod records;
mod recurrence;
mod repartition;
mod rights;
mod routes;
mod tour;
mod validation;
mod verification;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::module::PREMIER;
use ui::Icone;

pub use bibliotheque::{
    ActeCatalogue, ActeLocal, Bibliotheque, CATEGORIES, LigneType, PlanType, PlanTypeLocal, actes_partages, plans_partages,
};
pub use charge::{Charge, charge};
pub use cle::{Cle, CleIllisible};
pub use composition::{EtatSoin, SoinDuTour};
pub use fragment::fragment_resident;
pub use journee::{Journee, journee, prochains};
pub use mesures::MesureLue;
pub use motifs::{Motif, libelle as motif_libelle, motifs};
pub use nuit::Passage;
pub use plan::{Arret, Plan, Signataire, SoinPrevu};
pub use poste::{Creneau, Poste};
pub use records::{lane_a_verifier, lane_plans, lane_repartition, lane_reports, lane_soins, lane_tour, lane_verifies};
pub use recurrence::{Jour, Moment, Occurrence, Recurrence, Rythme, TOLERANCE_MIN, occurrences};
pub use repartition::{Equipier, Repartition};
pub use rights::*;
pub use tour::{Compte, ResidentDuTour, Tour, resident_du_tour, tour, tour_de};
pub use validation::{Annulation, FaitSource, Issue, Report, Validation, cle_unique};
pub use verification::{AVerifier, Decision, FaitCompare, Fermeture, NatureEcart};
pub use views::journee::{MomentDuJour, journee as dessiner_journee, moments};

mod fragment {
    use maud::Markup;
    use platform::acces::{Acces, Droit};

    use crate::pages::tour::dessin;
    use crate::tour::ResidentDuTour;

    /// The card of a resident of a round, as the round draws it: for snapshots of tablets.
    pub fn fragment_resident<D: Droit>(acces: &Acces<D>, resident: &ResidentDuTour) -> Markup {
        crate::views::carte::carte(resident, &dessin(acces, "/tour/soins".to_owned(), true), None)
    }
}

/// The module: its rights, routes, places in the menu, acts of tablets.
pub fn module() -> Module {
    let (tour, bibliotheque) = (LireTour::INFO, LireBibliotheque::INFO);
    Module::new("plan-de-soins", DROITS, routes::routes())
        .nav(PREMIER, "Tour", "/tour/soins", Icone::ListChecks, tour)
        .nav("Accompagner", "Tour de nuit", "/tour/nuit", Icone::Moon, tour)
        .nav("Organiser", "Répartition", "/tour/repartition", Icone::Users, RepartirTour::INFO)
        .nav("Organiser", "Fin de poste", "/tour/omissions", Icone::ClockAlert, tour)
        .nav("Organiser", "À vérifier", "/a-verifier", Icone::TriangleAlert, tour)
        .nav("Régler", "Plans types", "/admin/plans-types", Icone::ClipboardList, bibliotheque)
        .nav("Régler", "Catalogue des soins", "/admin/catalogue-soins", Icone::BookOpen, bibliotheque)
        .offline(offline::declarer)
}
