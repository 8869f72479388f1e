//! Pages of the module.

pub(crate) mod admissions;
pub(crate) mod filtre;
pub(crate) mod mouvements;
pub(crate) mod nouveau;
pub(crate) mod presence;
mod recherche;
mod residents;
pub(crate) mod sejour;
mod synthese;

pub(crate) use filtre::encoder;
pub(crate) use mouvements::Filtre as FiltreMouvements;
pub(crate) use nouveau::signature;
pub(crate) use recherche::recherche;
pub(crate) use residents::residents;
pub(crate) use synthese::{Voisins, synthese};
