//! Pages of the liaison with hospitals.

pub(crate) mod attendus;
pub(crate) mod envois;
pub(crate) mod interfaces;
