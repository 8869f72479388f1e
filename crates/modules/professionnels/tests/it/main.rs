//! Behaviour of accounts, through the HTTP router on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a fixture a failure is a failed test, told where it happened")]

mod depart;
mod gestion;
mod monde;
mod remplacant;
mod soi;

fn modules() -> Vec<platform::Module> {
    vec![professionnels::module()]
}
