//! Tests of the whole product through its router, on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test a failure is told where it happened")]

mod administrateur;
mod archive;
mod commandes;
mod compteur;
mod conformite;
mod coupure;
mod couverture;
mod direct;
mod exemples;
mod fuites;
mod journal;
mod matrice;
mod monde;
mod naif;
mod petit;
mod releve;
mod service;
