//! Targeted transmissions: writing, targets, instructions, search, the digest since one's last visit.

mod cible;
mod consigne;
mod lecture;
mod model;
mod records;
pub mod themes;

pub use cible::Cible;
pub use consigne::{Consigne, EtatConsigne};
pub use lecture::{Acceptation, DernierPassage, Lecture, Passation, PriseDeConnaissance};
pub use model::{ConsigneEcrite, EtatCible, Importance, Lien, Trace, Transmission, etat_ecrit};
pub use records::{
    lane_cibles, lane_cibles_etablissement, lane_consignes, lane_consignes_etablissement, lane_etablissement, lane_fil,
};
