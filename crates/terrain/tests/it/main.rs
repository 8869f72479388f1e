//! Behaviour of the bedside protocol.

mod cles;
mod heures;
mod interop;
mod lots;
