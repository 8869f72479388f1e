//! Behaviour of the module: pure rules against an oracle, then screens and acts through the router on both engines.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test says what failed by stopping there")]

mod bibliotheque;
mod doubles;
mod monde;
mod nuit;
mod plan;
mod recurrence;
mod rythmes;
mod terrain;
mod tour;
