//! Liaison with hospitals: documents which must come back.

mod attendu;
mod envoi;
mod envoyer;
mod evenements;
mod forms;
mod pages;
mod records;
mod rights;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::web::Routes;

use crate::pages::{attendus, envois, interfaces};
use ui::Icone;

pub use attendu::{ATTENDUS, Attendu, Echeance, EtatAttendu, MOYENS, Relance};
pub use envoi::{Destinataire, DocumentEnvoye, Envoi, Pas, Suivi};
pub use envoyer::{AEnvoyer, Demande, Reponse, TOPIC_ENVOI, TOPIC_ENVOI_REMIS, accuses, noter, ouvrir, preparer};
pub use evenements::{classe, hopital, planifier};
pub use records::{LANE_ENVOIS_A_VOIR, lane_attendus, lane_envois, lane_recus};
pub use rights::{
    DROITS, EnvoyerDocuments, LireEnvoi, RelancerInterfaces, SuivreAttendus, VoirAttendus, VoirEnvois, VoirInterfaces,
};

/// The module.
pub fn module() -> Module {
    let routes = Routes::new()
        .get::<VoirAttendus, _>("/liaisons/attendus", attendus::attendus)
        .post::<SuivreAttendus, _>("/residents/{usager}/attendus/{attendu}", attendus::suivre)
        .get::<VoirEnvois, _>("/liaisons/envois", envois::liste)
        .get::<EnvoyerDocuments, _>("/residents/{usager}/envois/nouveau", envois::nouveau)
        .post::<EnvoyerDocuments, _>("/residents/{usager}/envois", envois::envoyer)
        .get::<LireEnvoi, _>("/residents/{usager}/envois/{envoi}", envois::fiche)
        .post::<EnvoyerDocuments, _>("/residents/{usager}/envois/{envoi}/suite", envois::suite)
        .get::<VoirInterfaces, _>("/liaisons/interfaces", interfaces::tableau)
        .post::<RelancerInterfaces, _>("/liaisons/interfaces/{message}/relance", interfaces::relancer);
    Module::new("liaisons", DROITS, routes)
        .nav("Organiser", "Documents attendus", "/liaisons/attendus", Icone::FileCheck, VoirAttendus::INFO)
        .nav("Organiser", "Documents envoyés", "/liaisons/envois", Icone::Send, VoirEnvois::INFO)
        .nav("Organiser", "État des échanges", "/liaisons/interfaces", Icone::Network, VoirInterfaces::INFO)
        .partout()
}
