//! The words everybody shares: identifiers, time, identity, exact quantities. Pure, without any input or output.

pub use uuid;

pub mod clock;
pub mod id;

pub mod dates;
pub mod decimal;
pub mod fichiers;
pub mod ins;
pub mod numeros;
pub mod texte;
