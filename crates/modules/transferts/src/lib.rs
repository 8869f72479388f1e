//! From one EHPAD of the grappe to another: proposed, accepted, taken over, closed (F005, F013, F157).

mod acts;
mod document;
mod familles;
mod forms;
mod model;
mod pages;
mod records;
mod rights;
mod suite;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::dossier::Volet;
use platform::web::Routes;
use ui::Icone;

pub use familles::{Comptes, Contenu, Documents, Elements, Famille, recueillir};
pub use model::{ACCORDS, Demande, EtatDepart, EtatRecu, MOTIFS, Repris, Transfert, TransfertRecu};
pub use records::{lane_arrivees, lane_departs};
pub use rights::{DROITS, ProposerTransfert, RepondreTransfert, VoirTransferts};
pub use suite::{Suite, TOPIC, planifier, suivre, traiter};

/// The module.
pub fn module() -> Module {
    Module::new("transferts", DROITS, routes())
        .nav("Organiser", "Transferts", "/transferts", Icone::ArrowLeftRight, VoirTransferts::INFO)
        .bloc_synthese(Volet::Cote, 190, views::bloc::fragment)
}

fn routes() -> Routes {
    Routes::new()
        .get::<ProposerTransfert, _>("/residents/{usager}/transfert", pages::depart::page)
        .post::<ProposerTransfert, _>("/residents/{usager}/transfert", pages::depart::proposer)
        .post::<ProposerTransfert, _>("/residents/{usager}/transfert/{transfert}/retrait", pages::depart::retirer)
        .get::<ProposerTransfert, _>("/residents/{usager}/transfert/{transfert}/resume", pages::depart::resume)
        .get::<VoirTransferts, _>("/transferts", pages::liste::liste)
        .get::<VoirTransferts, _>("/transferts/{transfert}", pages::arrivee::page)
        .get::<VoirTransferts, _>("/transferts/{transfert}/resume", pages::arrivee::resume)
        .post::<RepondreTransfert, _>("/transferts/{transfert}/accepter", pages::arrivee::accepter)
        .post::<RepondreTransfert, _>("/transferts/{transfert}/refuser", pages::arrivee::refuser)
        .post::<RepondreTransfert, _>("/transferts/{transfert}/arrivee", pages::arrivee::arriver)
        .post::<RepondreTransfert, _>("/transferts/{transfert}/abandon", pages::arrivee::abandonner)
}
