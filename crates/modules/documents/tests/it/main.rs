//! Behaviour of the module: reading apart, matching, the sas, the screens.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod analyse;
mod depot;
mod file;
mod isolat;
mod monde;
mod officiels;
mod rapprochement;
mod reception;
