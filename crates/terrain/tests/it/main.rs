//! Behaviour of the bedside protocol.

#![expect(clippy::unwrap_used, reason = "in a test a failure is told where it happened")]

mod cles;
mod heures;
mod interop;
mod lots;
