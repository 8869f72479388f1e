//! What the pages of accounts show.

mod bon;
mod fiche;
mod formulaire;
mod liste;
pub(crate) mod soi;

pub(crate) use bon::Bon;
pub(crate) use fiche::Fiche;
pub(crate) use formulaire::{Formulaire, choix_etablissement};
pub(crate) use liste::Liste;
