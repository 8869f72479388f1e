//! Readers of other organisations: the SAMU or an emergency department opens the DLU of one person, four hours, and nothing else.

mod acts;
mod avis;
mod chercher;
mod evenements;
mod forms;
mod model;
mod motifs;
mod pages;
mod rights;
mod routes;
mod views;

use platform::Module;
use platform::acces::Droit;
use ui::Icone;

pub use avis::avis_lectures;
pub use chercher::ATTENTE_UNIFORME;
pub use evenements::{DluLu, TOPIC_DLU_LU, planifier};
pub use model::{Lecteur, NATURES, Recherches};
pub use motifs::{libelle as libelle_motif, motifs};
pub use rights::{ChercherPersonne, DROITS, GererLecteurs, LireDluExterne, RapprocherPersonne, VoirLectures};

/// The module.
pub fn module() -> Module {
    Module::new("lecteurs", DROITS, routes::routes())
        .nav("Accompagner", "Lire un DLU", "/lecture", Icone::Siren, ChercherPersonne::INFO)
        .nav("Accompagner", "Lectures de DLU", "/dlu/lectures", Icone::Eye, VoirLectures::INFO)
        .nav("Régler", "Lecteurs extérieurs", "/admin/lecteurs", Icone::UserPlus, GererLecteurs::INFO)
        .de_grappe()
        .releve(avis::declarer)
}
