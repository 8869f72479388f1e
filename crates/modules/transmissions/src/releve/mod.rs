//! The handover digest « depuis votre dernier passage »: gathered, computed, told.

mod calcul;
mod mouvements;
mod poids;
mod recueil;

pub use calcul::{CibleReleve, Essentiel, Matiere, Personne, Releve, ResidentReleve, calculer, phrase};
pub use poids::{Genre, Poids};
pub(crate) use recueil::{ChoixFenetre, Recueil, recueillir};
