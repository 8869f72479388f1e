//! Behaviour of the module, through its pure rules and through the HTTP router on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod alertes;
mod ecrans;
mod monde;
mod terrain;
