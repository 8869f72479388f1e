//! Readers of other organisations through the router, on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod comptes;
mod lecture;
mod limites;
mod monde;
