//! Stays and movements: from pre-admission to exit, who is where at any time.

mod bandeau;
mod model;
mod onglets;
mod records;
mod residents;

pub use bandeau::bandeau;
pub use model::{GenreSejour, Mouvement, NatureMouvement, Place, Sejour};
pub use platform::dossier::{BlocSynthese, ConsulterDossier, Fragment, Volet};
pub use onglets::onglets;
pub use records::{lane_presents, lane_unite, rattachement};
pub use residents::{Resident, resident, residents_de};
