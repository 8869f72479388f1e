//! HL7 v2 with hospitals: messages by MLLP into the sas, and what they say of stays, appointments and identities.

mod accuse;
mod agenda;
mod application;
mod ecarts;
mod ecoute;
mod envoi;
mod identite;
mod mouvements;
mod sas;
mod suite;
mod suivi;
mod temps;

pub use agenda::rendez_vous;
pub use application::appliquer;
pub use ecoute::{Ecoute, ErreurEcoute, Reglages, Tls, ecouter};
pub use envoi::{Envoi, Ipp, ipps};
pub use identite::identite;
pub use mouvements::{SansAnnonce, annonces};
pub use suite::Suite;
pub use suivi::{planifier, suivre};
