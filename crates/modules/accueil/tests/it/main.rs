//! Behaviour of the home page, through the HTTP router on both engines.

#![expect(clippy::unwrap_used, reason = "in a test a failure is told where it happened")]

mod avis;
