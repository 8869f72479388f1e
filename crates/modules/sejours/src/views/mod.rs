//! Drawings of the module: typed values in, markup out.

pub(crate) mod recherche;
pub(crate) mod residents;
pub(crate) mod synthese;
