//! What hospitals say of our residents: stays, appointments, identities.

mod annonce;
mod comparaison;
mod episode;
mod mouvement;
mod noter;
mod pages;
mod records;
mod rendez_vous;
mod rights;
mod routes;
mod suivi;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::dossier::Volet;
use ui::Icone;

pub use annonce::{Annonce, Classe, Effet, Hopital, Sorte};
pub use comparaison::{Desaccord, NotreSejour, desaccord};
pub use episode::{Episode, EtatEpisode, episodes};
pub use mouvement::Etape;
pub use noter::{Lot, Note, Numero, deja_note, noter, retirer};
pub use records::{
    AnnonceGardee, AvisIdentite, Conclusion, EcartIdentite, MessageNote, MotifGarde, NumeroHopital, RendezVousGarde, annonces_de,
    annonces_rendez_vous_de, lane_annonces, lane_avis, lane_rendez_vous,
};
pub use rendez_vous::{AnnonceRendezVous, Annoncee, RendezVous, rendez_vous};
pub use rights::{DROITS, LireHospitalisations, NoterHospitalisations, VerifierIdentiteHopital, VoirHospitalisations};
pub use suivi::entres_selon_l_hopital;

/// The module.
pub fn module() -> Module {
    Module::new("hospitalisations", DROITS, routes::routes())
        .nav("Organiser", "Hospitalisations", "/liaisons/hospitalisations", Icone::Hospital, VoirHospitalisations::INFO)
        .bloc_synthese(Volet::Cote, 105, views::bloc::fragment)
}
