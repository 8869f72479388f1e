//! Drawings of the module: typed values in, markup out.

pub(crate) mod admissions;
pub(crate) mod mouvements;
pub(crate) mod nouveau;
pub(crate) mod presence;
pub(crate) mod recherche;
pub(crate) mod residents;
pub(crate) mod sejour;
pub(crate) mod synthese;
