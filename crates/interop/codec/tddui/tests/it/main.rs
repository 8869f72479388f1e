//! Bundles written and read again, official examples read, hostile ones refused; what is written is judged by the official rules.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod hostile;
mod official;
mod round;
