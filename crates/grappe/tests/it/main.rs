//! Tests of the whole product through its router, on both engines.

#![expect(clippy::unwrap_used, reason = "in a test a failure is told where it happened")]

mod commandes;
mod couverture;
mod monde;
mod naif;
mod releve;
mod service;
