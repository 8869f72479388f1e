//! What received documents propose for the record of a person, line by line, until a person accepts or leaves each of them.

mod acts;
mod file;
mod forms;
mod ligne;
mod model;
mod pages;
mod rapprochement;
mod recevoir;
mod records;
mod rights;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::dossier::Volet;
use platform::web::Routes;
use ui::Icone;

pub use ligne::{Famille, Ligne, Mesure};
pub use model::{Etat, Lecture, Proposition, Source, Vue};
pub use rapprochement::{Connaissances, Deja, Rangee, Verdict, deja, pareil, rangees};
pub use recevoir::{Lu, octets, proposer};
pub use records::{lane_a_lire, lane_propositions, lane_traitees};
pub use rights::{DROITS, LirePropositions, TraiterPropositions, VoirPropositions};

/// The module.
pub fn module() -> Module {
    let routes = Routes::new()
        .get::<VoirPropositions, _>("/propositions", file::file)
        .get::<LirePropositions, _>("/residents/{usager}/propositions", pages::liste)
        .post::<TraiterPropositions, _>("/residents/{usager}/propositions", pages::tout_accepter)
        .get::<LirePropositions, _>("/residents/{usager}/propositions/{proposition}", pages::ligne)
        .post::<TraiterPropositions, _>("/residents/{usager}/propositions/{proposition}", pages::traiter)
        .post::<TraiterPropositions, _>("/residents/{usager}/lectures/{document}", pages::document_lu);
    Module::new("propositions", DROITS, routes)
        .nav("Accompagner", "Lignes reçues", "/propositions", Icone::ListChecks, VoirPropositions::INFO)
        .bloc_synthese(Volet::Cote, 100, views::bloc::synthese)
        .bloc_document(views::bloc::document)
}
