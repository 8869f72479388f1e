//! Behaviour of the record of a person, through the HTTP router on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod creation;
mod droits;
mod fusion;
mod identite;
mod monde;
mod mouvements;
