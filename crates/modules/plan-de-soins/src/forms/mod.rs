//! From the fields of forms to the module's words, with French sentences for what cannot be understood.

pub(crate) mod bibliotheque;
pub(crate) mod plan;
pub(crate) mod saisie;
