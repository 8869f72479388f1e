//! From and to another software: the record of a person as a TDDUI bundle, made and kept, sent, received, accepted by a human.

mod accueil;
mod composer;
mod entrants;
mod envoi;
mod pages;
mod recevoir;
mod transport;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::dossier::Volet;
use platform::web::Routes;
use ui::Icone;

pub use composer::{Compose, composer};
pub use entrants::{Canal, DossierEntrant, EtatEntrant, Lecture, lane_entrants};
pub use envoi::{Envoi, EtatEnvoi, Reglages, TOPIC, planifier, traiter};
pub use recevoir::{est_un_dossier, recevoir};

platform::droits! {
    /// Makes the record of a person into a file another software reads, and sends it.
    ExporterDui = "transfert_dui.exporter", "Exporter le dossier d'une personne vers un autre logiciel (TDDUI)", Administratif, Ecrire, Dossier + [Presence, Identite, Documents, Medical];
    /// Sees the records received from other software.
    VoirEntrants = "transfert_dui.voir", "Voir les dossiers reçus d'un autre logiciel", Administratif, Lire, Structure;
    /// Accepts or refuses a record received from another software.
    RecevoirEntrants = "transfert_dui.recevoir", "Accepter ou refuser un dossier reçu d'un autre logiciel", Administratif, Ecrire, Structure;
}

/// The routes of the bridge.
pub fn module() -> Module {
    let routes = Routes::new()
        .get::<ExporterDui, _>("/residents/{usager}/export-dui", pages::sortant::page)
        .post::<ExporterDui, _>("/residents/{usager}/export-dui", pages::sortant::exporter)
        .get::<VoirEntrants, _>("/transferts/entrants", pages::entrant::liste)
        .post::<RecevoirEntrants, _>("/transferts/entrants", pages::entrant::deposer)
        .get::<VoirEntrants, _>("/transferts/entrants/{entrant}", pages::entrant::page)
        .get::<RecevoirEntrants, _>("/transferts/entrants/{entrant}/fichier", pages::entrant::fichier)
        .post::<RecevoirEntrants, _>("/transferts/entrants/{entrant}/accepter", pages::entrant::accepter)
        .post::<RecevoirEntrants, _>("/transferts/entrants/{entrant}/refuser", pages::entrant::refuser);
    Module::new("transfert-dui", DROITS, routes)
        .nav("Organiser", "Dossiers reçus", "/transferts/entrants", Icone::PackageCheck, VoirEntrants::INFO)
        .locale()
        .bloc_synthese(Volet::Cote, 195, views::bloc)
}
