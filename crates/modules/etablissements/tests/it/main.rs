//! Behaviour of the structure, through the HTTP router on both engines.

#![expect(clippy::unwrap_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod monde;
mod structure;

fn modules() -> Vec<platform::Module> {
    vec![etablissements::module()]
}
