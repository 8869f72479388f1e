//! Human acts of the module: each one batch, one journal line.

mod admission;
mod creation;
mod mouvements;

pub(crate) use admission::{changer_demande, preadmission, reprendre};
pub(crate) use creation::{Nouveau, creer, demande_de, sejour_de};
pub(crate) use mouvements::{Annulation, bouger, corriger, prolonger};
pub use mouvements::{EtapeHopital, TOPIC_HOPITAL, hospitaliser, inscrire};
