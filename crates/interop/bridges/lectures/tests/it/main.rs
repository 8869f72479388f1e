//! Lines read of official examples, of hostile files, and their way into a record through the router, on both engines.

#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "in a fixture a failure is a failed test, told where it happened; what is skipped is told"
)]

mod droits;
mod hostiles;
mod lettre;
mod monde;
mod officiels;
mod parcours;
mod remplacement;
