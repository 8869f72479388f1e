//! From one EHPAD of the grappe to another, through the router and the worker's messages, on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod arret;
mod cloisons;
mod monde;
mod parcours;
