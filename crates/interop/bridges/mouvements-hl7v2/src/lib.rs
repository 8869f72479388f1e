//! HL7 v2 with hospitals: messages by MLLP into the sas, and what they say of stays, appointments and identities.

mod accuse;
mod ecoute;
mod sas;

pub use ecoute::{Ecoute, ErreurEcoute, Reglages, Tls, ecouter};
