//! Behaviour of the module: what is computed from announcements, what screens say, who may read it.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod calculs;
mod ecrans;
mod proprietes;
