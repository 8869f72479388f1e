//! What comes in, whatever carries it.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "fixtures of tests, and what was not tested is told")]

mod colis;
mod courriels;
mod fabrique;
mod fhir;
mod monde;
mod officiels;
