//! Behaviour of traces, through the HTTP router on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a fixture a failure is a failed test, told where it happened")]

mod bris;
mod droits;
mod journal;
mod monde;

fn modules() -> Vec<platform::Module> {
    vec![traces::module(), professionnels::module()]
}
