//! Behaviour of the module: editions made once, binders which say what matters, re-entry.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod classeur;
mod monde;
mod ressaisie;
