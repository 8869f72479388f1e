//! What people do with transmissions: each function is one act, replayed from a page or from a tablet.

mod consignes;
mod corriger;
mod ecrire;
mod lire;

pub(crate) use consignes::lever;
pub(crate) use corriger::{Changement, peut_corriger, rectifier};
pub(crate) use ecrire::{Entree, Inscription, composer, inscrire, presque_la_meme};
pub use ecrire::{Recit, raconter};
pub(crate) use lire::{accepter, marquer_lu, prendre_connaissance, presentee, tout_lu};
