//! Handlers of pages.

pub(crate) mod a_verifier;
pub(crate) mod bibliotheque;
pub(crate) mod fiche;
pub(crate) mod nuit;
pub(crate) mod omissions;
pub(crate) mod plan;
pub(crate) mod plan_type;
pub(crate) mod repartition;
pub(crate) mod saisie;
pub(crate) mod tour;
