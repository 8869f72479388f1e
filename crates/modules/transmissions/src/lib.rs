//! Targeted transmissions: writing, targets, instructions, search, the digest since one's last visit.

mod acts;
mod cible;
mod consigne;
mod fil;
mod forms;
mod fragments;
mod lecture;
mod model;
mod offline;
mod pages;
mod records;
pub mod releve;
mod rights;
mod routes;
pub mod themes;
mod views;

pub use acts::{Recit, raconter};
pub use cible::Cible;
pub use consigne::{Consigne, EtatConsigne};
pub use fragments::{alertes_a_voir, cibles_ouvertes, fragment_terrain};
pub use lecture::{Acceptation, DernierPassage, Lecture, Passation, PriseDeConnaissance};
pub use model::{ConsigneEcrite, EtatCible, Importance, Lien, Trace, Transmission};
pub use records::{
    lane_cibles, lane_cibles_etablissement, lane_consignes, lane_consignes_etablissement, lane_etablissement, lane_fil,
};

use platform::Module;
use platform::acces::Droit;
use platform::dossier::Volet;
use platform::module::{CREER, PREMIER};
use ui::Icone;

/// The module, as the product assembles it.
pub fn module() -> Module {
    Module::new("transmissions", rights::DROITS, routes::routes())
        .nav(PREMIER, "Relève", "/releve", Icone::ArrowLeftRight, rights::LireReleve::INFO)
        .nav(CREER, "Transmission", "/transmissions/nouvelle", Icone::MessageSquare, rights::EcrireTransmissions::INFO)
        .nav("Accompagner", "Transmissions", "/transmissions", Icone::MessageSquare, rights::LireFil::INFO)
        .nav("Accompagner", "Consignes", "/consignes", Icone::ClipboardList, rights::LireConsignes::INFO)
        .bloc_synthese(Volet::Cote, 110, fragments::bloc_synthese)
        .offline(offline::declarer)
}
