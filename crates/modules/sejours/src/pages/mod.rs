//! Pages of the module.

pub(crate) mod filtre;
mod recherche;
mod residents;
mod synthese;

pub(crate) use recherche::recherche;
pub(crate) use residents::residents;
pub(crate) use synthese::{Voisins, synthese};
