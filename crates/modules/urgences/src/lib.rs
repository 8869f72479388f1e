//! Emergencies: the call to the centre 15, the document of emergency liaison (DLU), the departure to the hospital.

mod acts;
pub mod completude;
mod dlu;
pub mod document;
mod episode;
mod etape;
mod evenements;
mod forms;
mod lien;
mod offline;
mod pages;
mod records;
mod rights;
mod routes;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::module::URGENCE;
use ui::Icone;

pub use acts::{noter_cuisine, noter_echec, noter_envoi, noter_lecture};
pub use dlu::{Dlu, recueillir};
pub use episode::{Episode, SILENCE, episodes};
pub use etape::{APPELS, Etape, MOTIFS, OBSERVATIONS, Quoi, REPONSES};
pub use evenements::{DluDemande, TOPIC_DLU_DEMANDE};
pub use lien::{Lien, VALIDITE};
pub use pages::dlu::{document_du_jour, fichier};
pub use pages::lien::{brancher, personne_du_lien};
pub use records::{episodes_de, lane_urgence, lane_urgences};
pub use rights::{DROITS, LireUrgence, SuivreDlu, TracerUrgence, VoirUrgences};

/// The module.
pub fn module() -> Module {
    Module::new("urgences", DROITS, routes::routes())
        .nav(URGENCE, "Urgence", "/urgence", Icone::Siren, VoirUrgences::INFO)
        .nav("Accompagner", "DLU à compléter", "/dlu", Icone::ClipboardList, SuivreDlu::INFO)
        .offline(offline::declarer)
}
