//! What hospitals say of our residents: stays, appointments, identities.

mod annonce;
mod comparaison;
mod episode;
mod mouvement;
mod rendez_vous;

pub use annonce::{Annonce, Classe, Effet, Hopital, Sorte};
pub use comparaison::{Desaccord, NotreSejour, desaccord};
pub use episode::{Episode, EtatEpisode, episodes};
pub use mouvement::Etape;
pub use rendez_vous::{AnnonceRendezVous, Annoncee, RendezVous, rendez_vous};
