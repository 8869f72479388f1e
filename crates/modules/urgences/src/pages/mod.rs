//! Pages of the module.

pub(crate) mod completude;
pub(crate) mod dlu;
pub(crate) mod fiche;
pub(crate) mod lien;
pub(crate) mod liste;
